"""Did the chances keep their word? What was said against what happened.

Source   Brier 1950; reliability by ten bins of equal width (statistics.md § 8); ranges of an
         observed share by Wilson 1927.
"""

from typing import NamedTuple

import numpy as np

from pilotage.assessment.code import Floats, Indices

BINS = 10
_Z95 = 1.959963984540054


class Reliability(NamedTuple):
    """By tenth of what was said, 0–10 % to 90–100 %: shares in 0–1, NaN where nothing was said."""

    n: Indices
    said: Floats  # mean chance of the bin
    happened: Floats  # share of targets met
    lower: Floats  # 95 % range of that share
    upper: Floats


class Score(NamedTuple):
    """How good the chances were; NaN of nothing. Brier: 0 is perfect, a coin is 0.25."""

    n: int
    brier: float
    base: float  # Brier of saying the overall share every time
    error: float  # mean distance between what was said and what happened, by bin

    @property
    def skill(self) -> float:
        """Share of the base rate's error that the chances take away; NaN where it has none."""
        return 1 - self.brier / self.base if self.base > 0 else float("nan")


def brier(chance: Floats, happened: Floats) -> float:
    """Mean squared distance between chance (0–1) and truth (0 or 1); NaN of nothing."""
    return float(np.mean((chance - happened) ** 2)) if chance.size else float("nan")


def score(chance: Floats, happened: Floats) -> Score:
    """Every question counts once; both arrays have one entry a question, without NaN."""
    share = np.full(happened.shape, happened.mean() if happened.size else np.nan)
    return Score(
        chance.size,
        brier(chance, happened),
        brier(share, happened),
        calibration_error(chance, happened),
    )


def reliability(chance: Floats, happened: Floats) -> Reliability:
    """What was said and what happened, by tenth of what was said."""
    index = _bins(chance)
    count = np.bincount(index, minlength=BINS)
    n = np.where(count > 0, count, np.nan)
    met = np.bincount(index, happened, BINS) / n
    centre = (met + _Z95**2 / (2 * n)) / (1 + _Z95**2 / n)
    reach = _Z95 * np.sqrt(met * (1 - met) / n + _Z95**2 / (4 * n**2)) / (1 + _Z95**2 / n)
    # Rounding must not put the share itself outside its own range.
    lower, upper = np.minimum(centre - reach, met), np.maximum(centre + reach, met)
    said = np.bincount(index, chance, BINS) / n
    return Reliability(count, said, met, np.maximum(lower, 0.0), np.minimum(upper, 1.0))


def calibration_error(chance: Floats, happened: Floats) -> float:
    """Expected calibration error over ten bins of equal width; NaN of nothing."""
    if not chance.size:
        return float("nan")
    index = _bins(chance)
    gap = np.bincount(index, chance, BINS) - np.bincount(index, happened, BINS)
    return float(np.abs(gap).sum() / chance.size)


def _bins(chance: Floats) -> Indices:
    return np.minimum((chance * BINS).astype(np.int64), BINS - 1)
