"""What a bowling chart shows of each recent period: its planned value and its status."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pilotage.assessment.clock import NEVER, Calendar
from pilotage.assessment.code import (
    BETWEEN,
    CELL_DISPUTED,
    CELL_IN_ERROR,
    CELL_MISSING,
    CELL_NONE,
    CELL_OFF_TARGET,
    CELL_ON_TRACK,
    DAILY,
    DISPUTED_VALUE,
    ERROR_VALUE,
    EXACTLY,
    NO_PATH,
    WITHDRAWN_VALUE,
    Codes,
    Days,
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


def _bands(targets: Targets, index: Indices, direction: Codes) -> tuple[Floats, Floats]:
    """The band at each position, for between and exactly alone: the others follow their path."""
    floor, ceiling = np.full(index.shape, np.nan), np.full(index.shape, np.nan)
    rows = np.flatnonzero((direction == BETWEEN) | (direction == EXACTLY))
    floor[rows] = _at(targets.floor[rows], index[rows])
    ceiling[rows] = _at(targets.ceiling[rows], index[rows])
    return floor, ceiling


def paths_and_trajectories(
    values: Floats, calendar: Calendar, targets: Targets, keys: Keys
) -> tuple[Floats, Codes]:
    """The planned value of each period on its last day, and the trajectory of its value.

    Between and exactly are held against the band of the first target due by then or later;
    exactly shows it as its planned value, between has none.
    """
    last_day = calendar.last_day
    ahead = _count(targets.due_day, last_day, inclusive=False)
    floor, ceiling = _bands(targets, ahead, keys.direction)
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
    """Met or not, for periods in which a target falls due; none elsewhere. Cell codes.

    Of two targets due in one period the later speaks.
    """
    status = np.full(values.shape, CELL_NONE, dtype=np.int8)
    for target in range(targets.due_day.shape[1]):
        due = targets.due_day[:, target : target + 1]
        row, column = np.nonzero((due >= calendar.first_day) & (due <= calendar.last_day))
        value = values[row, column]
        floor, ceiling = targets.floor[row, target], targets.ceiling[row, target]
        met = satisfies(value, floor, ceiling, keys.decimals[row])
        known = ~(np.isnan(value) | np.isnan(floor))
        said = np.where(met, CELL_ON_TRACK, CELL_OFF_TARGET)
        status[row, column] = np.where(known, said, CELL_NONE)
    return status


def statuses(
    calendar: Calendar, states: Codes, values: Floats, trajectories: Codes, at_due: Codes
) -> Codes:
    """The status of each period, as its card showed it on its last day.

    The state of the value first, then its trajectory, then its result; none for periods that end
    after the judging date.
    """
    status = np.where(trajectories == NO_PATH, at_due, trajectories + np.int8(CELL_ON_TRACK))
    status[states == ERROR_VALUE] = CELL_IN_ERROR
    status[states == DISPUTED_VALUE] = CELL_DISPUTED
    status[np.isnan(values) | (states == WITHDRAWN_VALUE)] = CELL_MISSING
    status[~calendar.has_ended] = CELL_NONE
    return status


def without_days_off(said: Codes, calendar: Calendar, frequency: Codes, holidays: Days) -> Codes:
    """The same statuses, without asking for hourly and daily values on weekends and holidays."""
    row, column = np.nonzero((said == CELL_MISSING) & (frequency <= DAILY)[:, None])
    days = calendar.last_day[row, column].astype("datetime64[D]")
    off = ~np.is_busday(days, holidays=holidays)
    expected = said.copy()
    expected[row[off], column[off]] = CELL_NONE
    return expected
