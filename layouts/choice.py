"""Which room of a level: the organisations to choose among."""

from typing import Any

from dash import html

from layouts.below import heat
from layouts.level import ROOM_NAMES
from layouts.parts import empty, section
from pilotage.i18n import translator
from pilotage.rooms.address import Address
from pilotage.rooms.choice import Choice


def title(room: Choice, address: Address) -> str:
    """The name of the kind of room."""
    return translator(address.lang)(ROOM_NAMES[room.level])


def layout(room: Choice, address: Address) -> list[Any]:
    """A sentence and the rooms, each with its figures."""
    _ = translator(address.lang)
    heading = html.H1(title(room, address), tabIndex=-1)
    if not room.branches:
        step = html.A(_("Ouvrir la page Données"), href=address.link("donnees"))
        return [heading, empty(_("Aucune salle de ce niveau n'a d'indicateur à montrer."), step)]
    words = _.plural(
        "Une salle a des indicateurs à ce niveau.",
        "{n} salles ont des indicateurs à ce niveau. Choisissez la vôtre.",
        len(room.branches),
    ).format(n=len(room.branches))
    return [
        heading,
        html.P(words, className="lede"),
        section(_("Salles"), heat(room.branches, address, is_grouped=False)),
    ]
