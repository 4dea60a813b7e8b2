"""Which room is whose."""

from pilotage.domain.viewer import Role, Scope, Viewer
from pilotage.rooms.branch import held_levels
from pilotage.rooms.standing import standing_figures, standing_tree
from pilotage.rooms.tree import GOVERNMENT_ROOM, room_of
from pilotage.store.warehouse import Warehouse

_ROOMS = {
    Role.PUBLIC: ("public",),
    Role.CENTRAL: (GOVERNMENT_ROOM,),
    Role.AUDITOR: (GOVERNMENT_ROOM,),
    Role.ADMINISTRATOR: ("donnees",),
}


def home(scope: Scope, warehouse: Warehouse, viewer: Viewer) -> tuple[str, ...]:
    """The path of the room on which this person lands; the data page while nothing is loaded."""
    if viewer.role in _ROOMS:
        return _ROOMS[viewer.role]
    seen = standing_tree(scope, warehouse)
    here = seen.organisations.get(viewer.organisation_id or "")
    if here is None:
        return ("donnees",)
    counts = standing_figures(scope, warehouse)
    return room_of(here, held_levels(seen, counts, here.organisation_id))
