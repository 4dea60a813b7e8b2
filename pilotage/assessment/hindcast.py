"""What would have been said: chances given with the end of each series hidden, and what came.

A house that has just begun has no chance of its own fallen due. Its past targets can be asked
again: the values of the last periods before each due date are hidden, the chance is given from
those before, and the value of the due date says who was right. Values are today's: revisions
since then are in them.
"""

from typing import NamedTuple

import numpy as np

from pilotage.assessment.batch import SeriesBatch, empty_columns, narrowed, with_a_target
from pilotage.assessment.calibration import DEFAULT
from pilotage.assessment.clock import Calendar, day_numbers
from pilotage.assessment.code import HOURLY, Codes, Flags, Floats, Indices
from pilotage.assessment.outlook import meeting_probability
from pilotage.assessment.pairing import last_true
from pilotage.assessment.projection import FEWEST, light_projection
from pilotage.assessment.reading import read_targets, read_values
from pilotage.assessment.result import rounded
from pilotage.assessment.signals import SEASON, process_values, sense_of

HORIZONS = (1, 2, 3, 6, 12)
"""Periods hidden before the due date."""
MOST_ASKED = 1_500
"""Due dates asked again; drawn, always the same, where there are more."""
_SEED = 20_260_331


class Hindcast(NamedTuple):
    """One entry a question: the chance, whether the target was met, and what a light said."""

    frequency: Codes
    steps: Indices  # periods between the last value known and the due one
    chance: Floats
    happened: Floats  # 1 met, 0 not
    light: Floats  # 1 where the last value known met the target: a green light
    is_drawn: bool = False  # there were more due dates than are asked again


class _Due(NamedTuple):
    """A past target and the value of its due date."""

    row: Indices
    column: Indices
    aim: Floats
    is_drawn: bool


def hindcast(batch: SeriesBatch, on: np.datetime64) -> Hindcast:
    """Ask every past target of one bound again, at each horizon that leaves enough to know.

    Missing  hours, targets without a value at their due date, and values missing just before.
    """
    batch = with_a_target(narrowed(batch, empty_columns(batch)))
    read = read_values(batch, on)
    values = process_values(batch, read)
    due = _dues(batch, read.calendar, values, on)
    parts = [_asked(batch, values, due, steps) for steps in HORIZONS]
    return Hindcast(
        np.concatenate([one.frequency for one in parts]),
        np.concatenate([one.steps for one in parts]),
        np.concatenate([one.chance for one in parts]),
        np.concatenate([one.happened for one in parts]),
        np.concatenate([one.light for one in parts]),
        due.is_drawn,
    )


def _dues(batch: SeriesBatch, calendar: Calendar, values: Floats, on: np.datetime64) -> _Due:
    aims = read_targets(batch, on).aim
    asked = np.isfinite(aims) & (batch.target_dues <= on)
    asked &= (sense_of(batch.direction) != 0)[:, None] & (batch.frequency != HOURLY)[:, None]
    days = day_numbers(batch.target_dues)
    found: list[tuple[Indices, Indices, Floats]] = []
    for at in range(aims.shape[1]):
        day = days[:, at : at + 1]
        holds: Flags = (calendar.first_day <= day) & (day <= calendar.last_day)
        column = last_true(holds & ~np.isnan(values))
        rows = np.flatnonzero(asked[:, at] & (column >= 0))
        found.append((rows, column[rows], aims[rows, at]))
    row, column, aim = (np.concatenate(part) for part in zip(*found, strict=True))
    is_drawn = row.size > MOST_ASKED
    if is_drawn:
        drawn = np.random.default_rng(_SEED).choice(row.size, MOST_ASKED, replace=False)
        row, column, aim = row[drawn], column[drawn], aim[drawn]
    return _Due(row, column, aim, is_drawn)


def _asked(batch: SeriesBatch, values: Floats, due: _Due, steps: int) -> Hindcast:
    """Every due date, its last ``steps`` values hidden."""
    width = values.shape[1]
    source = np.arange(width) - (width - 1) + (due.column - steps)[:, None]
    known = np.take_along_axis(values[due.row], np.maximum(source, 0), axis=1)
    known = np.where(source >= 0, known, np.nan)
    count = np.sum(~np.isnan(known), axis=1)
    # Silent just before, a series would be asked of another horizon than the one named.
    kept = ~np.isnan(known[:, -1]) & (count >= np.maximum(FEWEST, steps))
    row, known, aim = due.row[kept], known[kept], due.aim[kept]
    frequency = batch.frequency[row]
    sense, decimals = sense_of(batch.direction)[row], batch.decimals[row]
    chance = np.full(row.size, np.nan)
    for code in np.unique(frequency):
        mine = np.flatnonzero(frequency == code)
        ahead = light_projection(known[mine], SEASON.get(int(code), 1), steps)
        target, sign = aim[mine][:, None], sense[mine][:, None]
        chance[mine] = meeting_probability(ahead, target, sign, DEFAULT[int(code)])[:, -1]

    def met(value: Floats) -> Floats:
        return np.asarray((rounded(value, decimals) - rounded(aim, decimals)) * sense >= 0) * 1.0

    happened, light = met(values[row, due.column[kept]]), met(known[:, -1])
    said = ~np.isnan(chance)
    hidden = np.full(int(said.sum()), steps)
    return Hindcast(frequency[said], hidden, chance[said], happened[said], light[said])
