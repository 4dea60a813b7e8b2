"""Where a series is heading: the light projection, on all series at once.

Source   statistics.md § 8: exponential smoothing with half the slope of all the past (Theta),
         spread by rolling origins. Measured on M3 in ``tests/bench/projection.py``.
"""

from typing import NamedTuple

import numpy as np

from pilotage.assessment.code import Floats, Indices
from pilotage.assessment.seasonality import seasonal_factor
from pilotage.assessment.smoothing import WEIGHTS, expanding_slope, levels

FEWEST = 5
"""Values below which nothing is projected."""
_PRIOR = 6.0  # how many origins the theoretical spread is worth against the observed one
_LATEST_FIRST_ORIGIN = 8
_BLOCK = 1_024


class Projection(NamedTuple):
    """The next values of each series, series × horizon; NaN where nothing can be said."""

    mean: Floats
    scale: Floats  # of a Student t with ``degrees``; same unit as the mean
    degrees: Floats  # one a series


class _Past(NamedTuple):
    """What was known at each origin, time × series."""

    values: Floats
    level: Floats
    slope: Floats
    weight: Floats  # one a series
    first_origin: Indices  # one a series: index of the first origin that is scored


def light_projection(values: Floats, period: int, horizon: int) -> Projection:
    """Project each series 1…``horizon`` periods past its last value.

    Shape    values: series × time, NaN where missing (also as padding, before or after).
    Units    those of the values; ``period`` values make a seasonal cycle, 1 for none.
    Missing  fewer than five values, or no variation at all: NaN everywhere.
    """
    if values.shape[0] == 1:
        return Projection(*(part[:1] for part in light_projection(twice(values), period, horizon)))
    if values.shape[0] > _BLOCK:
        # What fits in the processor's cache is read again without going back to memory.
        cuts = range(0, values.shape[0], _BLOCK)
        parts = [light_projection(values[at : at + _BLOCK], period, horizon) for at in cuts]
        return Projection(*(np.concatenate(part) for part in zip(*parts, strict=True)))
    aligned = _whole_cycles(right_aligned(values), period)
    factor = seasonal_factor(aligned, period)
    width = aligned.shape[1]
    cycle = factor.shape[1]
    plain = aligned / factor[:, np.arange(width) % cycle]
    past = _past(np.ascontiguousarray(plain.T))
    ahead = factor[:, (width + np.arange(horizon)) % cycle]
    steps = np.arange(1, horizon + 1)
    mean = past.level[-1][:, None] + past.slope[-1][:, None] * steps
    count = np.sum(~np.isnan(aligned), axis=1)
    scale, degrees = _scale(past, horizon, count)
    silent = (count < FEWEST) | ~(scale[:, 0] > 0)
    mean[silent], scale[silent] = np.nan, np.nan
    return Projection(mean * ahead, scale * np.abs(ahead), np.where(silent, np.nan, degrees))


def _whole_cycles(values: Floats, period: int) -> Floats:
    """The same series from the start of a cycle on, so that the last date closes one."""
    lead = -values.shape[1] % max(period, 1)
    return np.pad(values, ((0, 0), (lead, 0)), constant_values=np.nan) if lead else values


def twice(values: Floats) -> Floats:
    """A lone series beside itself: numpy adds a lone one in another order, to another last digit.

    What is said of a series must be the same whether it is judged alone or with all the others.
    """
    return np.repeat(values, 2, axis=0)


def right_aligned(values: Floats) -> Floats:
    """The same series, each ending in the last column; at least one column."""
    width = values.shape[1]
    if not width:
        return np.full((values.shape[0], 1), np.nan)
    trailing = np.argmax(~np.isnan(values[:, ::-1]), axis=1)
    if not trailing.any():
        return values
    source = np.arange(width) - trailing[:, None]
    moved = np.take_along_axis(values, np.maximum(source, 0), axis=1)
    return np.where(source >= 0, moved, np.nan)


def _past(values: Floats) -> _Past:
    """Smooth with the weight whose one-step errors were smallest."""
    tried = levels(values)
    slope = expanding_slope(values) / 2
    rank = np.cumsum(~np.isnan(values), axis=0)
    count = rank[-1]
    warm_up = np.minimum(count // 3, _LATEST_FIRST_ORIGIN)
    first_origin = np.argmax(rank >= np.maximum(warm_up, 1), axis=0)
    origins = np.arange(values.shape[0])[:, None] >= first_origin
    errors = values[1:] - tried[:, :-1] - slope[:-1]
    kept = origins[:-1] & ~np.isnan(values[1:])
    loss = np.sum(np.where(kept, errors, 0.0) ** 2, axis=1)
    best = np.argmin(loss, axis=0)
    columns = np.arange(values.shape[1])
    return _Past(values, tried[best, :, columns].T, slope, WEIGHTS[best], first_origin)


def _scale(past: _Past, horizon: int, count: Indices) -> tuple[Floats, Floats]:
    """Spread at each horizon: observed at rolling origins, held by the theoretical one."""
    squares, origins = _observed(past, horizon)
    one_step = squares[:, 0] / np.maximum(origins[:, 0], 1)
    steps = np.arange(1, horizon + 1)
    theory = one_step[:, None] * (1 + (steps - 1) * past.weight[:, None] ** 2)
    trust = origins / steps
    mean_square = np.where(origins > 0, squares / np.maximum(origins, 1), theory)
    scale = (trust * np.sqrt(mean_square) + _PRIOR * np.sqrt(theory)) / (trust + _PRIOR)
    warm_up = np.minimum(count // 3, _LATEST_FIRST_ORIGIN)
    return np.maximum.accumulate(scale, axis=1), np.clip(count - warm_up - 2.0, 3.0, 30.0)


def _observed(past: _Past, horizon: int) -> tuple[Floats, Floats]:
    """Sum of squared errors and number of origins, series × horizon."""
    length, series = past.values.shape
    squares, origins = np.zeros((horizon, series)), np.zeros((horizon, series))
    dates = np.arange(length)[:, None]
    for step in range(1, min(horizon, length - 1) + 1):
        error = past.values[step:] - past.level[:-step] - step * past.slope[:-step]
        kept = (dates[:-step] >= past.first_origin) & ~np.isnan(error)
        squares[step - 1] = np.sum(np.where(kept, error, 0.0) ** 2, axis=0)
        origins[step - 1] = kept.sum(axis=0)
    return squares.T, origins.T
