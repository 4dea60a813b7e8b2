"""How the command line finds a running server: a small file in the home, for its owner only."""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pilotage.settings import Settings

NAME = "server.json"


@dataclass(frozen=True)
class RunningServer:
    """Where a server of this home answers and the token that opens its ``/api/``."""

    address: str
    token: str
    pid: int


@contextmanager
def announced(settings: Settings) -> Iterator[str]:
    """Write the file for as long as the block lasts; answers the token, new at every start."""
    token = secrets.token_urlsafe(32)
    path = settings.home / NAME
    aside = path.with_name(f".{NAME}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"address": settings.address, "token": token, "pid": os.getpid()}, file)
    aside.replace(path)
    try:
        yield token
    finally:
        path.unlink(missing_ok=True)


def running_server(home: Path) -> RunningServer | None:
    """The server of this home; None where none runs; what a killed one left is not believed."""
    try:
        found = json.loads((home / NAME).read_text(encoding="utf-8"))
        server = RunningServer(found["address"], found["token"], int(found["pid"]))
        os.kill(server.pid, 0)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return server
