"""``POST /api/digests``: what ``pilotage remind`` sends.

``{"asked": [["MSSS", "fr"], …], "people": [["deputy", "fr", "2026-11-23"], …]}``: organisations and
what they owe; people, what they follow, and the day since which (empty: a week ago).

For the command line of this machine only: a digest speaks of one organisation, or of what one
person follows, to those it concerns.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pilotage.access.current import current_scope, current_viewer
from pilotage.access.identity import Identities
from pilotage.access.operator import OPERATOR
from pilotage.errors import Forbidden
from pilotage.i18n import language
from pilotage.rooms.digest import Digest, digests
from pilotage.rooms.follow_digest import follow_digest
from pilotage.store.warehouse import Warehouse
from pilotage.web.json_body import UnreadableError, json_body


def register(server: FastAPI, warehouse: Warehouse, identities: Identities) -> None:
    """Open the route."""

    async def told(request: Request) -> Response:
        if current_viewer().viewer_id != OPERATOR.viewer_id:
            raise Forbidden
        body = await json_body(request)
        asked = [(place, language(lang)) for place, lang in _texts(body, "asked", 2)]
        people = _texts(body, "people", 3)
        found = await asyncio.to_thread(digests, current_scope(), warehouse, asked)
        followed = await asyncio.to_thread(followers, warehouse, identities, people)
        return JSONResponse({"digests": [said(one) for one in (*found, *followed)]})

    server.add_api_route("/api/digests", told, methods=["POST"])


def followers(
    warehouse: Warehouse, identities: Identities, people: Sequence[Sequence[str]]
) -> list[Digest]:
    """A message for each (viewer, language, day since) in whose followed pages something changed.

    Each is read with that person's own eyes. Someone unknown has none.
    """
    found = []
    for viewer_id, lang, since in people:
        sight = identities.sight(viewer_id)
        if sight.viewer.viewer_id == viewer_id:
            first = date.fromisoformat(since) if since else None
            found.append(follow_digest(sight.scope, warehouse, language(lang), first))
    return [one for one in found if one is not None]


def said(digest: Digest) -> dict[str, str]:
    """A digest as JSON."""
    return {
        "of": digest.of,
        "on": digest.on.isoformat(),
        "subject": digest.subject,
        "text": digest.text,
    }


def _texts(body: Mapping[str, Any], name: str, count: int) -> list[list[str]]:
    """Lists of so many texts under that name, if any. Raises UnreadableError for anything else."""
    given = body.get(name, [])
    if not isinstance(given, list) or not all(_is_texts(one, count) for one in given):
        raise UnreadableError(name)
    return given


def _is_texts(one: Any, count: int) -> bool:
    return (
        isinstance(one, list) and len(one) == count and all(isinstance(part, str) for part in one)
    )
