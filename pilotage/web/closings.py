"""``/api/closings``: the periods that are closed, and closing one.

| route | answer |
|---|---|
| ``GET /api/closings`` | each organisation of one's scope with the last day closed |
| ``POST /api/closings`` (``{"organisation_id", "through": "2026-03-31" or null, "note"}``) | 201 |
"""

import asyncio

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pilotage.access.current import current_scope, current_viewer
from pilotage.rooms.closing import close_period, closed
from pilotage.store.warehouse import Warehouse
from pilotage.web.json_body import json_body


def register(server: FastAPI, warehouse: Warehouse) -> None:
    """Open the two routes."""

    async def listed() -> Response:
        standing = await asyncio.to_thread(closed, current_scope(), warehouse)
        told = [
            {
                "organisation_id": one.place.identifier,
                "through": one.through.isoformat(),
                "author": one.author,
                "at": f"{one.at.isoformat(timespec='seconds')}Z",
                "note": one.note,
            }
            for one in standing
        ]
        return JSONResponse({"closings": told})

    async def close(request: Request) -> Response:
        asked = await json_body(request)
        given = (current_scope(), warehouse, current_viewer().viewer_id, asked)
        through = await asyncio.to_thread(close_period, *given)
        return JSONResponse(
            {
                "organisation_id": asked["organisation_id"],
                "through": through.isoformat() if through else None,
            },
            201,
        )

    server.add_api_route("/api/closings", listed, methods=["GET"])
    server.add_api_route("/api/closings", close, methods=["POST"])
