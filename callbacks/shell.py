"""From an address to what is on screen: the one table of pages, and the one navigation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from secrets import token_hex
from typing import Any

import orjson
import structlog
from dash import ClientsideFunction, Dash, Input, Output

from callbacks import address_at, in_thread
from layouts import agreement as agreement_page
from layouts import blocker_table, ids, provenance_table, published_table, shell
from layouts import blockers as blockers_page
from layouts import calendar as calendar_page
from layouts import calibration as calibration_page
from layouts import cascade as cascade_page
from layouts import choice as choice_page
from layouts import data as data_screen
from layouts import follow as follow_page
from layouts import government as government_page
from layouts import huddle as huddle_page
from layouts import indicator as indicator_page
from layouts import level as level_page
from layouts import public as public_page
from layouts import publications as publications_page
from layouts import questions as questions_page
from layouts import state as state_page
from layouts.plain import lean
from pilotage.access.current import Sight, current_sight
from pilotage.domain.viewer import Scope
from pilotage.errors import NotFound, PilotageError
from pilotage.rooms.address import Address, parse_address
from pilotage.rooms.agreement import agreement_room
from pilotage.rooms.answer import keep_answer
from pilotage.rooms.blocker import author_of
from pilotage.rooms.blockers import blockers_room
from pilotage.rooms.calendar import calendar_room
from pilotage.rooms.calibration import calibration_room
from pilotage.rooms.cascade import cascade_room
from pilotage.rooms.choice import choice
from pilotage.rooms.data import data_page
from pilotage.rooms.follow import follow_room
from pilotage.rooms.frame import frame
from pilotage.rooms.government import government_room
from pilotage.rooms.huddle import huddle_room
from pilotage.rooms.huddle_record import is_huddle
from pilotage.rooms.indicator import indicator_room
from pilotage.rooms.known import is_known
from pilotage.rooms.level import level_room
from pilotage.rooms.memory import remembered
from pilotage.rooms.news import place_of
from pilotage.rooms.publication import public_room
from pilotage.rooms.publications import publications_room
from pilotage.rooms.questions import questions_room
from pilotage.settings import Settings
from pilotage.store.warehouse import Warehouse

_log = structlog.get_logger("callbacks.shell")


@dataclass(frozen=True)
class Page:
    """A kind of page: how its room is built, and how it is drawn."""

    room: Callable[[Scope, Warehouse, Address], Any]
    title: Callable[[Any, Address], str]
    layout: Callable[[Any, Address], list[Any]]
    is_kept: bool = False
    """The page hangs on the version, the date and the viewer alone: drawn once for all three."""
    tables: Mapping[str, Callable[[Any, Address], Any]] = field(default_factory=dict)
    """Tables to take away that the page draws otherwise than as tables, by name."""
    day: Callable[[Any], date | None] = lambda _room: None
    """The day of its figures, where neither the address nor the calendar says it."""


_LEVEL = Page(
    level_room, level_page.title, level_page.layout, is_kept=True, tables=level_page.TABLES
)
_HUDDLE = Page(huddle_room, huddle_page.title, huddle_page.layout)
_CHOICE = Page(choice, choice_page.title, choice_page.layout, is_kept=True)
_GOVERNMENT = Page(government_room, government_page.title, government_page.layout, is_kept=True)

PAGES: dict[str, Page] = {
    "gouvernement": _GOVERNMENT,
    "strategique": _LEVEL,
    "tactique": _LEVEL,
    "operationnel": _LEVEL,
    "indicateurs": Page(
        indicator_room,
        indicator_page.title,
        indicator_page.layout,
        tables=provenance_table.TABLES,
    ),
    "cascade": Page(
        cascade_room,
        cascade_page.title,
        cascade_page.layout,
        is_kept=True,
        tables=cascade_page.TABLES,
    ),
    "bloquants": Page(
        blockers_room, blockers_page.title, blockers_page.layout, tables=blocker_table.TABLES
    ),
    "donnees": Page(data_page, data_screen.title, data_screen.layout, tables=data_screen.TABLES),
    "calibration": Page(
        calibration_room, calibration_page.title, calibration_page.layout, is_kept=True
    ),
    "questions": Page(
        questions_room,
        questions_page.title,
        questions_page.layout,
        is_kept=True,
        tables=questions_page.TABLES,
    ),
    "suivi": Page(follow_room, follow_page.title, follow_page.layout),
    "public": Page(
        public_room,
        public_page.title,
        public_page.layout,
        is_kept=True,
        tables=published_table.TABLES,
        day=lambda room: room.shown and room.shown.as_of,
    ),
    "publications": Page(publications_room, publications_page.title, publications_page.layout),
}
"""Every kind of page by the first segment of its address."""
SUBPAGES: dict[tuple[str, str], Page] = {
    ("donnees", "accords"): Page(agreement_room, agreement_page.title, agreement_page.layout),
    ("donnees", "calendrier"): Page(calendar_room, calendar_page.title, calendar_page.layout),
}
"""Pages that stand below another, by the first two segments."""


@dataclass(frozen=True)
class Drawn:
    """A page ready to be shown."""

    title: str
    content: list[Any]
    is_page: bool = True
    """False for the state that stands where there is no page."""


def page_of(address: Address) -> Page:
    """The kind of page at that address. Raises NotFound."""
    if is_huddle(address):
        return _HUDDLE
    page = SUBPAGES.get((address.room, address.subject or "")) or PAGES.get(address.room)
    if page is None:
        raise NotFound
    return _CHOICE if page is _LEVEL and address.subject is None else page


def is_there(sight: Sight, warehouse: Warehouse, address: Address) -> bool:
    """Whether that viewer has a page at that address, as far as that is told without drawing it."""
    try:
        page_of(address)
    except NotFound:
        return False
    return is_known(sight.scope, warehouse, address)


def draw(scope: Scope, warehouse: Warehouse, address: Address) -> Drawn:
    """Ask the room and draw it. Raises PilotageError with a sentence."""
    page = page_of(address)
    if not page.is_kept:
        room = page.room(scope, warehouse, address)
        return Drawn(page.title(room, address), page.layout(room, address))
    asked = ("drawn", author_of(scope), address.here())
    kept = remembered(scope, warehouse, asked, lambda: _packed(page, scope, warehouse, address))
    return Drawn(*orjson.loads(kept))


def _packed(page: Page, scope: Scope, warehouse: Warehouse, address: Address) -> bytes:
    """Title and content as JSON: a plain tree leaves sixty times faster than components do."""
    room = page.room(scope, warehouse, address)
    return orjson.dumps([page.title(room, address), lean(page.layout(room, address))])


def drawn_for(sight: Sight, warehouse: Warehouse, address: Address) -> Drawn:
    """The page at that address for that viewer, or the state that stands in its place."""
    try:
        drawn = draw(sight.scope, warehouse, address)
        if page_of(address).is_kept:
            keep_answer()
        return drawn
    except PilotageError as fault:
        said = state_page.state(fault.status, fault.sentence(address.lang), address)
        return Drawn(state_page.title(fault.status, address), said, is_page=False)
    except Exception:
        # One sentence and an identifier on screen; what happened goes to the log alone.
        reference = token_hex(4)
        _log.exception("fault", reference=reference, page=address.room)
        said = state_page.fault(address, reference)
        return Drawn(state_page.title(state_page.FAULT, address), said)


def show(
    warehouse: Warehouse, settings: Settings, path: str, search: str
) -> tuple[Any, Any, Any, Any, dict[str, Any]]:
    """Head, tools, band, page and its title, for whoever asks."""
    sight, asked = current_sight(), parse_address(path, search)
    # Read before the page is: a change that comes meanwhile is then newer than what is shown.
    version = warehouse.version
    # « / » is whoever asks's own room; the browser then shows that room's address.
    address = address_at(warehouse, path, search)
    around = frame(sight, warehouse, settings, address)
    page = drawn_for(sight, warehouse, address)
    moved = None if asked.parts else address.here()
    said = {
        "title": page.title,
        "lang": address.lang,
        "path": moved,
        "version": version,
        "place": place_of(address),
        "room": address.room,
    }
    return (
        shell.head(around, address),
        shell.tools(around, address),
        shell.band(around, address, is_page=page.is_page),
        page.content,
        said,
    )


def register(app: Dash, warehouse: Warehouse, settings: Settings) -> None:
    """Draw a page at each change of address, then tell the browser its title and language.

    The chart of a page is painted in the browser.
    """
    app.callback(
        Output(ids.HEAD, "children"),
        Output(ids.TOOLS, "children"),
        Output(ids.BAND, "children"),
        Output(ids.PAGE, "children"),
        Output(ids.PAGE_TITLE, "data"),
        Input(ids.URL, "pathname"),
        Input(ids.URL, "search"),
    )(in_thread(partial(show, warehouse, settings)))
    app.clientside_callback(
        ClientsideFunction("shell", "shown"),
        Output(ids.PAGE_DRAWN, "data"),
        Input(ids.PAGE_TITLE, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("chart", "paint"),
        Output(ids.CHART, "figure"),
        Input(ids.CHART_SPEC, "data"),
        Input(ids.CHART_THEME, "data"),
    )
