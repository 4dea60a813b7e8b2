"""The curve of one indicator: what to draw of its values, targets and path."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from pilotage.domain.indicator import Frequency
from pilotage.domain.period import Period, PeriodKind, following, local_hour

MOST_LISTED = 120
MOST_DRAWN = 1200
"""Points a screen can tell apart; beyond, each slice keeps its lowest and its highest."""

RECENT = {Frequency.HOURLY: timedelta(days=14), Frequency.DAILY: timedelta(days=366)}
"""What is shown first where the whole history would be a smear; the others are shown whole."""


@dataclass(frozen=True)
class Point:
    """One value as it is held today; ``value`` is none for a withdrawn or a text value."""

    period: Period
    value: float | None
    is_provisional: bool = False
    is_disputed: bool = False
    comment: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Aim:
    """A target as it was published: ``replaced_on`` is none for the one in force."""

    due: date | None
    low: float | None
    high: float | None
    tolerance: float | None
    baseline: float | None
    baseline_date: date | None
    published_on: date
    replaced_on: date | None
    trajectory: str | None
    justification: str | None
    text: str | None
    load_seq: int
    load_line: int

    @property
    def value(self) -> float | None:
        """The bound that is drawn: the low one where there is one."""
        return self.low if self.low is not None else self.high


@dataclass(frozen=True)
class Stair:
    """A target held over a span: from the due date before it to its own."""

    start: date
    end: date
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Curve:
    """Everything the chart draws. ``known`` counts the values of the span before any thinning.

    ``latest`` are its last values, the oldest first, none left out.

    ``path`` is the planned path, dated points; empty without a baseline. ``former`` are replaced
    targets of dues still on the chart.
    """

    points: tuple[Point, ...]
    latest: tuple[Point, ...]
    stairs: tuple[Stair, ...]
    former: tuple[Stair, ...]
    path: tuple[tuple[date, float], ...]
    known: int
    is_thinned: bool
    shows_everything: bool


def moment(period: Period) -> datetime:
    """Where a period stands on the axis: its local hour, or its last day."""
    if period.kind is PeriodKind.HOUR:
        return local_hour(period.start).replace(tzinfo=None)
    last = period.last_day
    return datetime(last.year, last.month, last.day)


def curve(points: Sequence[Point], aims: Sequence[Aim], *, shows_everything: bool) -> Curve:
    """The curve of ``points`` (oldest first) against every target ever published for it."""
    valued = [point for point in points if point.value is not None]
    drawn = thinned(valued, MOST_DRAWN)
    start = moment(valued[0].period).date() if valued else None
    current = [aim for aim in aims if aim.replaced_on is None]
    return Curve(
        points=tuple(drawn),
        latest=tuple(valued[-MOST_LISTED:]),
        stairs=stairs(current, start),
        former=_former(aims, current, start),
        path=planned_path(current),
        known=len(valued),
        is_thinned=len(drawn) < len(valued),
        shows_everything=shows_everything,
    )


def thinned(points: Sequence[Point], most: int) -> list[Point]:
    """At most ``most`` points: of each slice the lowest and the highest, first and last kept."""
    if len(points) <= most:
        return list(points)
    slices = (most - 2) // 2
    inside = range(1, len(points) - 1)
    kept = {0, len(points) - 1}
    for index in range(slices):
        first = 1 + index * len(inside) // slices
        past = 1 + (index + 1) * len(inside) // slices
        held = range(first, past)
        kept.add(min(held, key=lambda at: points[at].value or 0.0))
        kept.add(max(held, key=lambda at: points[at].value or 0.0))
    return [points[at] for at in sorted(kept)]


def has_gap(before: Period, then: Period) -> bool:
    """True when a whole period is missing between two values of one kind."""
    return before.kind is then.kind and following(before).start < then.start


def stairs(aims: Sequence[Aim], start: date | None) -> tuple[Stair, ...]:
    """The targets in force as steps: each holds from the due date before it to its own."""
    dated = sorted(
        (aim for aim in aims if aim.due is not None and aim.value is not None),
        key=lambda aim: aim.due or date.max,
    )
    found, since = [], None
    for aim in dated:
        if aim.due is None:
            continue
        begin = since or min(start or aim.due, aim.baseline_date or aim.due)
        if start is None or aim.due >= start:
            found.append(Stair(max(begin, start or begin), aim.due, aim.low, aim.high))
        since = aim.due
    return tuple(found)


def _former(aims: Sequence[Aim], current: Sequence[Aim], start: date | None) -> tuple[Stair, ...]:
    kept = {(aim.due, aim.low, aim.high) for aim in current}
    found = []
    for aim in aims:
        if aim.replaced_on is None or aim.due is None or aim.value is None:
            continue
        if (aim.due, aim.low, aim.high) in kept or (start and aim.due < start):
            continue
        found.append(Stair(max(aim.published_on, start or aim.due), aim.due, aim.low, aim.high))
        kept.add((aim.due, aim.low, aim.high))
    return tuple(stair for stair in found if stair.start <= stair.end)


def planned_path(aims: Sequence[Aim]) -> tuple[tuple[date, float], ...]:
    """Baseline, then each dated target, as dated points; a step path keeps its corners.

    Empty without a baseline or a dated target (settled, point 6).
    """
    dated = sorted(
        ((aim.due, aim.value, aim) for aim in aims if aim.due and aim.value is not None),
        key=lambda item: item[0],
    )
    base = next((aim for _, _, aim in dated if aim.baseline is not None), None)
    if base is None or base.baseline is None or not dated:
        return ()
    path = [(base.baseline_date, base.baseline)] if base.baseline_date else []
    for due, value, aim in dated:
        if path and due <= path[-1][0]:
            continue
        if aim.trajectory == "step" and path:
            path.append((due, path[-1][1]))
        path.append((due, value))
    return tuple(path) if len(path) > 1 else ()


class Bounds(Protocol):
    """What a target asks for, in the indicator's unit."""

    @property
    def low(self) -> float | None:
        """At least that."""

    @property
    def high(self) -> float | None:
        """At most that."""


def is_eased(direction: str, before: Bounds, then: Bounds) -> bool:
    """True when the newer target of one due asks for less than the older one."""
    if direction == "at_least":
        return _below(then.low, before.low)
    if direction == "at_most":
        return _below(before.high, then.high)
    if direction == "between":
        return _below(then.low, before.low) or _below(before.high, then.high)
    return False


def _below(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and one < other
