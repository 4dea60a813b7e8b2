"""The four rules of the XmR chart: which points are more than chance, and which way.

Each rule marks **every member** of its pattern, also those that came before it was complete.
A point answers to the first that applies: limit, trend, two in three, shift.
"""

from typing import Final

import numpy as np

from pilotage.assessment.code import Codes, Flags, Floats
from pilotage.assessment.xmr import REFERENCE, XmrLines, XmrSetting

COMMON, SHIFT, TWO_IN_THREE, TREND, LIMIT = range(5)
"""A special cause is one of these, positive above or rising, negative below or falling."""
UNOBSERVED: Final = 9
"""No value, so no label."""


def special_causes(values: Floats, lines: XmrLines, setting: XmrSetting = REFERENCE) -> Codes:
    """The label of every point: 0 for common cause, ± a rule, or UNOBSERVED.

    Shape    values: time × rows, as given to ``xmr_lines``; the answer has that shape.
    Range    closer to a line than the rows' tolerance is on it: neither outside nor beside.
    Missing  a missing value breaks a run, a trend and a pair of three.
    """
    gap = values - lines.mean
    above, below = gap > lines.tolerance, gap < -lines.tolerance
    side = above.view(np.int8) - below.view(np.int8)
    distance = np.abs(gap)
    outside = distance > lines.width + lines.tolerance
    answer = np.zeros(values.shape, dtype=np.int8)
    runs = _members(above, setting.shift) | _members(below, setting.shift)
    answer[runs] = SHIFT
    far = distance > 2 / 3 * lines.width + lines.tolerance
    close = far if setting.two_in_three_counts_outside else far & ~outside
    answer[_close_pairs(close, above) | _close_pairs(close, below)] = TWO_IN_THREE
    answer[outside] = LIMIT
    answer *= side
    _mark_trends(answer, values, outside, setting.trend)
    answer[np.isnan(values)] = UNOBSERVED
    return answer


def _mark_trends(answer: Codes, values: Floats, outside: Flags, points: int) -> None:
    """Write the trends over weaker rules, never over a limit."""
    rises, falls = values[1:] > values[:-1], values[1:] < values[:-1]
    up, down = _spans(rises, points - 1), _spans(falls, points - 1)
    if not (up.any() or down.any()):
        return
    is_trend = up | down
    # Which way: towards the next point while the trend goes on, else from the one before.
    rising = np.zeros_like(is_trend)
    rising[1:] = rises
    onward = np.zeros_like(is_trend)
    # Where two trends meet on equal values the reference says « Decreasing » of a rising tip;
    # such a point keeps the way it came, so that a mirrored series has a mirrored chart.
    onward[:-1] = is_trend[1:] & (rises | falls)
    rising[:-1] = np.where(onward[:-1], rises, rising[:-1])
    written = is_trend & ~outside
    answer[written] = np.where(rising[written], TREND, -TREND)


def _spans(steps: Flags, length: int) -> Flags:
    """The points at either end of the steps that belong to ``length`` steps in a row."""
    inside = _members(steps, length)
    points = np.zeros((steps.shape[0] + 1, *steps.shape[1:]), dtype=bool)
    points[1:] = inside
    points[:-1] |= inside
    return points


def _close_pairs(close: Flags, on_side: Flags) -> Flags:
    """Close points of three in a row on one side, two of which are close."""
    answer = np.zeros(close.shape, dtype=bool)
    if close.shape[0] < 3:
        return answer
    near = close & on_side
    a, b, c = near[:-2], near[1:-1], near[2:]
    found = ((a & b) | (a & c) | (b & c)) & on_side[:-2] & on_side[1:-1] & on_side[2:]
    if found.any():
        answer[:-2] = found
        answer[1:-1] |= found
        answer[2:] |= found
        answer &= near
    return answer


def _members(flags: Flags, length: int) -> Flags:
    """Flags that belong to ``length`` or more in a row, along time."""
    answer = np.zeros(flags.shape, dtype=bool)
    starts = _all_of(flags, length)
    if starts.size:
        answer[: starts.shape[0]] = starts
        reach = 1
        while reach < length:
            step = min(reach, length - reach)
            # The right side is read before it is written: np copies what overlaps.
            answer[step:] |= answer[:-step]
            reach += step
    return answer


def _all_of(flags: Flags, length: int) -> Flags:
    """Where ``length`` flags in a row begin; shorter by ``length - 1`` than the flags."""
    if flags.shape[0] < length:
        return flags[:0]
    reach = 1
    while reach < length:
        step = min(reach, length - reach)
        flags = flags[:-step] & flags[step:]
        reach += step
    return flags
