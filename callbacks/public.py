"""The public page: something is published while it is on screen; and whole, without a session."""

from dash import Dash

from callbacks import keep_fresh, renewed
from layouts import ids
from layouts import public as page
from layouts.document import document
from layouts.shell import foreword
from pilotage.access.current import Sight
from pilotage.rooms.address import Address
from pilotage.rooms.memory import remembered
from pilotage.rooms.publication import ASKED, public_room
from pilotage.settings import Settings
from pilotage.store.warehouse import Warehouse

refresh = renewed(public_room, page.body)


def whole(sight: Sight, warehouse: Warehouse, settings: Settings, asked: Address) -> str:
    """The document at that address, drawn once a version. Raises PilotageError."""
    kept = {name: asked.parameters[name] for name in ("lang", ASKED) if name in asked.parameters}
    address = Address(asked.parts, kept)
    room = public_room(sight.scope, warehouse, address)

    def drawn() -> str:
        band = foreword(settings.is_fictitious, settings.source_name(address.lang), address.lang)
        title, content = page.title(room, address), page.whole(room, address)
        return document(title, content, address, band)

    name = room.shown.publication_id if room.shown else None
    is_asked = ASKED in kept
    return remembered(sight.scope, warehouse, ("whole", address.lang, name, is_asked), drawn)


def register(app: Dash, warehouse: Warehouse) -> None:
    """Listen to the live version."""
    keep_fresh(app, warehouse, ids.PUBLIC_BODY, refresh)
