"""Shewhart charts by the nature of the data: shares, rates, counts, rare events, times between.

Source   qicharts2 0.8.1, statistics.md § 5. One series a call, one phase a call.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from pilotage.assessment.code import Flags, Floats
from pilotage.assessment.xmr import SIGMA_OF_RANGE

Kind = Literal["i", "mr", "run", "p", "pp", "u", "up", "c", "g", "t"]
"""``pp`` and ``up`` are Laney's p′ and u′."""
Nature = Literal["share", "rate", "count", "opportunities_between", "time_between", "measure"]

LARGE = 1000.0
"""Denominators above which plain p and u charts flag nearly everything."""
_RANGE_LIMIT = 3.267
_T_POWER = 3.6
_SHARES, _PRIMED = ("p", "pp"), ("pp", "up")


class AttributeChart(NamedTuple):
    """One figure a date, in the unit of ``value``; NaN where a chart has no such line."""

    value: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    lower95: Floats
    upper95: Floats

    @property
    def outside(self) -> Flags:
        """Points past a 3-sigma limit; none where there are no limits."""
        return np.asarray((self.value > self.upper) | (self.value < self.lower))


@dataclass(frozen=True)
class Baseline:
    """What feeds the lines: the first ``dates`` ones (all by default), screened or not."""

    dates: int | None = None
    is_screened: bool = True


def kind_for(nature: Nature, sizes: Floats | None = None) -> Kind:
    """The chart that suits the data: p′ or u′ as soon as denominators are large or not given."""
    if nature in ("share", "rate"):
        is_small = sizes is not None and np.nanmedian(sizes) <= LARGE
        if nature == "share":
            return "p" if is_small else "pp"
        return "u" if is_small else "up"
    others: dict[Nature, Kind] = {"count": "c", "opportunities_between": "g", "time_between": "t"}
    return others.get(nature, "i")


def attribute_chart(
    kind: Kind, counts: Floats, sizes: Floats | None = None, baseline: Baseline = Baseline()
) -> AttributeChart:
    """The points and lines of one series.

    Shape    counts: one a date (events, values or times); sizes: denominators, for p and u.
    Range    shares stay within 0–1, counts and rates at 0 or above.
    Missing  NaN where a count or its denominator is; a denominator of 0 is missing.
    """
    if kind in ("p", "u", "pp", "up"):
        return _ratios(kind, counts, np.ones(counts.shape) if sizes is None else sizes, baseline)
    if kind == "t":
        return _times(counts, baseline)
    if kind == "mr":
        return _ranges(counts, baseline)
    if kind == "run":
        return _lines(counts, _median(_first(counts, baseline)), np.nan)
    used = _first(counts, baseline)
    mean = _mean(used)
    if kind == "c":
        return _clipped(_lines(counts, mean, np.sqrt(mean)), 0.0, np.inf)
    if kind == "g":
        chart = _clipped(_lines(counts, mean, np.sqrt(mean * (mean + 1))), 0.0, np.inf)
        return chart._replace(centre=np.full(counts.shape, _median(used)))
    return _lines(counts, mean, _sigma(used, baseline.is_screened))


def _ratios(kind: Kind, counts: Floats, sizes: Floats, baseline: Baseline) -> AttributeChart:
    sizes = np.where(sizes > 0, sizes, np.nan)
    x, n = _first(counts, baseline), _first(sizes, baseline)
    both = ~np.isnan(x) & ~np.isnan(n)
    centre = x[both].sum() / n[both].sum() if both.any() else np.nan
    is_share = kind in _SHARES
    sigma = np.sqrt(centre * (1 - centre if is_share else 1.0) / sizes)
    value = counts / sizes
    if kind in _PRIMED:
        with np.errstate(divide="ignore", invalid="ignore"):
            z = (value - centre) / sigma
        sigma = sigma * _sigma(_first(z, baseline), baseline.is_screened)
    return _clipped(_lines(value, centre, sigma), 0.0, 1.0 if is_share else np.inf)


def _times(times: Floats, baseline: Baseline) -> AttributeChart:
    """An i-chart of the times brought near to normal by the power 1/3.6 (Nelson 1994)."""
    evened = np.where(times >= 0, times, np.nan) ** (1 / _T_POWER)
    used = _first(evened, baseline)
    chart = _lines(evened, _mean(used), _sigma(used, baseline.is_screened))
    return AttributeChart(*(np.maximum(line, 0.0) ** _T_POWER for line in chart))


def _ranges(values: Floats, baseline: Baseline) -> AttributeChart:
    ranges = np.abs(np.diff(values, prepend=np.nan))
    mean = _mean(_first(ranges, baseline))
    return _clipped(_lines(ranges, mean, mean * (_RANGE_LIMIT - 1) / 3), 0.0, np.inf)._replace(
        upper=np.full(values.shape, _RANGE_LIMIT * mean),
        upper95=np.full(values.shape, _RANGE_LIMIT * mean * 2 / 3),
        lower=np.zeros(values.shape),
        lower95=np.zeros(values.shape),
    )


def _lines(value: Floats, centre: float, sigma: Floats | float) -> AttributeChart:
    middle = np.full(value.shape, centre)
    return AttributeChart(
        value,
        middle,
        middle - 3 * sigma,
        middle + 3 * sigma,
        middle - 2 * sigma,
        middle + 2 * sigma,
    )


def _clipped(chart: AttributeChart, low: float, high: float) -> AttributeChart:
    lines = (np.clip(line, low, high) for line in chart[2:])
    return AttributeChart(chart.value, chart.centre, *lines)


def _sigma(values: Floats, is_screened: bool) -> float:
    """Mean moving range over 1.128, large ranges left out once where screened."""
    ranges = np.abs(np.diff(values))
    ranges = ranges[~np.isnan(ranges)]
    if not ranges.size:
        return float("nan")
    kept = ranges[ranges < _RANGE_LIMIT * ranges.mean()] if is_screened else ranges
    # The guard of xmr.py: screening must not leave a series that varies without a spread.
    kept = kept if kept.size and kept.mean() > 0 else ranges
    return float(kept.mean() / SIGMA_OF_RANGE)


def _first(values: Floats, baseline: Baseline) -> Floats:
    return values if baseline.dates is None else values[: baseline.dates]


def _mean(values: Floats) -> float:
    seen = values[~np.isnan(values)]
    return float(seen.mean()) if seen.size else float("nan")


def _median(values: Floats) -> float:
    seen = values[~np.isnan(values)]
    return float(np.median(seen)) if seen.size else float("nan")
