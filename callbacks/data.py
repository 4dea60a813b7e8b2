"""A file is checked, loaded or withdrawn from the page: report, outcome, history.

``assets/upload.js`` sends the file to ``/api/uploads`` and puts what the server told it in two
stores; here it becomes words. Nothing is decided on what the browser says.
"""

from functools import partial
from typing import Any

from dash import Dash, Input, Output, State, ctx
from dash.exceptions import PreventUpdate

from callbacks import address_at, in_thread
from layouts import data as page
from layouts import ids
from layouts import load as load_page
from layouts.quarantine import waiting
from layouts.report import report
from pilotage.access.current import current_scope
from pilotage.rooms.data import data_room, load_room
from pilotage.rooms.news import is_news
from pilotage.rooms.upload import upload_room
from pilotage.rooms.withdrawal import withdraw_load
from pilotage.store.warehouse import Warehouse


def checked(warehouse: Warehouse, said: Any, path: str, search: str) -> list[Any]:
    """The report of the file just checked; nothing when a new one is chosen."""
    if not isinstance(said, dict):
        return []
    return report(
        upload_room(current_scope(), warehouse, said), address_at(warehouse, path, search)
    )


def loaded(warehouse: Warehouse, said: Any, path: str, search: str) -> list[Any]:
    """How the load ended; nothing when a new file is chosen."""
    if not isinstance(said, dict):
        return []
    return page.outcome(
        upload_room(current_scope(), warehouse, said), address_at(warehouse, path, search)
    )


def refresh(warehouse: Warehouse, hint: Any, drawn: Any, path: str, search: str) -> list[Any]:
    """The history again, where the hint is newer than what is drawn."""
    scope, address = current_scope(), address_at(warehouse, path, search)
    if not is_news(scope, warehouse, hint, drawn, address):
        raise PreventUpdate
    return page.history(data_room(scope, warehouse, address), address)


def corrected(
    warehouse: Warehouse, _said: Any, hint: Any, drawn: Any, path: str, search: str
) -> list[Any]:
    """The rows of a load that still wait, once some are settled here or elsewhere."""
    scope, address = current_scope(), address_at(warehouse, path, search)
    is_load = address.parts[1:2] == ("versements",)
    if not is_load or (
        ctx.triggered_id == ids.LIVE_VERSION and not is_news(scope, warehouse, hint, drawn, address)
    ):
        raise PreventUpdate
    room = load_room(scope, warehouse, address)
    return waiting(room.quarantine, address) if room.quarantine else []


def withdrawn(warehouse: Warehouse, asked: Any, path: str, search: str) -> tuple[list[Any], str]:
    """Take a load back where the form asks it; what became of it, and what the load now is."""
    if not isinstance(asked, dict):
        raise PreventUpdate
    scope, address = current_scope(), address_at(warehouse, path, search)
    said = withdraw_load(scope, warehouse, asked)
    return load_page.answer(said, address), load_page.lede(
        load_room(scope, warehouse, address), address
    )


def register(app: Dash, warehouse: Warehouse) -> None:
    """Listen to the two stores and to the live version."""
    place = (State(ids.URL, "pathname"), State(ids.URL, "search"))
    app.callback(
        Output(ids.DATA_REPORT, "children"),
        Input(ids.DATA_CHECKED, "data"),
        *place,
        prevent_initial_call=True,
    )(in_thread(partial(checked, warehouse)))
    app.callback(
        Output(ids.DATA_OUTCOME, "children"),
        Input(ids.DATA_LOADED, "data"),
        *place,
        prevent_initial_call=True,
    )(in_thread(partial(loaded, warehouse)))
    app.callback(
        Output(ids.LOAD_ANSWER, "children"),
        Output(ids.LOAD_LEDE, "children"),
        Input(ids.LOAD_ASKED, "data"),
        *place,
        prevent_initial_call=True,
    )(in_thread(partial(withdrawn, warehouse)))
    app.callback(
        Output(ids.DATA_HISTORY, "children"),
        Input(ids.LIVE_VERSION, "data"),
        State(ids.PAGE_TITLE, "data"),
        *place,
        prevent_initial_call=True,
    )(in_thread(partial(refresh, warehouse)))
    app.callback(
        Output(ids.LOAD_QUARANTINE, "children"),
        Input(ids.DATA_LOADED, "data"),
        Input(ids.LIVE_VERSION, "data"),
        State(ids.PAGE_TITLE, "data"),
        *place,
        prevent_initial_call=True,
    )(in_thread(partial(corrected, warehouse)))
