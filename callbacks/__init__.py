"""What happens when a page is touched, one module per room, twin of ``layouts/<room>.py``.

A handler waits for the store in a thread: on the event loop it would hold up every other page.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, ParamSpec, TypeVar, cast

from dash import Dash, Input, Output, State
from dash.exceptions import PreventUpdate

from layouts import ids
from layouts.plain import lean
from pilotage.access.current import current_scope, current_sight
from pilotage.domain.viewer import Scope
from pilotage.rooms.address import Address, parse_address
from pilotage.rooms.answer import keep_answer
from pilotage.rooms.home import home
from pilotage.rooms.news import is_news
from pilotage.store.warehouse import Warehouse

P = ParamSpec("P")
T = TypeVar("T")
Refresh = Callable[[Warehouse, Any, Any, str, str], list[Any]]


def in_thread(handler: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """The same handler run in a thread, with the viewer of the request (``current_sight``).

    What it draws goes to the browser the short way (``lean``).
    """

    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        return cast(T, lean(handler(*args, **kwargs)))

    async def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.to_thread(answer, *args, **kwargs)

    return asked


def address_at(warehouse: Warehouse, path: str, search: str) -> Address:
    """The address on screen. « / » is the room of whoever asks: the browser shows that room's own
    address, and Dash still says « / ».
    """
    asked = parse_address(path, search)
    if asked.parts:
        return asked
    sight = current_sight()
    return Address(home(sight.scope, warehouse, sight.viewer), asked.parameters)


def renewed(
    room_of: Callable[[Scope, Warehouse, Address], T], body: Callable[[T, Address], list[Any]]
) -> Refresh:
    """What draws the body of a page again, where the hint is newer than what is drawn."""

    def refresh(warehouse: Warehouse, hint: Any, drawn: Any, path: str, search: str) -> list[Any]:
        scope, address = current_scope(), address_at(warehouse, path, search)
        if not is_news(scope, warehouse, hint, drawn, address):
            raise PreventUpdate
        keep_answer()
        return body(room_of(scope, warehouse, address), address)

    return refresh


def keep_fresh(app: Dash, warehouse: Warehouse, name: str, refresh: Refresh) -> None:
    """Draw the part of that name again at each newer version that concerns it."""
    app.callback(
        Output(name, "children"),
        Input(ids.LIVE_VERSION, "data"),
        State(ids.PAGE_TITLE, "data"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(in_thread(partial(refresh, warehouse)))
