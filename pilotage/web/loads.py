"""``POST /api/loads``: files already sent, checked and loaded as one, in one answer.

``{"uploads": ["id", …], "profile": "infobase", "policy": "strict", "published_at": "2018-03-31"}``.
It is what the command line uses on a running server, with the token of ``server.json``.
"""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pilotage.access.current import current_viewer
from pilotage.web.json_body import UnreadableError, json_body, policy_of, published_at_of
from pilotage.web.sentence import language_of
from pilotage.web.upload import UploadState, said
from pilotage.web.upload_desk import UploadDesk
from pilotage.web.uploads import loading_scope, way_in_of


def register(server: FastAPI, desk: UploadDesk) -> None:
    """Open the route."""

    async def load(request: Request) -> Response:
        asked = await json_body(request)
        ids = asked.get("uploads")
        if not isinstance(ids, list) or not ids:
            raise UnreadableError("uploads")
        profile = asked.get("profile")
        if profile is not None and not isinstance(profile, str):
            raise UnreadableError("profile")
        policy, moment, scope = policy_of(asked), published_at_of(asked), loading_scope()
        viewer_id = current_viewer().viewer_id
        upload = desk.together([desk.of(viewer_id, str(one)) for one in ids], profile)
        await desk.check(upload, with_preview=False)
        if upload.state is UploadState.CHECKED:
            await desk.load(upload, scope, policy, way_in_of(), moment)
        return JSONResponse(said(upload, language_of(request.scope)))

    server.add_api_route("/api/loads", load, methods=["POST"])
