"""A newer version came while the page of the questions is on screen."""

from functools import partial
from typing import Any

from dash import Dash, Input, Output, State
from dash.exceptions import PreventUpdate

from callbacks import in_thread
from layouts import ids
from layouts import questions as page
from pilotage.access.current import current_scope
from pilotage.rooms.address import parse_address
from pilotage.rooms.news import is_news
from pilotage.rooms.questions import questions_room
from pilotage.store.warehouse import Warehouse


def refresh(warehouse: Warehouse, hint: Any, drawn: Any, path: str, search: str) -> list[Any]:
    """The page again, where the hint is newer than what is drawn."""
    scope, address = current_scope(), parse_address(path, search)
    if not is_news(scope, warehouse, hint, drawn, address):
        raise PreventUpdate
    return page.body(questions_room(scope, warehouse, address), address)


def register(app: Dash, warehouse: Warehouse) -> None:
    """Listen to the live version."""
    app.callback(
        Output(ids.QUESTIONS_BODY, "children"),
        Input(ids.LIVE_VERSION, "data"),
        State(ids.PAGE_TITLE, "data"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(in_thread(partial(refresh, warehouse)))
