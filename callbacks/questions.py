"""A newer version came while the page of the questions is on screen."""

from dash import Dash

from callbacks import keep_fresh, renewed
from layouts import ids
from layouts import questions as page
from pilotage.rooms.questions import questions_room
from pilotage.store.warehouse import Warehouse

refresh = renewed(questions_room, page.body)


def register(app: Dash, warehouse: Warehouse) -> None:
    """Listen to the live version."""
    keep_fresh(app, warehouse, ids.QUESTIONS_BODY, refresh)
