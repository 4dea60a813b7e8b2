"""The blockers of a room: those waiting here, those about to climb, the door to all the others."""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts.blocker import blocker_item
from layouts.parts import empty, more
from pilotage.i18n import translator
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import BlockerCard
from pilotage.rooms.level import LevelRoom

_PRESSING = 4
"""Blockers shown before « les autres »."""


def waiting(room: LevelRoom, address: Address) -> list[Any]:
    """Those waiting here, those about to climb here, and the door to all the others."""
    _ = translator(address.lang)
    drawn = first_few(room.blockers, address)
    if not drawn:
        drawn.append(empty(_("Aucun bloquant n'attend de réponse ici.")))
    if room.climbing:
        drawn.append(html.H3(_("Monteront bientôt"), className="subhead"))
        drawn += first_few(room.climbing, address)
    name = room.organisation.organisation_id
    links: list[Any] = [
        html.A(_("Signaler un bloquant"), href=address.link("bloquants", org=name) + "#signaler")
    ]
    if room.elsewhere:
        words = _.plural(
            "{n} autre bloquant plus bas", "{n} autres bloquants plus bas", room.elsewhere
        ).format(n=room.elsewhere)
        links += [" · ", html.A(words, href=address.link("bloquants", org=name))]
    return [*drawn, html.P(links, className="since ways")]


def first_few(blockers: Sequence[BlockerCard], address: Address) -> list[Any]:
    """The most pressing ones; the others wait under a line."""
    items = [blocker_item(one, address) for one in blockers]
    hidden = items[_PRESSING:]
    if not hidden:
        return list(items)
    words = translator(address.lang).plural("{n} autre", "{n} autres", len(hidden))
    return [*items[:_PRESSING], more(words.format(n=len(hidden)), hidden)]
