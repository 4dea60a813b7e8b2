"""Something was received: the calendar shows it at once."""

from dash import Dash

from callbacks import keep_fresh, renewed
from layouts import calendar as page
from layouts import ids
from pilotage.rooms.calendar import calendar_room
from pilotage.store.warehouse import Warehouse

refresh = renewed(calendar_room, page.body)


def register(app: Dash, warehouse: Warehouse) -> None:
    """Listen to the live version."""
    keep_fresh(app, warehouse, ids.CALENDAR_BODY, refresh)
