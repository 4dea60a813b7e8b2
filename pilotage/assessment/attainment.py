"""How far a value has come from its baseline to its target (rules, section 1; source: DITP)."""

import numpy as np

from pilotage.assessment.code import AT_LEAST, AT_MOST, EXACTLY, Codes, Floats


def progress_rate(baseline: Floats, actual: Floats, target: Floats, direction: Codes) -> Floats:
    """The share of the way done, in percent, unclipped: 120 is past the target, −10 a step back.

    Shape    arrays that broadcast together; the three figures in one unit.
    Range    any; 0 or 100 where the target already lies behind the baseline.
    Missing  NaN where an input is, and for between and none, which have no single target.
    Source   rules, section 1: ``100·(a−b)/(t−b)``.
    """
    rising, falling, exact = direction == AT_LEAST, direction == AT_MOST, direction == EXACTLY
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        rate = 100 * (actual - baseline) / (target - baseline)
    behind = (
        (rising & (baseline >= target)) | (falling & (baseline <= target)) | (baseline == target)
    )
    reached = (rising & (actual >= target)) | (falling & (actual <= target)) | (actual == target)
    rate = np.where(behind, np.where(reached, 100.0, 0.0), rate)
    known = np.isfinite(baseline) & np.isfinite(actual) & np.isfinite(target)
    return np.where(known & (rising | falling | exact), rate, np.nan)


def clipped(rate: Floats) -> Floats:
    """The rate held between 0 and 100, as publishers print it; NaN stays NaN."""
    return np.clip(rate, 0.0, 100.0)


def attainment_rate(actual: Floats, target: Floats, direction: Codes) -> Floats:
    """The value as a share of its target, in percent, for want of a baseline.

    Range    0 or more; above 100 is better than the target, in both directions.
    Missing  NaN where an input is, is not positive, or the direction is another.
    Source   rules, section 1: at least ``100·a/t``, at most ``100·t/a``.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        share = np.where(direction == AT_LEAST, actual / target, target / actual)
    known = (actual > 0) & (target > 0) & ((direction == AT_LEAST) | (direction == AT_MOST))
    return np.where(known, 100 * share, np.nan)
