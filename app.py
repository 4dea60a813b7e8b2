"""The composition root: settings → store → server → screen."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from dash import Dash
from dash.backends._fastapi import FastAPIDashServer
from dash.exceptions import PreventUpdate
from fastapi import FastAPI

from callbacks import (
    agreement,
    blockers,
    calendar,
    calibration,
    cascade,
    data,
    follow,
    government,
    huddle,
    indicator,
    level,
    public,
    publications,
    questions,
    search,
    shell,
)
from callbacks.brief import brief_file
from callbacks.sheet import sheet
from layouts.everything import everything
from layouts.index_page import Screen
from layouts.shell import shell as frame
from pilotage.access.current import Sight
from pilotage.reports.sheet import Sheet
from pilotage.rooms.address import Address
from pilotage.settings import Settings, from_environment
from pilotage.store.warehouse import Warehouse
from pilotage.web import briefs, public_page, sheets
from pilotage.web.absent import Absent
from pilotage.web.serving import serve

ASSETS = Path(__file__).parent / "layouts" / "assets"


def build_dash(server: FastAPI, warehouse: Warehouse, settings: Settings) -> Dash:
    """The screen on that server. One per process: Dash keeps its backend in module state."""
    # Our own /flux carries the news; Dash's WebSocket would open on every page (pitfalls, 4).
    FastAPIDashServer.websocket_capability = False
    app = Screen(
        server=cast(Any, server),
        title="Salle de pilotage",
        update_title=cast(Any, None),
        assets_folder=str(ASSETS),
        serve_locally=True,
        add_log_handler=False,
    )
    app.layout = cast(Any, frame)
    app.validation_layout = cast(Any, everything())
    shell.register(app, warehouse, settings)
    search.register(app, warehouse)
    follow.register(app, warehouse)
    level.register(app, warehouse)
    huddle.register(app, warehouse)
    calibration.register(app, warehouse)
    cascade.register(app, warehouse)
    questions.register(app, warehouse)
    public.register(app, warehouse)
    publications.register(app, warehouse)
    government.register(app, warehouse)
    indicator.register(app, warehouse)
    data.register(app, warehouse)
    agreement.register(app, warehouse)
    calendar.register(app, warehouse)
    blockers.register(app, warehouse)
    return app


def screen(server: FastAPI, warehouse: Warehouse, settings: Settings) -> Sequence[str]:
    """Build the screen; the hashes of the scripts Dash writes into the index."""

    def table_of(sight: Sight, address: Address, name: str) -> Sheet:
        return sheet(sight, warehouse, settings, address, name)

    def brief_of(sight: Sight, address: Address) -> tuple[str, bytes]:
        return brief_file(sight, warehouse, settings, address)

    def public_of(sight: Sight, address: Address) -> str:
        return public.whole(sight, warehouse, settings, address)

    def there(sight: Sight, address: Address) -> bool:
        return shell.is_there(sight, warehouse, address)

    server.add_middleware(cast(Any, Absent), is_there=there)
    # Before Dash, which answers every other address with its page.
    sheets.register(server, table_of)
    briefs.register(server, brief_of)
    public_page.register(server, public_of)
    return build_dash(server, warehouse, settings).csp_hashes()


def main(settings: Settings, lang: str = "fr") -> int:
    """Serve one home until stopped; the exit code."""
    return serve(settings, screen, passing=(PreventUpdate,), lang=lang)


if __name__ == "__main__":
    sys.exit(main(from_environment()))
