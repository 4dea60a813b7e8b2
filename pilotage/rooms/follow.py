"""Following a room or an indicator, and the page that gathers what changed in all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from pilotage.domain.organisation import Organisation
from pilotage.domain.viewer import Role, Scope
from pilotage.errors import NotFound
from pilotage.rooms.address import Address, parse_address
from pilotage.rooms.blocker import Named, author_of
from pilotage.rooms.government import government_room
from pilotage.rooms.level import level_room
from pilotage.rooms.memory import remembered
from pilotage.rooms.since import Since, first_day_of, pair_since
from pilotage.rooms.standing import standing_tree
from pilotage.rooms.tree import GOVERNMENT_ROOM, LEVEL_OF_ROOM
from pilotage.store.queries.blockers import indicator_titles
from pilotage.store.queries.follows import followed_pages
from pilotage.store.queries.passport import verdict
from pilotage.store.warehouse import Warehouse

KIND = "follow"
"""The event's kind: ``{viewer_id, page, is_followed}``."""
INDICATOR = "indicateurs"
MOST_FOLLOWED = 60
"""Pages one person follows at most; what is more is no longer followed by anyone's eyes."""
_USUAL_DAYS = 7
"""How far back the page looks where its address names no day."""


class FollowOutcome(StrEnum):
    """What became of the request; the page has a sentence for each refusal."""

    KEPT = "kept"
    NOT_ALLOWED = "not_allowed"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class Followed:
    """A page followed: ``page`` its address, ``name`` what it is about, ``place`` where.

    ``since``: what changed there; ``name`` None for what can no longer be seen, and without words
    for the government's room, which the page names.
    """

    page: str
    name: Named | None
    place: Named | None = None
    since: Since | None = None

    @property
    def room(self) -> str:
        """The first segment of its address."""
        return parse_address(self.page, "").room


@dataclass(frozen=True)
class FollowRoom:
    """Everything one follows, in the order it was followed, and the day compared with.

    ``first_day`` is None where the address names a day that cannot be compared with.
    """

    followed: tuple[Followed, ...]
    asked: str
    first_day: date | None
    is_open: bool = True


@dataclass(frozen=True)
class FollowState:
    """``page`` is None where the page cannot be followed; ``count``: how many one follows."""

    page: str | None = None
    is_followed: bool = False
    count: int = 0


NO_FOLLOW = FollowState()


def may_follow(scope: Scope) -> bool:
    """True for a person; the public is nobody in particular."""
    return not scope.published_only and scope.role is not Role.PUBLIC


def followable(address: Address) -> str | None:
    """The address under which that page is followed; None for a page that is not."""
    if address.parts == (GOVERNMENT_ROOM,):
        return Address(address.parts).here()
    if address.room in LEVEL_OF_ROOM and len(address.parts) == 2:
        return Address(address.parts).here()
    place = address.parameters.get("org", "")
    if address.room == INDICATOR and len(address.parts) == 2 and place:
        return Address(address.parts, {"org": place}).here()
    return None


def follow_state(scope: Scope, warehouse: Warehouse, address: Address) -> FollowState:
    """Whether this viewer follows the page at that address, and how many she follows."""
    if not may_follow(scope):
        return NO_FOLLOW
    mine, page = followed_pages(scope, warehouse), followable(address)
    if page is not None and _known(scope, warehouse, page).name is None:
        page = None
    return FollowState(page, page in mine, len(mine))


def follow(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> FollowOutcome:
    """Follow the page asked for, or no longer; never raises on what a client sends."""
    page = followable(_parsed(str(asked.get("page", ""))))
    if page is None or not may_follow(scope):
        return FollowOutcome.NOT_ALLOWED
    wanted = asked.get("wanted") == "1"
    mine = followed_pages(scope, warehouse)
    # What can no longer be seen may still be left; only what is seen can be followed.
    if wanted and _known(scope, warehouse, page).name is None:
        return FollowOutcome.NOT_ALLOWED
    if wanted and page not in mine and len(mine) >= MOST_FOLLOWED:
        return FollowOutcome.TOO_MANY
    if wanted != (page in mine):
        told = {"viewer_id": scope.viewer_id, "page": page, "is_followed": wanted}
        warehouse.record(KIND, author_of(scope), told)
    return FollowOutcome.KEPT


def follow_room(scope: Scope, warehouse: Warehouse, address: Address) -> FollowRoom:
    """``/suivi?depuis=``: what changed in each page followed, since a week ago for none."""
    given = address.parameters.get("depuis", "")
    day = given or (warehouse.today - timedelta(days=_USUAL_DAYS)).isoformat()
    first = first_day_of(Address((), {"depuis": day}), warehouse.today)
    if not may_follow(scope):
        return FollowRoom((), given, first, is_open=False)
    pages = followed_pages(scope, warehouse)

    def read() -> tuple[Followed, ...]:
        return tuple(_known(scope, warehouse, page, day) for page in pages)

    return FollowRoom(remembered(scope, warehouse, ("followed", pages, day), read), given, first)


def _parsed(page: str) -> Address:
    path, _, search = page.partition("?")
    return parse_address(path, search)


def _known(scope: Scope, warehouse: Warehouse, page: str, day: str = "") -> Followed:
    """What the page is, and what changed there since ``day``; without a name where out of sight."""
    address = _parsed(page)
    dated = Address(address.parts, {**address.parameters, **({"depuis": day} if day else {})})
    try:
        if address.room == INDICATOR:
            return _indicator(scope, warehouse, page, dated)
        return _room(scope, warehouse, page, dated)
    except NotFound:
        return Followed(page, None)


def _room(scope: Scope, warehouse: Warehouse, page: str, address: Address) -> Followed:
    compares = "depuis" in address.parameters
    seen = standing_tree(scope, warehouse).organisations
    if address.room == GOVERNMENT_ROOM and seen:
        since = government_room(scope, warehouse, address).since if compares else None
        return Followed(page, Named(GOVERNMENT_ROOM, "", None), None, since)
    if (address.subject or "") not in seen or LEVEL_OF_ROOM[address.room] not in scope.levels:
        raise NotFound
    since = level_room(scope, warehouse, address).since if compares else None
    return Followed(page, _named(seen[address.subject or ""]), None, since)


def _indicator(scope: Scope, warehouse: Warehouse, page: str, address: Address) -> Followed:
    pair = (address.subject or "", address.parameters["org"])
    seen = standing_tree(scope, warehouse).organisations
    titles = indicator_titles(scope, warehouse, [pair[0]])
    if pair[1] not in seen or pair[0] not in titles or verdict(scope, warehouse, *pair) is None:
        raise NotFound
    french, english, _ = titles[pair[0]]
    since = pair_since(scope, warehouse, address, pair)
    return Followed(page, Named(pair[0], french, english), _named(seen[pair[1]]), since)


def _named(one: Organisation) -> Named:
    return Named(one.organisation_id, one.label_fr, one.label_en)
