"""The way an indicator was meant to go: baseline, yearly targets, and the plan between them."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from pilotage.domain.indicator import Direction
from pilotage.sample.pool import IndicatorLine
from pilotage.sample.span import fiscal_start, is_long_plan

Floats = NDArray[np.float64]

_SHORT = ((-2, 0.35), (-1, 0.7), (0, 1.0))
_LONG = ((-2, 0.25), (-1, 0.5), (0, 0.75), (2, 1.0))
EASED_SHARE = 0.72
"""An eased target keeps this much of the way first promised."""


@dataclass(frozen=True)
class Course:
    """A baseline and the targets promised: fiscal year (or calendar year) of each, and its value.

    ``goals`` are the middle of the band for between, and drift slowly where nothing is promised.
    """

    baseline: float
    baseline_day: date
    years: tuple[int, ...]
    due_days: tuple[date, ...]
    goals: tuple[float, ...]

    def planned(self, days: Floats) -> Floats:
        """The plan on the given ordinal days: linear between its points, held beyond them."""
        points = [self.baseline_day.toordinal(), *(day.toordinal() for day in self.due_days)]
        return np.interp(days, points, [self.baseline, *self.goals])

    @property
    def way(self) -> float:
        """How far the last target is from the baseline; a share of the level where it is flat."""
        gap = abs(self.goals[-1] - self.baseline)
        return gap if gap > 0.02 * abs(self.baseline) else 0.06 * max(abs(self.baseline), 1.0)


def _end(line: IndicatorLine, year: int) -> date:
    return date(year, 12, 31) if line.rhythm == "C" else date(year + 1, 3, 31)


def _goal(line: IndicatorLine) -> float:
    if line.low is None or line.high is None:
        return line.start * 1.06
    return (line.low + line.high) / 2


def course_of(line: IndicatorLine, anchor: date) -> Course:
    """What was first promised for this indicator."""
    first = fiscal_start(anchor) - (1 if line.rhythm == "C" else 0)
    steps = _LONG if is_long_plan(line) else _SHORT
    goal = _goal(line)
    fixed = line.direction in {Direction.BETWEEN, Direction.EXACTLY}
    goals = tuple(
        goal if fixed else round(line.start + share * (goal - line.start), line.decimals)
        for _, share in steps
    )
    years = tuple(first + offset for offset, _ in steps)
    return Course(
        line.start, _end(line, first - 3), years, tuple(_end(line, year) for year in years), goals
    )


def eased(course: Course, line: IndicatorLine) -> Course:
    """The course after its last two targets were lowered."""
    lowered = tuple(
        round(course.baseline + EASED_SHARE * (goal - course.baseline), line.decimals)
        for goal in course.goals
    )
    goals = (*course.goals[:2], *lowered[2:])
    return Course(course.baseline, course.baseline_day, course.years, course.due_days, goals)
