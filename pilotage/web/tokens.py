"""``/api/tokens``: the tokens of machines, for the command line of this machine and administrators.

| route | answer |
|---|---|
| ``GET /api/tokens`` | every token, never a secret |
| ``POST /api/tokens`` (``{"name", "organisation_id", "days"}``) | 201, the secret this once |
| ``POST /api/tokens/{token_id}/revoke`` | the token, ended |
"""

import asyncio
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pilotage.access.current import current_viewer
from pilotage.access.operator import OPERATOR
from pilotage.access.token import Token
from pilotage.domain.viewer import Role
from pilotage.errors import Forbidden
from pilotage.web.json_body import UnreadableError, json_body
from pilotage.web.token_keeper import TokenKeeper


def register(server: FastAPI, keeper: TokenKeeper) -> None:
    """Open the three routes."""

    async def listed() -> Response:
        _granting()
        return JSONResponse({"tokens": [said(one) for one in await asyncio.to_thread(keeper.all)]})

    async def issued(request: Request) -> Response:
        author, asked = _granting(), await json_body(request)
        name, place = _text(asked, "name"), _text(asked, "organisation_id")
        days = asked.get("days", 90)
        if not isinstance(days, int) or isinstance(days, bool):
            raise UnreadableError("days")
        secret, token = await asyncio.to_thread(keeper.issue, author, name, place, days)
        return JSONResponse({"secret": secret, **said(token)}, 201)

    async def revoked(token_id: str) -> Response:
        token = await asyncio.to_thread(keeper.revoke, _granting(), token_id)
        return JSONResponse(said(token))

    server.add_api_route("/api/tokens", listed, methods=["GET"])
    server.add_api_route("/api/tokens", issued, methods=["POST"])
    server.add_api_route("/api/tokens/{token_id}/revoke", revoked, methods=["POST"])


def said(token: Token) -> dict[str, Any]:
    """A token as JSON: what it opens, until when; moments in UTC."""
    return {
        "token_id": token.token_id,
        "name": token.name,
        "organisation_id": token.organisation_id,
        "issued_at": f"{token.issued_at.isoformat(timespec='seconds')}Z",
        "expires_at": f"{token.expires_at.isoformat(timespec='seconds')}Z",
        "is_revoked": token.revoked_at is not None,
    }


def _granting() -> str:
    """Who asks, where she may grant. Raises Forbidden for anyone else."""
    viewer = current_viewer()
    if viewer.viewer_id != OPERATOR.viewer_id and viewer.role is not Role.ADMINISTRATOR:
        raise Forbidden
    return viewer.viewer_id


def _text(asked: dict[str, Any], name: str) -> str:
    found = asked.get(name)
    if not isinstance(found, str):
        raise UnreadableError(name)
    return found
