"""Which room of a level: the organisations steered at that level, to choose among."""

from dataclasses import dataclass

from pilotage.domain.indicator import Level
from pilotage.domain.viewer import Scope
from pilotage.rooms.address import Address
from pilotage.rooms.branch import Branch, at_level
from pilotage.rooms.past import on_asked_day
from pilotage.rooms.standing import standing_figures, standing_tree
from pilotage.rooms.tree import LEVEL_OF_ROOM, ROOM_OF_LEVEL
from pilotage.store.warehouse import Warehouse


@dataclass(frozen=True)
class Choice:
    """The rooms of one level that hold figures, by name, each with its own figures."""

    level: Level
    branches: tuple[Branch, ...]


def choice(scope: Scope, warehouse: Warehouse, address: Address) -> Choice:
    """``/strategique`` without an organisation, and its neighbours."""
    level, warehouse = LEVEL_OF_ROOM[address.room], on_asked_day(warehouse, address)
    seen, counts = standing_tree(scope, warehouse), standing_figures(scope, warehouse)
    found = []
    for one in sorted(seen.organisations.values(), key=lambda one: one.label_fr):
        own = at_level(counts, [one.organisation_id], level)
        if own.total:
            room = (ROOM_OF_LEVEL[level], one.organisation_id)
            found.append(Branch(one, room, own, own))
    return Choice(level, tuple(found))
