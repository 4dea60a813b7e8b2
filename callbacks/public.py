"""Something is published while the public page is on screen."""

from dash import Dash

from callbacks import keep_fresh, renewed
from layouts import ids
from layouts import public as page
from pilotage.rooms.publication import public_room
from pilotage.store.warehouse import Warehouse

refresh = renewed(public_room, page.body)


def register(app: Dash, warehouse: Warehouse) -> None:
    """Listen to the live version."""
    keep_fresh(app, warehouse, ids.PUBLIC_BODY, refresh)
