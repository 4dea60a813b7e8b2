"""The organisations a viewer may see, as a tree, and the room of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pilotage.domain.indicator import Level
from pilotage.domain.organisation import Organisation, OrganisationKind

ROOM_OF_LEVEL = {
    Level.STRATEGIC: "strategique",
    Level.TACTICAL: "tactique",
    Level.OPERATIONAL: "operationnel",
}
LEVEL_OF_ROOM = {room: level for level, room in ROOM_OF_LEVEL.items()}
GOVERNMENT_ROOM = "gouvernement"

_LEVEL_OF_KIND = {
    OrganisationKind.MINISTRY: Level.STRATEGIC,
    OrganisationKind.BODY: Level.STRATEGIC,
    OrganisationKind.SECTOR: Level.TACTICAL,
    OrganisationKind.DIRECTORATE: Level.TACTICAL,
    OrganisationKind.TEAM: Level.OPERATIONAL,
}


@dataclass(frozen=True)
class Tree:
    """Organisations by identifier, and the levels the viewer may see of them.

    A parent out of sight makes its children roots.
    """

    organisations: Mapping[str, Organisation]
    levels: frozenset[Level] = frozenset(Level)

    @cached_property
    def children(self) -> Mapping[str | None, tuple[Organisation, ...]]:
        """Children of each, by French name; under None, those whose parent is out of sight."""
        found: dict[str | None, list[Organisation]] = {}
        for one in self.organisations.values():
            parent = one.parent_id if one.parent_id in self.organisations else None
            found.setdefault(parent, []).append(one)
        return {
            parent: tuple(sorted(ones, key=lambda one: (one.label_fr, one.organisation_id)))
            for parent, ones in found.items()
        }

    def ancestors(self, organisation_id: str) -> tuple[Organisation, ...]:
        """From the top down to its parent; a cycle stops the climb."""
        found: list[Organisation] = []
        seen = {organisation_id}
        here = self.organisations[organisation_id].parent_id
        while here is not None and here in self.organisations and here not in seen:
            seen.add(here)
            found.append(self.organisations[here])
            here = self.organisations[here].parent_id
        return tuple(reversed(found))

    def subtree(self, organisation_id: str) -> tuple[str, ...]:
        """The organisation, then everything below it."""
        found, waiting = [], [organisation_id]
        seen: set[str] = set()
        while waiting:
            here = waiting.pop(0)
            if here not in seen:
                seen.add(here)
                found.append(here)
                waiting += [one.organisation_id for one in self.children.get(here, ())]
        return tuple(found)


def tree(
    organisations: Iterable[Organisation], levels: frozenset[Level] = frozenset(Level)
) -> Tree:
    """The tree of these organisations."""
    return Tree({one.organisation_id: one for one in organisations}, levels)


def usual_level(organisation: Organisation) -> Level:
    """The level at which an organisation of that kind is steered."""
    return _LEVEL_OF_KIND.get(organisation.kind, Level.STRATEGIC)


def room_of(organisation: Organisation, held: Iterable[Level] = ()) -> tuple[str, ...]:
    """The path of its room: that of its kind, or of the highest level at which it holds figures."""
    if organisation.kind is OrganisationKind.GOVERNMENT:
        return (GOVERNMENT_ROOM,)
    usual, levels = usual_level(organisation), set(held)
    level = usual if usual in levels or not levels else next(one for one in Level if one in levels)
    return (ROOM_OF_LEVEL[level], organisation.organisation_id)
