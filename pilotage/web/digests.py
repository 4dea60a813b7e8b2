"""``POST /api/digests`` (``{"asked": [["MSSS", "fr"], …]}``): what ``pilotage remind`` sends.

For the command line of this machine only: a digest speaks of one organisation to its own people.
"""

import asyncio
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pilotage.access.current import current_scope, current_viewer
from pilotage.access.operator import OPERATOR
from pilotage.errors import Forbidden
from pilotage.i18n import language
from pilotage.rooms.digest import Digest, digests
from pilotage.store.warehouse import Warehouse
from pilotage.web.json_body import UnreadableError, json_body


def register(server: FastAPI, warehouse: Warehouse) -> None:
    """Open the route."""

    async def told(request: Request) -> Response:
        if current_viewer().viewer_id != OPERATOR.viewer_id:
            raise Forbidden
        given = (await json_body(request)).get("asked")
        if not isinstance(given, list) or not all(_is_pair(one) for one in given):
            raise UnreadableError("asked")
        asked = [(str(place), language(lang)) for place, lang in given]
        found = await asyncio.to_thread(digests, current_scope(), warehouse, asked)
        return JSONResponse({"digests": [said(one) for one in found]})

    server.add_api_route("/api/digests", told, methods=["POST"])


def said(digest: Digest) -> dict[str, str]:
    """A digest as JSON."""
    return {
        "organisation_id": digest.organisation_id,
        "on": digest.on.isoformat(),
        "subject": digest.subject,
        "text": digest.text,
    }


def _is_pair(one: Any) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) for part in one)
