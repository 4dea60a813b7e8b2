"""Series in a few words, for the tests of the judgement."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from pilotage.assessment.code import DIRECTIONS, FREQUENCIES
from pilotage.assessment.judgement import RECENT, Judgement, SeriesBatch, judge
from pilotage.domain.indicator import Direction, Frequency
from pilotage.domain.period import parse_period

NAN = float("nan")
HOLIDAYS = np.array(["2026-04-03", "2026-04-06", "2026-12-25"], dtype="datetime64[D]")
SHAPES = {"": 0, "linear": 1, "step": 2, "explicit": 3}


@dataclass(frozen=True)
class Aim:
    """One target as its ministry wrote it."""

    due: str | None
    low: float = NAN
    high: float = NAN
    tolerance: float = NAN
    baseline: float = NAN
    since: str | None = None
    shape: str = ""


@dataclass(frozen=True)
class Series:
    """One indicator of one organisation: (period, value, state), oldest first, and its targets."""

    values: Sequence[tuple[str, float] | tuple[str, float, int]] = ()
    targets: Sequence[Aim] = ()
    direction: Direction = Direction.AT_LEAST
    frequency: Frequency = Frequency.MONTHLY
    decimals: int = -1
    delay: int = 0
    threshold: float = NAN
    has_text_target: bool = field(default=False)
    floor: float = NAN
    ceiling: float = NAN


def batch_of(*series: Series) -> SeriesBatch:
    """The arrays that the store would make of these series."""
    count, width = len(series), max((len(one.targets) for one in series), default=0)
    starts = np.full((count, RECENT), np.datetime64("NaT", "s"))
    ends, values = starts.copy(), np.full((count, RECENT), np.nan)
    states = np.zeros((count, RECENT), dtype=np.int8)
    for row, one in enumerate(series):
        for column, (code, value, *state) in enumerate(one.values, RECENT - len(one.values)):
            period = parse_period(code)
            starts[row, column], ends[row, column] = period.start, period.end
            values[row, column], states[row, column] = value, state[0] if state else 0
    targets = [[*one.targets, *[Aim(None)] * (width - len(one.targets))] for one in series]
    return SeriesBatch(
        begins=np.zeros((count, RECENT), dtype=bool),
        direction=np.array([DIRECTIONS.index(one.direction) for one in series], dtype=np.int8),
        decimals=np.array([one.decimals for one in series], dtype=np.int16),
        frequency=np.array([FREQUENCIES.index(one.frequency) for one in series], dtype=np.int8),
        delay_days=np.array([one.delay for one in series], dtype=np.int32),
        change_threshold=np.array([one.threshold for one in series]),
        floor=np.array([one.floor for one in series]),
        ceiling=np.array([one.ceiling for one in series]),
        recent_starts=starts,
        recent_ends=ends,
        recent_values=values,
        recent_states=states,
        has_text_target=np.array([one.has_text_target for one in series], dtype=np.bool_),
        target_dues=_grid(targets, "due", "datetime64[D]", width),
        target_lows=_grid(targets, "low", "float64", width),
        target_highs=_grid(targets, "high", "float64", width),
        target_tolerances=_grid(targets, "tolerance", "float64", width),
        target_baselines=_grid(targets, "baseline", "float64", width),
        target_baseline_dates=_grid(targets, "since", "datetime64[D]", width),
        target_trajectories=_grid(targets, "shape", "int8", width),
    )


def _grid(targets: list[list[Aim]], name: str, dtype: str, width: int) -> np.ndarray:
    rows = [[getattr(aim, name) for aim in row] for row in targets]
    if name == "shape":
        rows = [[SHAPES[shape] for shape in row] for row in rows]
    return np.array(rows, dtype=dtype).reshape(len(targets), width)


def judged(series: Series, on: str) -> Judgement:
    """The judgement of one series."""
    return judge(batch_of(series), np.datetime64(on, "D"), HOLIDAYS)
