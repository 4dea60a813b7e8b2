"""From a room to its huddle: the door, and the record of the last one."""

from typing import Any

from dash import html

from layouts.huddle_record import record
from layouts.parts import section
from pilotage.domain.indicator import Level
from pilotage.i18n import N_, translator
from pilotage.rooms.address import Address
from pilotage.rooms.huddle_record import PAGE
from pilotage.rooms.level import LevelRoom

_DOORS = {
    Level.STRATEGIC: N_("Tenir la séance"),
    Level.TACTICAL: N_("Tenir la séance"),
    Level.OPERATIONAL: N_("Tenir le caucus"),
}
_LAST = {
    Level.STRATEGIC: N_("Dernière séance"),
    Level.TACTICAL: N_("Dernière séance"),
    Level.OPERATIONAL: N_("Dernier caucus"),
}


def huddle_door(room: LevelRoom, address: Address) -> list[Any]:
    """The link, and what follows it; nothing on a past day. It compares with the last one held."""
    if room.is_past or address.parts[2:]:
        return []
    words = translator(address.lang)(_DOORS[room.level])
    last = room.last_huddle
    # What came during the last huddle is of that day: one compares with the day it was held.
    since = last.held_on.isoformat() if last and last.held_on < room.judged_on else None
    href = address.link(*address.parts[:2], PAGE, depuis=since)
    return [html.A(words, href=href, className="link"), " · "]


def last_huddle(room: LevelRoom, address: Address) -> list[Any]:
    """The last record; nothing where none was written, nor in the huddle itself."""
    if room.last_huddle is None or address.parts[2:]:
        return []
    title = translator(address.lang)(_LAST[room.level])
    return [section(title, record(room.last_huddle, address, has_doors=False))]
