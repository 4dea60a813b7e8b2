"""When is the next value due, and is the last one too old? (rules, section 4)."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilotage.assessment.code import (
    DAILY,
    DISPUTED,
    DISPUTED_VALUE,
    ERROR_VALUE,
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
    Codes,
    Days,
    Flags,
)

_MONTHS: Final = {MONTHLY: 1, QUARTERLY: 3}
_DAYS: Final = {HOURLY: 0, DAILY: 1, WEEKLY: 7}
_YEAR = 12


def months_later(days: Days, months: NDArray[np.int64] | int) -> Days:
    """The same day so many months later (or earlier), or the last day of a shorter month."""
    month = days.astype("datetime64[M]")
    day = days - month.astype("datetime64[D]")
    target = month + np.asarray(months).astype("timedelta64[M]")
    first = target.astype("datetime64[D]")
    length = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - first
    moved: Days = first + np.minimum(day, length - np.timedelta64(1, "D"))
    return moved


def cycles_later(ends: Days, frequency: Codes, count: int = 1) -> Days:
    """The end of the period so many cycles after one that ends (first day outside) on ``ends``.

    Hours end on the day they end, whatever the count.
    """
    months = np.select([frequency == code for code in _MONTHS], list(_MONTHS.values()), _YEAR)
    days = np.select([frequency == code for code in _DAYS], list(_DAYS.values()), 0)
    by_days = ends + (count * days).astype("timedelta64[D]")
    return np.where(frequency <= WEEKLY, by_days, months_later(ends, count * months))


def next_due(ends: Days, frequency: Codes, delay_days: NDArray[np.int32], holidays: Days) -> Days:
    """The last day on which the next value is not late: end of the period + one period + delay.

    Shape    [n]; ``ends`` is the first day outside the last period (for hours: the day the last
             hour ended).
    Missing  NaT where there is no last period.
    Source   rules, section 4. Weekends and Québec holidays count for nothing in hourly and daily
             series, neither in the period nor in the delay.
    """
    delay = delay_days.astype("timedelta64[D]")
    last_days = ends - np.timedelta64(1, "D")
    due = cycles_later(ends, frequency) - np.timedelta64(1, "D") + delay
    daily = np.busday_offset(last_days, 1 + delay_days, roll="backward", holidays=holidays)
    hourly = np.busday_offset(ends, delay_days, roll="forward", holidays=holidays)
    return np.where(frequency == DAILY, daily, np.where(frequency == HOURLY, hourly, due))


def data_state(has_value: Flags, value_state: Codes, due: Days, on: np.datetime64) -> Codes:
    """The state of the data: codes of DATA_STATES.

    In error and disputed come first, then age (past ``due``: missing without any value, stale
    with one), then what only annotates: unverified, provisional.
    """
    late = on > due
    return np.select(
        [
            has_value & (value_state == ERROR_VALUE),
            has_value & (value_state == DISPUTED_VALUE),
            ~has_value & (late | np.isnat(due)),
            has_value & late,
            has_value & (value_state == UNVERIFIED_VALUE),
            has_value & (value_state == PROVISIONAL_VALUE),
        ],
        [IN_ERROR, DISPUTED, MISSING, STALE, UNVERIFIED, PROVISIONAL],
        OK,
    ).astype(np.int8)
