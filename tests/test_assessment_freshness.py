"""When the next value is due, and what is said of the one there is."""

import numpy as np
import pytest

from pilotage.assessment.code import (
    ANNUAL,
    DAILY,
    DISPUTED,
    DISPUTED_VALUE,
    ERROR_VALUE,
    FINAL_VALUE,
    HOURLY,
    IN_ERROR,
    MISSING,
    MONTHLY,
    OK,
    PROVISIONAL,
    PROVISIONAL_VALUE,
    QUARTERLY,
    STALE,
    UNVERIFIED,
    UNVERIFIED_VALUE,
    WEEKLY,
)
from pilotage.assessment.freshness import cycles_later, data_state, months_later, next_due
from tests.series import HOLIDAYS


def day(text: str) -> np.ndarray:
    return np.array([text], dtype="datetime64[D]")


@pytest.mark.parametrize(
    ("end", "frequency", "delay", "expected"),
    [
        pytest.param("2026-04-01", ANNUAL, 0, "2027-03-31", id="the next fiscal year"),
        pytest.param("2026-04-01", ANNUAL, 90, "2027-06-29", id="and its delay"),
        pytest.param("2026-04-01", QUARTERLY, 0, "2026-06-30", id="the next quarter"),
        pytest.param("2026-02-01", MONTHLY, 15, "2026-03-15", id="February and fifteen days"),
        pytest.param("2026-03-02", WEEKLY, 0, "2026-03-08", id="the next week, weekend included"),
        pytest.param("2026-03-07", DAILY, 0, "2026-03-09", id="Friday, then Monday"),
        pytest.param("2026-03-08", DAILY, 0, "2026-03-09", id="Saturday, then Monday"),
        pytest.param("2026-04-03", DAILY, 0, "2026-04-07", id="Easter does not count"),
        pytest.param("2026-04-03", DAILY, 1, "2026-04-08", id="nor in the delay"),
        pytest.param("2026-03-06", HOURLY, 0, "2026-03-06", id="hours: the same day"),
        pytest.param("2026-03-07", HOURLY, 0, "2026-03-09", id="hours: after the weekend"),
        pytest.param("NaT", MONTHLY, 0, "NaT", id="no period, no date"),
        pytest.param("NaT", DAILY, 0, "NaT", id="no day, no date"),
    ],
)
def test_next_due(end: str, frequency: int, delay: int, expected: str) -> None:
    found = next_due(
        day(end), np.array([frequency], dtype=np.int8), np.array([delay], dtype=np.int32), HOLIDAYS
    )
    assert str(found[0]) == expected


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-04-01", -12, "2025-04-01"),
        ("NaT", 1, "NaT"),
    ],
)
def test_months_later_keeps_the_day_or_the_last_of_the_month(
    start: str, months: int, expected: str
) -> None:
    assert str(months_later(day(start), months)[0]) == expected


def test_cycles_go_both_ways() -> None:
    frequency = np.array([MONTHLY], dtype=np.int8)
    assert cycles_later(cycles_later(day("2026-04-01"), frequency), frequency, -1) == day(
        "2026-04-01"
    )


@pytest.mark.parametrize(
    ("has_value", "state", "due", "expected"),
    [
        pytest.param(True, FINAL_VALUE, "2026-03-31", OK, id="not due yet"),
        pytest.param(True, FINAL_VALUE, "2026-03-30", STALE, id="overdue"),
        pytest.param(True, PROVISIONAL_VALUE, "2026-03-31", PROVISIONAL, id="provisional"),
        pytest.param(True, UNVERIFIED_VALUE, "2026-03-31", UNVERIFIED, id="unverified"),
        pytest.param(True, PROVISIONAL_VALUE, "2026-03-30", STALE, id="age wins over annotation"),
        pytest.param(True, DISPUTED_VALUE, "2026-03-30", DISPUTED, id="a dispute wins over age"),
        pytest.param(True, ERROR_VALUE, "2026-03-31", IN_ERROR, id="in error"),
        pytest.param(False, FINAL_VALUE, "2026-03-30", MISSING, id="expected, never received"),
        pytest.param(False, FINAL_VALUE, "2026-03-31", OK, id="not expected yet"),
        pytest.param(False, FINAL_VALUE, "NaT", MISSING, id="nothing known of it"),
    ],
)
def test_data_state(has_value: bool, state: int, due: str, expected: int) -> None:
    on = np.datetime64("2026-03-31", "D")
    found = data_state(np.array([has_value]), np.array([state], dtype=np.int8), day(due), on)
    assert found[0] == expected
