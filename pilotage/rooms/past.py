"""The day an address asks for: the same room, read as things stood at the end of that day."""

from pilotage.rooms.address import Address
from pilotage.rooms.tree import GOVERNMENT_ROOM, LEVEL_OF_ROOM
from pilotage.store.past import is_past, warehouse_on
from pilotage.store.warehouse import Warehouse

_FOLLOWING = frozenset({GOVERNMENT_ROOM, *LEVEL_OF_ROOM, "indicateurs", "bloquants"})

_FOLLOWING_DATA = frozenset({("donnees",), ("donnees", "calendrier")})


def follows_day(address: Address) -> bool:
    """True for the pages that show a past day; one load, or the public page, is read as it is."""
    return address.room in _FOLLOWING or address.parts in _FOLLOWING_DATA


def on_asked_day(warehouse: Warehouse, address: Address) -> Warehouse:
    """What to ask in place of the warehouse: itself unless a past day is asked for."""
    return warehouse_on(warehouse, address.past(warehouse.today))


__all__ = ["follows_day", "is_past", "on_asked_day"]
