"""``GET /public?publication=…``: the public page for whoever has no session, whole at once.

With a session the screen draws it like any other page: this route then stands aside.
"""

import asyncio
from collections.abc import Callable

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Match, Route
from starlette.types import Scope

from pilotage.access.current import Sight, current_sight
from pilotage.rooms.address import Address, parse_address
from pilotage.web.policy import PUBLIC_PAGE

PageOf = Callable[[Sight, Address], str]
"""The document at that address, for that viewer."""


class _WithoutSession(Route):
    """A route for those who came without a session."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As any route, but for whoever has one."""
        if scope.get("state", {}).get("session") is not None:
            return Match.NONE, {}
        return super().matches(scope)


def register(server: FastAPI, page_of: PageOf) -> None:
    """Open the route."""

    async def given(request: Request) -> HTMLResponse:
        address = parse_address(request.url.path, request.url.query)
        return HTMLResponse(await asyncio.to_thread(page_of, current_sight(), address))

    server.router.routes.append(_WithoutSession(PUBLIC_PAGE, given, methods=["GET"]))
