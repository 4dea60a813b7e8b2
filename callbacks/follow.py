"""A page is followed or no longer: its button says so, and what one follows is drawn again."""

from functools import partial
from typing import Any

from dash import Dash, Input, Output, State
from dash.exceptions import PreventUpdate

from callbacks import address_at, in_thread, keep_fresh, renewed
from layouts import follow as page
from layouts import ids
from pilotage.access.current import current_scope
from pilotage.rooms.follow import follow, follow_room, follow_state
from pilotage.store.warehouse import Warehouse


def asked_for(warehouse: Warehouse, asked: Any, path: str, search: str) -> list[Any]:
    """Do what the button asks, and the button as it then is."""
    if not isinstance(asked, dict):
        raise PreventUpdate
    scope, address = current_scope(), address_at(warehouse, path, search)
    said = page.refusal(follow(scope, warehouse, asked), address.lang)
    return page.follow_button(follow_state(scope, warehouse, address), address, said)


def register(app: Dash, warehouse: Warehouse) -> None:
    """Answer the button of any page; keep the page of what one follows fresh."""
    app.callback(
        Output(ids.FOLLOW, "children"),
        Input(ids.FOLLOW_ASKED, "data"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(in_thread(partial(asked_for, warehouse)))
    keep_fresh(app, warehouse, ids.FOLLOW_BODY, renewed(follow_room, page.body))
