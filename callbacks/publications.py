"""A publication is drafted, annotated, published or archived from its page."""

from functools import partial
from typing import Any

from dash import Dash, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from callbacks import address_at, in_thread
from layouts import ids
from layouts import publications as page
from pilotage.access.current import current_scope
from pilotage.rooms.publications import act, publications_room
from pilotage.store.warehouse import Warehouse


def answer(warehouse: Warehouse, asked: Any, path: str, search: str) -> tuple[list[Any], Any]:
    """Do what the form asks and say what became of it; what was typed stays where it was not."""
    if not isinstance(asked, dict):
        raise PreventUpdate
    scope, address = current_scope(), address_at(warehouse, path, search)
    done = act(scope, warehouse, asked)
    if done.fault is not None:
        return page.answer(done, address), no_update
    return page.answer(done, address), page.body(
        publications_room(scope, warehouse, address), address
    )


def register(app: Dash, warehouse: Warehouse) -> None:
    """Answer the forms. Nothing else draws the page again: a form is being written in it."""
    app.callback(
        Output(ids.PUBLICATIONS_ANSWER, "children"),
        Output(ids.PUBLICATIONS_BODY, "children"),
        Input(ids.PUBLICATIONS_ASKED, "data"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(in_thread(partial(answer, warehouse)))
