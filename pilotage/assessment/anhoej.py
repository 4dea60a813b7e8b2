"""The run chart: is there a run too long, or are there too few crossings of the median?

Needs no normality, so it suits skewed or bounded indicators; it says *that*, XmR says *when*.
Source   qicharts2 0.8.1; Anhøj & Olesen 2014, PLoS ONE 9:e113825; statistics.md § 4.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from pilotage.assessment.code import Flags, Floats, Indices
from pilotage.assessment.distribution import binomial_quantile

FEWEST = 10
"""Useful points below which the rules have no power."""


class RunChart(NamedTuple):
    """One figure a row; 0 useful points where nothing lies beside the median."""

    median: Floats
    useful: Indices  # points not on the median
    longest_run: Indices
    longest_allowed: Indices
    crossings: Indices
    crossings_needed: Indices

    @property
    def signal(self) -> Flags:
        """Whether either rule speaks."""
        return (self.useful > 0) & (
            (self.longest_run > self.longest_allowed) | (self.crossings < self.crossings_needed)
        )

    @property
    def is_too_short(self) -> Flags:
        """Whether there are too few useful points for the rules to have any power."""
        return self.useful < FEWEST


def run_chart(values: Floats, centre: Floats | None = None) -> RunChart:
    """The run chart of every row.

    Shape    values: series × time, NaN where missing; centre: one a row, instead of the median
             (that of a baseline, or a chart's mean).
    Range    closer to the median than 1e-12 of its size is on it.
    """
    median = row_median(values) if centre is None else centre
    near = 1e-12 * np.abs(median)[:, None]
    with np.errstate(invalid="ignore"):
        gap = values - median[:, None]
        useful = np.abs(gap) > near
    longest, runs, count = _runs(gap > 0, useful)
    allowed, needed = limits(count)
    return RunChart(median, count, longest, allowed, np.maximum(runs - 1, 0), needed)


def row_median(values: Floats) -> Floats:
    """The median of the observed values of each row; NaN for none."""
    ordered = np.sort(values, axis=1)  # NaN goes last
    count = np.sum(~np.isnan(values), axis=1)
    rows = np.arange(values.shape[0])
    low = ordered[rows, np.maximum(count - 1, 0) // 2]
    high = ordered[rows, np.minimum(count // 2, values.shape[1] - 1)]
    return np.where(count > 0, low + (high - low) / 2, np.nan)


def _runs(above: Flags, useful: Flags) -> tuple[Indices, Indices, Indices]:
    """Longest run, number of runs and number of useful points of each row."""
    series = above.shape[0]
    count = np.count_nonzero(useful, axis=1)
    side = above[useful]
    row = np.repeat(np.arange(series), count)
    starts = np.ones(side.size, dtype=bool)
    starts[1:] = (side[1:] != side[:-1]) | (row[1:] != row[:-1])
    first = np.flatnonzero(starts)
    lengths = np.diff(first, append=side.size)
    runs = np.bincount(row[first], minlength=series)
    longest = np.zeros(series, dtype=np.int64)
    has_runs = runs > 0
    if first.size:
        offsets = (np.cumsum(runs) - runs)[has_runs]
        longest[has_runs] = np.maximum.reduceat(lengths, offsets)
    return longest, runs, count


def limits(useful: Indices) -> tuple[Indices, Indices]:
    """The longest run allowed and the crossings needed, for numbers of useful points."""
    distinct, back = np.unique(useful, return_inverse=True)
    pairs = np.array([_limit(int(n)) for n in distinct], dtype=np.int64).reshape(-1, 2)
    return pairs[back, 0], pairs[back, 1]


@lru_cache(maxsize=4096)
def _limit(useful: int) -> tuple[int, int]:
    if useful < 1:
        return 0, 0
    return round(float(np.log2(useful))) + 3, binomial_quantile(0.05, useful - 1, 0.5)
