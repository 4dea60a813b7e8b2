"""The huddle of a room (`/operationnel/<équipe>/caucus`): what is gone through, who may be there.

The agenda is the room itself, one zone at a time; the record is written of what stands when the
huddle closes, so that nobody has to take notes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pilotage.domain.indicator import Level
from pilotage.domain.viewer import Scope
from pilotage.followup.permission import may_raise
from pilotage.followup.post_permission import may_hold
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import Named, author_of
from pilotage.rooms.blockers import RaiseForm, indicators_of
from pilotage.rooms.huddle_record import Record, records
from pilotage.rooms.level import LevelRoom, level_room
from pilotage.store.queries.people import people_of
from pilotage.store.warehouse import Warehouse


class Point(StrEnum):
    """A point of the agenda, in its order."""

    PRESENCE = "presence"
    RESULTS = "results"
    BLOCKERS = "blockers"
    ACTIONS = "actions"
    CLOSING = "closing"


MINUTES: Mapping[Level, Mapping[Point, int]] = {
    Level.OPERATIONAL: dict(zip(Point, (1, 4, 5, 3, 2), strict=True)),
    Level.TACTICAL: dict(zip(Point, (1, 10, 12, 5, 2), strict=True)),
    Level.STRATEGIC: dict(zip(Point, (2, 20, 20, 13, 5), strict=True)),
}
"""How long each point is given: a quarter of an hour standing, half an hour, an hour."""


@dataclass(frozen=True)
class HuddleRoom:
    """What a huddle goes through: the room, and who may be there, those of last time first.

    ``records`` are the earlier ones, the newest first; ``revising`` and ``withdrawing`` the one the
    address asks to. ``raise_form`` is None for whoever may raise nothing here.
    """

    room: LevelRoom
    roster: tuple[str, ...]
    records: tuple[Record, ...]
    may_write: bool
    raise_form: RaiseForm | None = None
    revising: Record | None = None
    withdrawing: Record | None = None


def huddle_room(scope: Scope, warehouse: Warehouse, address: Address) -> HuddleRoom:
    """The huddle of the room at that address, always today's: a past day is read in the room.

    NotFound for an organisation that does not exist or is out of sight.
    """
    today = address.without("au")
    room = level_room(scope, warehouse, today)
    name = room.organisation.organisation_id
    found = records(scope, warehouse, name, room.level)
    asked = address.parameters
    return HuddleRoom(
        room=room,
        roster=_roster(scope, warehouse, room, found),
        records=found,
        may_write=may_hold(scope, name, room.level),
        raise_form=_raise_form(scope, warehouse, room),
        revising=_asked_for(found, asked.get("modifier"), "may_revise"),
        withdrawing=_asked_for(found, asked.get("retirer"), "may_withdraw"),
    )


def _roster(
    scope: Scope, warehouse: Warehouse, room: LevelRoom, found: Iterable[Record]
) -> tuple[str, ...]:
    """Those of the last huddle, then whoever answers for something here, then the viewer."""
    last = next(iter(found), None)
    there = last.written.post.words.present if last else ()
    known = people_of(scope, warehouse, room.organisation.organisation_id, room.level)
    return tuple(dict.fromkeys((*there, *known, author_of(scope))))


def _raise_form(scope: Scope, warehouse: Warehouse, room: LevelRoom) -> RaiseForm | None:
    here = room.organisation
    if not may_raise(scope, here.organisation_id):
        return None
    place = Named(here.organisation_id, here.label_fr, here.label_en)
    indicators = indicators_of(scope, warehouse, here.organisation_id)
    return RaiseForm((place,), indicators, here.organisation_id, None)


def _asked_for(found: Iterable[Record], post_id: str | None, right: str) -> Record | None:
    return next(
        (
            one
            for one in found
            if one.written.post.post_id == post_id and getattr(one.written, right)
        ),
        None,
    )
