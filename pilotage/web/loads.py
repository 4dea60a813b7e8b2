"""``POST /api/loads``: files already sent, checked and loaded as one, in one answer.

``{"uploads": ["id", …], "profile": "infobase", "policy": "strict", "published_at": "2018-03-31"}``.
It is what the command line uses on a running server, with the token of ``server.json``.

``POST /api/checks``: ``{"uploads": ["id", …], "profile": …, "after": ["id", …]}`` only checks, as
if the uploads of ``after``, checked before, were loaded.
"""

from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pilotage.access.current import current_viewer
from pilotage.web.json_body import UnreadableError, json_body, policy_of, published_at_of
from pilotage.web.sentence import language_of
from pilotage.web.upload import Upload, UploadState, said
from pilotage.web.upload_desk import UploadDesk
from pilotage.web.uploads import loading_scope, way_in_of


def register(server: FastAPI, desk: UploadDesk) -> None:
    """Open the route."""

    def together(asked: dict[str, Any]) -> Upload:
        profile = asked.get("profile")
        if profile is not None and not isinstance(profile, str):
            raise UnreadableError("profile")
        return desk.together(named(asked, "uploads"), profile)

    def named(asked: dict[str, Any], name: str) -> list[Upload]:
        ids = asked.get(name)
        if not isinstance(ids, list) or not (ids or name == "after"):
            raise UnreadableError(name)
        return [desk.of(current_viewer().viewer_id, str(one)) for one in ids]

    async def load(request: Request) -> Response:
        asked = await json_body(request)
        policy, moment, scope = policy_of(asked), published_at_of(asked), loading_scope()
        upload = together(asked)
        await desk.check(upload, with_preview=False)
        if upload.state is UploadState.CHECKED:
            await desk.load(upload, scope, policy, way_in_of(), moment)
        return JSONResponse(said(upload, language_of(request.scope)))

    async def check(request: Request) -> Response:
        asked = await json_body(request)
        upload, before = together(asked), named({"after": [], **asked}, "after")
        earlier = [one.report for one in before if one.report]
        await desk.check(upload, with_preview=False, earlier=earlier)
        return JSONResponse(said(upload, language_of(request.scope)))

    server.add_api_route("/api/loads", load, methods=["POST"])
    server.add_api_route("/api/checks", check, methods=["POST"])
