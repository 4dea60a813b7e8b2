"""What the history of each series says on the judging day: variation, assurance, chances ahead.

Beside the status, which says where a figure stands, this says whether to react: does it vary more
than usual, can it reach its target, and what is the chance that it does when the target falls due.
"""

from typing import Final, NamedTuple

import numpy as np

from pilotage.assessment.batch import SeriesBatch, empty_columns, narrowed, with_a_target
from pilotage.assessment.calibration import DEFAULT
from pilotage.assessment.clock import Calendar, day_numbers
from pilotage.assessment.code import (
    AT_LEAST,
    AT_MOST,
    DAILY,
    DISPUTED_VALUE,
    HOURLY,
    MONTHLY,
    NONE,
    QUARTERLY,
    WEEKLY,
    Codes,
    Days,
    Flags,
    Floats,
    Indices,
)
from pilotage.assessment.outlook import meeting_probability, outlook
from pilotage.assessment.pairing import last_true, pick, pick_days
from pilotage.assessment.projection import light_projection
from pilotage.assessment.reading import ReadValues, read_targets, read_values
from pilotage.assessment.remark import ENOUGH_FOR_CAUTION
from pilotage.assessment.seasonality import CAUTION, autocorrelation, without_season
from pilotage.assessment.variation import FEWEST, FIRM, Process, vary
from pilotage.assessment.xmr import REFERENCE, XmrSetting
from pilotage.assessment.xmr_rule import UNOBSERVED
from pilotage.domain.signal import Assurance, VariationKind

VARIATIONS: Final = tuple(VariationKind)
ASSURANCES: Final = tuple(Assurance)
SEASON: Final = {HOURLY: 24, DAILY: 7, WEEKLY: 1, MONTHLY: 12, QUARTERLY: 4}
"""Periods in a seasonal cycle; 48 recent ones say nothing of the weeks of a year."""
FARTHEST: Final = 36
"""Periods past the last value beyond which no chance is given."""
_MONTHS = {MONTHLY: 1, QUARTERLY: 3}


class Signals(NamedTuple):
    """One entry a key; lines and outlook in the indicator's unit, chances in 0–1.

    Nothing is said below five values, and no ``variation`` or ``assurance`` (−1) below thirteen:
    limits are then on trial. The limits of a series that drifts (each value like the one before)
    say nothing of its target: no ``assurance``, and ``next_meets`` is read from where it is
    heading, not from where it was. ``next_aim`` is the bound that the next value may meet.
    ``due_*`` speak of the value due on ``due_day``, the coming target's; NaT where none is given.
    ``points``: the rule each of the last 48 periods answers to.
    """

    known: Indices
    mean: Floats
    lower: Floats
    upper: Floats
    variation: Codes
    cause: Codes
    assurance: Codes
    drifts: Flags
    run_signal: Flags
    next_meets: Floats
    next_aim: Floats
    due_meets: Floats
    due_middle: Floats
    due_lower: Floats
    due_upper: Floats
    due_day: Days
    due_aim: Floats
    points: Codes


class _Aim(NamedTuple):
    """The one bound to reach, its sense and its due day; NaN and 0 where there is none."""

    value: Floats
    sign: Floats
    steps: Indices  # periods from the last value to the one due; 0: none
    due: Days


def signals(batch: SeriesBatch, on: np.datetime64, setting: XmrSetting = REFERENCE) -> Signals:
    """Read the last 48 periods of every key.

    Missing  values in error, withdrawn, disputed, or of a period not ended are left out.
    Source   statistics.md § 1, 2, 4, 8 and 13.
    """
    skipped = empty_columns(batch)
    batch = with_a_target(narrowed(batch, skipped))
    read = read_values(batch, on)
    values = process_values(batch, read)
    aim = _aim(batch, read.calendar, values, on)
    judged = vary(values, Process(aim.sign, aim.value, batch.begins), setting)
    said, firm = judged.known >= FEWEST, judged.known >= FIRM
    drifts = firm & _is_drifting(_latest(values, batch), batch.frequency, judged.known)
    settled = firm & ~drifts
    ahead = _ahead(values, batch.frequency, aim, said)
    chance = ahead.due[0]
    soon = np.where(firm, np.where(settled, judged.next_meets, ahead.next_meets), np.nan)
    middle, low, high = _inside(ahead.due[1:], values, batch)
    return Signals(
        known=judged.known,
        mean=np.where(said, judged.mean, np.nan),
        lower=np.where(said, judged.lower, np.nan),
        upper=np.where(said, judged.upper, np.nan),
        variation=np.where(firm, judged.variation, NONE).astype(np.int8),
        cause=np.where(firm, judged.cause, 0).astype(np.int8),
        assurance=np.where(settled, judged.assurance, NONE).astype(np.int8),
        drifts=drifts,
        run_signal=judged.run_signal & firm,
        next_meets=soon,
        next_aim=np.where(np.isnan(soon), np.nan, aim.value),
        due_meets=chance,
        due_middle=middle,
        due_lower=low,
        due_upper=high,
        due_day=np.where(np.isnan(chance), np.datetime64("NaT", "D"), aim.due),
        due_aim=np.where(np.isnan(chance), np.nan, aim.value),
        points=_points(judged.points, firm, skipped),
    )


def _inside(ends: Floats, values: Floats, batch: SeriesBatch) -> Floats:
    """Ends of a projection kept within what the indicator can be; past values tell what it can."""
    with np.errstate(invalid="ignore"):
        is_above = ~np.any(values < batch.floor[:, None], axis=1)
        is_below = ~np.any(values > batch.ceiling[:, None], axis=1)
    floor = np.where(is_above & ~np.isnan(batch.floor), batch.floor, -np.inf)
    ceiling = np.where(is_below & ~np.isnan(batch.ceiling), batch.ceiling, np.inf)
    return np.asarray(np.clip(ends, floor, ceiling))


def process_values(batch: SeriesBatch, read: ReadValues) -> Floats:
    """The values a process is read from: ended, neither withdrawn, in error nor disputed."""
    sound = np.where(read.calendar.has_ended, read.sound, np.nan)
    return np.where(batch.recent_states == DISPUTED_VALUE, np.nan, sound)


def _points(points: Codes, firm: Flags, skipped: int) -> Codes:
    told = np.where(firm[:, None] | (points == UNOBSERVED), points, 0)
    return np.pad(told, ((0, 0), (skipped, 0)), constant_values=UNOBSERVED).astype(np.int8)


def _latest(values: Floats, batch: SeriesBatch) -> Floats:
    """The values since the last accepted change of level."""
    width = values.shape[1]
    since = width - 1 - np.argmax(batch.begins[:, ::-1], axis=1)
    since = np.where(batch.begins.any(axis=1), since, 0)
    return np.where(np.arange(width) >= since[:, None], values, np.nan)


def sense_of(direction: Codes) -> Floats:
    """1 where more is better, −1 where less is, 0 where neither is."""
    return np.where(direction == AT_LEAST, 1.0, np.where(direction == AT_MOST, -1.0, 0.0))


def _aim(batch: SeriesBatch, calendar: Calendar, values: Floats, on: np.datetime64) -> _Aim:
    """The coming target; the one the result speaks of where nothing is to come."""
    targets = read_targets(batch, on)
    chosen = np.where(targets.coming >= 0, targets.coming, targets.judged)
    value = pick(targets.aim, chosen)
    sense = sense_of(batch.direction)
    last = last_true(~np.isnan(values))
    coming = pick_days(batch.target_dues, targets.coming)
    due = day_numbers(coming)
    is_ahead = (targets.coming >= 0) & (last >= 0)
    last_day = calendar.last_day[np.arange(len(last)), np.maximum(last, 0)]
    steps = _steps(np.where(is_ahead, due, last_day), last_day, batch.frequency)
    return _Aim(value, sense, np.where(is_ahead & (sense != 0), steps, 0), coming)


def _steps(due: Indices, last_day: Indices, frequency: Codes) -> Indices:
    """Periods from the one that ends on ``last_day`` to the one that holds ``due``."""
    days = np.maximum(due - last_day, 0)
    months = due.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    months -= last_day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    long = np.full(frequency.shape, 12)
    for code, length in _MONTHS.items():
        long[frequency == code] = length
    steps = -(-np.maximum(months, 0) // long)
    steps = np.where(frequency == WEEKLY, -(-days // 7), steps)
    steps = np.where(frequency == DAILY, days, steps)
    return np.asarray(np.where(frequency == HOURLY, 24 * days, steps))


class _Ahead(NamedTuple):
    """Chance of the next value; at the due date the chance, the middle and its 95 % range."""

    next_meets: Floats
    due: Floats  # 4 × keys


def _is_drifting(values: Floats, frequency: Codes, known: Indices) -> Flags:
    """Whether each value is so like the one before that limits cry wolf, season apart."""
    answer = np.zeros(frequency.shape, dtype=bool)
    asked = known >= ENOUGH_FOR_CAUTION
    for code in np.unique(frequency[asked]):
        rows = np.flatnonzero(asked & (frequency == code))
        plain = without_season(values[rows], SEASON.get(int(code), 1))[0]
        answer[rows] = autocorrelation(plain, 1)[:, 0] > CAUTION
    return answer


def _ahead(values: Floats, frequency: Codes, aim: _Aim, said: Flags) -> _Ahead:
    """Where every series with a target is heading; NaN further than what is known of it."""
    found, soon = np.full((4, len(frequency)), np.nan), np.full(len(frequency), np.nan)
    known = np.sum(~np.isnan(values), axis=1)
    asked = said & (aim.sign != 0) & ~np.isnan(aim.value)
    is_due = asked & (aim.steps > 0) & (aim.steps <= np.minimum(known, FARTHEST))
    for code in np.unique(frequency[asked]):
        rows = np.flatnonzero(asked & (frequency == code))
        steps = np.where(is_due[rows], aim.steps[rows], 1)
        whole = light_projection(values[rows], SEASON.get(int(code), 1), int(steps.max()))
        right, target = DEFAULT[int(code)], aim.value[rows][:, None]
        chances = meeting_probability(whole, target, aim.sign[rows][:, None], right)
        at = (np.arange(len(rows)), steps - 1)
        soon[rows] = chances[:, 0]
        due = np.stack([chances[at], *(part[at] for part in outlook(whole, right))])
        found[:, rows] = np.where(is_due[rows], due, np.nan)
    return _Ahead(soon, found)
