"""Levels and slopes that only know the past: what a projection would have said at each date.

Arrays here are time × series (time first: each step is one long vector), NaN where missing.
"""

import numpy as np

from pilotage.assessment.code import Floats

WEIGHTS = np.array([0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
"""The eleven weights tried for the newest value."""


def levels(values: Floats, weights: Floats = WEIGHTS) -> Floats:
    """Exponentially smoothed level after each date, by weight: weights × time × series.

    Missing  NaN before the first value; a missing value leaves the level where it was.
    """
    answer = np.empty((weights.size, *values.shape))
    level = np.full((weights.size, values.shape[1]), np.nan)
    share = weights[:, None]
    for date, value in enumerate(values):
        moved = level + share * (value - level)
        moved = np.where(np.isnan(level), value, moved)
        level = np.where(np.isnan(value), level, moved)
        answer[:, date] = level
    return answer


def expanding_slope(values: Floats) -> Floats:
    """Least-squares slope per period of all values up to each date; 0 with fewer than two."""
    seen = ~np.isnan(values)
    first = _first_value(values)
    y = np.where(seen, values - first, 0.0)
    # Counted from the last date: empty dates before change nothing, not even the last digit.
    dates = np.arange(1 - values.shape[0], 1, dtype=float)[:, None]
    t = np.where(seen, dates, 0.0)
    n, st, sy = (np.cumsum(part, axis=0) for part in (seen, t, y))
    stt, sty = np.cumsum(t * t, axis=0), np.cumsum(t * y, axis=0)
    spread = n * stt - st * st
    return np.where(spread > 0, (n * sty - st * sy) / np.where(spread > 0, spread, 1.0), 0.0)


def _first_value(values: Floats) -> Floats:
    """The first value of each series, NaN for an empty one."""
    at = np.argmax(~np.isnan(values), axis=0)
    return np.asarray(values[at, np.arange(values.shape[1])])
