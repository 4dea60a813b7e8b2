"""``GET /note/<room>/<organisation>.pdf?lang=…&au=…``: a room on one sheet, for who may open it."""

import asyncio
from collections.abc import Callable

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from pilotage.access.current import Sight, current_sight
from pilotage.errors import NotFound
from pilotage.rooms.address import Address, parse_address

BriefOf = Callable[[Sight, Address], tuple[str, bytes]]
"""The name and the bytes of the brief of the room at that address, for that viewer."""

_DOOR, _END = "/note", ".pdf"


def register(server: FastAPI, brief_of: BriefOf) -> None:
    """Open the route."""

    async def given(request: Request) -> Response:
        # As written: an identifier may hold an encoded slash.
        path = request.scope["raw_path"].decode("ascii", "replace").partition("?")[0]
        if not path.endswith(_END):
            raise NotFound
        room = path.removeprefix(_DOOR).removesuffix(_END)
        address = parse_address(room, request.url.query)
        # Setting type takes a while: never on the event loop.
        name, content = await asyncio.to_thread(brief_of, current_sight(), address)
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type="application/pdf", headers=headers)

    server.add_api_route(f"{_DOOR}/{{path:path}}", given, methods=["GET"])
