"""A house small enough for the tests of its doors: two ministries, no store, no screen."""

import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI
from starlette.requests import Request

from pilotage.access.current import current_scope, current_viewer
from pilotage.access.identity import DemoIdentities, Identities
from pilotage.domain.indicator import Level
from pilotage.domain.organisation import Organisation, OrganisationKind
from pilotage.errors import Forbidden
from pilotage.settings import Settings
from pilotage.store.warehouse import Warehouse
from pilotage.web.application import create, guarded

with warnings.catch_warnings():
    # It would rather have httpx2, which nothing else here needs.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient, WebSocketTestSession

__all__ = ["ADDRESS", "SOCKET", "House", "TestClient", "WebSocketTestSession", "open_house"]
ADDRESS = "http://127.0.0.1:8050"
SOCKET = "ws://127.0.0.1:8050/flux"
ORGANISATIONS = (
    Organisation("gov", None, OrganisationKind.GOVERNMENT, "Gouvernement", None, None),
    Organisation("sante", "gov", OrganisationKind.MINISTRY, "Santé", "Health", None),
    Organisation("urgences", "sante", OrganisationKind.DIRECTORATE, "Urgences", None, None),
    Organisation("triage", "urgences", OrganisationKind.TEAM, "Triage", None, None),
    Organisation("transports", "gov", OrganisationKind.MINISTRY, "Transports", None, None),
)
COUNTS = {
    ("sante", Level.STRATEGIC): 4,
    ("urgences", Level.TACTICAL): 9,
    ("triage", Level.OPERATIONAL): 6,
    ("transports", Level.STRATEGIC): 30,
}


@dataclass
class FakeWarehouse:
    """A version and who wants to hear of it."""

    version: int = 7
    today: date = date(2026, 3, 15)
    home: Path = Path("/nowhere")
    listeners: list[Callable[[int, frozenset[str]], None]] = field(default_factory=list)

    def on_version(self, listener: Callable[[int, frozenset[str]], None]) -> None:
        self.listeners.append(listener)

    def change(self, *organisation_ids: str) -> None:
        self.version += 1
        for listener in self.listeners:
            listener(self.version, frozenset(organisation_ids))

    def read(self) -> AbstractContextManager[Any]:
        raise AssertionError("no test of the doors reads the store")


@dataclass
class House:
    """A client of a guarded application, and what stands behind it."""

    client: TestClient
    warehouse: FakeWarehouse
    server: FastAPI

    def see_as(self, viewer_id: str) -> None:
        """Open a page, then look as that sample person."""
        self.client.get("/")
        answer = self.client.post(
            "/voir-comme",
            data={"viewer": viewer_id},
            headers={"origin": ADDRESS},
            follow_redirects=False,
        )
        assert answer.status_code == 303


def open_house(
    home: Path,
    identities: Identities | None = None,
    token: str | None = None,
    upload_limit_bytes: int = 1000,
    intake: object = None,
) -> House:
    """The application behind its door; enter ``house.client`` to start its life."""
    warehouse = FakeWarehouse()
    known = identities or DemoIdentities(lambda: (1, ORGANISATIONS, COUNTS))
    server = create(
        Settings(home=home, upload_limit_bytes=upload_limit_bytes),
        cast(Warehouse, warehouse),
        identities=known,
        **({"intake": intake} if intake else {}),  # type: ignore[arg-type]
    )
    for path in ("/", "/public", "/gouvernement", "/donnees"):
        server.add_api_route(path, who, methods=["GET"])
    server.add_api_route("/_dash-update-component", who, methods=["POST"])
    server.add_api_route("/api/panne", breakdown, methods=["GET"])
    server.add_api_route("/api/interdit", closed, methods=["GET"])
    application = guarded(server, ["'sha256-abc='"], token)
    return House(TestClient(application, base_url=ADDRESS), warehouse, server)


async def who(request: Request) -> dict[str, object]:
    """Says through whose eyes the request was read."""
    body = await request.body()
    return {
        "viewer": current_viewer().viewer_id,
        "sees": sorted(current_scope().organisation_ids),
        "received": len(body),
    }


async def breakdown() -> None:
    raise RuntimeError("select secret from /var/lib/projection.duckdb")


async def closed() -> None:
    raise Forbidden
