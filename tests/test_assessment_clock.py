"""Stored moments are read as days of the government's clock."""

import numpy as np
import pytest

from pilotage.assessment.clock import NEVER, Calendar, calendar_of, day_numbers
from pilotage.assessment.code import DAILY, HOURLY


def read(start: str, end: str, frequency: int, on: str) -> Calendar:
    starts, ends = (np.array([[moment]], dtype="datetime64[s]") for moment in (start, end))
    return calendar_of(starts, ends, np.array([frequency], dtype=np.int8), np.datetime64(on, "D"))


def day(number: int) -> str:
    return str(np.datetime64(int(number), "D"))


def test_a_local_period_is_read_as_it_is_stored() -> None:
    found = read("2026-03-01", "2026-04-01", DAILY, "2026-03-31")
    assert found.has_ended.all()
    days = [day(column[0, 0]) for column in (found.first_day, found.last_day, found.end_day)]
    assert days == ["2026-03-01", "2026-03-31", "2026-04-01"]


def test_a_period_has_not_ended_on_the_day_before_its_last() -> None:
    assert not read("2026-03-01", "2026-04-01", DAILY, "2026-03-30").has_ended.any()


@pytest.mark.parametrize(
    ("start", "on", "last_day"),
    [
        pytest.param("2026-11-11T03:00:00", "2026-11-10", "2026-11-10", id="22:00 in winter"),
        pytest.param("2026-07-11T03:00:00", "2026-07-10", "2026-07-10", id="23:00 in summer"),
        pytest.param("2026-11-11T05:00:00", "2026-11-11", "2026-11-11", id="midnight"),
    ],
)
def test_an_hour_stored_in_utc_belongs_to_its_local_day(start: str, on: str, last_day: str) -> None:
    end = str(np.datetime64(start, "s") + np.timedelta64(1, "h"))
    found = read(start, end, HOURLY, on)
    assert found.has_ended.all()
    assert day(found.last_day[0, 0]) == last_day


def test_where_there_is_no_period_nothing_exists_and_nothing_ended() -> None:
    found = read("NaT", "NaT", HOURLY, "2026-11-11")
    assert not found.exists.any()
    assert not found.has_ended.any()


def test_a_date_that_is_not_known_comes_after_every_other() -> None:
    numbers = day_numbers(np.array(["2026-03-31", "NaT"], dtype="datetime64[D]"))
    assert numbers.tolist() == [20543, NEVER]
