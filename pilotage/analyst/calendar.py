"""The rhythm of a series, read from its dates, and its values laid on that rhythm."""

from datetime import datetime
from typing import NamedTuple

import numpy as np

from pilotage.analyst.series_file import Point
from pilotage.assessment.code import (
    ANNUAL,
    DAILY,
    HOURLY,
    MONTHLY,
    QUARTERLY,
    WEEKLY,
    Floats,
)

SEASON = {ANNUAL: 1, QUARTERLY: 4, MONTHLY: 12, WEEKLY: 52, DAILY: 7, HOURLY: 24}
"""Values in a seasonal cycle, by frequency."""
_SLOWEST = ((300, ANNUAL), (75, QUARTERLY), (25, MONTHLY), (6, WEEKLY), (0.9, DAILY))
_MOST_PERIODS = 200_000


class Rhythm(NamedTuple):
    """Values on a regular calendar, NaN where a period has none; ``first`` is its number."""

    frequency: int
    first: int
    values: Floats


def rhythm(points: tuple[Point, ...]) -> Rhythm | None:
    """The series on its own calendar; None where two values share a period, or under two dates."""
    if len(points) < 2:
        return None
    dates = np.array([point.date for point in points], dtype="datetime64[s]")
    typical_days = float(np.median(np.diff(dates).astype(np.int64))) / 86_400
    frequency = next((f for least, f in _SLOWEST if typical_days >= least), HOURLY)
    numbers = np.array([period_number(frequency, point.date) for point in points])
    span = int(numbers[-1] - numbers[0]) + 1
    if span > _MOST_PERIODS or np.any(np.diff(numbers) == 0):
        return None
    values = np.full(span, np.nan)
    values[numbers - numbers[0]] = [point.value for point in points]
    return Rhythm(frequency, int(numbers[0]), values)


def period_number(frequency: int, date: datetime) -> int:
    """The number of the period a date lies in; successive periods have successive numbers."""
    months = 12 * date.year + date.month - 1
    days = date.toordinal()
    return {
        ANNUAL: date.year,
        QUARTERLY: months // 3,
        MONTHLY: months,
        WEEKLY: (days - 1) // 7,
        DAILY: days,
        HOURLY: 24 * days + date.hour,
    }[frequency]
