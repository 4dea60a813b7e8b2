"""« Cap »: the mission, what was promised, and how much of it is on its way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pilotage.rooms.tally import NOTHING, Tally, standing_of, together


@dataclass(frozen=True)
class Aim:
    """An objective (or what groups some), the standings of its figures, and what is below it."""

    objective_id: str
    kind: str
    label_fr: str
    label_en: str | None
    tally: Tally
    below: tuple["Aim", ...]

    @property
    def everything(self) -> Tally:
        """Its own figures and those of everything below."""
        return together([self.tally, *(aim.everything for aim in self.below)])


@dataclass(frozen=True)
class Cap:
    """Where one is going. ``received`` holds objectives of organisations above, passed on to here.

    Everything may be absent: no plan known, no mission written.
    """

    plan_fr: str | None = None
    plan_en: str | None = None
    mission_fr: str | None = None
    mission_en: str | None = None
    ends_on: date | None = None
    aims: tuple[Aim, ...] = ()
    received: tuple[Aim, ...] = ()


def tallies_by_objective(
    rows: Iterable[Mapping[str, Any]], organisation_ids: Iterable[str]
) -> dict[str, Tally]:
    """Standings of the figures tied to each objective, in these organisations."""
    kept = set(organisation_ids)
    found: dict[str, Tally] = {}
    for row in rows:
        name = row["objective_id"]
        if name is not None and row["organisation_id"] in kept:
            held = Tally({standing_of(row, is_late=row["is_late"]): row["held"]})
            found[name] = found.get(name, NOTHING) + held
    return found


def aims(objectives: Sequence[Mapping[str, Any]], tallies: Mapping[str, Tally]) -> tuple[Aim, ...]:
    """Objectives as a forest, in the order given; a cycle is left out."""
    names = {row["objective_id"] for row in objectives}
    children: dict[str | None, list[Mapping[str, Any]]] = {}
    for row in objectives:
        parent = row["parent_id"] if row["parent_id"] in names else None
        children.setdefault(parent, []).append(row)

    def grown(row: Mapping[str, Any]) -> Aim:
        name = row["objective_id"]
        below = tuple(grown(child) for child in children.get(name, ()))
        words = (row["kind"], row["label_fr"], row["label_en"])
        return Aim(name, *words, tallies.get(name, NOTHING), below)

    return tuple(grown(row) for row in children.get(None, ()))


def cap(
    plan: Mapping[str, Any] | None,
    objectives: Sequence[Mapping[str, Any]],
    tallies: Mapping[str, Tally],
) -> Cap:
    """The cap of one organisation: its plan's objectives, and those its figures serve elsewhere."""
    own = [row for row in objectives if plan is not None and row["plan_id"] == plan["plan_id"]]
    mine = {row["objective_id"] for row in own}
    elsewhere = [
        {**row, "parent_id": None}
        for row in objectives
        if row["objective_id"] in tallies and row["objective_id"] not in mine
    ]
    received = aims(elsewhere, tallies)
    if plan is None:
        return Cap(received=received)
    return Cap(
        plan["label_fr"],
        plan["label_en"],
        plan["mission_fr"],
        plan["mission_en"],
        plan["valid_to"],
        aims(own, tallies),
        received,
    )
