"""« Voir comme »: another sample person looks, in demonstration only."""

from urllib.parse import parse_qs

from fastapi import FastAPI
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse

from pilotage.access.identity import Identities
from pilotage.access.sessions import Sessions
from pilotage.errors import NotFound
from pilotage.web.middleware import cookie
from pilotage.web.sentence import language_of


def register(server: FastAPI, identities: Identities, sessions: Sessions) -> None:
    """Open ``POST /voir-comme`` (a form: ``viewer``, and ``next``, a path of ours)."""

    async def revoke(session: str | None) -> None:
        # Open pages of the former viewer leave at once; the new cookie must have left before
        # them, or they would come back without a session and be someone else again.
        sessions.close(session)

    async def switch(request: Request) -> RedirectResponse:
        asked = parse_qs((await request.body()).decode("utf-8", "replace"))
        viewer_id = asked.get("viewer", [""])[0]
        if viewer_id not in {person.viewer_id for person in identities.people()}:
            raise NotFound
        home = "/?lang=en" if language_of(request.scope) == "en" else "/"
        asked_path = asked.get("next", [home])[0]
        answer = RedirectResponse(
            own_path(asked_path) or home,
            status_code=303,
            background=BackgroundTask(revoke, request.state.session),
        )
        is_secure = request.url.scheme == "https"
        answer.headers["set-cookie"] = cookie(sessions.open(viewer_id), is_secure)
        return answer

    server.add_api_route("/voir-comme", switch, methods=["POST"])


def own_path(path: str) -> str | None:
    """The path where it leads to a page of ours, else None."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if is_ours and path.isprintable() else None
