"""Whether a hint of a newer version concerns the page on screen."""

from typing import Any

from pilotage.domain.viewer import Scope
from pilotage.rooms.address import Address
from pilotage.rooms.standing import standing_tree
from pilotage.store.warehouse import Warehouse

_LEVELS = ("strategique", "tactique", "operationnel")


def place_of(address: Address) -> str | None:
    """The organisation without which no news concerns this page; None where any may.

    A change names the organisations it touched and all those above them, so a room of a level is
    concerned only where its own is named: the browser then need not ask.
    """
    return address.subject if address.room in _LEVELS else None


def is_news(scope: Scope, warehouse: Warehouse, hint: Any, drawn: Any, address: Address) -> bool:
    """True when the version is newer than what is drawn and touches the page's organisation.

    ``hint`` is what flux.js wrote: ``{version, organisations | None}``; ``drawn`` what the page
    said of itself when it was drawn. Both come from the browser: anything else is no news.
    """
    if address.past(warehouse.today):
        return False  # a past day is read as it was asked for
    if not isinstance(hint, dict) or not isinstance(hint.get("version"), int):
        return False
    told = drawn if isinstance(drawn, dict) else {}
    if told.get("room", address.room) != address.room:
        return False  # the address has changed, and its page is not drawn yet
    version = told.get("version")
    if isinstance(version, int) and hint["version"] <= version:
        return False
    named = hint.get("organisations")
    if not isinstance(named, list) or address.subject is None:
        return True
    below = standing_tree(scope, warehouse).subtree(address.subject)
    return not set(below).isdisjoint(one for one in named if isinstance(one, str))
