"""How old a blocker is at its level, and whether it is about to climb."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage.domain.blocker import ALLOWED_WORKING_DAYS, BlockerState, LadderLevel, Seriousness
from pilotage.followup.ladder import age
from tests.test_followup_blocker import blocker

SINCE = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("today", "days", "climbs_soon", "is_over"),
    [
        pytest.param(date(2026, 11, 5), 3, False, False, id="young"),
        pytest.param(date(2026, 11, 6), 4, True, False, id="one day left"),
        pytest.param(date(2026, 11, 9), 5, True, False, id="the last day"),
        pytest.param(date(2026, 11, 10), 6, False, True, id="past its allowance"),
    ],
)
def test_a_tactical_blocker_has_five_working_days(
    today: date, days: int, climbs_soon: bool, is_over: bool
) -> None:
    found = age(blocker(), today)
    assert (found.days, found.allowed) == (days, 5)
    assert (found.climbs_soon, found.is_over) == (climbs_soon, is_over)
    assert found.climbs_on == date(2026, 11, 10)


def test_a_critical_blocker_nobody_took_has_one_working_day() -> None:
    critical = replace(blocker(), seriousness=Seriousness.CRITICAL)
    assert age(critical, date(2026, 11, 4)).is_over
    taken = replace(critical, state=BlockerState.TAKEN)
    assert not age(taken, date(2026, 11, 4)).is_over


def test_at_the_top_nothing_climbs_but_it_can_be_over() -> None:
    top = blocker(level=LadderLevel.GOVERNMENT)
    assert not age(top, date(2026, 11, 27)).climbs_soon
    assert age(top, date(2026, 12, 18)).is_over


def test_a_deferral_stops_the_clock_until_its_date() -> None:
    deferred = replace(blocker(BlockerState.DEFERRED), due_on=date(2026, 12, 1))
    assert not age(deferred, date(2026, 12, 1)).is_over
    assert age(deferred, date(2026, 12, 2)).is_over


def test_a_resolved_blocker_no_longer_ages() -> None:
    resolved = replace(blocker(BlockerState.RESOLVED), resolved_on=date(2026, 11, 4))
    found = age(resolved, date(2027, 3, 1))
    assert (found.days, found.is_over, found.climbs_on) == (2, False, None)


@given(st.sampled_from(list(LadderLevel)), st.dates(SINCE, date(2027, 12, 31)))
def test_over_means_more_days_than_allowed(level: LadderLevel, today: date) -> None:
    found = age(blocker(level=level), today)
    assert found.is_over == (found.days > ALLOWED_WORKING_DAYS[level])
    assert not (found.is_over and found.climbs_soon)
    assert found.climbs_on is not None
    assert found.is_over == (today >= found.climbs_on)
