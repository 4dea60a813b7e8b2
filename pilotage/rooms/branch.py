"""The organisations below a room and where their figures stand."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pilotage.domain.indicator import Level
from pilotage.domain.organisation import Organisation
from pilotage.rooms.tally import NOTHING, Tally, standing_of, together
from pilotage.rooms.tree import Tree, room_of, usual_level

Counts = Mapping[str, Mapping[Level, Tally]]
"""Tallies by organisation, its own figures only, then by level."""


@dataclass(frozen=True)
class Branch:
    """An organisation, the path of its room, its own figures and those of its whole subtree."""

    organisation: Organisation
    room: tuple[str, ...]
    own: Tally
    below: Tally


def counts_by_organisation(rows: Iterable[Mapping[str, Any]]) -> Counts:
    """The rows of ``standing_counts`` as tallies."""
    found: dict[str, dict[Level, Tally]] = {}
    for row in rows:
        levels = found.setdefault(row["organisation_id"], {})
        level = Level(row["level"])
        held = Tally({standing_of(row, is_late=row["is_late"]): row["held"]})
        levels[level] = levels.get(level, NOTHING) + held
    return found


def branch(tree: Tree, counts: Counts, organisation: Organisation) -> Branch:
    """One organisation of the tree with its figures, every level together."""
    name = organisation.organisation_id
    below = together(all_levels(counts, one) for one in tree.subtree(name))
    room = room_of(organisation, held_levels(tree, counts, name))
    return Branch(organisation, room, all_levels(counts, name), below)


def held_levels(tree: Tree, counts: Counts, organisation_id: str) -> frozenset[Level]:
    """The levels at which an organisation is met.

    Those of its own figures; without any, its usual level where the viewer may see that one, else
    the levels of what is below it.
    """
    own = frozenset(counts.get(organisation_id, {}))
    usual = usual_level(tree.organisations[organisation_id])
    if own or usual in tree.levels:
        return own or frozenset({usual})
    below = tree.subtree(organisation_id)
    return frozenset(level for one in below for level in counts.get(one, {}))


def branches(tree: Tree, counts: Counts, parent_id: str | None) -> tuple[Branch, ...]:
    """The organisations right below, by name; those with nothing to show at all are left out."""
    ones = (branch(tree, counts, one) for one in tree.children.get(parent_id, ()))
    return tuple(one for one in ones if one.below.total)


def all_levels(counts: Counts, organisation_id: str) -> Tally:
    """An organisation's own figures, whatever their level."""
    return together(counts.get(organisation_id, {}).values())


def at_level(counts: Counts, organisation_ids: Iterable[str], level: Level) -> Tally:
    """The figures of these organisations at one level."""
    return together(counts.get(one, {}).get(level, NOTHING) for one in organisation_ids)


def late_organisations(
    tree: Tree, counts: Counts, organisation_ids: Collection[str]
) -> tuple[tuple[Organisation, int], ...]:
    """Who among them still owes figures, and how many: the most first."""
    owed = (
        (tree.organisations[one], all_levels(counts, one).unknown)
        for one in organisation_ids
        if one in tree.organisations
    )
    late = [(one, number) for one, number in owed if number]
    return tuple(sorted(late, key=lambda pair: (-pair[1], pair[0].label_fr)))
