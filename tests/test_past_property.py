"""A room as of a day is the room of a home in which nothing later had happened yet.

One home lives through random days of loads, revisions, withdrawals and moves of blockers. What
each room says is kept at the end of every day, then asked again once everything has happened.
"""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pilotage.access.operator import OPERATOR
from pilotage.followup.blocker import Move
from pilotage.rooms.address import parse_address
from pilotage.rooms.blocker_action import act
from pilotage.rooms.blockers import blockers_room
from pilotage.rooms.data import data_room
from pilotage.rooms.discussion import Discussion
from pilotage.rooms.government import government_room
from pilotage.rooms.indicator import indicator_room
from pilotage.rooms.level import level_room
from pilotage.rooms.recognition import Improvement
from pilotage.store.queries.blockers import standing_blockers
from pilotage.store.queries.loads import recent_loads
from pilotage.store.warehouse import Warehouse
from tests.dated_home import START, Clock, dated_home
from tests.door import Door

VALUES = "indicateur_id;organisation_id;periode;valeur\n"
TARGETS = "indicateur_id;organisation_id;periode;cible_min;cible_max;justification\n"
ACTIONS = "action_id;titre;organisation_id;etat\n"
BLOCKERS = "bloquant_id;titre;gravite;niveau;etat;organisation_id;date_signalement;date_niveau\n"
PLANS = "plan_id;organisation_id;libelle_fr\n"
MONTHS = ("2025-11", "2025-12", "2026-01")
PAIRS = ("I-M;M", "I-R;D", "I-R;E", "I-R;M", "I-D;D")
ROOMS = {
    "/gouvernement": government_room,
    "/strategique/M": level_room,
    "/tactique/D": level_room,
    "/indicateurs/I-M": indicator_room,
    "/indicateurs/I-R": indicator_room,
    "/bloquants": blockers_room,
    "/donnees": data_room,
}
OF_THE_MOMENT = {"moves", "can_raise", "can_load", "is_past", "form", "told_since", "may_decide"}
OF_THE_FORM: dict[type, set[str]] = {
    Improvement: {"may_write", "places", "indicators", "blockers"},
    Discussion: {"may_write", "may_explain", "periods"},
}
"""What one may do, and what came to be known since: of today alone."""


@dataclass(frozen=True)
class Brought:
    """A file."""

    content: str


@dataclass(frozen=True)
class Withdrawn:
    """A load taken back, counted from the last one."""

    back: int


@dataclass(frozen=True)
class Moved:
    """A blocker's move, by its place among those there are; raised where there is none."""

    move: Move
    place: int


Happening = Brought | Withdrawn | Moved
Day = tuple[int, list[tuple[int, Happening]]]
"""Days since the one before, and what happens in its hours."""


def lines(header: str, words: st.SearchStrategy[str]) -> st.SearchStrategy[Happening]:
    """A file of one to four lines, each key once."""
    kept = st.lists(words, min_size=1, max_size=4, unique_by=lambda line: line.rsplit("|", 1)[0])
    return kept.map(lambda found: Brought(header + "\n".join(found).replace("|", ";") + "\n"))


def joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """The key's parts, then ``|``, then what is said of it."""
    key = st.tuples(*parts[:-1]).map(";".join)
    return st.tuples(key, parts[-1]).map("|".join)


few = st.integers(0, 9).map(str)
happening: st.SearchStrategy[Happening] = st.one_of(
    lines(VALUES, joined(st.sampled_from(PAIRS), st.sampled_from(MONTHS), few)),
    lines(VALUES, joined(st.sampled_from(PAIRS), st.sampled_from(MONTHS), few)),
    lines(TARGETS, joined(st.just("I-M;M;2026"), few.map(lambda n: f";{n};Parce que"))),
    lines(TARGETS, joined(st.sampled_from(("I-R;M", "I-D;D")), few.map(lambda n: f"2026;{n};;"))),
    lines(ACTIONS, joined(st.sampled_from(("A-1", "A-2")), st.just("Agir|M;à faire"))),
    lines(
        BLOCKERS,
        joined(
            st.sampled_from(("F-1", "F-2")),
            st.sampled_from(("majeur;tactique;ouvert", "mineur;stratégique;ouvert")).map(
                lambda said: f"Du fichier;{said};D;2026-01-05;2026-01-05"
            ),
        ),
    ),
    lines(PLANS, joined(st.just("P-1;M"), few.map(lambda n: f"Plan {n}"))),
    st.integers(0, 4).map(Withdrawn),
    st.integers(0, 4).map(Withdrawn),
    st.builds(Moved, st.sampled_from(list(Move)), st.integers(0, 2)),
    st.builds(Moved, st.sampled_from(list(Move)), st.integers(0, 2)),
)
hours = st.sampled_from((0, 9, 23))
days: st.SearchStrategy[list[Day]] = st.lists(
    st.tuples(st.sampled_from((1, 2, 9, 30)), st.lists(st.tuples(hours, happening), max_size=6)),
    min_size=2,
    max_size=3,
)


def happen(door: Door, what: Happening) -> None:
    """What one person does; what is refused does nothing."""
    warehouse = door.warehouse
    if isinstance(what, Brought):
        door.load(what.content)
    elif isinstance(what, Withdrawn):
        loads = [row for row in recent_loads(OPERATOR, warehouse, 50) if row["load_seq"] > 3]
        if what.back < len(loads) and loads[what.back]["state"] == "loaded":
            door.withdraw(loads[what.back]["load_seq"])
    else:
        act(OPERATOR, warehouse, asked(warehouse, what))


def asked(warehouse: Warehouse, what: Moved) -> dict[str, str]:
    """The form of a move."""
    known = sorted(row["blocker_id"] for row in standing_blockers(OPERATOR, warehouse))
    if what.move is Move.RAISE or not known:
        return {
            "move": Move.RAISE.value,
            "title": "Bloqué",
            "organisation_id": "D",
            "indicator_id": "I-D",
        }
    until = (warehouse.today + timedelta(days=20)).isoformat()
    chosen = known[what.place % len(known)]
    return {"move": what.move.value, "blocker_id": chosen, "note": "Voilà", "until": until}


def said(value: Any) -> Any:
    """All that a room says, as plain values; not what one may do about it."""
    if is_dataclass(value):
        left_out = OF_THE_MOMENT | OF_THE_FORM.get(type(value), set())
        names = [one.name for one in fields(value) if one.name not in left_out]
        return {name: said(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {key: said(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [said(one) for one in value]
    return value


def everything(warehouse: Warehouse, on: date | None = None) -> dict[str, Any]:
    """What every room says, and what is told of each blocker there."""
    search = f"?au={on}" if on else ""
    told: dict[str, Any] = {
        path: said(room(OPERATOR, warehouse, parse_address(path, search)))
        for path, room in ROOMS.items()
    }
    for rung in told["/bloquants"]["rungs"]:
        for one in rung["cards"]:
            name = one["blocker"]["blocker_id"]
            address = parse_address("/bloquants", f"?b={name}&{search[1:]}")
            told[name] = said(blockers_room(OPERATOR, warehouse, address).detail)
    return told


def lived(door: Door, clock: Clock, course: list[Day]) -> dict[date, dict[str, Any]]:
    """Live through the days; what every room said at the end of each."""
    kept, day = {}, START
    for gap, happenings in course:
        day += timedelta(days=gap)
        door.warehouse.as_of = day
        door.warehouse.judge_day()
        for minute, (hour, what) in enumerate(sorted(happenings, key=lambda pair: pair[0])):
            clock.set(day, hour, minute)
            happen(door, what)
        kept[day] = everything(door.warehouse)
    door.warehouse.as_of = day + timedelta(days=1)
    door.warehouse.judge_day()
    return kept


def value_of(number: int) -> Brought:
    return Brought(f"{VALUES}I-M;M;2025-12;{number}\n")


@given(days)
@example([(1, [(9, value_of(1))]), (1, [(9, value_of(2))]), (1, [(9, Withdrawn(0))])])
@example([(1, [(9, value_of(1)), (9, value_of(1))]), (1, [(9, Withdrawn(1))])])
@example([(1, [(23, Moved(Move.RAISE, 0))]), (1, [(23, Moved(Move.TAKE, 0))])])
@settings(deadline=None, max_examples=4)
def test_a_room_as_of_a_day_knows_nothing_of_what_came_after(course: list[Day]) -> None:
    with pytest.MonkeyPatch.context() as patch, dated_home(patch) as (door, clock):
        for day, then in lived(door, clock, course).items():
            now = everything(door.warehouse, day)
            for room, words in then.items():
                assert now.get(room) == words, (day, room)
