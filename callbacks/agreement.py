"""Something is approved, ruled, delegated or closed, from the page or elsewhere."""

from functools import partial
from typing import Any

from dash import Dash, Input, Output, State
from dash.exceptions import PreventUpdate

from callbacks import address_at, in_thread
from layouts import agreement as page
from layouts import ids
from pilotage.access.current import current_scope
from pilotage.rooms.agreement import act, agreement_room
from pilotage.rooms.news import is_news
from pilotage.store.warehouse import Warehouse


def answer(warehouse: Warehouse, asked: Any, path: str, search: str) -> list[Any]:
    """Do what the form asks and say what became of it."""
    if not isinstance(asked, dict):
        raise PreventUpdate
    deed, fault = act(current_scope(), warehouse, asked)
    return page.answer(deed, fault, address_at(warehouse, path, search))


def refresh(
    warehouse: Warehouse, hint: Any, answered: Any, drawn: Any, path: str, search: str
) -> list[Any]:
    """The page again, after an answer or where the hint is newer than what is drawn."""
    scope, address = current_scope(), address_at(warehouse, path, search)
    if not answered and not is_news(scope, warehouse, hint, drawn, address):
        raise PreventUpdate
    return page.body(agreement_room(scope, warehouse, address), address)


def register(app: Dash, warehouse: Warehouse) -> None:
    """Answer the forms; listen to the live version."""
    place = (State(ids.URL, "pathname"), State(ids.URL, "search"))
    app.callback(
        Output(ids.AGREEMENT_ANSWER, "children"),
        Input(ids.AGREEMENT_ASKED, "data"),
        *place,
        prevent_initial_call=True,
    )(in_thread(partial(answer, warehouse)))
    app.callback(
        Output(ids.AGREEMENT_BODY, "children"),
        Input(ids.LIVE_VERSION, "data"),
        Input(ids.AGREEMENT_ANSWER, "children"),
        State(ids.PAGE_TITLE, "data"),
        *place,
        prevent_initial_call=True,
    )(in_thread(partial(refresh, warehouse)))
