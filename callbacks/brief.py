"""The one-page brief of a room, for whoever may open that room: what its route gives."""

from collections.abc import Callable, Sequence
from typing import Any

from callbacks.sheet import file_name
from callbacks.shell import page_of
from layouts.brief import government_brief, level_brief
from layouts.shell import viewer_words
from pilotage.access.current import Sight
from pilotage.errors import NotFound
from pilotage.i18n import translator
from pilotage.reports.brief import Brief, pages
from pilotage.reports.pdf import one_page
from pilotage.rooms.address import Address
from pilotage.rooms.frame import frame
from pilotage.rooms.memory import remembered
from pilotage.rooms.tree import GOVERNMENT_ROOM, LEVEL_OF_ROOM
from pilotage.settings import Settings
from pilotage.store.warehouse import Warehouse

Maker = Callable[[Any, Address, Sequence[str]], Brief]


def brief(sight: Sight, warehouse: Warehouse, settings: Settings, address: Address) -> Brief:
    """The brief of that room. Raises PilotageError as the room would, NotFound for another page."""
    maker = _maker(address)
    version = warehouse.version
    room = page_of(address).room(sight.scope, warehouse, address)
    around = frame(sight, warehouse, settings, address)
    _ = translator(address.lang)
    source = around.source or "—"
    if around.is_fictitious:
        source = _("Démonstration : les chiffres de ce gouvernement sont fictifs.")
    about = [
        _("Source : {name}").format(name=source),
        _("version des données : {n}").format(n=version),
        address.here(),
        _("vu par : {who}").format(who=viewer_words(around.viewer, around.place, address.lang)),
    ]
    return maker(room, address, about)


def brief_file(
    sight: Sight, warehouse: Warehouse, settings: Settings, address: Address
) -> tuple[str, bytes]:
    """The PDF and its name, made once for a version, a day and a viewer."""
    said = brief(sight, warehouse, settings, address)
    asked = ("brief", sight.viewer.role, said.mark)
    made = remembered(sight.scope, warehouse, asked, lambda: one_page(pages(said)))
    on = address.past(warehouse.today) or warehouse.today
    return f"{file_name(said.title, on)}.pdf", made


def _maker(address: Address) -> Maker:
    if address.parts == (GOVERNMENT_ROOM,):
        return government_brief
    if address.room in LEVEL_OF_ROOM and len(address.parts) == 2:
        return level_brief
    raise NotFound
