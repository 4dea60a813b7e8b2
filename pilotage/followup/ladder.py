"""How long a blocker has waited at its level, and whether it is about to climb.

Issue A shows the age; the clock that climbs by itself comes with the full ladder.
"""

from dataclasses import dataclass
from datetime import date

from pilotage.domain.blocker import ALLOWED_WORKING_DAYS, BlockerState, LadderLevel, Seriousness
from pilotage.followup.blocker import Blocker
from pilotage.followup.calendar import working_day_after, working_days

CRITICAL_WORKING_DAYS = 1
"""A critical blocker nobody acknowledged climbs after this many working days (rules, 6)."""


@dataclass(frozen=True)
class Age:
    """Working days at the level against those allowed there.

    ``climbs_on`` is the day the allowance runs out, none where nothing is running: deferred to a
    coming date, resolved or closed.
    """

    days: int
    allowed: int
    is_over: bool
    climbs_soon: bool
    climbs_on: date | None


def allowance(blocker: Blocker) -> int:
    """Working days this blocker may stay at its level."""
    allowed = ALLOWED_WORKING_DAYS[blocker.level]
    if blocker.seriousness is Seriousness.CRITICAL and blocker.state is BlockerState.OPEN:
        return min(allowed, CRITICAL_WORKING_DAYS)
    return allowed


def age(blocker: Blocker, today: date) -> Age:
    """The age at the level on ``today``; a settled blocker stops ageing the day it was resolved."""
    allowed = allowance(blocker)
    if not blocker.state.is_live:
        days = working_days(blocker.level_since, blocker.resolved_on or today)
        return Age(days, allowed, is_over=False, climbs_soon=False, climbs_on=None)
    days = working_days(blocker.level_since, today)
    if blocker.state is BlockerState.DEFERRED and blocker.due_on:
        # A dated deferral stops the clock until its date, then the clock is out.
        waiting = today <= blocker.due_on
        return Age(
            days, allowed, not waiting, climbs_soon=False, climbs_on=None if waiting else today
        )
    is_over = days > allowed
    has_next = blocker.level is not LadderLevel.GOVERNMENT
    return Age(
        days,
        allowed,
        is_over,
        climbs_soon=has_next and not is_over and allowed - days <= 1,
        climbs_on=working_day_after(blocker.level_since, allowed + 1),
    )
