"""``GET /telecharger?page=…&table=…&format=csv|xlsx``: a table of a page, as that page shows it."""

import asyncio
from collections.abc import Callable
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from pilotage.access.current import Sight, current_sight
from pilotage.errors import Forbidden, NotFound
from pilotage.i18n import translator
from pilotage.reports.separated import separated
from pilotage.reports.sheet import Sheet
from pilotage.reports.workbook import workbook
from pilotage.rooms.address import Address, parse_address
from pilotage.web.policy import TABLES_DOOR, may_enter

TableOf = Callable[[Sight, Address, str], Sheet]
"""Draws the tables of that name on that page for that viewer."""

_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def register(server: FastAPI, table_of: TableOf) -> None:
    """Open the route."""

    async def given(request: Request) -> Response:
        asked = request.query_params
        end = asked.get("format", "csv")
        place = urlsplit(asked.get("page", ""))
        address = parse_address(place.path, place.query)
        sight = current_sight()
        if end not in _KINDS or not address.parts:
            raise NotFound
        # This door is open to all: the page behind it is not.
        if not may_enter(place.path, sight.viewer.role, _has_session(request)):
            raise Forbidden
        name = asked.get("table", "")
        return await asyncio.to_thread(_file, table_of, sight, address, name, end)

    server.add_api_route(TABLES_DOOR, given, methods=["GET"])


def _has_session(request: Request) -> bool:
    return request.scope["state"]["session"] is not None


def _file(table_of: TableOf, sight: Sight, address: Address, name: str, end: str) -> Response:
    sheet = table_of(sight, address, name)
    told = translator(address.lang)("Source")
    content = workbook(sheet, told) if end == "xlsx" else separated(sheet)
    headers = {"content-disposition": f'attachment; filename="{sheet.name}.{end}"'}
    return Response(content, media_type=_KINDS[end], headers=headers)
