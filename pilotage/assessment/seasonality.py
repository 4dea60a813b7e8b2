"""Does a year repeat itself? Autocorrelation, classical indices, the series without its season."""

import numpy as np

from pilotage.assessment.code import Flags, Floats

CAUTION = 0.3
"""Lag-1 autocorrelation above which control limits cry wolf (statistics.md § 1)."""
_LEVEL = 1.645  # one-sided 5 %
_CYCLES = 3


def autocorrelation(values: Floats, lags: int) -> Floats:
    """Autocorrelations of lags 1…``lags``: series × lags.

    Shape    values are series × time, NaN where missing.
    Missing  a pair with a missing member does not count; 0 for a constant series.
    """
    gap = values - _row_mean(values)[:, None]
    gap = np.where(np.isnan(gap), 0.0, gap)
    whole = np.einsum("ij,ij->i", gap, gap)
    safe = np.where(whole > 0, whole, 1.0)
    answer = np.zeros((values.shape[0], lags))
    for lag in range(1, min(lags, values.shape[1] - 1) + 1):
        answer[:, lag - 1] = np.einsum("ij,ij->i", gap[:, lag:], gap[:, :-lag]) / safe
    return answer


def is_seasonal(values: Floats, period: int) -> Flags:
    """Whether each series repeats itself every ``period`` values (2 or more).

    Asks for three whole cycles, and |acf(period)| > 1.645 sqrt((1 + 2 sum of the earlier acf²)/n).
    Source   Fildes & al., the test used by the Theta method in M3; statistics.md § 8.
    """
    n = np.sum(~np.isnan(values), axis=1)
    if period < 2 or values.shape[1] < _CYCLES * period:
        return np.zeros(values.shape[0], dtype=bool)
    acf = autocorrelation(values, period)
    band = _LEVEL * np.sqrt((1 + 2 * np.sum(acf[:, :-1] ** 2, axis=1)) / np.maximum(n, 1))
    return np.asarray((n >= _CYCLES * period) & (np.abs(acf[:, -1]) > band))


def seasonal_indices(values: Floats, period: int, is_additive: bool = False) -> Floats:
    """Classical indices by position (column modulo ``period``): series × period.

    Range    multiplicative indices have mean 1, additive ones mean 0 (in the unit of the values).
    Missing  1 (0 when additive) for a position never observed.
    """
    trend = centred_average(values, period)
    neutral = 0.0 if is_additive else 1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = values - trend if is_additive else values / trend
    ratio[~np.isfinite(ratio)] = np.nan
    positions = [_row_mean(ratio[:, start::period]) for start in range(period)]
    indices = np.stack(positions, axis=1)
    indices[np.isnan(indices)] = neutral
    mean = indices.mean(axis=1, keepdims=True)
    return np.asarray(indices - mean if is_additive else indices / mean)


def centred_average(values: Floats, period: int) -> Floats:
    """Moving average over one whole period centred on each date; NaN at both ends."""
    half = period // 2
    weights = np.ones(period) if period % 2 else np.r_[0.5, np.ones(period - 1), 0.5]
    weights /= period
    answer = np.full(values.shape, np.nan)
    width = values.shape[1] - 2 * half
    if width <= 0:
        return answer
    total = np.zeros((values.shape[0], width))
    for offset, weight in enumerate(weights):
        total += weight * values[:, offset : offset + width]
    answer[:, half : half + width] = total
    return answer


def seasonal_factor(values: Floats, period: int) -> Floats:
    """Multiplicative index by position where values are positive and a season is found, else 1."""
    factor = np.ones((values.shape[0], max(period, 1)))
    if period < 2:
        return factor
    is_positive = ~np.any(values <= 0, axis=1)
    found = np.flatnonzero(is_positive & is_seasonal(values, period))
    if found.size:
        factor[found] = seasonal_indices(values[found], period)
    return factor


def without_season(values: Floats, period: int) -> tuple[Floats, Flags]:
    """The series with its seasonal pattern taken out where one is found, and where that was."""
    found = is_seasonal(values, period)
    adjusted = values.astype(float, copy=True)
    rows = np.flatnonzero(found)
    if rows.size:
        shape = seasonal_indices(values[rows], period, is_additive=True)
        adjusted[rows] -= shape[:, np.arange(values.shape[1]) % period]
    return adjusted, found


def _row_mean(values: Floats) -> Floats:
    seen = ~np.isnan(values)
    n = seen.sum(axis=1)
    if not values.shape[1]:
        return np.full(n.shape, np.nan)
    # One after the other, so that empty columns before change nothing, not even the last digit.
    total = np.cumsum(np.where(seen, values, 0.0), axis=1)[:, -1]
    return np.where(n > 0, total / np.maximum(n, 1), np.nan)
