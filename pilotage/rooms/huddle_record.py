"""The records of a room's huddles: the last one is read in the room and dates its comparison."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pilotage.domain.indicator import Level
from pilotage.domain.viewer import Scope
from pilotage.followup.post_permission import may_revise, may_withdraw
from pilotage.formats import local
from pilotage.rooms.address import Address
from pilotage.rooms.past import is_past, on_asked_day
from pilotage.rooms.post import Written, version_of
from pilotage.rooms.tree import LEVEL_OF_ROOM
from pilotage.store.queries.posts import huddles
from pilotage.store.warehouse import Warehouse

PAGE = "caucus"
"""The third segment of its address, after the room's own."""
MOST_RECORDS = 12
"""Records of earlier huddles a page offers, the newest first."""


@dataclass(frozen=True)
class Record:
    """The record of one huddle, and when it was closed (naive UTC)."""

    written: Written
    closed_at: datetime

    @property
    def held_on(self) -> date:
        """The day of the huddle, on the government's calendar."""
        return local(self.closed_at).date()

    @property
    def lines(self) -> tuple[str, ...]:
        """The five lines, in the order of the agenda."""
        return tuple(self.written.post.words.body.split("\n"))


def is_huddle(address: Address) -> bool:
    """True for the address of a room's huddle."""
    return address.room in LEVEL_OF_ROOM and address.parts[2:] == (PAGE,)


def records(
    scope: Scope, warehouse: Warehouse, organisation_id: str, level: Level, most: int = MOST_RECORDS
) -> tuple[Record, ...]:
    """The room's last huddles, at most so many, the newest first."""
    rows = huddles(scope, warehouse, organisation_id, level, most)
    can_write = not is_past(warehouse)
    return tuple(Record(_written(scope, row, can_write), row["first_at"]) for row in rows)


def last_huddle(scope: Scope, warehouse: Warehouse, address: Address) -> date | None:
    """The day of the room's last huddle before the day shown; None where none was held."""
    if address.room not in LEVEL_OF_ROOM or address.subject is None:
        return None
    shown = on_asked_day(warehouse, address)
    level = LEVEL_OF_ROOM[address.room]
    found = records(scope, shown, address.subject, level)
    return next((one.held_on for one in found if one.held_on < shown.today), None)


def _written(scope: Scope, row: Mapping[str, Any], can_write: bool) -> Written:
    version = version_of(row)
    return Written(
        (version,),
        may_revise=can_write and may_revise(scope, version.post, ""),
        may_withdraw=can_write and may_withdraw(scope, version.post),
    )
