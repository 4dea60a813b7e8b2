"""The blockers of a room: those waiting here, those about to climb, the door to all the others."""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts import ids
from layouts.blocker import blocker_item
from layouts.blocker_form import answers
from layouts.parts import empty, more
from layouts.since import told_since
from pilotage.domain.indicator import Level
from pilotage.i18n import translator
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import BlockerCard
from pilotage.rooms.level import LevelRoom

_PRESSING = 4
"""Blockers shown before « les autres »."""


def waiting(room: LevelRoom, address: Address) -> list[Any]:
    """Those waiting here, deferred, about to climb, risen past here; the door to all the others."""
    _ = translator(address.lang)
    held = room.blockers
    drawn = first_few(held.here, address, ids.ROOM_ANSWER)
    if not drawn:
        drawn.append(empty(_("Aucun bloquant n'attend de réponse ici.")))
    groups = [
        (_("Reportés"), held.put_off),
        (_("Monteront bientôt"), held.climbing),
        (_risen(room, address), held.risen),
    ]
    for heading, group in groups:
        if group:
            drawn.append(html.H3(heading, className="subhead"))
            drawn += first_few(group, address)
    drawn += told_since(room.told_since, address.lang)
    return [*drawn, html.P(_ways(room, address), className="since ways")]


def _risen(room: LevelRoom, address: Address) -> str:
    _ = translator(address.lang)
    if room.level is Level.STRATEGIC:
        return _("Montés au gouvernement ({n})").format(n=len(room.blockers.risen))
    return _("Montés plus haut ({n})").format(n=len(room.blockers.risen))


def _ways(room: LevelRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    name, count = room.organisation.organisation_id, room.blockers.below
    links: list[Any] = []
    if not room.is_past:
        href = address.link("bloquants", signaler="1", org=name)
        links = [html.A(_("Signaler un bloquant"), href=href)]
    if count:
        words = _.plural("{n} autre bloquant plus bas", "{n} autres bloquants plus bas", count)
        href = address.link("bloquants", org=name)
        links += [*([" · "] if links else []), html.A(words.format(n=count), href=href)]
    return links


def first_few(
    blockers: Sequence[BlockerCard], address: Address, store: str | None = None
) -> list[Any]:
    """The most pressing ones; the others wait under a line.

    ``store``: where the answers one may give at once are sent; None for none.
    """
    items = [
        blocker_item(one, address, answers(one, address, store) if store else None)
        for one in blockers
    ]
    hidden = items[_PRESSING:]
    if not hidden:
        return list(items)
    words = translator(address.lang).plural("{n} autre", "{n} autres", len(hidden))
    return [*items[:_PRESSING], more(words.format(n=len(hidden)), hidden)]
