"""What of a curve is on screen: the span shown, and targets and path cut to it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from pilotage.rooms.curve import Curve, Stair, moment

_FURTHEST = 0.5
"""A far target must not squeeze the history: at most this share of it is left for what comes."""

Path = tuple[tuple[date, float], ...]


def midnight(day: date) -> datetime:
    """The day as a place on the axis."""
    return datetime(day.year, day.month, day.day)


def span(curve: Curve) -> tuple[datetime, datetime]:
    """From the first value to the last one, or to the first target still to come."""
    moments = [moment(point.period) for point in curve.points]
    dues = [midnight(stair.end) for stair in curve.stairs]
    if not moments:
        known = dues or [datetime(2000, 1, 1)]
        return min(known) - timedelta(days=365), max(known)
    first, last = moments[0], moments[-1]
    coming = min((due for due in dues if due > last), default=last)
    furthest = last + max(last - first, timedelta(days=2)) * _FURTHEST
    return first, min(coming, furthest)


def windowed(curve: Curve) -> Curve:
    """The curve with its targets and its path cut to the span that is shown."""
    start, end = span(curve)
    return replace(
        curve,
        stairs=_inside(curve.stairs, start.date(), end.date()),
        former=_inside(curve.former, start.date(), end.date()),
        path=_between(curve.path, start.date(), end.date()),
    )


def _inside(stairs: Sequence[Stair], start: date, end: date) -> tuple[Stair, ...]:
    return tuple(
        replace(stair, start=max(stair.start, start), end=min(stair.end, end))
        for stair in stairs
        if stair.start < end and stair.end >= start
    )


def _between(path: Path, start: date, end: date) -> Path:
    if not path:
        return ()
    first, last = max(start, path[0][0]), min(end, path[-1][0])
    if first >= last:
        return ()
    inside = [(day, value) for day, value in path if first < day < last]
    return ((first, height(path, first)), *inside, (last, height(path, last)))


def height(path: Path, day: date) -> float:
    """The planned value on a day inside the path, straight between two of its points."""
    for (before, low), (then, high) in pairwise(path):
        if before <= day <= then:
            share = (day - before) / (then - before) if then > before else 1.0
            return low + (high - low) * share
    return path[-1][1]
