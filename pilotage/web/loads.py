"""``POST /api/loads``: a file, or several already sent, checked and loaded as one, in one answer.

- the file itself as the body: ``?name=mesures.csv&profile=…&policy=strict&published_at=…``; what a
  ministry's own system sends, with its token;
- ``{"uploads": ["id", …], "profile": "infobase", "policy": "strict", "published_at": …}`` as
  ``application/json``, for files sent before; what the command line uses on a running server.

Answers 201 once loaded, 202 for a file that waits for an approval, 200 for bytes loaded before, 422
for a file refused: the report says why.
Another status is a request that could not be carried out; ``sentence`` says what to do.

``POST /api/loads/{number}/withdraw`` (``{"reason"}``) takes a load back: the version.

``POST /api/checks``: ``{"uploads": ["id", …], "profile": …, "after": ["id", …]}`` only checks, as
if the uploads of ``after``, checked before, were loaded.
"""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pilotage.access.current import current_viewer
from pilotage.intake import loading
from pilotage.store.warehouse import Warehouse
from pilotage.web.json_body import UnreadableError, json_body, policy_of, published_at_of
from pilotage.web.sentence import language_of
from pilotage.web.upload import Upload, UploadState, said
from pilotage.web.upload_desk import UploadDesk
from pilotage.web.uploads import loading_scope, profile_of, received, way_in_of

_LONGEST_REASON = 500
_STATUSES = {
    UploadState.LOADED: HTTPStatus.CREATED,
    UploadState.HELD: HTTPStatus.ACCEPTED,
    UploadState.ALREADY_LOADED: HTTPStatus.OK,
    UploadState.REFUSED: HTTPStatus.UNPROCESSABLE_ENTITY,
}


def register(server: FastAPI, warehouse: Warehouse, desk: UploadDesk, limit_bytes: int) -> None:
    """Open the three routes."""

    def together(asked: Mapping[str, Any]) -> Upload:
        return desk.together(named(asked, "uploads"), profile_of(asked))

    def named(asked: Mapping[str, Any], name: str) -> list[Upload]:
        ids = asked.get(name)
        if not isinstance(ids, list) or not (ids or name == "after"):
            raise UnreadableError(name)
        return [desk.of(current_viewer().viewer_id, str(one)) for one in ids]

    async def load(request: Request) -> Response:
        is_json = request.headers.get("content-type", "").startswith("application/json")
        asked = await json_body(request) if is_json else request.query_params
        policy, moment, scope = policy_of(asked), published_at_of(asked), loading_scope()
        if is_json:
            upload = together(asked)
        else:
            profile = profile_of(asked)
            upload = await received(request, desk, limit_bytes)
            upload.profile = profile
        await desk.check(upload, with_preview=False)
        if upload.state is UploadState.CHECKED:
            await desk.load(upload, scope, policy, way_in_of(), moment)
        status = _STATUSES.get(upload.state, upload.failure_status)
        return JSONResponse(said(upload, language_of(request.scope)), status)

    async def check(request: Request) -> Response:
        asked = await json_body(request)
        upload, before = together(asked), named({"after": [], **asked}, "after")
        earlier = [one.report for one in before if one.report]
        await desk.check(upload, with_preview=False, earlier=earlier)
        return JSONResponse(said(upload, language_of(request.scope)))

    async def withdraw(request: Request, load_seq: int) -> Response:
        reason = (await json_body(request)).get("reason")
        if not isinstance(reason, str) or not reason.strip():
            raise UnreadableError("reason")
        author = current_viewer().viewer_id
        given = (warehouse, loading_scope(), load_seq, author, reason.strip()[:_LONGEST_REASON])
        return JSONResponse({"version": await asyncio.to_thread(loading.withdraw, *given)})

    server.add_api_route("/api/loads", load, methods=["POST"])
    server.add_api_route("/api/loads/{load_seq}/withdraw", withdraw, methods=["POST"])
    server.add_api_route("/api/checks", check, methods=["POST"])
