"""The day an address asks for: the same room, read as things stood at the end of that day."""

from collections.abc import Collection

from pilotage.domain.viewer import Scope
from pilotage.rooms.address import Address
from pilotage.rooms.tree import GOVERNMENT_ROOM, LEVEL_OF_ROOM
from pilotage.store.past import PastWarehouse, is_past, warehouse_on
from pilotage.store.queries import blockers
from pilotage.store.warehouse import Warehouse

_FOLLOWING = frozenset({GOVERNMENT_ROOM, *LEVEL_OF_ROOM, "cascade", "indicateurs", "bloquants"})

_FOLLOWING_DATA = frozenset({("donnees",), ("donnees", "calendrier")})


def follows_day(address: Address) -> bool:
    """True for the pages that show a past day; one load, or the public page, is read as it is."""
    if address.room in LEVEL_OF_ROOM and len(address.parts) > 2:
        return False  # a huddle is held today
    return address.room in _FOLLOWING or address.parts in _FOLLOWING_DATA


def on_asked_day(warehouse: Warehouse, address: Address) -> Warehouse:
    """What to ask in place of the warehouse: itself unless a past day is asked for."""
    return warehouse_on(warehouse, address.past(warehouse.today))


def told_since(
    scope: Scope,
    warehouse: Warehouse,
    organisation_ids: Collection[str] | None = None,
    indicator_id: str | None = None,
) -> int:
    """Blockers raised by that day that a file only told of since: how they stood is not known.

    0 today. ``organisation_ids``, ``indicator_id``: of these only; none for all the scope sees.
    """
    if not isinstance(warehouse, PastWarehouse):
        return 0
    on = warehouse.today
    known = {
        row["blocker_id"] for row in blockers.standing_blockers(scope, warehouse, organisation_ids)
    }
    now = blockers.standing_blockers(scope, warehouse.present, organisation_ids)
    return sum(
        row["raised_on"] <= on
        and (row["resolved_on"] is None or row["resolved_on"] > on)
        and row["blocker_id"] not in known
        and (indicator_id is None or indicator_id in (row["indicator_ids"] or ()))
        for row in now
    )


__all__ = ["follows_day", "is_past", "on_asked_day", "told_since"]
