"""Every indicator judged at once: variation, assurance, chance of the next value, run chart.

The only door a store needs. A changed series goes through it alone, as one row.
"""

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from pilotage.assessment.anhoej import run_chart
from pilotage.assessment.assurance import assurance, next_value_meets
from pilotage.assessment.code import Codes, Flags, Floats, Indices
from pilotage.assessment.phase import phases
from pilotage.assessment.xmr import REFERENCE, XmrLines, XmrSetting, xmr_lines
from pilotage.assessment.xmr_rule import UNOBSERVED, special_causes

FEWEST = 5
"""Values below which nothing is said."""
FIRM = 13
"""Values of a phase below which its limits are on trial and no icon is shown."""
_BLOCK_CELLS = 30_720  # values that fit in the processor's cache together

COMMON_CAUSE, IMPROVEMENT, CONCERN, NEUTRAL_HIGH, NEUTRAL_LOW = range(5)
NO_VARIATION_TYPE: Final = -1


@dataclass(frozen=True)
class Process:
    """What is known of each series besides its values; one entry a series.

    ``sign`` is 1 where more is better, −1 where less is, 0 where neither is (or more than one
    side is bad). ``target`` is the one in force at the last value, NaN for none. ``begins`` marks
    the dates limits start anew; ``fixed_after`` freezes the baseline on so many dates (0: never).
    """

    sign: Floats
    target: Floats
    begins: Flags | None = None
    fixed_after: Indices | None = None
    screened: Flags | None = None


class Variation(NamedTuple):
    """One entry a series, of its latest phase; points are series × time."""

    mean: Floats
    lower: Floats
    upper: Floats
    known: Indices  # values in the latest phase
    variation: Codes  # of the last value: COMMON_CAUSE, IMPROVEMENT…; −1 without a value
    cause: Codes  # its special cause, as xmr_rule says it
    assurance: Codes
    next_meets: Floats
    run_signal: Flags
    is_unscreened: Flags
    has_no_variation: Flags
    points: Codes  # special cause of every point
    chart: Floats  # lower, mean and upper of every point: 3 × series × time; empty unless asked


def vary(
    values: Floats, process: Process, setting: XmrSetting = REFERENCE, has_chart: bool = False
) -> Variation:
    """Judge every series.

    Shape    values: series × time in date order, NaN where missing or past the end.
    Units    lines in the unit of the values.
    Missing  a series without a value has NaN lines, no variation and no assurance.
    Source   statistics.md § 1, 2, 4 and 9.
    """
    if not values.size:
        values = np.full((values.shape[0], 1), np.nan)
    size = max(1, _BLOCK_CELLS // values.shape[1])
    blocks = [
        _block(values[start : start + size], _rows(process, start, size), setting, has_chart)
        for start in range(0, max(values.shape[0], 1), size)
    ]
    if len(blocks) == 1:
        return blocks[0]
    joined: list[Any] = [np.concatenate(p) for p in zip(*(b[:-1] for b in blocks), strict=True)]
    joined.append(np.concatenate([b.chart for b in blocks], axis=1))
    return Variation(*joined)


def _rows(process: Process, start: int, size: int) -> Process:
    rows = slice(start, start + size)
    begins, fixed, screened = process.begins, process.fixed_after, process.screened
    return Process(
        process.sign[rows],
        process.target[rows],
        None if begins is None else begins[rows],
        None if fixed is None else fixed[rows],
        None if screened is None else screened[rows],
    )


def _block(values: Floats, process: Process, setting: XmrSetting, has_chart: bool) -> Variation:
    if process.begins is None or not process.begins.any():
        return _whole(values, process, setting, has_chart)
    cut = phases(values, process.begins)
    lines, causes = _judged(cut.values, process, cut.series, setting)
    chart = _chart(lines, cut.row) if has_chart else _NO_CHART
    return _answer(values, process, _of(lines, cut.last), causes[cut.row, cut.column], chart)


def _whole(values: Floats, process: Process, setting: XmrSetting, has_chart: bool) -> Variation:
    lines, causes = _judged(values, process, None, setting)
    if not has_chart:
        return _answer(values, process, lines, causes, _NO_CHART)
    rows = np.broadcast_to(np.arange(values.shape[0])[:, None], values.shape)
    return _answer(values, process, lines, causes, _chart(lines, rows))


_NO_CHART: Final = np.empty((3, 0, 0))


def _judged(
    values: Floats, process: Process, series: Indices | None, setting: XmrSetting
) -> tuple[XmrLines, Codes]:
    fixed, screened = process.fixed_after, process.screened
    rows = np.arange(values.shape[0]) if series is None else series
    is_alone = rows.size == 1
    if is_alone:
        # numpy adds a lone series in another order, to another last digit: it is judged beside
        # itself, so that a changed series alone says what it says among all.
        values, rows = np.repeat(values, 2, axis=0), np.repeat(rows, 2)
    by_date = np.ascontiguousarray(values.T)
    lines = xmr_lines(
        by_date,
        None if fixed is None else fixed[rows],
        True if screened is None else screened[rows],
        setting,
    )
    causes = special_causes(by_date, lines, setting).T
    return (_of(lines, np.arange(1)), causes[:1]) if is_alone else (lines, causes)


def _of(lines: XmrLines, rows: Indices) -> XmrLines:
    parts: list[Any] = [part[rows] for part in lines]
    return XmrLines(*parts)


def _chart(lines: XmrLines, row: Indices) -> Floats:
    return np.stack([lines.lower[row], lines.mean[row], lines.upper[row]])


def _answer(
    values: Floats, process: Process, lines: XmrLines, causes: Codes, chart: Floats
) -> Variation:
    cause = _last_cause(causes)
    return Variation(
        lines.mean,
        lines.lower,
        lines.upper,
        lines.known,
        variation_of(cause, process.sign),
        cause,
        assurance(lines, process.target, process.sign),
        next_value_meets(lines, process.target, process.sign),
        run_chart(values).signal,
        lines.is_unscreened,
        lines.has_no_variation,
        causes,
        chart,
    )


def _last_cause(causes: Codes) -> Codes:
    """The special cause of the last point that has a value."""
    last = causes[:, -1]
    if not (last == UNOBSERVED).any():
        return last
    back = np.argmax(causes[:, ::-1] != UNOBSERVED, axis=1)
    return np.asarray(causes[np.arange(causes.shape[0]), causes.shape[1] - 1 - back])


def variation_of(cause: Codes, sign: Floats) -> Codes:
    """What special causes mean for a direction: shapes broadcast; −1 where no value is."""
    good = np.sign(cause) * np.sign(sign)
    neutral = np.where(cause > 0, NEUTRAL_HIGH, NEUTRAL_LOW)
    special = np.where(good > 0, IMPROVEMENT, np.where(good < 0, CONCERN, neutral))
    answer = np.where(cause == 0, COMMON_CAUSE, special)
    return np.where(cause == UNOBSERVED, NO_VARIATION_TYPE, answer).astype(np.int8)
