"""What of a batch matters on a judging day: which targets, which baseline, which values."""

from typing import NamedTuple

import numpy as np

from pilotage.assessment.batch import SeriesBatch
from pilotage.assessment.clock import Calendar, calendar_of
from pilotage.assessment.code import (
    AT_MOST,
    BETWEEN,
    ERROR_VALUE,
    NONE,
    WITHDRAWN_VALUE,
    Flags,
    Floats,
    Indices,
)
from pilotage.assessment.pairing import last_baseline, last_true, pair_targets, rate_target
from pilotage.assessment.result import bounds


class ReadTargets(NamedTuple):
    """Which targets and baseline matter, and the targets as intervals and single aims [n, T]."""

    coming: Indices
    judged: Indices
    is_future: Flags
    rate: Indices
    start: Indices
    floor: Floats
    ceiling: Floats
    aim: Floats  # NaN for between


class ReadValues(NamedTuple):
    """The values that may be shown, those that may be judged, and the columns that matter."""

    calendar: Calendar
    shown: Floats  # withdrawn ones left out
    sound: Floats  # those in error left out as well
    last: Indices
    previous: Indices
    received: Indices  # the last period received, be it as text


def read_targets(batch: SeriesBatch, on: np.datetime64) -> ReadTargets:
    """Choose each key's targets and baseline for the judging day."""
    direction = batch.direction[:, None]
    floor, ceiling = bounds(batch.target_lows, batch.target_highs, direction)
    usable = ~np.isnan(floor)
    dues = batch.target_dues
    coming, judged, is_future = pair_targets(dues, usable, batch.frequency, batch.delay_days, on)
    aim = np.where(direction == BETWEEN, np.nan, np.where(direction == AT_MOST, ceiling, floor))
    start = last_baseline(batch.target_baselines, batch.target_baseline_dates, on)
    return ReadTargets(
        coming, judged, is_future, rate_target(dues, usable), start, floor, ceiling, aim
    )


def read_values(batch: SeriesBatch, on: np.datetime64) -> ReadValues:
    """Choose each key's values for the judging day."""
    calendar = calendar_of(batch.recent_starts, batch.recent_ends, batch.frequency, on)
    kept = calendar.exists & (batch.recent_states != WITHDRAWN_VALUE)
    shown = np.where(kept, batch.recent_values, np.nan)
    sound = np.where(batch.recent_states == ERROR_VALUE, np.nan, shown)
    last = last_true(calendar.has_ended & ~np.isnan(shown))
    before = np.arange(shown.shape[1]) < last[:, None]
    previous = last_true(before & ~np.isnan(sound))
    is_row = kept & (batch.recent_states != NONE)
    received = np.where(last >= 0, last, last_true(calendar.has_ended & is_row))
    return ReadValues(calendar, shown, sound, last, previous, received)
