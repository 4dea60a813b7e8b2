"""From a projection to an answer: the chance to meet a target, the range, the total of a year."""

import math
from typing import Final, Literal, NamedTuple

import numpy as np

from pilotage.assessment.calibration import Calibration
from pilotage.assessment.code import Floats
from pilotage.assessment.distribution import t_cdf, t_quantile
from pilotage.assessment.projection import Projection

Transform = Literal["level", "rate", "percent", "count"]
"""``rate`` lies between 0 and 1, ``percent`` between 0 and 100, ``count`` at 0 or above."""

BOUNDS: Final[dict[Transform, tuple[float, float]]] = {
    "level": (-math.inf, math.inf),
    "rate": (0.0, 1.0),
    "percent": (0.0, 100.0),
    "count": (0.0, math.inf),
}
"""Between what the values of each nature lie."""
RHO = 0.6
"""How far the errors of one year's months go together (statistics.md § 8: 0.5–0.7)."""
_EDGE = 1e-3  # a share of 0 or 100 % is read as this far from it


class Outlook(NamedTuple):
    """Series × horizon, in the unit of the values; NaN where nothing can be said."""

    middle: Floats
    lower: Floats
    upper: Floats


def to_scale(values: Floats, transform: Transform) -> Floats:
    """Values on the scale where their errors are even: logit for shares, log1p for counts.

    Range    shares past their bounds, or on them, are read as 0.1 % inside; counts below 0 as 0.
    """
    if transform == "level":
        return values
    if transform == "count":
        return np.log1p(np.maximum(values, 0.0))
    share = np.clip(values / (100.0 if transform == "percent" else 1.0), _EDGE, 1 - _EDGE)
    return np.asarray(np.log(share / (1 - share)))


def from_scale(values: Floats, transform: Transform) -> Floats:
    """The way back to the published unit."""
    if transform == "level":
        return values
    if transform == "count":
        return np.maximum(np.expm1(np.minimum(values, 700.0)), 0.0)
    whole = 100.0 if transform == "percent" else 1.0
    return np.asarray(whole / (1 + np.exp(-np.clip(values, -700, 700))))


def meeting_probability(
    projection: Projection, target: Floats, sign: Floats, calibration: Calibration
) -> Floats:
    """P(the value at each horizon meets the target), series × horizon, 0 to 1.

    Shape    target and sign broadcast against series × horizon; sign is 1 where more is better,
             −1 where less is, 0 where neither is. The target is on the projection's scale.
    Missing  NaN without a projection, without a target or where no direction is good.
    """
    distance = (projection.mean - target) / (calibration.factor * projection.scale)
    degrees = np.full(distance.shape, calibration.degrees)
    chance = t_cdf(np.where(np.isnan(distance), 0.0, distance * np.sign(sign)), degrees)
    return np.where(np.isnan(distance) | (np.broadcast_to(sign, chance.shape) == 0), np.nan, chance)


def outlook(
    projection: Projection,
    calibration: Calibration,
    transform: Transform = "level",
    share: float = 0.95,
) -> Outlook:
    """The middle and the range that should hold ``share`` of the truths (0 to 1)."""
    reach = t_quantile((1 + share) / 2, calibration.degrees) * calibration.factor
    width = reach * projection.scale
    ends = (projection.mean, projection.mean - width, projection.mean + width)
    return Outlook(*(from_scale(end, transform) for end in ends))


class YearTotal(NamedTuple):
    """What a year that has begun should add up to: one figure a series."""

    middle: Floats
    scale: Floats


def year_total(
    so_far: Floats, projection: Projection, remaining: int, rho: float = RHO
) -> YearTotal:
    """The total of the year: what is already in, and the projected periods that remain.

    Shape    so_far: one a series, in the unit of the values; remaining >= 0 periods, the same
             for every series of the call.
    Range    errors of one year lean the same way: S² = (1−rho) sum sigma² + rho (sum sigma)².
    """
    scale = projection.scale[:, :remaining]
    spread = (1 - rho) * np.sum(scale**2, axis=1) + rho * np.sum(scale, axis=1) ** 2
    return YearTotal(so_far + np.sum(projection.mean[:, :remaining], axis=1), np.sqrt(spread))


def total_probability(
    total: YearTotal, target: Floats, sign: Floats, calibration: Calibration
) -> Floats:
    """P(the year's total meets its target), one a series; 0 or 1 once the year is complete."""
    spread = np.where(total.scale > 0, total.scale, 1.0)
    alone = Projection(total.middle[:, None], spread[:, None], np.full(spread.shape, np.nan))
    chance = meeting_probability(
        alone, np.asarray(target)[:, None], np.asarray(sign)[:, None], calibration
    )
    settled = np.where((total.middle - target) * np.sign(sign) >= 0, 1.0, 0.0)
    settled = np.where(np.isnan(chance[:, 0]), np.nan, settled)
    return np.where(total.scale == 0, settled, chance[:, 0])
