"""A newer version came while the cascade is on screen."""

from dash import Dash

from callbacks import keep_fresh, renewed
from layouts import cascade as page
from layouts import ids
from pilotage.rooms.cascade import cascade_room
from pilotage.store.warehouse import Warehouse

refresh = renewed(cascade_room, page.body)


def register(app: Dash, warehouse: Warehouse) -> None:
    """Listen to the live version."""
    keep_fresh(app, warehouse, ids.CASCADE_BODY, refresh)
