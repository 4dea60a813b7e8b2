"""Which target, which baseline and which value belong together (settled points, 4 and 6)."""

import numpy as np
from numpy.typing import NDArray

from pilotage.assessment.clock import NEVER, Calendar, day_numbers
from pilotage.assessment.code import NONE, WEEKLY, Codes, Days, Flags, Floats, Indices
from pilotage.assessment.freshness import cycles_later

_SHORT_CYCLE_DAYS = 7
"""A daily or hourly value up to a week old still speaks for a due date (weekends, holidays)."""


def first_true(flags: Flags) -> Indices:
    """Position of the first true flag of each row; −1: none."""
    return np.where(flags.any(axis=1), flags.argmax(axis=1), NONE)


def last_true(flags: Flags) -> Indices:
    """Position of the last true flag of each row; −1: none."""
    last = flags.shape[1] - 1 - flags[:, ::-1].argmax(axis=1)
    return np.where(flags.any(axis=1), last, NONE)


def pick(values: Floats, index: Indices) -> Floats:
    """The value of each row at ``index``; NaN where it is −1."""
    picked = values[np.arange(len(index)), np.maximum(index, 0)]
    return np.where(index < 0, np.nan, picked)


def pick_days(days: Days, index: Indices) -> Days:
    """The day of each row at ``index``; NaT where it is −1."""
    picked = days[np.arange(len(index)), np.maximum(index, 0)]
    return np.where(index < 0, np.datetime64("NaT", "D"), picked)


def pick_codes(codes: Codes, index: Indices, otherwise: int) -> Codes:
    """The code of each row at ``index``; ``otherwise`` where it is −1."""
    picked = codes[np.arange(len(index)), np.maximum(index, 0)]
    return np.where(index < 0, otherwise, picked).astype(np.int8)


def pair_targets(
    dues: Days, usable: Flags, frequency: Codes, delay: NDArray[np.int32], on: np.datetime64
) -> tuple[Indices, Indices, Flags]:
    """The coming target, the one the result speaks of, and whether that one lies ahead.

    The last target due by ``on`` keeps the word until the cycle after it is over and its delay
    has run; then the coming one takes it. Without a coming one the last keeps it for ever.
    An undated target speaks only where there is no dated one, and lies ahead for ever.
    """
    dated = ~np.isnat(dues)
    past = last_true(dated & (dues <= on))
    coming = first_true(dated & (dues > on))
    day_after = pick_days(dues, past) + np.timedelta64(1, "D")
    cycle_end = cycles_later(day_after, frequency) + delay.astype("timedelta64[D]")
    speaks = (past >= 0) & ((coming < 0) | (on + np.timedelta64(1, "D") < cycle_end))
    undated = np.where(dated.any(axis=1), NONE, last_true(usable & ~dated))
    judged = np.where(speaks, past, np.where(coming >= 0, coming, undated))
    return coming, judged, (judged >= 0) & ~speaks


def rate_target(dues: Days, usable: Flags) -> Indices:
    """The last usable target by due date; an undated one only for want of a dated one."""
    dated = last_true(usable & ~np.isnat(dues))
    return np.where(dated >= 0, dated, last_true(usable))


def last_baseline(baselines: Floats, dates: Days, on: np.datetime64) -> Indices:
    """The last baseline that is not dated after ``on``."""
    return last_true(~np.isnan(baselines) & (np.isnat(dates) | (dates <= on)))


def value_at(due: Days, has_value: Flags, calendar: Calendar, frequency: Codes) -> Indices:
    """Position of the value that speaks for a due date; −1: none.

    It is the last one whose period has begun by then and ended less than a cycle before (a week
    at least); failing that the first one after. So a late value is heard, and one of the cycle
    before is never passed off for the one that is due.
    """
    due_day = day_numbers(due)[:, None]
    day_after = due + np.timedelta64(1, "D")
    cycle_before = np.where(
        frequency <= WEEKLY,
        day_after - np.timedelta64(_SHORT_CYCLE_DAYS, "D"),
        cycles_later(day_after, frequency, -1),
    )
    oldest_end = day_numbers(cycle_before)[:, None]
    has_begun = calendar.first_day <= due_day
    at_due = last_true(has_value & has_begun & (calendar.last_day + 1 > oldest_end))
    after = first_true(has_value & ~has_begun & (due_day < NEVER))
    return np.where(at_due >= 0, at_due, after)
