"""Is a value where its plan said it would be by now? (rules, section 3; source: ServiceNow)."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from pilotage.assessment.code import (
    ANNUAL,
    AT_LEAST,
    AT_MOST,
    AT_RISK,
    BETWEEN,
    EXACTLY,
    EXPLICIT_PATH,
    NO_PATH,
    OFF_TRACK,
    ON_TRACK,
    STEP_PATH,
    Codes,
    Flags,
    Floats,
)
from pilotage.assessment.result import rounded, satisfies


@dataclass(frozen=True)
class Thresholds:
    """Shares of the planned way, in percent, from which a value is on track or only at risk."""

    on_track: float = 90.0
    at_risk: float = 75.0


DEFAULT_THRESHOLDS = Thresholds()


@dataclass(frozen=True)
class Path:
    """The points of n planned paths, by date: day numbers (inf: no point) and values, [n, P]."""

    days: Floats
    values: Floats
    shape: Codes


def path_through(
    baseline_day: Floats, baseline: Floats, dues: Floats, targets: Floats, shape: Codes
) -> Path:
    """The points of each path: its baseline, then the dated targets that come after it.

    Shape    baselines [n], targets [n, T]; days since 1970, NaN where undated.
    Missing  no baseline, no path (settled points, 6); a target without a date or a number is
             no point. An undated baseline holds until the first step, but starts no line.
             An explicit path is made of its dated targets alone.
    """
    starts = np.where(np.isnan(baseline_day), -np.inf, baseline_day)
    is_point = ~np.isnan(dues) & np.isfinite(targets) & (dues > starts[:, None])
    has_baseline = ~np.isnan(baseline)
    is_point &= has_baseline[:, None]
    first = np.where(has_baseline & (shape != EXPLICIT_PATH), starts, np.inf)
    days = np.column_stack([first, np.where(is_point, dues, np.inf)])
    values = np.column_stack([baseline, targets])
    order = np.argsort(days, axis=1, kind="stable")
    return Path(np.take_along_axis(days, order, 1), np.take_along_axis(values, order, 1), shape)


def planned(path: Path, days: Floats) -> Floats:
    """What each path plans on the given days ([n, m]): NaN before its start and after its end.

    Linear between two points; a step or an explicit path holds a value until the next date.
    """
    count = path.days.shape[1]
    right = np.zeros(days.shape, dtype=np.intp)
    for point in range(count):
        right += days > path.days[:, point : point + 1]
    inside = right < count
    right = np.minimum(right, count - 1)
    left = np.maximum(right - 1, 0)
    right_day, right_value = _at(path.days, right), _at(path.values, right)
    left_day, left_value = _at(path.days, left), _at(path.values, left)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (days - left_day) / (right_day - left_day)
        line = left_value + share * (right_value - left_value)
    holds = ((path.shape == STEP_PATH) | (path.shape == EXPLICIT_PATH))[:, None]
    between = np.where(holds, left_value, line)
    started = inside & np.isfinite(right_day)
    value = np.where(days == right_day, right_value, np.where(right > left, between, np.nan))
    return np.where(started, value, np.nan)


def _at(points: Floats, index: NDArray[np.intp]) -> Floats:
    return np.take_along_axis(points, index, axis=1)


@dataclass(frozen=True)
class Plan:
    """What a value is held against: the path on its day, or the band of its coming target."""

    path: Floats
    baseline: Floats
    floor: Floats
    ceiling: Floats
    tolerance: Floats
    direction: Codes
    decimals: NDArray[np.int16]


def trajectory_status(
    value: Floats, plan: Plan, thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> Codes:
    """Where each value stands on its way: codes of TRAJECTORIES.

    Shape    ``value`` and the fields of ``plan`` broadcast together.
    Missing  no value, no baseline or no path: no_path.
    Source   rules, section 3: ratio of the way done to the way planned. A path that is flat, or
             that lies behind its baseline, has no ratio: the value is inside, outside by no more
             than the tolerance, or off. Between and exactly always read so.
    """
    one_sided = (plan.direction == AT_LEAST) | (plan.direction == AT_MOST)
    banded = (plan.direction == BETWEEN) | (plan.direction == EXACTLY)
    known = ~np.isnan(value) & ~np.isnan(plan.baseline)
    known = known & np.where(one_sided, ~np.isnan(plan.path), banded & ~np.isnan(plan.floor))
    status = np.where(known, _ratio_status(value, plan, thresholds), NO_PATH).astype(np.int8)
    within = known & (banded | ~_climbs(plan))
    status[within] = _band_status(*_only(within, value, plan))
    return status


def _only(chosen: Flags, value: Floats, plan: Plan) -> tuple[Floats, Plan]:
    """The chosen values and what they are held against, flat."""
    picked = {
        field.name: np.broadcast_to(getattr(plan, field.name), chosen.shape)[chosen]
        for field in fields(plan)
    }
    return np.broadcast_to(value, chosen.shape)[chosen], Plan(**picked)


def _climbs(plan: Plan) -> Flags:
    """True where the path has left its baseline by a published unit, on the good side."""
    unit = np.where(plan.decimals < 0, 0.0, 10.0 ** -np.maximum(plan.decimals, 0).astype(float))
    ahead = np.where(
        plan.direction == AT_MOST, plan.baseline - plan.path, plan.path - plan.baseline
    )
    # A path one unit away may come out a rounding error short of it.
    return (ahead > 0) & (ahead >= unit * (1 - 1e-9))


def _ratio_status(value: Floats, plan: Plan, thresholds: Thresholds) -> Codes:
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        ratio = 100 * (value - plan.baseline) / (plan.path - plan.baseline)
    ratio = np.round(ratio, 9)  # 0.27 of 0.3 is 90 %, whatever binary fractions say
    return np.where(
        ratio >= thresholds.on_track,
        ON_TRACK,
        np.where(ratio >= thresholds.at_risk, AT_RISK, OFF_TRACK),
    )


def _band_status(value: Floats, plan: Plan) -> Codes:
    rising, falling = plan.direction == AT_LEAST, plan.direction == AT_MOST
    # A path that has not moved by a published unit asks for no more than the baseline.
    flat_floor, flat_ceiling = np.fmin(plan.path, plan.baseline), np.fmax(plan.path, plan.baseline)
    floor = np.select([rising, falling], [flat_floor, -np.inf], plan.floor)
    ceiling = np.select([rising, falling], [np.inf, flat_ceiling], plan.ceiling)
    inside = satisfies(value, floor, ceiling, plan.decimals)
    shown = rounded(value, plan.decimals)
    outside = np.fmax(floor - shown, shown - ceiling)
    tolerance = np.nan_to_num(plan.tolerance)
    # 80.1 − 80 comes out a rounding error away from a tolerance of 0.1.
    near = (tolerance > 0) & (outside <= tolerance + 1e-12 * np.maximum(1.0, np.abs(value)))
    return np.select([inside, near], [ON_TRACK, AT_RISK], OFF_TRACK).astype(np.int8)


def awaits_confirmation(now: Codes, before: Codes, frequency: Codes) -> Flags:
    """True where a value has just turned off_track and one more must confirm it.

    ``before`` is the status of the previous value. Annual values are not asked for another: a
    year is too long to wait. A first status is no turn.
    """
    turned: Flags = (now == OFF_TRACK) & (before != OFF_TRACK) & (before != NO_PATH)
    unsettled: Flags = turned & (frequency != ANNUAL)
    return unsettled
