"""Which target, which baseline and which value belong together."""

import numpy as np
import pytest

from pilotage.assessment.clock import calendar_of
from pilotage.assessment.code import ANNUAL, DAILY, MONTHLY
from pilotage.assessment.pairing import (
    first_true,
    last_baseline,
    last_true,
    pair_targets,
    pick,
    pick_codes,
    pick_days,
    rate_target,
    value_at,
)
from pilotage.domain.period import parse_period
from tests.series import NAN

FLAGS = np.array([[False, True, True], [False, False, False]])


def dates(*texts: str) -> np.ndarray:
    return np.array([texts], dtype="datetime64[D]")


def paired(dues: np.ndarray, on: str, frequency: int = ANNUAL, delay: int = 0) -> tuple[int, ...]:
    """The coming target, the judged one, and 1 when it lies ahead."""
    found = pair_targets(
        dues,
        np.ones(dues.shape, dtype=np.bool_),
        np.array([frequency], dtype=np.int8),
        np.array([delay], dtype=np.int32),
        np.datetime64(on, "D"),
    )
    return tuple(int(part[0]) for part in found)


def test_positions_of_flags() -> None:
    assert first_true(FLAGS).tolist() == [1, -1]
    assert last_true(FLAGS).tolist() == [2, -1]


def test_nothing_is_picked_where_there_is_no_position() -> None:
    none = np.array([-1])
    assert np.isnan(pick(np.array([[5.0]]), none)).all()
    assert np.isnat(pick_days(dates("2026-03-31"), none)).all()
    assert pick_codes(np.array([[2]], dtype=np.int8), none, 7).tolist() == [7]


@pytest.mark.parametrize(
    ("on", "frequency", "delay", "expected"),
    [
        pytest.param("2026-03-30", ANNUAL, 0, (0, 0, 1), id="before the first due date"),
        pytest.param("2026-03-31", ANNUAL, 0, (1, 0, 0), id="on it"),
        pytest.param("2027-03-30", ANNUAL, 0, (1, 0, 0), id="until the year after is over"),
        pytest.param("2027-03-31", ANNUAL, 0, (1, 1, 1), id="then the coming one"),
        pytest.param("2027-06-28", ANNUAL, 90, (1, 0, 0), id="later with a delay"),
        pytest.param("2026-04-30", MONTHLY, 0, (1, 1, 1), id="a month for a monthly one"),
        pytest.param("2028-03-31", ANNUAL, 0, (-1, 1, 0), id="the last one"),
        pytest.param("2040-01-01", ANNUAL, 0, (-1, 1, 0), id="which keeps the word for ever"),
    ],
)
def test_the_target_a_result_speaks_of(
    on: str, frequency: int, delay: int, expected: tuple[int, ...]
) -> None:
    assert paired(dates("2026-03-31", "2028-03-31", "NaT"), on, frequency, delay) == expected


def test_an_undated_target_speaks_only_alone() -> None:
    assert paired(dates("NaT", "NaT"), "2026-03-31") == (-1, 1, 1)


def test_rates_read_the_last_usable_target_dated_before_undated() -> None:
    dues = dates("2026-03-31", "2027-03-31", "NaT")
    assert rate_target(dues, np.array([[True, True, True]])).tolist() == [1]
    assert rate_target(dues, np.array([[True, False, True]])).tolist() == [0]
    assert rate_target(dues, np.array([[False, False, True]])).tolist() == [2]
    assert rate_target(dues, np.array([[False, False, False]])).tolist() == [-1]


def test_the_last_baseline_known_by_the_judging_date() -> None:
    baselines, since = np.array([[40.0, NAN, 60.0]]), dates("2025-03-31", "NaT", "2026-03-31")
    for on, expected in [("2026-03-31", 2), ("2026-03-30", 0), ("2025-03-30", -1)]:
        assert last_baseline(baselines, since, np.datetime64(on, "D")).tolist() == [expected]
    undated = dates("NaT", "NaT", "NaT")
    assert last_baseline(baselines, undated, np.datetime64("2020-01-01", "D")).tolist() == [2]


@pytest.mark.parametrize(
    ("codes", "due", "frequency", "expected"),
    [
        pytest.param(["2026-02", "2026-03"], "2026-03-31", MONTHLY, 1, id="of the due month"),
        pytest.param(["2026-03", "2026-04"], "2026-03-31", MONTHLY, 0, id="not the one after"),
        pytest.param(["2026-02", "2026-05"], "2026-03-31", MONTHLY, 1, id="else the first after"),
        pytest.param(["2026-01", "2026-02"], "2026-03-31", MONTHLY, -1, id="never one before"),
        pytest.param(["2015-2016", "2016-2017"], "2016-12-31", ANNUAL, 1, id="the year around it"),
        pytest.param(["2014", "2015"], "2016-03-31", ANNUAL, 1, id="a calendar year for March"),
        pytest.param(["2026-03-26", "2026-03-27"], "2026-03-29", DAILY, 1, id="Friday for Sunday"),
        pytest.param(
            ["2026-03-01", "2026-03-02"], "2026-03-29", DAILY, -1, id="not four weeks old"
        ),
        pytest.param(["2026-02", "2026-03"], "NaT", MONTHLY, -1, id="no due date"),
    ],
)
def test_the_value_that_speaks_for_a_due_date(
    codes: list[str], due: str, frequency: int, expected: int
) -> None:
    periods = [parse_period(code) for code in codes]
    starts, ends = (
        np.array([[getattr(period, side) for period in periods]], dtype="datetime64[s]")
        for side in ("start", "end")
    )
    frequencies = np.array([frequency], dtype=np.int8)
    calendar = calendar_of(starts, ends, frequencies, np.datetime64("2030-01-01", "D"))
    found = value_at(dates(due)[0], np.array([[True, True]]), calendar, frequencies)
    assert found.tolist() == [expected]
