"""Judge whole batches of series at one date: the only door the store and the rooms use."""

from typing import NamedTuple

import numpy as np

from pilotage.assessment import cell
from pilotage.assessment.attainment import attainment_rate, clipped, progress_rate
from pilotage.assessment.batch import (
    RECENT,
    Judgement,
    SeriesBatch,
    empty_columns,
    narrowed,
    widened,
    with_a_target,
)
from pilotage.assessment.change import ChangeRule, change_since
from pilotage.assessment.clock import day_numbers
from pilotage.assessment.code import (
    CELL_STALE,
    CHANGES,
    DATA_STATES,
    DIRECTIONS,
    FREQUENCIES,
    LINEAR_PATH,
    NO_DIRECTION,
    NO_PATH,
    NONE,
    NOT_AVAILABLE,
    RESULTS,
    STALE,
    TRAJECTORIES,
    Codes,
    Days,
    Flags,
    Floats,
    Indices,
)
from pilotage.assessment.freshness import data_state, months_later, next_due
from pilotage.assessment.pairing import (
    pick,
    pick_codes,
    pick_days,
    value_at,
)
from pilotage.assessment.reading import ReadTargets, ReadValues, read_targets, read_values
from pilotage.assessment.result import result_status
from pilotage.assessment.trajectory import Path, awaits_confirmation, path_through

__all__ = [
    "CHANGES",
    "DATA_STATES",
    "DIRECTIONS",
    "FREQUENCIES",
    "RECENT",
    "RESULTS",
    "RULE_VERSION",
    "TRAJECTORIES",
    "Judgement",
    "SeriesBatch",
    "judge",
]

RULE_VERSION = "2026-1"


class _Verdict(NamedTuple):
    """What the values and the targets say together."""

    result: Codes
    result_index: Indices
    trajectory: Codes
    to_confirm: Flags
    change: Codes
    recent_paths: Floats
    recent_statuses: Codes


def _day_values(days: Days) -> Floats:
    return np.where(np.isnat(days), np.nan, days.astype(np.int64))


def _path(batch: SeriesBatch, targets: ReadTargets) -> Path:
    shown = np.where(targets.coming >= 0, targets.coming, targets.judged)
    return path_through(
        _day_values(pick_days(batch.target_baseline_dates, targets.start)),
        pick(batch.target_baselines, targets.start),
        _day_values(batch.target_dues),
        targets.aim,
        pick_codes(batch.target_trajectories, shown, LINEAR_PATH),
    )


def _weigh(batch: SeriesBatch, values: ReadValues, targets: ReadTargets) -> _Verdict:
    due = pick_days(batch.target_dues, targets.judged)
    at_due = value_at(
        due, ~np.isnan(values.sound) & values.calendar.has_ended, values.calendar, batch.frequency
    )
    judged = targets.judged
    result = result_status(
        pick(values.sound, at_due),
        pick(targets.floor, judged),
        pick(targets.ceiling, judged),
        batch.decimals,
        targets.is_future,
    )
    result = np.where(batch.direction == NO_DIRECTION, NOT_AVAILABLE, result).astype(np.int8)
    at_due = np.where(targets.is_future | (judged < 0), NONE, at_due)
    paths, trajectories, statuses = _cells(batch, values, targets)
    has_coming = targets.coming >= 0
    now = np.where(has_coming, pick_codes(trajectories, values.last, NO_PATH), NO_PATH)
    before = pick_codes(trajectories, values.previous, NO_PATH)
    return _Verdict(
        result=result,
        result_index=at_due,
        trajectory=now.astype(np.int8),
        to_confirm=awaits_confirmation(now, before, batch.frequency),
        change=_change(batch, values, targets),
        recent_paths=paths,
        recent_statuses=statuses,
    )


def _cells(
    batch: SeriesBatch, values: ReadValues, targets: ReadTargets
) -> tuple[Floats, Codes, Codes]:
    keys = cell.Keys(
        batch.direction,
        batch.decimals,
        pick(batch.target_baselines, targets.start),
        _path(batch, targets),
    )
    dated = cell.Targets(
        day_numbers(batch.target_dues), targets.floor, targets.ceiling, batch.target_tolerances
    )
    paths, trajectories = cell.paths_and_trajectories(values.sound, values.calendar, dated, keys)
    at_due = cell.results(values.sound, values.calendar, dated, keys)
    statuses = cell.statuses(
        values.calendar, batch.recent_states, values.shown, trajectories, at_due
    )
    return paths, trajectories, statuses


def _change(batch: SeriesBatch, values: ReadValues, targets: ReadTargets) -> Codes:
    in_force = np.where(targets.coming >= 0, targets.coming, targets.judged)
    rule = ChangeRule(
        batch.direction,
        batch.decimals,
        batch.change_threshold,
        pick(batch.target_baselines, targets.start),
        pick(targets.floor, in_force),
        pick(targets.ceiling, in_force),
    )
    return change_since(pick(values.sound, values.last), pick(values.sound, values.previous), rule)


def _next_due(batch: SeriesBatch, values: ReadValues, targets: ReadTargets, holidays: Days) -> Days:
    """When the next value is due; for a key that never sent one, when the first was.

    Such a key is known since its baseline, else since a year before its first due date.
    """
    index = np.maximum(values.received, 0)
    ends = values.calendar.end_day[np.arange(len(index)), index].astype("datetime64[D]")
    one_day = np.timedelta64(1, "D")
    baseline = pick_days(batch.target_baseline_dates, targets.start) + one_day
    first_target = np.where(np.isnat(batch.target_dues[:, 0]), NONE, 0)
    planned = months_later(pick_days(batch.target_dues, first_target) + one_day, -12)
    since = np.where(np.isnat(baseline), planned, baseline)
    ends = np.where(values.received >= 0, ends, since)
    return next_due(ends, batch.frequency, batch.delay_days, holidays)


def judge(batch: SeriesBatch, on: np.datetime64, holidays: Days) -> Judgement:
    """Judge every key of the batch on the day ``on``; ``holidays`` are Québec's, datetime64[D].

    Values of periods that end after ``on`` are left aside. The result is that of the value at the
    due date; the trajectory exists only while a dated target is still to come.
    """
    batch = with_a_target(batch)
    skipped = empty_columns(batch)
    return widened(_judge(narrowed(batch, skipped), on.astype("datetime64[D]"), holidays), skipped)


def _judge(batch: SeriesBatch, on: np.datetime64, holidays: Days) -> Judgement:
    values, targets = read_values(batch, on), read_targets(batch, on)
    verdict = _weigh(batch, values, targets)
    due = _next_due(batch, values, targets, holidays)
    state = data_state(
        values.received >= 0, pick_codes(batch.recent_states, values.received, 0), due, on
    )
    value, aim = pick(values.shown, values.last), pick(targets.aim, targets.rate)
    baseline = pick(batch.target_baselines, targets.start)
    rate = progress_rate(baseline, value, aim, batch.direction)
    attained = attainment_rate(value, aim, batch.direction)
    statuses = cell.without_days_off(
        verdict.recent_statuses, values.calendar, batch.frequency, holidays
    )
    late = np.flatnonzero((state == STALE) & (values.last >= 0))
    statuses[late, values.last[late]] = CELL_STALE
    return Judgement(
        value_index=values.last,
        value=value,
        previous_index=values.previous,
        previous_value=pick(values.shown, values.previous),
        result_index=verdict.result_index,
        target_index=targets.judged,
        coming_index=targets.coming,
        rate_index=targets.rate,
        low=pick(batch.target_lows, targets.judged),
        high=pick(batch.target_highs, targets.judged),
        tolerance=pick(batch.target_tolerances, targets.judged),
        due_date=pick_days(batch.target_dues, targets.judged),
        baseline=baseline,
        baseline_date=pick_days(batch.target_baseline_dates, targets.start),
        path_value=pick(verdict.recent_paths, values.last),
        result=verdict.result,
        progress_rate=rate,
        progress_rate_clipped=clipped(rate),
        attainment_rate=np.where(np.isnan(baseline), attained, np.nan),
        trajectory=verdict.trajectory,
        to_confirm=verdict.to_confirm,
        change=verdict.change,
        data_state=state,
        next_due=due,
        recent_paths=verdict.recent_paths,
        recent_statuses=statuses,
    )
