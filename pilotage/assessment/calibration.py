"""How wide the truth really fell: the spread of a projection, corrected by its own past errors.

Every library's interval is too narrow on short series (statistics.md § 8). The correction is
estimated on values the projection had not seen, **inside** the training part, pooled over series
of one frequency: one factor on the scale and one Student's t, whose tails carry the rest.
"""

from typing import NamedTuple

import numpy as np

from pilotage.assessment.code import (
    ANNUAL,
    DAILY,
    HOURLY,
    MONTHLY,
    QUARTERLY,
    WEEKLY,
    Floats,
    Indices,
)
from pilotage.assessment.distribution import t_density
from pilotage.assessment.projection import light_projection

_FOLDS = 4
_FEWEST_VALUES = 8  # a cut series must still be long enough to be projected in earnest
_FEWEST_ERRORS = 100
_FACTORS = np.arange(0.70, 2.5001, 0.05)
_DEGREES = (2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 12.0, 20.0, 30.0)


class Calibration(NamedTuple):
    """Multiply the scale by ``factor``; read it with a Student t of ``degrees``."""

    factor: float
    degrees: float


DEFAULT = {
    ANNUAL: Calibration(1.25, 2.5),
    QUARTERLY: Calibration(1.10, 6.0),
    MONTHLY: Calibration(0.90, 5.0),
    WEEKLY: Calibration(0.90, 5.0),
    DAILY: Calibration(0.90, 5.0),
    HOURLY: Calibration(0.90, 5.0),
}
"""Used until the house has enough errors of its own; from the training parts of M3."""


def calibrate(values: Floats, period: int, horizon: int, otherwise: Calibration) -> Calibration:
    """The most likely correction, from ends of the series hidden in turn.

    Shape    values: series × time, each ending in the last column, NaN where missing.
    Missing  ``otherwise`` with fewer than a hundred errors to learn from.
    """
    errors = [_standard_errors(values, period, gap) for gap in hidden_lengths(horizon)]
    pooled = np.concatenate(errors)
    if pooled.size < _FEWEST_ERRORS:
        return otherwise
    return most_likely(pooled)


def hidden_lengths(horizon: int) -> Indices:
    """How many last values each of the folds hides: from a quarter of the horizon to all of it."""
    shares = np.arange(1, _FOLDS + 1) / _FOLDS
    return np.unique(np.maximum(1, np.round(shares * horizon))).astype(np.int64)


def _standard_errors(values: Floats, period: int, gap: int) -> Floats:
    """Errors over the hidden end, in units of the projected scale."""
    if values.shape[1] <= gap:
        return np.empty(0)
    known = values[:, :-gap]
    long_enough = np.sum(~np.isnan(known), axis=1) >= _FEWEST_VALUES
    # A hidden end counts from the last known value: a series silent there has other horizons.
    long_enough &= ~np.isnan(known[:, -1])
    seen = light_projection(known[long_enough], period, gap)
    standard = (values[long_enough, -gap:] - seen.mean) / seen.scale
    return np.asarray(standard[np.isfinite(standard)])


def most_likely(standard: Floats) -> Calibration:
    """The factor and degrees under which these standardised errors are the most likely."""
    best, answer = -np.inf, Calibration(1.0, 30.0)
    for degrees in _DEGREES:
        for factor in _FACTORS:
            log_density = np.log(t_density(standard / factor, np.array(degrees)))
            likelihood = float(np.mean(log_density) - np.log(factor))
            if likelihood > best:
                best, answer = likelihood, Calibration(round(float(factor), 2), degrees)
    return answer
