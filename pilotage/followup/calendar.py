"""Working days of the public service: what ages are counted in."""

from datetime import date, timedelta
from functools import lru_cache

import holidays
import numpy as np
from numpy.typing import NDArray

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=1)
def _days_off() -> NDArray[np.datetime64]:
    # Easter Monday is only "optional" in the library; the public service takes it.
    quebec = holidays.country_holidays(
        "CA",
        subdiv="QC",
        years=range(_FIRST_YEAR, _LAST_YEAR + 1),
        categories=("public", "optional"),
    )
    return np.array(sorted(quebec), dtype="datetime64[D]")


def is_working_day(day: date) -> bool:
    """True from Monday to Friday, Québec holidays left out."""
    return bool(np.is_busday(np.datetime64(day), holidays=_days_off()))


def working_days(start: date, end: date) -> int:
    """Working days after ``start`` up to and including ``end``: 0 on the day itself.

    Unit     working days (Québec calendar, package ``holidays``, 1990 to 2100).
    Range    0 or more; 0 as well when ``end`` is before ``start``.
    """
    if end <= start:
        return 0
    first, past = np.datetime64(start + _ONE_DAY), np.datetime64(end + _ONE_DAY)
    return int(np.busday_count(first, past, holidays=_days_off()))


def working_day_after(start: date, days: int) -> date:
    """The day when ``days`` working days have passed since ``start``; ``start`` for 0 or less."""
    day = start
    while days > 0:
        day += _ONE_DAY
        days -= is_working_day(day)
    return day
