"""Innermost middleware: an exception becomes one sentence and an identifier, the rest is logged."""

import secrets
from types import TracebackType

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pilotage.access.audit import refused
from pilotage.errors import Forbidden, PilotageError
from pilotage.web.sentence import answer

_log = structlog.get_logger("pilotage.web")
_OURS = ("pilotage.", "layouts", "callbacks", "app")
_OWN_DOORS = {"pilotage.web.fault", "pilotage.web.middleware", "pilotage.web.body"}


class Faults:
    """Turns what was raised below into an answer. ``passing`` exceptions are left to Dash."""

    def __init__(self, app: ASGIApp, passing: tuple[type[Exception], ...] = ()) -> None:
        """Wrap ``app``; must be added first, so that Dash's own catch-all stays outside."""
        self._app = app
        self._passing = passing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the request; answer for it if it fails before having answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_started = False

        async def watched(message: Message) -> None:
            nonlocal has_started
            has_started = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except self._passing:
            raise
        except Exception as error:
            said, reference = said_of(scope, error)
            if not has_started:
                await answer(scope, said, reference)(scope, receive, send)


def said_of(scope: Scope, error: Exception) -> tuple[PilotageError, str | None]:
    """What to answer for an exception, and the log's identifier where details were kept."""
    path = str(scope["path"])
    if isinstance(error, Forbidden):
        sight = scope.get("state", {}).get("sight")
        refused("forbidden", sight.viewer.viewer_id if sight else None, path)
    if isinstance(error, PilotageError):
        return error, None
    reference = secrets.token_hex(4)
    if path.startswith("/_dash-") and not _reached_us(error.__traceback__):
        # Dash choked on the request before any code of ours ran: the request was malformed.
        _log.warning("malformed", reference=reference, path=path, kind=type(error).__name__)
        return MalformedError(), reference
    _log.error("fault", reference=reference, path=path, exc_info=error)
    return FaultError(), reference


class FaultError(PilotageError):
    """Our own failure."""

    def __init__(self) -> None:
        """One sentence; the reason is in the log."""
        super().__init__(
            "La page n'a pas pu être préparée. Réessayez; si cela se répète, donnez la référence.",
            "The page could not be prepared. Try again; if it happens again, give the reference.",
        )


class MalformedError(PilotageError):
    """A request that none of our pages makes."""

    status = 400

    def __init__(self) -> None:
        """One sentence."""
        super().__init__(
            "La demande est mal formée. Rechargez la page.",
            "The request is malformed. Reload the page.",
        )


def _reached_us(traceback: TracebackType | None) -> bool:
    while traceback is not None:
        module = str(traceback.tb_frame.f_globals.get("__name__", ""))
        if module not in _OWN_DOORS and (module in _OURS or module.startswith(_OURS)):
            return True
        traceback = traceback.tb_next
    return False
