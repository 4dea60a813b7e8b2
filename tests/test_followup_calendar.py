"""Ages are counted in the working days of Québec's public service."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage.followup.calendar import is_working_day, working_day_after, working_days

days = st.dates(date(2015, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param(date(2026, 11, 10), date(2026, 11, 10), 0, id="the same day"),
        pytest.param(date(2026, 11, 10), date(2026, 11, 11), 1, id="the next day"),
        pytest.param(date(2026, 11, 13), date(2026, 11, 16), 1, id="a weekend does not count"),
        pytest.param(date(2026, 6, 23), date(2026, 6, 25), 1, id="the Fête nationale"),
        pytest.param(date(2026, 4, 2), date(2026, 4, 7), 1, id="Good Friday and Easter Monday"),
        pytest.param(date(2026, 11, 11), date(2026, 11, 10), 0, id="the end before the start"),
        pytest.param(date(2026, 9, 29), date(2026, 10, 1), 2, id="30 September is worked"),
    ],
)
def test_working_days_follow_the_quebec_calendar(start: date, end: date, expected: int) -> None:
    assert working_days(start, end) == expected


@given(days, st.integers(0, 60))
def test_counting_forward_then_back_gives_the_same_days(start: date, count: int) -> None:
    assert working_days(start, working_day_after(start, count)) == count


@given(days, st.integers(0, 90), st.integers(0, 90))
def test_two_spans_in_a_row_add_up(start: date, first: int, second: int) -> None:
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=second)
    assert working_days(start, end) == working_days(start, middle) + working_days(middle, end)


@given(days)
def test_one_more_day_counts_when_it_is_worked(day: date) -> None:
    assert working_days(day - timedelta(days=1), day) == int(is_working_day(day))
