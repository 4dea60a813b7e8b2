"""Which way did the last value move? (rules, section 3)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pilotage.assessment.code import (
    AT_LEAST,
    AT_MOST,
    IMPROVING,
    NO_DIRECTION,
    NONE,
    STABLE,
    WORSENING,
    Codes,
    Floats,
)
from pilotage.assessment.result import rounded

DEFAULT_SHARE = 0.02
"""Share of the baseline under which a move is no change."""


@dataclass(frozen=True)
class ChangeRule:
    """What counts as a move, and which way is good."""

    direction: Codes
    decimals: NDArray[np.int16]
    threshold: Floats  # NaN: 2 % of the baseline
    baseline: Floats
    floor: Floats  # band of the target in force, read for between and exactly
    ceiling: Floats


def change_since(value: Floats, previous: Floats, rule: ChangeRule) -> Codes:
    """The change since the previous value: codes of CHANGES, −1 for none.

    Missing  −1 where a value is, for direction none, and for between and exactly without a band:
             there a value improves when it comes nearer to the band.
    Range    a move that reaches the threshold counts. Without threshold and baseline, 2 % of
             the previous value.
    """
    now, before = rounded(value, rule.decimals), rounded(previous, rule.decimals)
    gain = np.select(
        [rule.direction == AT_LEAST, rule.direction == AT_MOST, rule.direction == NO_DIRECTION],
        [now - before, before - now, np.nan],
        _distance(before, rule) - _distance(now, rule),
    )
    base = np.where(np.isnan(rule.baseline), before, rule.baseline)
    threshold = np.where(np.isnan(rule.threshold), DEFAULT_SHARE * np.abs(base), rule.threshold)
    moved = (gain != 0) & (np.abs(gain) >= threshold * (1 - 1e-9))
    verdict = np.where(moved, np.where(gain > 0, IMPROVING, WORSENING), STABLE)
    return np.where(np.isnan(gain), NONE, verdict).astype(np.int8)


def _distance(value: Floats, rule: ChangeRule) -> Floats:
    outside = np.maximum(rule.floor - value, value - rule.ceiling)
    return np.maximum(outside, 0.0)
