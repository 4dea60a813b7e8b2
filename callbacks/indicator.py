"""A newer version came while an indicator is on screen: what it says is drawn again, in place."""

from dataclasses import replace
from functools import partial
from typing import Any

from dash import Dash, Input, Output, State
from dash.exceptions import PreventUpdate

from callbacks import in_thread
from layouts import ids
from layouts import indicator as page
from pilotage.access.current import current_scope
from pilotage.rooms.address import Address, parse_address
from pilotage.rooms.indicator import indicator_room
from pilotage.rooms.news import is_news
from pilotage.rooms.step import decide_step
from pilotage.store.warehouse import Warehouse


def refresh(warehouse: Warehouse, hint: Any, drawn: Any, path: str, search: str) -> list[Any]:
    """The parts of the page, where the hint concerns the organisation it is measured in."""
    scope, address = current_scope(), parse_address(path, search)
    if not is_news(scope, warehouse, hint, drawn, _place(address)):
        raise PreventUpdate
    room = indicator_room(scope, warehouse, address)
    return [part(room, address) for part in PARTS.values()]


def decided(warehouse: Warehouse, asked: Any, path: str, search: str) -> list[Any]:
    """A change of level accepted, refused or undone; what became of the decision."""
    if not isinstance(asked, dict):
        raise PreventUpdate
    said = decide_step(current_scope(), warehouse, asked)
    return page.step_answer(said, parse_address(path, search))


def _place(address: Address) -> Address:
    """The address as news are asked for: the organisation is its subject."""
    place = address.parameters.get("org")
    return replace(address, parts=("indicateurs", place) if place else ("indicateurs",))


PARTS = {
    ids.INDICATOR_LEDE: page.opening,
    ids.INDICATOR_PENDING: page.pending,
    ids.INDICATOR_CURVE: page.evolution_parts,
    ids.INDICATOR_REACTION: page.reaction_parts,
    ids.INDICATOR_GAP: page.gap,
    ids.INDICATOR_ORIGIN: page.origin,
    ids.INDICATOR_BLOCKERS: page.blockers,
    ids.INDICATOR_TARGETS: page.targets,
}
"""Each part that changes, and the layout function that draws it first and again."""


def register(app: Dash, warehouse: Warehouse) -> None:
    """Listen to the live version and to the form of a change of level."""
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
