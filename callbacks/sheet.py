"""A table of a page as it is shown, for whoever may open that page: what its links give."""

import re
from datetime import date
from unicodedata import normalize

from callbacks.shell import page_of
from layouts.sheet import grids
from layouts.shell import viewer_words
from pilotage.access.current import Sight
from pilotage.errors import NotFound
from pilotage.formats import day
from pilotage.i18n import translator
from pilotage.reports.sheet import Sheet
from pilotage.rooms.address import Address
from pilotage.rooms.frame import frame
from pilotage.rooms.past import follows_day
from pilotage.settings import Settings
from pilotage.store.warehouse import Warehouse

_LONGEST = 40


def sheet(
    sight: Sight, warehouse: Warehouse, settings: Settings, address: Address, name: str
) -> Sheet:
    """The tables of that name on that page. Raises PilotageError as the page would, or NotFound."""
    page, version = page_of(address), warehouse.version
    room = page.room(sight.scope, warehouse, address)
    title = page.title(room, address)
    own = page.tables.get(name)
    drawn = own(room, address) if own else page.layout(room, address)
    found = grids(drawn, name, address)
    if not found or not name:
        raise NotFound
    on = address.past(warehouse.today) if follows_day(address) else None
    shown_on = page.day(room) or on or warehouse.today
    around = frame(sight, warehouse, settings, address)
    _ = translator(address.lang)
    source = _("Démonstration : les chiffres de ce gouvernement sont fictifs.")
    about = [
        (_("Page"), title),
        (_("Tableau"), ", ".join(one.caption for one in found)),
        (_("Situation au"), f"{day(shown_on, address.lang)} ({shown_on.isoformat()})"),
        (_("Source"), source if around.is_fictitious else around.source or "—"),
        (_("Adresse et filtres"), address.here()),
        (_("Vu par"), viewer_words(around.viewer, around.place, address.lang)),
        (_("Version des données"), str(version)),
    ]
    # A table's name in an address is French; its caption is in the reader's language.
    table = name if address.lang == "fr" else _plain(found[0].caption)
    called = file_name(f"{_plain(title)} {table}", shown_on)
    return Sheet(title, called, address.lang, tuple(about), found)


def file_name(words: str, on: date) -> str:
    """A file's name without its end, that every system accepts; it ends with the day shown."""
    return f"{_plain(words, 2 * _LONGEST)}-{on.isoformat()}"


def _plain(text: str, most: int = _LONGEST) -> str:
    """A part of a file's name that every system accepts."""
    bare = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:most].strip("-") or "salle"
