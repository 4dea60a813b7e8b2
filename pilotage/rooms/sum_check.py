"""Whether children add up to their parent: their values, and what they have promised.

Pure. A difference is an amount in the parent's unit, rounded to its published decimals (settled
points, 7); a total is never compared while part of it is missing, or out of sight. Where a child
is out of sight nothing of the others is kept: their sum taken from the parent would be that child.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from math import isclose, isnan
from typing import Any

from pilotage.domain.indicator import Direction, RollUp
from pilotage.domain.period import PeriodKind
from pilotage.rooms.figure import Bond, Figure, Key, Tie


@dataclass(frozen=True)
class History:
    """Values by the start of their period, and targets (lowest, highest) by due date."""

    kind: PeriodKind | None = None
    values: Mapping[datetime, float] = field(default_factory=dict)
    targets: Mapping[date, tuple[float | None, float | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A child: its value in the period compared and its target at the parent's due date."""

    figure: Figure
    value: float | None
    target: float | None


@dataclass(frozen=True)
class Total:
    """What the parent says beside what its children make together.

    ``known``: the sum of the ``counted`` children that have a figure, out of ``expected``; none
    without any. ``is_seen`` is False where another child is out of the viewer's sight: ``known`` is
    none there, and ``counted`` 0.
    """

    said: float | None
    known: float | None
    counted: int
    expected: int
    is_seen: bool
    decimals: int | None

    @property
    def is_complete(self) -> bool:
        """True where every child has a figure, all in sight."""
        return self.is_seen and self.counted == self.expected > 0

    @property
    def difference(self) -> float | None:
        """Children less parent, at the parent's decimals; none where it cannot be told."""
        if self.said is None or self.known is None or not self.is_complete:
            return None
        if self.decimals is not None:
            known, said = (_as_written(one, self.decimals) for one in (self.known, self.said))
            return float(known - said) + 0.0
        gap = self.known - self.said
        # Without published decimals only the dust of floating point is forgiven.
        scale = max(abs(self.known), abs(self.said))
        return 0.0 if isclose(gap, 0.0, abs_tol=1e-9 * scale) else gap


def _as_written(value: float, decimals: int) -> Decimal:
    """At the decimals the page writes, half away from zero as it does."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@dataclass(frozen=True)
class Check:
    """A parent and its children. ``start``: the period compared; ``hidden``: children unseen.

    ``is_rolled``: the parent's value is its children's sum, so nothing is left to compare.
    """

    parent: Figure
    parts: tuple[Part, ...]
    hidden: int
    kind: PeriodKind | None
    start: datetime | None
    value: Total
    target: Total

    @property
    def is_rolled(self) -> bool:
        """True where the parent has no value but the one its children make."""
        return self.parent.is_rolled

    @property
    def missing(self) -> tuple[Part, ...]:
        """Children in sight without a value in that period."""
        return tuple(one for one in self.parts if one.value is None)

    @property
    def unaimed(self) -> tuple[Part, ...]:
        """Children in sight without a target at the parent's due date."""
        return tuple(one for one in self.parts if one.target is None)

    @property
    def differs(self) -> bool:
        """True where the values or the targets do not add up."""
        return bool(self.value.difference) or bool(self.target.difference)

    @property
    def is_complete(self) -> bool:
        """True where values and targets, if the parent has any, could both be compared."""
        return self.value.is_complete and (self.target.said is None or self.target.is_complete)


def summed(figures: Mapping[Key, Figure], ties: Sequence[Bond]) -> dict[Key, tuple[Bond, ...]]:
    """The children each parent adds up: the same indicator below, else what links say adds up.

    Only where the parent's rule is a sum: a mean or a worst one has nothing to add up.
    """
    found: dict[Key, dict[Tie, list[Bond]]] = {}
    for one in ties:
        if one.parent is not None and one.tie in {Tie.SAME, Tie.ADDITIVE}:
            found.setdefault(one.parent, {}).setdefault(one.tie, []).append(one)
    return {
        key: tuple(kinds.get(Tie.SAME) or kinds[Tie.ADDITIVE])
        for key, kinds in found.items()
        if _adds_up(figures[key].roll_up, has_links=Tie.SAME not in kinds)
    }


def _adds_up(roll_up: RollUp | None, *, has_links: bool) -> bool:
    return roll_up is RollUp.SUM or (roll_up is None and has_links)


def history(row: Mapping[str, Any]) -> History:
    """A row of ``cascade_history``."""
    starts, values = row["recent_starts"] or (), row["recent_values"] or ()
    targets = zip(
        row["target_dues"] or (), row["target_lows"] or (), row["target_highs"] or (), strict=False
    )
    return History(
        kind=None if row["period_kind"] is None else PeriodKind(row["period_kind"]),
        values={
            start: value
            for start, value in zip(starts, values, strict=False)
            if start is not None and value is not None and not isnan(value)
        },
        targets={due: (_known(low), _known(high)) for due, low, high in targets},
    )


def _known(value: float | None) -> float | None:
    return None if value is None or isnan(value) else value


def sum_check(
    parent: Figure,
    children: Sequence[tuple[Figure, History]],
    hidden: int = 0,
    same: Mapping[str, str] | None = None,
) -> Check:
    """Children beside their parent, in the parent's period; else in their own latest one.

    ``same``: by indicator, the one that stands for all its identical copies: each counts once. A
    child of another unit or kind of period has nothing to give, and the total is incomplete.
    """
    kept = _once(children, same or {})
    kind, start = _period(parent, kept)
    parts = tuple(
        Part(one, None, None) if hidden else _part(parent, one, past, kind, start)
        for one, past in kept
    )

    def total(said: float | None, figures: Iterable[float | None]) -> Total:
        known = [value for value in figures if value is not None]
        together = sum(known) if known else None
        return Total(said, together, len(known), len(parts), hidden == 0, parent.decimals)

    value = total(parent.value, (one.value for one in parts))
    target = total(_bound(parent, parent.low, parent.high), (one.target for one in parts))
    return Check(parent, parts, hidden, kind, start, value, target)


def _once(
    children: Sequence[tuple[Figure, History]], same: Mapping[str, str]
) -> list[tuple[Figure, History]]:
    """One of the copies of a shared indicator: one that has a value, where any has."""
    found: dict[tuple[str, str | None], tuple[Figure, History]] = {}
    for one, past in children:
        first = same.get(one.indicator_id)
        # The same indicator in two organisations is two figures; two copies of one are one.
        name = (first, None) if first else (one.indicator_id, one.organisation_id)
        if name not in found or found[name][0].value is None:
            found[name] = (one, past)
    return list(found.values())


def _period(
    parent: Figure, children: Sequence[tuple[Figure, History]]
) -> tuple[PeriodKind | None, datetime | None]:
    if parent.kind is not None and parent.start is not None:
        return parent.kind, parent.start
    known = [(one.start, one.kind) for one, _ in children if one.start and one.kind is not None]
    if not known:
        return None, None
    start, kind = max(known, key=lambda pair: pair[0])
    return kind, start


def _part(
    parent: Figure,
    child: Figure,
    past: History,
    kind: PeriodKind | None,
    start: datetime | None,
) -> Part:
    if child.unit != parent.unit:
        return Part(child, None, None)
    value = past.values.get(start) if start is not None and past.kind == kind else None
    return Part(child, value, _target(parent, child, past))


def _target(parent: Figure, child: Figure, past: History) -> float | None:
    if parent.due_date == child.due_date:
        return _bound(parent, child.low, child.high)
    if parent.due_date is not None and parent.due_date in past.targets:
        return _bound(parent, *past.targets[parent.due_date])
    return None


def _bound(parent: Figure, low: float | None, high: float | None) -> float | None:
    """The side of a target that adds up; a target between two bounds is not added."""
    if parent.direction is Direction.AT_MOST:
        return high
    if parent.direction in {Direction.AT_LEAST, Direction.EXACTLY}:
        return low
    return None


def copies(links: Iterable[Bond]) -> dict[str, str]:
    """By indicator said identical to others, the first of them all, however far round."""
    first: dict[str, str] = {}

    def top(name: str) -> str:
        while first.get(name, name) != name:
            name = first[name]
        return name

    for one in links:
        if one.tie is Tie.IDENTICAL and one.parent is not None and one.child is not None:
            ends = sorted({top(one.parent[0]), top(one.child[0])})
            first.setdefault(ends[0], ends[0])
            first[ends[-1]] = ends[0]
    return {name: top(name) for name in first}
