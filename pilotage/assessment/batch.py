"""What is judged, whole batches of series with their targets, and what is said of them."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pilotage.assessment.code import CELL_NONE, NONE, Codes, Days, Flags, Floats, Indices, Moments

RECENT = 48
"""Periods kept per key."""


@dataclass(frozen=True)
class SeriesBatch:
    """n indicator x organisation keys, their last 48 periods and their T targets.

    Periods are right-aligned: the last column is the most recent one, NaT marks no column.
    Targets are sorted by due date, undated ones (NaT) last; a row of NaN bounds is a target
    without a number (text, or padding when its due date is NaT too).
    """

    direction: Codes  # [n] position in DIRECTIONS
    decimals: NDArray[np.int16]  # [n] published decimals; −1: not given, no rounding
    frequency: Codes  # [n] position in FREQUENCIES
    delay_days: NDArray[np.int32]  # [n] availability delay, 0 or more
    change_threshold: Floats  # [n] in the indicator's unit; NaN: 2 % of the baseline
    floor: Floats  # [n] no value lies below by nature; NaN: not known
    ceiling: Floats  # [n] no value lies above by nature; NaN: not known
    recent_starts: Moments  # [n, 48] local midnights; UTC for hours
    recent_ends: Moments  # [n, 48] first moment outside
    recent_values: Floats  # [n, 48] NaN: missing or text
    recent_states: Codes  # [n, 48] measurements.state; −1: a gap, no row at all
    target_dues: Days  # [n, T] last day of the target's period
    target_lows: Floats  # [n, T]
    target_highs: Floats  # [n, T]
    target_tolerances: Floats  # [n, T] NaN: 0
    target_baselines: Floats  # [n, T]
    target_baseline_dates: Days  # [n, T]
    target_trajectories: Codes  # [n, T] 0 none (linear), 1 linear, 2 step, 3 explicit
    has_text_target: Flags  # [n] carried for whoever shows it; a text is never judged
    begins: Flags  # [n, 48] periods from which limits start anew


@dataclass(frozen=True)
class Judgement:
    """What is to be said of each key at one date. Codes are positions in the tuples of ``code``."""

    value_index: Indices  # [n] column of the value shown; −1: none
    value: Floats  # [n]
    previous_index: Indices  # [n] column of the value before it; −1: none
    previous_value: Floats  # [n]
    result_index: Indices  # [n] column of the value the result speaks of; −1: none
    target_index: Indices  # [n] target the result speaks of: low … due_date; −1: none
    coming_index: Indices  # [n] first dated target after the judging date; −1: none
    rate_index: Indices  # [n] last usable target, the one of the rates; −1: none
    low: Floats  # [n]
    high: Floats  # [n]
    tolerance: Floats  # [n]
    due_date: Days  # [n]
    baseline: Floats  # [n] the last one
    baseline_date: Days  # [n]
    path_value: Floats  # [n] planned on the last day of the value's period
    result: Codes  # [n] RESULTS
    progress_rate: Floats  # [n] percent, unclipped
    progress_rate_clipped: Floats  # [n] percent, 0–100
    attainment_rate: Floats  # [n] percent, only without a baseline
    trajectory: Codes  # [n] TRAJECTORIES
    to_confirm: Flags  # [n] a turn to off_track that one more value must confirm
    change: Codes  # [n] CHANGES; −1: none
    data_state: Codes  # [n] DATA_STATES
    next_due: Days  # [n] last day on which the next value is not late; NaT: unknown
    recent_paths: Floats  # [n, 48]
    recent_statuses: Codes  # [n, 48] CELL_… of ``code``


def with_a_target(batch: SeriesBatch) -> SeriesBatch:
    """The batch itself or, where it has no target at all, with one empty target per key."""
    if batch.target_dues.shape[1]:
        return batch
    shape = (len(batch.direction), 1)
    nothing, never = np.full(shape, np.nan), np.full(shape, np.datetime64("NaT", "D"))
    return replace(
        batch,
        target_dues=never,
        target_lows=nothing,
        target_highs=nothing,
        target_tolerances=nothing,
        target_baselines=nothing,
        target_baseline_dates=never,
        target_trajectories=np.zeros(shape, dtype=np.int8),
    )


def empty_columns(batch: SeriesBatch) -> int:
    """How many of the oldest columns hold no period in any key; one column is always kept."""
    used = np.flatnonzero((~np.isnat(batch.recent_ends)).any(axis=0))
    return int(used[0]) if len(used) else batch.recent_ends.shape[1] - 1


def narrowed(batch: SeriesBatch, skipped: int) -> SeriesBatch:
    """The batch without its oldest columns: annual series fill few of the 48."""
    return replace(
        batch,
        recent_starts=batch.recent_starts[:, skipped:],
        recent_ends=batch.recent_ends[:, skipped:],
        recent_values=batch.recent_values[:, skipped:],
        recent_states=batch.recent_states[:, skipped:],
        begins=batch.begins[:, skipped:],
    )


def widened(judgement: Judgement, skipped: int) -> Judgement:
    """The judgement in the columns of the whole batch."""

    def moved(index: Indices) -> Indices:
        return np.where(index < 0, NONE, index + skipped)

    before = ((0, 0), (skipped, 0))
    return replace(
        judgement,
        value_index=moved(judgement.value_index),
        previous_index=moved(judgement.previous_index),
        result_index=moved(judgement.result_index),
        recent_paths=np.pad(judgement.recent_paths, before, constant_values=np.nan),
        recent_statuses=np.pad(judgement.recent_statuses, before, constant_values=CELL_NONE),
    )
