"""Whether there is anything at an address for that viewer, without drawing it."""

from pilotage.domain.viewer import Scope
from pilotage.rooms.address import Address
from pilotage.rooms.past import on_asked_day
from pilotage.rooms.standing import standing_tree
from pilotage.rooms.tree import LEVEL_OF_ROOM
from pilotage.store.queries import passport as passports
from pilotage.store.warehouse import Warehouse

_OF_ORGANISATIONS = frozenset({*LEVEL_OF_ROOM, "cascade"})


def is_known(scope: Scope, warehouse: Warehouse, address: Address) -> bool:
    """False for an organisation or an indicator that does not exist, or is out of sight.

    True for every other subject: its own page says what it does not find.
    """
    subject = address.subject
    if subject is None:
        return True
    warehouse = on_asked_day(warehouse, address)
    if address.room in _OF_ORGANISATIONS:
        return subject in standing_tree(scope, warehouse).organisations
    if address.room == "indicateurs":
        return passports.passport(scope, warehouse, subject) is not None
    return True
