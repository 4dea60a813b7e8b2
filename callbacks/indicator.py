"""A newer version came while an indicator is on screen: what it says is drawn again, in place."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from dash import Dash, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from callbacks import address_at, in_thread
from layouts import ids
from layouts import indicator as page
from pilotage.access.current import current_scope
from pilotage.rooms.address import Address
from pilotage.rooms.indicator import indicator_room
from pilotage.rooms.news import is_news
from pilotage.rooms.post_action import say
from pilotage.rooms.step import decide_step
from pilotage.store.warehouse import Warehouse


def refresh(warehouse: Warehouse, hint: Any, drawn: Any, path: str, search: str) -> list[Any]:
    """The parts of the page, where the hint concerns the organisation it is measured in."""
    scope, address = current_scope(), address_at(warehouse, path, search)
    if not is_news(scope, warehouse, hint, drawn, _place(address)):
        raise PreventUpdate
    room = indicator_room(scope, warehouse, address)
    return [part(room, address) for part in PARTS.values()]


def decided(warehouse: Warehouse, asked: Any, path: str, search: str) -> list[Any]:
    """A change of level accepted, refused or undone; what became of the decision."""
    if not isinstance(asked, dict):
        raise PreventUpdate
    said = decide_step(current_scope(), warehouse, asked)
    return page.step_answer(said, address_at(warehouse, path, search))


def explained(warehouse: Warehouse, asked: Any, path: str, search: str) -> list[Any]:
    """An explanation written or corrected: what became of it, and the form as it then is."""
    return _wrote(warehouse, asked, address_at(warehouse, path, search), page.explain_form)


def commented(warehouse: Warehouse, asked: Any, path: str, search: str) -> list[Any]:
    """A comment written, corrected or withdrawn: what became of it, and the form as it then is."""
    return _wrote(warehouse, asked, address_at(warehouse, path, search), page.composer)


def _wrote(
    warehouse: Warehouse, asked: Any, address: Address, form: Callable[..., list[Any]]
) -> list[Any]:
    if not isinstance(asked, dict):
        raise PreventUpdate
    scope = current_scope()
    posted = say(scope, warehouse, asked)
    told, after = page.answer(posted, address), address.without("modifier", "retirer")
    if not (posted.is_clash or posted.outcome.is_done):
        return [told, no_update]  # what was typed stays
    clash = posted if posted.is_clash else None
    return [told, form(indicator_room(scope, warehouse, after), after, clash)]


def _place(address: Address) -> Address:
    """The address as news are asked for: the organisation is its subject."""
    place = address.parameters.get("org")
    return replace(address, parts=("indicateurs", place) if place else ("indicateurs",))


PARTS = {
    ids.INDICATOR_LEDE: page.opening,
    ids.INDICATOR_PENDING: page.pending,
    ids.INDICATOR_CURVE: page.evolution_parts,
    ids.INDICATOR_EXPLANATION: page.explanation,
    ids.INDICATOR_REACTION: page.reaction_parts,
    ids.INDICATOR_GAP: page.gap,
    ids.INDICATOR_ORIGIN: page.origin,
    ids.INDICATOR_BLOCKERS: page.blockers,
    ids.INDICATOR_TARGETS: page.targets,
    ids.INDICATOR_THREAD: page.thread,
}
"""Each part that changes, and the layout function that draws it first and again."""


def register(app: Dash, warehouse: Warehouse) -> None:
    """Listen to the live version and to the forms of the page."""
    app.callback(
        [Output(name, "children") for name in PARTS],
        Input(ids.LIVE_VERSION, "data"),
        State(ids.PAGE_TITLE, "data"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(in_thread(partial(refresh, warehouse)))
    app.callback(
        Output(ids.INDICATOR_STEP_ANSWER, "children"),
        Input(ids.INDICATOR_STEP, "data"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(in_thread(partial(decided, warehouse)))
    for store, told, form, handler in (
        (
            ids.INDICATOR_EXPLAIN,
            ids.INDICATOR_EXPLAIN_ANSWER,
            ids.INDICATOR_EXPLAIN_FORM,
            explained,
        ),
        (
            ids.INDICATOR_COMMENT,
            ids.INDICATOR_COMMENT_ANSWER,
            ids.INDICATOR_COMMENT_FORM,
            commented,
        ),
    ):
        app.callback(
            [Output(told, "children"), Output(form, "children")],
            Input(store, "data"),
            State(ids.URL, "pathname"),
            State(ids.URL, "search"),
            prevent_initial_call=True,
        )(in_thread(partial(handler, warehouse)))
