"""A newer version came while the page of the chances is on screen."""

from dash import Dash

from callbacks import keep_fresh, renewed
from layouts import calibration as page
from layouts import ids
from pilotage.rooms.calibration import calibration_room
from pilotage.store.warehouse import Warehouse

refresh = renewed(calibration_room, page.body)


def register(app: Dash, warehouse: Warehouse) -> None:
    """Listen to the live version."""
    keep_fresh(app, warehouse, ids.CALIBRATION_BODY, refresh)
