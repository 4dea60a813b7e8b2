"""A newer version came while a level room is on screen: its parts are drawn again, in place."""

from functools import partial
from typing import Any

from dash import Dash, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from callbacks import address_at, in_thread
from layouts import ids
from layouts import level as page
from pilotage.access.current import current_scope
from pilotage.rooms.answer import keep_answer
from pilotage.rooms.blocker_action import act
from pilotage.rooms.level import level_room
from pilotage.rooms.news import is_news
from pilotage.rooms.post_action import say
from pilotage.store.warehouse import Warehouse


def refresh(warehouse: Warehouse, hint: Any, drawn: Any, path: str, search: str) -> list[Any]:
    """The parts of the room on screen, where the hint concerns it."""
    scope, address = current_scope(), address_at(warehouse, path, search)
    if not is_news(scope, warehouse, hint, drawn, address):
        raise PreventUpdate
    room = level_room(scope, warehouse, address)
    keep_answer()
    return [part(room, address) for part in PARTS.values()]


def answered(warehouse: Warehouse, asked: Any, path: str, search: str) -> list[Any]:
    """An answer to a blocker, from the room itself; the room is then redrawn as news."""
    if not isinstance(asked, dict):
        raise PreventUpdate
    return page.answered(
        act(current_scope(), warehouse, asked), address_at(warehouse, path, search)
    )


def recognised(warehouse: Warehouse, asked: Any, path: str, search: str) -> list[Any]:
    """A recognition written, corrected or withdrawn: what became of it, and the form after it."""
    if not isinstance(asked, dict):
        raise PreventUpdate
    scope = current_scope()
    after = address_at(warehouse, path, search).without("modifier", "retirer")
    posted = say(scope, warehouse, asked)
    told = page.answer(posted, after)
    if not (posted.is_clash or posted.outcome.is_done):
        return [told, no_update]  # what was typed stays
    clash = posted if posted.is_clash else None
    return [told, page.recognise_form(level_room(scope, warehouse, after), after, clash)]


PARTS = {
    Output(ids.ROOM_LEDE, "children"): page.opening,
    Output(ids.ROOM_SINCE, "children"): page.since,
    Output(ids.WALL, "data-cards"): page.cards,
    Output(ids.ROOM_TABLE, "children"): page.twin,
    Output(ids.ROOM_REST, "children"): page.rest,
    Output(ids.ROOM_SIDE, "children"): page.side,
}
"""Each part that changes, and the layout function that draws it first and again."""


def register(app: Dash, warehouse: Warehouse) -> None:
    """Listen to the live version and to the form that says bravo."""
    app.callback(
        list(PARTS),
        Input(ids.LIVE_VERSION, "data"),
        State(ids.PAGE_TITLE, "data"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(in_thread(partial(refresh, warehouse)))
    app.callback(
        Output(ids.ROOM_ANSWERED, "children"),
        Input(ids.ROOM_ANSWER, "data"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(in_thread(partial(answered, warehouse)))
    app.callback(
        [
            Output(ids.ROOM_RECOGNISE_ANSWER, "children"),
            Output(ids.ROOM_RECOGNISE_FORM, "children"),
        ],
        Input(ids.ROOM_RECOGNISE, "data"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(in_thread(partial(recognised, warehouse)))
