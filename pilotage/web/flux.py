"""``/flux``: tells an open page that a newer version exists.

Origin and session were checked by the middleware, before the connection is accepted.
"""

import asyncio
import contextlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import orjson
from fastapi import FastAPI
from starlette.websockets import WebSocket, WebSocketDisconnect

from pilotage.access.identity import Identities
from pilotage.access.sessions import Sessions
from pilotage.domain.viewer import Scope
from pilotage.live.hub import Hint, Hub, Listener

PING_S = 20.0
_REVOKED = 4401
_LONGEST_SAID = 1000
_PING = '{"ping":true}'


def register(
    server: FastAPI,
    hub: Callable[[], Hub],
    version: Callable[[], int],
    identities: Identities,
    sessions: Sessions,
) -> None:
    """Open the WebSocket and its slow twin for networks that block it."""

    async def flux(socket: WebSocket) -> None:
        session: str = socket.state.session

        def scope() -> Scope:
            return identities.sight(sessions.viewer_id(session)).scope

        await socket.accept()
        revoked = asyncio.Event()
        unwatch = sessions.watch(session, revoked.set)
        listener = hub().join(scope)
        try:
            await socket.send_text(greeting(version(), socket.query_params.get("version")))
            await _run(socket, listener, revoked, lambda: sessions.viewer_id(session) is not None)
        finally:
            hub().leave(listener)
            unwatch()

    async def current_version() -> dict[str, int]:
        return {"version": version()}

    server.add_api_websocket_route("/flux", flux)
    server.add_api_route("/api/version", current_version, methods=["GET"])


async def _run(
    socket: WebSocket,
    listener: Listener,
    revoked: asyncio.Event,
    is_open: Callable[[], bool],
) -> None:
    """Send hints until the page leaves or its session is revoked, or has expired."""
    ends = {
        asyncio.create_task(_tell(socket, listener, is_open)),
        asyncio.create_task(_until_gone(socket, listener)),
        asyncio.create_task(revoked.wait()),
    }
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        if not is_open():
            await socket.close(_REVOKED)
    except (WebSocketDisconnect, RuntimeError):
        return  # the page left while we were speaking
    finally:
        for end in ends:
            end.cancel()


async def _tell(socket: WebSocket, listener: Listener, is_open: Callable[[], bool]) -> None:
    """Hints as they come, and a ping where nothing happened for a while.

    No task a message: two thousand pages hear of a change at the same instant.
    """
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while is_open():
            try:
                async with asyncio.timeout(PING_S):
                    message = _wire(await listener.next())
            except TimeoutError:
                message = _PING
            if not is_open():
                return
            await socket.send_text(message)


async def _until_gone(socket: WebSocket, listener: Listener) -> None:
    """Hear which organisation the page shows, as it changes; nothing else it says is heeded."""
    while (told := await socket.receive())["type"] != "websocket.disconnect":
        said = told.get("text")
        if isinstance(said, str) and len(said) <= _LONGEST_SAID:
            listener.place = _place(said, listener.place)


def _place(said: str, known: str | None) -> str | None:
    """The organisation in ``{"place": "…"}``, empty for none; what was known for anything else."""
    try:
        place = orjson.loads(said)["place"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return known
    return (place or None) if isinstance(place, str) else known


def greeting(version: int, last_seen: str | None) -> str:
    """What a page hears on arriving: the version, marked as news where it had another."""
    is_behind = last_seen is not None and last_seen != str(version)
    return written(Hint(version, None), hello=True, changed=is_behind)


@lru_cache(maxsize=16)
def _wire(hint: Hint) -> str:
    """A hint written once for all who may learn the same of it."""
    return written(hint)


def written(hint: Hint, **more: Any) -> str:
    """A hint on the wire: ``{"version": 12, "organisations": ["…"] or null}``."""
    organisation_ids = hint.organisation_ids
    organisations = None if organisation_ids is None else sorted(organisation_ids)
    return orjson.dumps({"version": hint.version, "organisations": organisations} | more).decode()
