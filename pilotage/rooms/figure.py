"""An indicator in an organisation: the knot of the cascade, and what ties one to another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pilotage.domain.indicator import Direction, Level, LinkKind, RollUp
from pilotage.domain.period import PeriodKind
from pilotage.domain.status import Standing
from pilotage.rooms.tally import standing_of
from pilotage.rooms.tree import Tree

Key = tuple[str, str]
"""Indicator and organisation."""


class Tie(StrEnum):
    """What makes a figure hang under another one; the first says the most."""

    ADDITIVE = "additive"
    SAME = "same"  # the same indicator, in an organisation above
    CONTRIBUTES = "contributes"
    IDENTICAL = "identical"


_TIE_OF_LINK = {
    LinkKind.ADDITIVE: Tie.ADDITIVE,
    LinkKind.CONTRIBUTES: Tie.CONTRIBUTES,
    LinkKind.IDENTICAL: Tie.IDENTICAL,
}


@dataclass(frozen=True)
class Figure:
    """A figure as the cascade shows it, in the unit of its indicator; anything may be missing."""

    indicator_id: str
    organisation_id: str
    lead_id: str
    objective_id: str | None
    title_fr: str
    title_en: str | None
    unit: str
    decimals: int | None
    direction: Direction
    level: Level
    roll_up: RollUp | None
    standing: Standing
    kind: PeriodKind | None = None
    start: datetime | None = None
    value: float | None = None
    value_text: str | None = None
    is_rolled: bool = False
    low: float | None = None
    high: float | None = None
    target_text: str | None = None
    due_date: date | None = None

    @property
    def key(self) -> Key:
        """What names it."""
        return self.indicator_id, self.organisation_id

    @property
    def is_aimed(self) -> bool:
        """False for what is followed as a context: no side of it is good, so it has no target."""
        return self.direction is not Direction.NONE

    @property
    def has_target(self) -> bool:
        """True where there is something to aim at, a number or words."""
        return self.low is not None or self.high is not None or bool(self.target_text)


@dataclass(frozen=True)
class Bond:
    """A figure hangs under another one; an end out of sight is none, never both."""

    parent: Key | None
    child: Key | None
    tie: Tie


def figure(row: Mapping[str, Any], on: date) -> Figure:
    """A row of ``cascade_figures`` on that day."""
    kind, next_due = row["period_kind"], row["next_due"]
    return Figure(
        indicator_id=row["indicator_id"],
        organisation_id=row["organisation_id"],
        lead_id=row["lead_id"],
        objective_id=row["objective_id"],
        title_fr=row["title_fr"],
        title_en=row["title_en"],
        unit=row["unit"],
        decimals=row["decimals"],
        direction=Direction(row["direction"]),
        level=Level(row["level"]),
        roll_up=RollUp(row["roll_up"]) if row["roll_up"] else None,
        standing=standing_of(row, is_late=next_due is not None and next_due < on),
        kind=None if kind is None else PeriodKind(kind),
        start=row["period_start"],
        value=row["value"],
        value_text=row["value_text"],
        is_rolled=row["value_source"] == "rollup",
        low=row["low"],
        high=row["high"],
        target_text=row["target_text"],
        due_date=row["due_date"],
    )


def bonds(
    figures: Mapping[Key, Figure], links: Iterable[Mapping[str, Any]], seen: Tree
) -> tuple[Bond, ...]:
    """Links between indicators, then each figure under the same indicator's nearest one above.

    A link holds between the organisations that answer for the two indicators, as roll-ups have it.
    One whose end is in sight and has no figure yet ties nothing.
    """
    leads = {one.indicator_id: (one.indicator_id, one.lead_id) for one in figures.values()}
    found = []
    for link in links:
        named = [link["parent_id"], link["child_id"]]
        ends = [_end(name, leads, figures) for name in named]
        is_gone = any(name and end is None for name, end in zip(named, ends, strict=True))
        if not is_gone and ends[0] != ends[1]:
            found.append(Bond(ends[0], ends[1], _TIE_OF_LINK[LinkKind(link["kind"])]))
    return (*found, *_same(figures, seen))


def _end(name: str | None, leads: Mapping[str, Key], figures: Mapping[Key, Figure]) -> Key | None:
    key = leads.get(name or "")
    return key if key in figures else None


def _same(figures: Mapping[Key, Figure], seen: Tree) -> list[Bond]:
    found = []
    for indicator_id, place in figures:
        if place not in seen.organisations:
            continue
        above = ((indicator_id, one.organisation_id) for one in reversed(seen.ancestors(place)))
        parent = next((key for key in above if key in figures), None)
        if parent is not None:
            found.append(Bond(parent, (indicator_id, place), Tie.SAME))
    return found


def served(figures: Mapping[Key, Figure], ties: Sequence[Bond]) -> dict[Key, frozenset[str]]:
    """The objectives each figure serves: its own, and those of all that it hangs under."""
    above: dict[Key, list[Key]] = {}
    for one in ties:
        if one.parent is not None and one.child is not None:
            above.setdefault(one.child, []).append(one.parent)
    found = {}
    for key in figures:
        line, waiting = {key}, [key]
        while waiting:
            for parent in above.get(waiting.pop(), ()):
                if parent not in line:
                    line.add(parent)
                    waiting.append(parent)
        names = (figures[one].objective_id for one in line)
        found[key] = frozenset(name for name in names if name is not None)
    return found
