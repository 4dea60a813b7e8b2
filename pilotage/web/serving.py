"""Serve a home: one process, one worker, because the projection has one writer.

The screen comes from outside (``app.py``): nothing under ``pilotage`` knows Dash.
"""

import asyncio
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp, Message

from pilotage.errors import PilotageError, Refused
from pilotage.intake.loading import checker_of, stop_checking
from pilotage.settings import Settings, secret_of
from pilotage.store.warehouse import Warehouse, open_warehouse
from pilotage.web.application import create, guarded
from pilotage.web.log import configure_log
from pilotage.web.server_file import announced

Screen = Callable[[FastAPI, Warehouse, Settings], Sequence[str]]
"""Builds the pages on the application and answers the hashes of their inline scripts (CSP)."""

_GRACE_S = 3
_WARMED = ("/_dash-dependencies", "/_dash-layout")


def serve(
    settings: Settings, screen: Screen, passing: tuple[type[Exception], ...] = (), lang: str = "fr"
) -> int:
    """Serve until stopped. 0 after a graceful stop; 2, with one sentence, where it cannot start."""
    try:
        with _listening(settings) as (door, served), _opened(served) as warehouse:
            _run(served, warehouse, door, screen, passing)
    except PilotageError as error:
        print(error.sentence(lang), file=sys.stderr)
        return error.exit_code
    return 0


def _run(
    settings: Settings,
    warehouse: Warehouse,
    door: socket.socket,
    screen: Screen,
    passing: tuple[type[Exception], ...],
) -> None:
    configure_log(settings.home)
    secret_of(settings)
    server = create(settings, warehouse, passing=passing)
    hashes = screen(server, warehouse, settings)
    asyncio.run(warm(server))
    with announced(settings) as token:
        application = guarded(server, hashes, token)
        _Server(_config(application), settings.address).run(sockets=[door])


def _config(application: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        workers=1,
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=_GRACE_S,
    )


class _Server(uvicorn.Server):
    """Says in one line where it is, once it really answers."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on a signal without raising it again at the end: what was opened must be closed."""
        stopping = (signal.SIGINT, signal.SIGTERM)
        former = {one: signal.signal(one, self.handle_exit) for one in stopping}
        try:
            yield
        finally:
            for one, handler in former.items():
                signal.signal(one, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(f"Salle de pilotage : {self._address}", flush=True)


async def warm(server: ASGIApp) -> None:
    """Ask what the first visitor would have waited for.

    Dash fills its callback map at the first hit. Asked of the application itself, inside its door,
    so without a session.
    """
    import numpy  # noqa: F401  (plotly's lazy import races between threads)
    import orjson  # noqa: F401

    for path in _WARMED:
        await _visited(server, path)


async def _visited(server: ASGIApp, path: str) -> None:
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1")],
        "client": None,
        "server": ("127.0.0.1", 0),
        "state": {},
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        del message

    await server(scope, receive, send)


@contextmanager
def _listening(settings: Settings) -> Iterator[tuple[socket.socket, Settings]]:
    """The socket, bound before anything is opened, and the settings with the port it got."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        door = socket.create_server((settings.host.strip("[]"), settings.port), family=family)
    except OSError as error:
        raise _taken(settings) from error
    with door:
        yield door, replace(settings, port=door.getsockname()[1])


@contextmanager
def _opened(settings: Settings) -> Iterator[Warehouse]:
    warehouse = open_warehouse(settings.home, settings.as_of, settings.rules)
    checker_of(warehouse).warm()
    try:
        yield warehouse
    finally:
        stop_checking(warehouse)
        warehouse.close()


def _taken(settings: Settings) -> Refused:
    return Refused(
        f"L'adresse {settings.address} est déjà prise. "
        "Arrêtez l'autre serveur ou choisissez un autre port avec PILOTAGE_PORT.",
        f"The address {settings.address} is already taken. "
        "Stop the other server or choose another port with PILOTAGE_PORT.",
    )
