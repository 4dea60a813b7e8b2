"""A page that does not exist answers 404: Dash gives every address its page, with 200."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pilotage.access.current import Sight
from pilotage.rooms.address import Address, parse_address
from pilotage.web.policy import is_open

IsThere = Callable[[Sight, Address], bool]
"""Whether that viewer has a page at that address."""


class Absent:
    """Changes the status of the page of an address where there is nothing; its content says so."""

    def __init__(self, app: ASGIApp, is_there: IsThere) -> None:
        """Wrap ``app``, inside the door that says who looks."""
        self._app = app
        self._is_there = is_there

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on everything but the status of a page."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if _is_page(message) and not await self._has_something(scope):
                message = {**message, "status": HTTPStatus.NOT_FOUND}
            await send(message)

        await self._app(scope, receive, told)

    async def _has_something(self, scope: Scope) -> bool:
        query = scope.get("query_string", b"").decode("latin-1")
        address = parse_address(scope["path"], query)
        if not address.parts or is_open(scope["path"]):
            return True
        return await asyncio.to_thread(self._is_there, scope["state"]["sight"], address)


def _is_page(message: Message) -> bool:
    if message["type"] != "http.response.start" or message["status"] != HTTPStatus.OK:
        return False
    return Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")
