"""What a bowling chart shows of each recent period: its planned value and its status."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pilotage.assessment.clock import NEVER, Calendar
from pilotage.assessment.code import (
    CELL_DISPUTED,
    CELL_IN_ERROR,
    CELL_MISSING,
    CELL_NONE,
    CELL_OFF_TARGET,
    CELL_ON_TRACK,
    DISPUTED_VALUE,
    ERROR_VALUE,
    EXACTLY,
    NO_PATH,
    WITHDRAWN_VALUE,
    Codes,
    Flags,
    Floats,
    Indices,
)
from pilotage.assessment.result import satisfies
from pilotage.assessment.trajectory import Path, Plan, planned, trajectory_status


@dataclass(frozen=True)
class Targets:
    """The n keys' targets as intervals, by due day (``clock.NEVER``: undated), [n, T]."""

    due_day: Indices
    floor: Floats
    ceiling: Floats
    tolerance: Floats


@dataclass(frozen=True)
class Keys:
    """What is said once per key, [n]."""

    direction: Codes
    decimals: NDArray[np.int16]
    baseline: Floats
    path: Path


def _at(values: Floats, index: Indices) -> Floats:
    """Values [n, T] at positions [n, m]; NaN beyond the last and before the first."""
    found = np.take_along_axis(values, np.clip(index, 0, values.shape[1] - 1), axis=1)
    return np.where((index < 0) | (index >= values.shape[1]), np.nan, found)


def _count(due_day: Indices, last_day: Indices, inclusive: bool) -> Indices:
    """How many targets fall due before each day (or by it)."""
    count = np.zeros(last_day.shape, dtype=np.int64)
    for target in range(due_day.shape[1]):
        due = due_day[:, target : target + 1]
        count += (due <= last_day) if inclusive else (due < last_day)
    return count


def _has_dated(targets: Targets, index: Indices) -> Flags:
    """True where there is a dated target at the position."""
    found: Flags = index < (targets.due_day < NEVER).sum(axis=1, keepdims=True)
    return found


def paths_and_trajectories(
    values: Floats, calendar: Calendar, targets: Targets, keys: Keys
) -> tuple[Floats, Codes]:
    """The planned value of each period on its last day, and the trajectory of its value.

    Between and exactly are held against the band of the first target due by then or later;
    exactly shows it as its planned value, between has none.
    """
    last_day = calendar.last_day
    ahead = _count(targets.due_day, last_day, inclusive=False)
    floor, ceiling = _at(targets.floor, ahead), _at(targets.ceiling, ahead)
    direction = keys.direction[:, None]
    line = planned(keys.path, last_day.astype(np.float64))
    path = np.where(direction == EXACTLY, floor, line)
    path = np.where(calendar.exists & ~np.isnan(keys.baseline)[:, None], path, np.nan)
    plan = Plan(
        path=path,
        baseline=keys.baseline[:, None],
        floor=floor,
        ceiling=ceiling,
        tolerance=_at(targets.tolerance, ahead),
        direction=direction,
        decimals=keys.decimals[:, None],
    )
    # On the last due date there is no way left: the result takes over from the trajectory.
    on_the_way = _has_dated(targets, _count(targets.due_day, last_day, inclusive=True))
    return path, np.where(on_the_way, trajectory_status(values, plan), NO_PATH).astype(np.int8)


def results(values: Floats, calendar: Calendar, targets: Targets, keys: Keys) -> Codes:
    """Met or not, for periods in which a target falls due; none elsewhere. Cell codes."""
    index = _count(targets.due_day, calendar.last_day, inclusive=True) - 1
    due = _at(targets.due_day.astype(np.float64), index)
    floor, ceiling = _at(targets.floor, index), _at(targets.ceiling, index)
    judged = (due >= calendar.first_day) & ~np.isnan(floor) & ~np.isnan(values)
    # Few periods hold a due date: rounding only those is what makes a batch quick.
    row = np.nonzero(judged)[0]
    met = satisfies(values[judged], floor[judged], ceiling[judged], keys.decimals[row])
    status = np.full(values.shape, CELL_NONE, dtype=np.int8)
    status[judged] = np.where(met, CELL_ON_TRACK, CELL_OFF_TARGET)
    return status


def statuses(
    calendar: Calendar, states: Codes, values: Floats, trajectories: Codes, at_due: Codes
) -> Codes:
    """The status of each period, as its card showed it on its last day.

    The state of the value first, then its trajectory, then its result; none for periods that end
    after the judging date.
    """
    gone = np.isnan(values) | (states == WITHDRAWN_VALUE)
    status = np.select(
        [
            ~calendar.has_ended,
            gone,
            states == DISPUTED_VALUE,
            states == ERROR_VALUE,
            trajectories != NO_PATH,
        ],
        [CELL_NONE, CELL_MISSING, CELL_DISPUTED, CELL_IN_ERROR, trajectories + CELL_ON_TRACK],
        at_due,
    )
    return status.astype(np.int8)
