"""A huddle: a blocker raised on the spot, the record that closes it, what it will say redrawn."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from dash import Dash, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from callbacks import address_at, in_thread
from layouts import huddle as page
from layouts import ids
from pilotage.access.current import current_scope
from pilotage.domain.viewer import Scope
from pilotage.rooms.address import Address
from pilotage.rooms.answer import keep_answer
from pilotage.rooms.blocker_action import act
from pilotage.rooms.huddle import huddle_room
from pilotage.rooms.level import level_room
from pilotage.rooms.news import is_news
from pilotage.rooms.post_action import present_of, say
from pilotage.store.warehouse import Warehouse


def raised(warehouse: Warehouse, asked: Any, path: str, search: str) -> list[Any]:
    """Raise the blocker and say what became of it."""
    if not isinstance(asked, dict):
        raise PreventUpdate
    return page.raised(act(current_scope(), warehouse, asked), address_at(warehouse, path, search))


def closed(warehouse: Warehouse, asked: Any, path: str, search: str) -> list[Any]:
    """The record closed, corrected or withdrawn: the answer, the form after it, the records."""
    if not isinstance(asked, dict):
        raise PreventUpdate
    scope, address = current_scope(), address_at(warehouse, path, search)
    after = address.without("modifier", "retirer")
    posted = say(scope, warehouse, _told(scope, warehouse, asked, address))
    told = page.answer(posted, after)
    if posted.is_clash:
        form = page.record_form(huddle_room(scope, warehouse, address), address, posted)
        return [told, form, no_update]
    if not posted.outcome.is_done:
        return [told, no_update, no_update]  # what was typed stays
    huddle = huddle_room(scope, warehouse, after)
    return [told, page.record_form(huddle, after), page.records(huddle, after)]


def _told(
    scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any], address: Address
) -> Mapping[str, Any]:
    """What the form says, with the lines the room says itself where a huddle is closed."""
    if asked.get("move") != "close_huddle":
        return asked
    said = {name: value for name, value in asked.items() if isinstance(value, str)}
    room = level_room(scope, warehouse, address.without("au"))
    told = page.lines(room, present_of(said), said.get("remark", ""), address)
    return {**asked, **{f"line{n}": line for n, line in enumerate(told)}}


def refresh(warehouse: Warehouse, hint: Any, drawn: Any, path: str, search: str) -> list[Any]:
    """What the record will say, where the hint concerns the room."""
    scope, address = current_scope(), address_at(warehouse, path, search)
    if not is_news(scope, warehouse, hint, drawn, address):
        raise PreventUpdate
    huddle = huddle_room(scope, warehouse, address)
    keep_answer()
    return [page.facts(huddle.room, address), page.records(huddle, address)]


def register(app: Dash, warehouse: Warehouse) -> None:
    """Answer both forms; listen to the live version. The room's callback redraws its own parts."""
    where = [State(ids.URL, "pathname"), State(ids.URL, "search")]
    app.callback(
        Output(ids.HUDDLE_RAISED, "children"),
        Input(ids.HUDDLE_RAISE, "data"),
        *where,
        prevent_initial_call=True,
    )(in_thread(partial(raised, warehouse)))
    app.callback(
        Output(ids.HUDDLE_ANSWER, "children"),
        Output(ids.HUDDLE_RECORD, "children"),
        Output(ids.HUDDLE_RECORDS, "children"),
        Input(ids.HUDDLE_ASKED, "data"),
        *where,
        prevent_initial_call=True,
    )(in_thread(partial(closed, warehouse)))
    app.callback(
        Output(ids.HUDDLE_FACTS, "children"),
        Output(ids.HUDDLE_RECORDS, "children", allow_duplicate=True),
        Input(ids.LIVE_VERSION, "data"),
        State(ids.PAGE_TITLE, "data"),
        *where,
        prevent_initial_call=True,
    )(in_thread(partial(refresh, warehouse)))
