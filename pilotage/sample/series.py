"""Shapes of series: how far along the plan, seasons, weeks, hours and noise."""

from collections.abc import Callable

import numpy as np

from pilotage.domain.indicator import Direction
from pilotage.sample.course import EASED_SHARE, Course, Floats
from pilotage.sample.pool import IndicatorLine
from pilotage.sample.span import keeps_office_hours
from pilotage.sample.story import Story


def _through(*points: tuple[float, float]) -> Callable[[Floats], Floats]:
    """A broken line over the history, from 0 (oldest) to 1 (newest)."""
    moments, shares = zip(*points, strict=True)
    return lambda history: np.interp(history, moments, shares)


_SHARE_OF_PLAN = {
    Story.ON_TRACK: _through((0, 0.95), (1, 1.02)),
    Story.AHEAD: _through((0, 1.0), (1, 1.4)),
    Story.AT_RISK: _through((0, 1.0), (0.6, 0.84), (1, 0.83)),
    Story.OFF_TRACK: _through((0, 0.95), (0.6, 0.5), (1, 0.45)),
    Story.WORSENING: _through((0, 0.9), (0.5, 0.85), (1, -0.25)),
    Story.RECOVERED: _through((0, 0.5), (0.5, 0.35), (0.9, 1.02), (1, 1.03)),
    Story.FAR_OFF: _through((0, 0.2), (1, -1.1)),
    Story.STEPPED: _through((0, 0.55), (0.55, 0.5), (0.56, 1.05), (1, 1.05)),
    Story.EASED: _through((0, 0.9), (0.5, EASED_SHARE), (1, EASED_SHARE * 1.02)),
    Story.FROZEN: _through((0, 1.0), (0.7, 0.8), (1, 0.78)),
    Story.EXACT_HIT: _through((0, 0.9), (1, 1.0)),
    Story.EXPLICIT: _through((0, 0.95), (1, 1.04)),
}
_OTHERWISE = (
    _through((0, 0.98), (1, 1.03)),
    _through((0, 0.98), (1, 0.83)),
    _through((0, 0.9), (1, 0.5)),
)
_NOISE = {"H": 0.1, "J": 0.12, "W": 0.1, "M": 0.08, "T": 0.06, "F": 0.06, "A": 0.04, "C": 0.04}
_QUIET_END = (0.6, 0.3)
"""Noise of the last two values against the others, so that a story ends where it is meant to."""
_CONTEXT_SWING = {"H": 0.6, "J": 0.8, "W": 0.6, "M": 0.4, "T": 0.2, "F": 0.2, "A": 0.1, "C": 0.1}
_YEAR_DAYS = 365.25


def _share_of_plan(story: Story, history: Floats, rng: np.random.Generator) -> Floats:
    drawn = _OTHERWISE[int(rng.choice(len(_OTHERWISE), p=[0.6, 0.2, 0.2]))]
    return _SHARE_OF_PLAN.get(story, drawn)(history)


def _band(line: IndicatorLine, story: Story, history: Floats, rng: np.random.Generator) -> Floats:
    """Series held against a band: inside, outside by less than the tolerance, or further."""
    low, high = line.low or 0.0, line.high or 0.0
    middle, half, slack = (low + high) / 2, (high - low) / 2, tolerance(line)
    arrival = {
        Story.AT_RISK: half + 0.6 * slack,
        Story.OFF_TRACK: half + 2.6 * slack,
        Story.WORSENING: half + 3.5 * slack,
        Story.FAR_OFF: half + 6.0 * slack,
    }.get(story, 0.2 * half)
    side = -1.0 if line.start <= middle else 1.0
    settled = np.interp(history, [0, 0.6, 1], [0, 1, 1])
    noise = rng.normal(0, 0.12 * half or 0.1 * slack * (arrival > 0), len(history))
    return line.start + settled * (middle + side * arrival - line.start) + noise * settled


def tolerance(line: IndicatorLine) -> float:
    """The gap tolerated around a band, in the unit of the indicator and at its decimals."""
    low, high = line.low or 0.0, line.high or 0.0
    width = 0.4 * (high - low) / 2 or 0.02 * abs(high)
    return max(round(width, line.decimals), 10.0**-line.decimals)


def _season(line: IndicatorLine, days: Floats, rng: np.random.Generator) -> Floats:
    """A yearly wave for half of the series; none for yearly ones."""
    strength = float(rng.choice([0.0, 0.05, 0.1]))
    if line.rhythm in {"A", "C", "H"}:
        return np.zeros(len(days))
    peak = rng.uniform(0, _YEAR_DAYS)
    return strength * np.cos(2 * np.pi * (days - peak) / _YEAR_DAYS)


def _week(line: IndicatorLine, days: Floats) -> Floats:
    """Quieter weekends where the doors never close."""
    if line.rhythm != "J" or keeps_office_hours(line):
        return np.zeros(len(days))
    weekday = (days.astype(np.int64) - 1) % 7
    return np.where(weekday > 4, -0.12, 0.03)


def _hours(line: IndicatorLine, hours: Floats) -> Floats:
    """The wave of a day, highest in mid-afternoon (hours are UTC)."""
    if line.rhythm != "H":
        return np.zeros(len(hours))
    return 0.22 * np.cos(2 * np.pi * (hours - 20) / 24)


def _noise(line: IndicatorLine, story: Story, count: int, rng: np.random.Generator) -> Floats:
    """What nobody can explain; three times as much for the volatile."""
    drawn = rng.normal(0, _NOISE[line.rhythm], count)
    if story is Story.VOLATILE:
        return 3 * drawn
    drawn[-2:] *= _QUIET_END[-min(2, count) :]
    return drawn


def _swing(line: IndicatorLine, course: Course) -> float:
    """The unit of noise and seasons: the way to go; a share of the level where there is none."""
    if line.direction is not Direction.NONE:
        return course.way
    return abs(course.baseline) * _CONTEXT_SWING[line.rhythm]


def values(
    line: IndicatorLine, course: Course, story: Story, moments: Floats, rng: np.random.Generator
) -> Floats:
    """One value per period, rounded and inside the bounds of the unit.

    Shape    ``moments`` are ordinal days with the hour as a fraction, oldest first.
    """
    days = np.floor(moments)
    history = np.linspace(0, 1, len(moments)) if len(moments) > 1 else np.ones(len(moments))
    noise = _noise(line, story, len(moments), rng)
    wave = _season(line, days, rng) + _week(line, days) + _hours(line, (moments - days) * 24)
    if line.direction in {Direction.BETWEEN, Direction.EXACTLY}:
        raw = _band(line, story, history, rng)
    else:
        share = _share_of_plan(story, history, rng)
        gone = share * (course.planned(days) - course.baseline)
        raw = course.baseline + gone + _swing(line, course) * (noise + wave)
    low, high = line.bounds
    return _settled(np.clip(raw, low, high), line, course, story)


def _settled(raw: Floats, line: IndicatorLine, course: Course, story: Story) -> Floats:
    """Rounded as published; held still or brought exactly onto the target where the story says."""
    shown = np.round(raw, line.decimals) + 0.0
    if story is Story.FROZEN and len(shown) > 3:
        still = min(9, len(shown) - 1)
        shown[-still:] = shown[-still]
    if story is Story.EXACT_HIT and len(shown) and line.low is not None:
        shown[-1] = course.goals[1] if line.rhythm in {"A", "C"} else course.goals[2]
    return shown
