"""Funnels: which ministry is unusual once its size and the spread of all are accounted for.

Never a ranking: only points past the 99.8 % limits are named, and « unusual » is not « bad ».
Source   FunnelPlotR 0.6.0; Spiegelhalter 2005, Stat Med 24:1185; statistics.md § 6.
"""

from typing import Literal, NamedTuple

import numpy as np

from pilotage.assessment.code import Codes, Flags, Floats
from pilotage.assessment.distribution import (
    binomial_masses,
    chi2_quantile,
    interpolated_quantile,
    poisson_masses,
)

Kind = Literal["proportion", "observed_expected", "shmi", "ratio"]
"""``observed_expected`` is read the CQC way (square root), ``shmi`` the SHMI way (logarithm)."""

HUGE_SPREAD = 50.0
"""Over-dispersion (ours) above which the indicator lacks adjustment and no funnel is honest."""
_Z95, _Z998 = 1.959964, 3.090232


class Limits(NamedTuple):
    """One limit a group, on the scale of the ratios."""

    lower95: Floats
    upper95: Floats
    lower998: Floats
    upper998: Floats


class Funnel(NamedTuple):
    """One figure a group, and what all groups share."""

    ratio: Floats
    score: Floats  # z against the common target
    held: Floats  # z winsorised; NaN where truncated
    target: float
    spread: float  # phi: 1 where groups differ by chance alone
    between: float  # tau², variance between groups on the z scale's transform
    is_adjusted: bool
    limits: Limits
    unadjusted: Limits

    @property
    def is_unusual(self) -> Codes:
        """1 above the 99.8 % limits, −1 below, 0 inside."""
        high = self.ratio > self.limits.upper998
        low = self.ratio < self.limits.lower998
        return high.astype(np.int8) - low.astype(np.int8)

    @property
    def is_too_spread(self) -> bool:
        """Whether groups differ so much that the indicator, not they, is to be questioned."""
        return self.spread > HUGE_SPREAD


def funnel(
    kind: Kind, numerator: Floats, denominator: Floats, trim: float = 0.1, adjust: bool = True
) -> Funnel:
    """The funnel of groups that have a numerator and a positive denominator.

    Shape    one figure a group; denominator: size, or the expected number.
    Range    trim: share winsorised at each end (a tenth is truncated at each end for ``shmi``).
             Wider limits are used only where the spread exceeds chance and ``adjust`` asks.
    """
    n = np.round(denominator, 2) if kind == "shmi" else denominator
    target = _target(kind, numerator, n)
    score, error = _score(kind, numerator, n, target)
    held = _truncated(score) if kind == "shmi" else _winsorised(score, trim)
    spread, between = _over_dispersion(held, error)
    is_adjusted = adjust and spread > 1
    plain = _unadjusted(kind, n, target)
    limits = _limits(kind, n, target, between) if is_adjusted else plain
    ratio = numerator / denominator
    return Funnel(ratio, score, held, target, spread, between, is_adjusted, limits, plain)


def _target(kind: Kind, numerator: Floats, n: Floats) -> float:
    if kind in ("observed_expected", "shmi"):
        return 1.0
    return float(numerator.sum() / n.sum()) if n.sum() > 0 else float("nan")


def _score(kind: Kind, numerator: Floats, n: Floats, target: float) -> tuple[Floats, Floats]:
    """z of each group and the standard error on the transformed scale."""
    if kind == "proportion":
        error = 1 / (2 * np.sqrt(n))
        gap = np.arcsin(np.sqrt(np.clip(numerator / n, 0, 1))) - np.arcsin(np.sqrt(target))
    elif kind == "ratio":
        error = np.sqrt(numerator / (numerator + 0.5) ** 2 + n / (n + 0.5) ** 2)
        gap = np.log((numerator + 0.5) / (n + 0.5)) - np.log(target)
    elif kind == "shmi":
        error = 1 / np.sqrt(n)
        with np.errstate(divide="ignore"):
            gap = np.log(numerator / n)
    else:
        error = 1 / (2 * np.sqrt(n))
        gap = np.sqrt(numerator / n) - 1
    return gap / error, error


def _winsorised(score: Floats, trim: float) -> Floats:
    return np.clip(score, *np.quantile(score, [trim, 1 - trim])) if score.size else score


def _truncated(score: Floats) -> Floats:
    """NaN for the lowest and highest tenths, ties by their mean rank."""
    ordered = np.sort(score)
    rank = (np.searchsorted(ordered, score, "left") + np.searchsorted(ordered, score, "right")) / 2
    tenth = np.floor((rank + 0.5) * 10 / (score.size + 1))
    return np.where((tenth == 0) | (tenth >= 9), np.nan, score)


def _over_dispersion(held: Floats, error: Floats) -> tuple[float, float]:
    """phi, and DerSimonian and Laird's tau²."""
    kept = np.isfinite(held)
    n = int(kept.sum())
    if not n:
        return 0.0, 0.0
    spread = float(np.sum(held[kept] ** 2) / n)
    weight = 1 / error[kept] ** 2
    share = weight.sum() - np.sum(weight**2) / weight.sum()
    if n * spread < n - 1 or share <= 0:
        return spread, 0.0
    return spread, max(0.0, (n * spread - (n - 1)) / float(share))


def _limits(kind: Kind, n: Floats, target: float, between: float) -> Limits:
    variance = 1 / n if kind == "shmi" else 1 / (4 * n)
    error = np.sqrt(variance + between)
    ends = [_end(kind, target, z * error) for z in (-_Z95, _Z95, -_Z998, _Z998)]
    return Limits(*ends)


def _end(kind: Kind, target: float, shift: Floats) -> Floats:
    if kind == "proportion":
        angle = np.clip(np.arcsin(np.sqrt(target)) + shift, 0.0, np.pi / 2)
        return np.asarray(np.sin(angle) ** 2)
    if kind == "observed_expected":
        return 1 + shift
    return np.asarray(target * np.exp(shift))


def _unadjusted(kind: Kind, n: Floats, target: float) -> Limits:
    if kind in ("proportion", "ratio"):
        return _limits(kind, n, target, 0.0)
    return poisson_limits(n)


def poisson_limits(expected: Floats) -> Limits:
    """Exact Poisson limits of observed over expected (Byar's family, by chi-squared)."""
    lower = [_chi2_ends(expected, p, 0.0) for p in (0.025, 0.001)]
    upper = [_chi2_ends(expected, p, 1.0) for p in (0.975, 0.999)]
    return Limits(lower[0], upper[0], lower[1], upper[1])


def _chi2_ends(expected: Floats, probability: float, more: float) -> Floats:
    found = [chi2_quantile(probability, 2 * (e + more)) / 2 / e for e in expected.tolist()]
    return np.array(found)


def exact_limits(sizes: Floats, share: float | None = None) -> Limits:
    """Spiegelhalter's interpolated limits: binomial for a common ``share``, else Poisson (O/E)."""
    ends = [
        [_exact(size, share, p) for size in sizes.tolist()] for p in (0.025, 0.975, 0.001, 0.999)
    ]
    return Limits(*(np.array(end) for end in ends))


def _exact(size: float, share: float | None, probability: float) -> float:
    masses = poisson_masses(size) if share is None else binomial_masses(round(size), share)
    return interpolated_quantile(masses, probability) / size


def usable(numerator: Floats, denominator: Floats) -> Flags:
    """Groups a funnel can show: both numbers known, none negative, something to divide by."""
    with np.errstate(invalid="ignore"):
        return (numerator >= 0) & (denominator > 0)
