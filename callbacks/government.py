"""A newer version came while the government room is on screen."""

from dash import Dash

from callbacks import keep_fresh, renewed
from layouts import government as page
from layouts import ids
from pilotage.rooms.government import government_room
from pilotage.store.warehouse import Warehouse

refresh = renewed(government_room, page.body)


def register(app: Dash, warehouse: Warehouse) -> None:
    """Listen to the live version."""
    keep_fresh(app, warehouse, ids.GOVERNMENT_BODY, refresh)
