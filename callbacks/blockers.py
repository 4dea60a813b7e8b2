"""A blocker is raised or moved from the page, or moves elsewhere: the page shows it at once."""

from functools import partial
from typing import Any

from dash import Dash, Input, Output, State
from dash.exceptions import PreventUpdate

from callbacks import address_at, in_thread
from layouts import blockers as page
from layouts import ids
from layouts.blocker_form import indicator_options
from pilotage.access.current import current_scope
from pilotage.rooms.blocker_action import act
from pilotage.rooms.blockers import blockers_room, indicators_of
from pilotage.rooms.news import is_news
from pilotage.store.warehouse import Warehouse


def answer(warehouse: Warehouse, asked: Any, path: str, search: str) -> list[Any]:
    """Do what the form asks and say what became of it."""
    if not isinstance(asked, dict):
        raise PreventUpdate
    return page.answer(act(current_scope(), warehouse, asked), address_at(warehouse, path, search))


def refresh(
    warehouse: Warehouse, hint: Any, answered: Any, drawn: Any, path: str, search: str
) -> list[Any]:
    """The board again, after an answer or where the hint is newer than what is drawn."""
    scope, address = current_scope(), address_at(warehouse, path, search)
    if not answered and not is_news(scope, warehouse, hint, drawn, address):
        raise PreventUpdate
    room = blockers_room(scope, warehouse, address)
    return [part(room, address) for part in PARTS.values()]


def touched(warehouse: Warehouse, place: Any, path: str, search: str) -> list[Any]:
    """The indicators a blocker of the organisation just chosen may touch."""
    address = address_at(warehouse, path, search)
    known = isinstance(place, str) and bool(place)
    found = indicators_of(current_scope(), warehouse, place) if known else ()
    return list(indicator_options(found, address.parameters.get("indicateur"), address))


PARTS = {
    ids.BLOCKERS_LEDE: page.lede,
    ids.BLOCKERS_DETAIL: page.detail,
    ids.BLOCKERS_BOARD: page.board,
}
"""Each part that changes, and the layout function that draws it first and again."""


def register(app: Dash, warehouse: Warehouse) -> None:
    """Answer the forms; listen to the live version."""
    app.callback(
        Output(ids.BLOCKERS_ANSWER, "children"),
        Input(ids.BLOCKERS_ASKED, "data"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(in_thread(partial(answer, warehouse)))
    app.callback(
        Output(ids.BLOCKERS_INDICATOR, "children"),
        Input(ids.BLOCKERS_PLACE, "data"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(in_thread(partial(touched, warehouse)))
    app.callback(
        [Output(name, "children") for name in PARTS],
        Input(ids.LIVE_VERSION, "data"),
        Input(ids.BLOCKERS_ANSWER, "children"),
        State(ids.PAGE_TITLE, "data"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(in_thread(partial(refresh, warehouse)))
