"""The server without its screen: routes, the one middleware, what lives as long as the process."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

import structlog
from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from pilotage.access.identity import DemoIdentities, Identities, PublicOnly
from pilotage.access.sessions import Sessions
from pilotage.errors import NotFound
from pilotage.intake import loading
from pilotage.live.day import turn_days
from pilotage.live.hub import Hub
from pilotage.live.watch import watch_until_stopped
from pilotage.settings import Settings
from pilotage.store.warehouse import Warehouse
from pilotage.web import (
    closings,
    corrections,
    digests,
    downloads,
    flux,
    loads,
    tokens,
    uploads,
    viewer_switch,
)
from pilotage.web.answers import Answers
from pilotage.web.collector import keep_collecting
from pilotage.web.compression import Compression
from pilotage.web.directory import StandingDirectory
from pilotage.web.fault import Faults
from pilotage.web.middleware import Guard
from pilotage.web.token_keeper import TokenKeeper
from pilotage.web.upload_desk import Intake, UploadDesk

_log = structlog.get_logger("pilotage.web")
_WATCH_GRACE_S = 3.0


@dataclass
class Installation:
    """What the routes share; ``server.state.installation``."""

    settings: Settings
    warehouse: Warehouse
    identities: Identities
    sessions: Sessions
    desk: UploadDesk
    keeper: TokenKeeper | None = None
    hub: Hub | None = None

    def live_hub(self) -> Hub:
        """The hub of the running event loop."""
        if self.hub is None:
            self.hub = Hub(asyncio.get_running_loop().call_later)
        return self.hub


def create(
    settings: Settings,
    warehouse: Warehouse,
    *,
    identities: Identities | None = None,
    passing: tuple[type[Exception], ...] = (),
    intake: Intake = loading,
) -> FastAPI:
    """The application on which Dash is then built. ``passing`` exceptions are left to Dash.

    Serve ``guarded(server)``, never the application itself: without it every request is refused.
    """
    if identities:
        chosen, refresh, keeper = identities, _nothing, None
    else:
        chosen, refresh = identities_of(settings, warehouse)
        keeper = TokenKeeper(warehouse)
    sessions = Sessions(settings.home / "sessions.sqlite")
    desk = UploadDesk(warehouse, intake, settings.home / "uploads")
    installation = Installation(settings, warehouse, chosen, sessions, desk, keeper)
    server = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lambda _server: _life(installation, refresh),
    )
    server.state.installation = installation
    server.add_middleware(Faults, passing=passing)
    server.add_middleware(Compression)
    _routes(server, installation)
    return server


def guarded(
    server: FastAPI, csp_hashes: Sequence[str] = (), machine_token: str | None = None
) -> ASGIApp:
    """The application behind its one door. Call it once Dash and its callbacks are in place."""
    installation: Installation = server.state.installation
    server.add_api_route("/api/{path:path}", _missing, methods=["GET"])
    warehouse = installation.warehouse
    # Outside Dash's own middleware, which reads the question and leaves nothing of it to read.
    answering = Answers(server, lambda: (warehouse.version, warehouse.today))
    return Guard(
        answering,
        installation.identities,
        installation.sessions,
        csp_hashes=csp_hashes,
        loopback_only=installation.settings.demo,
        machine_token=machine_token,
        token_sight=installation.keeper.sight if installation.keeper else _nobody,
    )


def identities_of(
    settings: Settings, warehouse: Warehouse
) -> tuple[Identities, Callable[[], None]]:
    """How people are known here, and what to call when the organisations may have changed."""
    if not settings.demo:
        return PublicOnly(), _nothing
    directory = StandingDirectory(warehouse)
    return DemoIdentities(directory), directory.refresh


async def _missing(path: str) -> None:
    """No such door; without this one Dash would answer with its page."""
    del path
    raise NotFound


def _nothing() -> None:
    """Nothing to refresh."""


def _nobody(secret: str) -> None:
    """No token opens anything."""
    del secret


def _routes(server: FastAPI, installation: Installation) -> None:
    async def healthz() -> PlainTextResponse:
        return PlainTextResponse("ok", HTTPStatus.OK)

    server.add_api_route("/healthz", healthz, methods=["GET"])
    flux.register(
        server,
        installation.live_hub,
        lambda: installation.warehouse.version,
        installation.identities,
        installation.sessions,
    )
    viewer_switch.register(server, installation.identities, installation.sessions)
    downloads.register(server, installation.warehouse)
    closings.register(server, installation.warehouse)
    digests.register(server, installation.warehouse, installation.identities)
    uploads.register(server, installation.desk, installation.settings.upload_limit_bytes)
    corrections.register(server, installation.warehouse, installation.desk)
    loads.register(
        server,
        installation.warehouse,
        installation.desk,
        installation.settings.upload_limit_bytes,
    )
    if installation.keeper:
        tokens.register(server, installation.keeper)


def _watching(installation: Installation, stopping: threading.Event) -> list[threading.Thread]:
    """The watch over the calendar and, where one is set, over the incoming folder."""
    warehouse, folder = installation.warehouse, installation.settings.incoming
    watches = [partial(turn_days, warehouse, stopping)]
    if folder is not None:
        watches.append(partial(watch_until_stopped, warehouse, folder, stopping))
    threads = [threading.Thread(target=one, name="watch", daemon=True) for one in watches]
    for thread in threads:
        thread.start()
    return threads


@contextlib.asynccontextmanager
async def _life(installation: Installation, refresh: Callable[[], None]) -> AsyncIterator[None]:
    """From start to stop: hints flow from the warehouse's thread to the pages."""
    loop = asyncio.get_running_loop()
    hub = installation.live_hub()

    def changed(version: int, organisation_ids: frozenset[str]) -> None:
        try:
            refresh()
            if installation.keeper:
                installation.keeper.refresh()
        except Exception as error:
            # The change is committed: a reader's trouble must not reach the writer.
            _log.error("directory", exc_info=error)
        # A change made while the server stops has nobody left to tell.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(hub.announce, version, organisation_ids)

    installation.warehouse.on_version(changed)
    stopping = threading.Event()
    watching = _watching(installation, stopping)
    collecting = asyncio.create_task(keep_collecting())
    try:
        yield
    finally:
        collecting.cancel()
        stopping.set()
        for thread in watching:
            await asyncio.to_thread(thread.join, _WATCH_GRACE_S)
        installation.desk.stop()
        installation.sessions.stop()
