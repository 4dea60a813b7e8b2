"""A newer version came while a level room is on screen: its parts are drawn again, in place."""

from functools import partial
from typing import Any

from dash import Dash, Input, Output, State
from dash.exceptions import PreventUpdate

from callbacks import in_thread
from layouts import ids
from layouts import level as page
from pilotage.access.current import current_scope
from pilotage.rooms.address import parse_address
from pilotage.rooms.answer import keep_answer
from pilotage.rooms.level import level_room
from pilotage.rooms.news import is_news
from pilotage.store.warehouse import Warehouse


def refresh(warehouse: Warehouse, hint: Any, drawn: Any, path: str, search: str) -> list[Any]:
    """The parts of the room on screen, where the hint concerns it."""
    scope, address = current_scope(), parse_address(path, search)
    if not is_news(scope, warehouse, hint, drawn, address):
        raise PreventUpdate
    room = level_room(scope, warehouse, address)
    keep_answer()
    return [part(room, address) for part in PARTS.values()]


PARTS = {
    Output(ids.ROOM_LEDE, "children"): page.opening,
    Output(ids.WALL_STORE, "data"): page.store,
    Output(ids.ROOM_TABLE, "children"): page.twin,
    Output(ids.ROOM_REST, "children"): page.rest,
    Output(ids.ROOM_SIDE, "children"): page.side,
}
"""Each part that changes, and the layout function that draws it first and again."""


def register(app: Dash, warehouse: Warehouse) -> None:
    """Listen to the live version."""
    app.callback(
        list(PARTS),
        Input(ids.LIVE_VERSION, "data"),
        State(ids.PAGE_TITLE, "data"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(in_thread(partial(refresh, warehouse)))
