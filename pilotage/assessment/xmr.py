"""The XmR chart's lines: mean, natural limits and near limits of each phase.

Source   NHSRplotthedots 0.2.2 (Making Data Count), statistics.md § 1. One row is one phase:
         ``phase.py`` cuts a series where it was rebased.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from pilotage.assessment.code import Flags, Floats, Indices

SIGMA_OF_RANGE = 1.128
"""Mean moving range of two successive values of a normal series, in standard deviations."""


@dataclass(frozen=True)
class XmrSetting:
    """Where tools differ (statistics.md § 3); the defaults are the reference's."""

    shift: int = 7
    trend: int = 7
    constant: float = 2.66
    screening: float | None = 3.267
    two_in_three_counts_outside: bool = False  # the NHS Excel tool also counts points past a limit


REFERENCE = XmrSetting()
RULE_SETS: Final = {
    "reference": REFERENCE,
    "nhs-excel": XmrSetting(screening=None, two_in_three_counts_outside=True),
    "abspc": XmrSetting(shift=8, trend=6, constant=3 / SIGMA_OF_RANGE, screening=None),
}
"""The rules of other tools by name (statistics.md § 3): what an installation may choose."""


class XmrLines(NamedTuple):
    """The lines of each row, in the unit of the values; NaN where there is no moving range."""

    mean: Floats
    moving_range: Floats  # mean moving range the limits were drawn from
    width: Floats  # from the mean to a limit
    tolerance: Floats  # closer than this to a line is on the line
    known: Indices  # values observed in the row, baseline or not
    is_unscreened: Flags  # screening had left no variation at all: it was not applied

    @property
    def lower(self) -> Floats:
        """The lower natural limit; not clipped at 0."""
        return self.mean - self.width

    @property
    def upper(self) -> Floats:
        """The upper natural limit; not clipped at 1 or 100."""
        return self.mean + self.width

    @property
    def has_no_variation(self) -> Flags:
        """Whether two values or more were all the same."""
        return (self.known > 1) & ~(self.width > 0)


def xmr_lines(
    values: Floats,
    fixed_after: Indices | int | None = None,
    screened: Flags | bool = True,
    setting: XmrSetting = REFERENCE,
) -> XmrLines:
    """The lines of every row at once.

    Shape    values: **time × rows** (each step one long vector), NaN where missing.
             fixed_after: only the first so many dates of a row feed its lines; 0 or none for all.
             screened: whether moving ranges past 3.267 times their mean are left out, by row.
    Range    where screening leaves nothing but zeros in a series that does vary, it is not
             applied and the row says so; the reference would flag every point.
    Missing  a missing value kills its two moving ranges; fewer than two values leave no limits.
    """
    baseline = values if fixed_after is None else _frozen(values, np.asarray(fixed_after))
    seen = ~np.isnan(baseline)
    known = seen.sum(axis=0)
    mean = _ratio(np.where(seen, baseline, 0.0).sum(axis=0), known)
    ranges = np.abs(baseline[1:] - baseline[:-1])
    first = _mean_of(ranges, ~np.isnan(ranges))
    average, unscreened = first, np.zeros(first.shape, dtype=bool)
    if setting.screening is not None and np.any(screened):
        kept = _mean_of(ranges, ranges < setting.screening * first)
        unscreened = screened & ~(kept > 0) & (first > 0)
        # No variation at all: the reference has no limits then, and neither have we.
        average = np.where(screened & ~unscreened, kept, first)
    width = setting.constant * average
    tolerance = 1e-9 * np.nan_to_num(width) + 1e-12 * np.abs(mean)
    if baseline is not values:
        known = np.sum(~np.isnan(values), axis=0)
    return XmrLines(mean, average, width, tolerance, known, unscreened)


def _frozen(values: Floats, fixed_after: Indices) -> Floats:
    dates = np.arange(values.shape[0])[:, None]
    return np.where((dates < fixed_after) | (fixed_after <= 0), values, np.nan)


def _mean_of(values: Floats, kept: Flags) -> Floats:
    return _ratio(np.where(kept, values, 0.0).sum(axis=0), kept.sum(axis=0))


def _ratio(total: Floats, count: Indices) -> Floats:
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
