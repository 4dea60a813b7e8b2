"""What one types in the search: asked of the index, answered as one types."""

from functools import partial
from typing import Any

from dash import Dash, Input, Output, State

from callbacks import in_thread
from layouts import ids
from layouts import search as page
from pilotage.access.current import current_scope
from pilotage.rooms.address import parse_address
from pilotage.rooms.search import search
from pilotage.rooms.told import part, text
from pilotage.store.warehouse import Warehouse


def answer(warehouse: Warehouse, asked: Any, search_of: str) -> tuple[str, list[Any]]:
    """How much was found, and what; ``asked`` is what search.js wrote: ``{text}``."""
    address = parse_address("/", search_of)
    results = search(current_scope(), warehouse, address, text(part({"it": asked}, "it"), "text"))
    return page.said(results, address), page.found(results, address)


def register(app: Dash, warehouse: Warehouse) -> None:
    """Listen to the field."""
    app.callback(
        Output(ids.SEARCH_SAID, "children"),
        Output(ids.SEARCH_FOUND, "children"),
        Input(ids.SEARCH_ASKED, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(in_thread(partial(answer, warehouse)))
