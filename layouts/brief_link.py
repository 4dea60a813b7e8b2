"""The door from a room to its one-page brief."""

from urllib.parse import quote, urlencode

from dash import html

from layouts.parts import data
from pilotage.i18n import translator
from pilotage.rooms.address import Address

DOOR = "/note"


def brief_link(address: Address) -> html.A:
    """« Note d'une page (PDF) » of the room at that address, at the same date and language."""
    words = translator(address.lang)("Note d'une page (PDF)")
    # A file, or one sentence where none can be made: the browser asks for it by itself.
    return html.A(words, href=brief_href(address), className="paper", **data(reload=True))


def brief_href(address: Address) -> str:
    """``/note/<room>/<organisation>.pdf?au=…&lang=…``."""
    path = "/".join(quote(part, safe="") for part in address.parts)
    kept = {name: address.parameters[name] for name in ("au", "lang") if name in address.parameters}
    return f"{DOOR}/{path}.pdf" + (f"?{urlencode(kept)}" if kept else "")
