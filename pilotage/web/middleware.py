"""The one door: session → viewer → scope, origin, size, headers; for http and websocket alike.

It wraps the whole application, Dash's own middleware included, because hooks of Dash do not see
deep links, own routes or WebSockets (pitfalls, 2).
"""

from collections.abc import Callable, Sequence
from http.cookies import CookieError, SimpleCookie
from secrets import compare_digest

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pilotage.access.audit import refused
from pilotage.access.current import Sight, looking_as
from pilotage.access.identity import Identities
from pilotage.access.operator import OPERATOR
from pilotage.access.sessions import LIFETIME_S, Sessions
from pilotage.access.token import RefusedTokenError, is_token, opens
from pilotage.domain.viewer import Viewer
from pilotage.errors import Forbidden, PilotageError, TooLarge
from pilotage.web.body import SMALL_BODY_BYTES, LimitedBody, announced_length
from pilotage.web.origin import SAFE_METHODS, comes_from_here, is_loopback_host
from pilotage.web.policy import is_open, kept_for, may_enter, security_headers
from pilotage.web.sentence import answer

COOKIE = "pilotage_session"
_POLICY_VIOLATION = 1008
_LONG_BODIES = ("/api/uploads", "/api/loads")
_MACHINE_DOORS = ("/api/",)


class Guard:
    """Decides who is asking before anything else runs, and dresses every answer."""

    def __init__(
        self,
        app: ASGIApp,
        identities: Identities,
        sessions: Sessions,
        *,
        csp_hashes: Sequence[str] = (),
        loopback_only: bool = True,
        machine_token: str | None = None,
        token_sight: Callable[[str], Sight | None] = lambda _secret: None,
    ) -> None:
        """``machine_token`` opens ``/api/`` to the command line of this machine.

        ``token_sight``: through whose eyes the bearer of another token looks; None for a wrong one.
        """
        self._app = app
        self._identities = identities
        self._sessions = sessions
        self._headers = security_headers(csp_hashes)
        self._loopback_only = loopback_only
        self._machine_token = machine_token
        self._token_sight = token_sight

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in, or refuse with a sentence."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        secret = _bearer(scope, headers)
        machine = self._machine(secret) if secret else None
        session = session_of(headers)
        viewer_id = self._sessions.viewer_id(session)
        newcomer = None
        if viewer_id is None and secret is None and _opens_a_session(scope):
            newcomer = viewer_id = self._identities.newcomer()
            session = self._sessions.open(newcomer) if newcomer else None
        sight = machine or self._identities.sight(None if secret else viewer_id)
        scope.setdefault("state", {}).update(sight=sight, session=session)
        dressed = self._dressed(scope, send, session if newcomer else None)
        with looking_as(sight):
            if secret and not machine:
                refusal: PilotageError | None = RefusedTokenError()
            else:
                has_session = machine is not None or viewer_id is not None
                refusal = self._refusal(scope, headers, sight, has_session, machine is not None)
            if refusal:
                refused(refusal.args[0], sight.viewer.viewer_id, scope["path"])
                await answer(scope, refusal)(scope, receive, dressed)
            elif scope["path"].startswith(_LONG_BODIES):
                await self._app(scope, receive, dressed)
            else:
                body = LimitedBody(scope, receive, dressed, SMALL_BODY_BYTES)
                await self._app(scope, body.receive, body.send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        session = session_of(headers)
        viewer_id = self._sessions.viewer_id(session)
        if viewer_id is None or not comes_from_here(headers) or self._is_elsewhere(headers):
            refused("websocket", viewer_id, scope["path"])
            await receive()
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return
        sight = self._identities.sight(viewer_id)
        scope.setdefault("state", {}).update(sight=sight, session=session)
        with looking_as(sight):
            await self._app(scope, receive, send)

    def _refusal(
        self, scope: Scope, headers: Headers, sight: Sight, has_session: bool, is_machine: bool
    ) -> PilotageError | None:
        if self._is_elsewhere(headers):
            return Forbidden(*_ELSEWHERE)
        if scope["method"] not in SAFE_METHODS and not (is_machine or comes_from_here(headers)):
            return Forbidden(*_NOT_OUR_PAGE)
        if not may_enter(scope["path"], sight.viewer.role, has_session):
            return Forbidden()
        if is_token(sight.viewer.viewer_id) and not opens(scope["path"]):
            return Forbidden(*_ONLY_LOADS)
        length = announced_length(scope) or 0
        if length > SMALL_BODY_BYTES and not scope["path"].startswith(_LONG_BODIES):
            return TooLarge(SMALL_BODY_BYTES)
        return None

    def _is_elsewhere(self, headers: Headers) -> bool:
        return self._loopback_only and not is_loopback_host(headers.get("host"))

    def _machine(self, secret: str) -> Sight | None:
        """Through whose eyes the bearer of a secret looks; None for one that opens nothing."""
        own = self._machine_token
        if own is not None and compare_digest(secret.encode(), own.encode()):
            return _machine_sight()
        return self._token_sight(secret)

    def _dressed(self, scope: Scope, send: Send, new_session: str | None) -> Send:
        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=[*message["headers"], *self._headers])
                if "cache-control" not in headers:
                    headers["cache-control"] = kept_for(scope["path"], scope["query_string"])
                if new_session is not None:
                    headers.append("set-cookie", cookie(new_session, scope["scheme"] == "https"))
                message = {**message, "headers": headers.raw}
            await send(message)

        return dressed


def session_of(headers: Headers) -> str | None:
    """The session identifier the browser sent; None where there is none to read."""
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return morsel.value if morsel else None


def cookie(session: str, is_secure: bool) -> str:
    """The header that keeps a session in the browser, out of reach of scripts."""
    kept = f"{COOKIE}={session}; Path=/; Max-Age={LIFETIME_S}; HttpOnly; SameSite=Lax"
    return f"{kept}; Secure" if is_secure else kept


def _bearer(scope: Scope, headers: Headers) -> str | None:
    """The secret a machine shows at one of its doors; None where it shows none."""
    scheme, _, secret = headers.get("authorization", "").partition(" ")
    is_shown = scheme.lower() == "bearer" and scope["path"].startswith(_MACHINE_DOORS)
    return secret.strip() if is_shown else None


def _opens_a_session(scope: Scope) -> bool:
    return scope["method"] == "GET" and not is_open(scope["path"])


def _machine_sight() -> Sight:
    return Sight(Viewer(OPERATOR.viewer_id, "pilotage", OPERATOR.role, None), OPERATOR)


_ELSEWHERE = (
    "La démonstration ne répond qu'à cette machine. Ouvrez-la par 127.0.0.1.",
    "The demonstration only answers this machine. Open it through 127.0.0.1.",
)
_ONLY_LOADS = (
    "Un jeton ne sert qu'à verser des fichiers : /api/loads, /api/uploads, /api/checks.",
    "A token only serves to load files: /api/loads, /api/uploads, /api/checks.",
)
_NOT_OUR_PAGE = (
    "Cette action ne vient pas d'une de nos pages. Rechargez la page et recommencez.",
    "This action does not come from one of our pages. Reload the page and try again.",
)
