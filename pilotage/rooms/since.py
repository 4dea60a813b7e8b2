"""« Qu'est-ce qui a changé depuis… » : two readings of a room, and what differs between them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pilotage.domain.blocker import LadderLevel
from pilotage.domain.indicator import Direction, Level
from pilotage.domain.period import PeriodKind, starting
from pilotage.domain.status import Confidence
from pilotage.domain.viewer import Scope
from pilotage.followup.blocker import Blocker
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import blocker_of
from pilotage.rooms.change import Difference, Figure, Turn, differences
from pilotage.rooms.memory import remembered
from pilotage.rooms.standing import standing_tree
from pilotage.rooms.tally import standing_of
from pilotage.rooms.tree import GOVERNMENT_ROOM, LEVEL_OF_ROOM, Tree
from pilotage.store.past import warehouse_on
from pilotage.store.queries import blockers as blocker_queries
from pilotage.store.queries import comparison
from pilotage.store.warehouse import Warehouse

FOLLOWED = "suivi"
"""The page of what one follows, which compares all of it with one day."""
_OF_A_GOVERNMENT = frozenset(
    {
        *(Turn.OFF_TARGET, Turn.ESCALATED, Turn.RAISED, Turn.REOPENED, Turn.NEWLY_LATE),
        *(Turn.EASED, Turn.WORSENED, Turn.LEARNED, Turn.IN_DOUBT, Turn.RESOLVED, Turn.IMPROVED),
        *(Turn.JUDGED_AGAIN, Turn.TIGHTENED, Turn.DEFERRED, Turn.RETURNED, Turn.TAKEN),
    }
)
"""What a government hears of: what turned. A new value in itself stays in its ministry's room."""


@dataclass(frozen=True)
class Since:
    """What changed from the end of ``first_day`` to the day shown; ``first_day`` None if unusable.

    ``asked`` is what the address says, for the sentence that tells why nothing is compared.
    """

    asked: str
    first_day: date | None
    changes: tuple[Difference, ...] = ()

    @property
    def changed_cards(self) -> frozenset[tuple[str, str]]:
        """The figures of both readings that changed, to be marked where they stand."""
        return frozenset(
            one.subject.key
            for one in self.changes
            if isinstance(one.subject, Figure) and one.now is not None
        )


def compares(address: Address) -> bool:
    """True for the rooms that can be compared with an earlier day."""
    if address.parts in {(GOVERNMENT_ROOM,), (FOLLOWED,)}:
        return True
    return address.room in LEVEL_OF_ROOM and len(address.parts) == 2


def first_day_of(address: Address, shown: date) -> date | None:
    """The day the address compares with, where it is before the day shown."""
    try:
        day = date.fromisoformat(address.parameters.get("depuis", ""))
    except ValueError:
        return None
    return day if day < shown else None


def room_since(
    scope: Scope,
    warehouse: Warehouse,
    address: Address,
    organisation_ids: Collection[str],
    rung: LadderLevel,
) -> Since | None:
    """What changed in a level room, blockers of those organisations at its rung or above included.

    ``warehouse`` is read on the day shown. None where the address compares with nothing.
    """
    level, name = LEVEL_OF_ROOM[address.room], address.subject
    return _since(
        warehouse,
        address,
        lambda read: _figures(scope, read, name, level),
        lambda read: _blockers(scope, read, organisation_ids),
        rung,
    )


def pair_since(
    scope: Scope, warehouse: Warehouse, address: Address, pair: tuple[str, str]
) -> Since | None:
    """What changed of one (indicator, organisation), and of the blockers that name it."""

    def figures(read: Warehouse) -> tuple[Figure, ...]:
        found = _figures(scope, read, pair[1], None)
        return tuple(one for one in found if one.key == pair)

    def blockers(read: Warehouse) -> dict[str, Blocker]:
        found = _blockers(scope, read, None)
        return {name: one for name, one in found.items() if pair[0] in one.indicator_ids}

    return _since(warehouse, address, figures, blockers, LadderLevel.OPERATIONAL)


def government_since(
    scope: Scope, warehouse: Warehouse, address: Address, level: Level | None
) -> Since | None:
    """What turned among the figures the government room counts, and at the top of the ladder."""
    found = _since(
        warehouse,
        address,
        lambda read: _figures(scope, read, None, level),
        lambda read: _blockers(scope, read, None),
        LadderLevel.GOVERNMENT,
    )
    if found is None:
        return None
    seen = standing_tree(scope, warehouse)
    kept = (_turned(one, seen) for one in found.changes)
    return replace(found, changes=tuple(one for one in kept if one is not None))


def _turned(one: Difference, seen: Tree) -> Difference | None:
    turns = tuple(turn for turn in one.turns if turn in _OF_A_GOVERNMENT)
    place = seen.organisations.get(one.subject.organisation_id)
    return replace(one, turns=turns, place=place) if turns else None


def _since(
    warehouse: Warehouse,
    address: Address,
    figures: Callable[[Warehouse], tuple[Figure, ...]],
    blockers: Callable[[Warehouse], Mapping[str, Blocker]],
    rung: LadderLevel,
) -> Since | None:
    """Both readings of the same; None where the address compares with nothing."""
    asked = address.parameters.get("depuis", "")
    if not asked:
        return None
    first_day = first_day_of(address, warehouse.today)
    if first_day is None:
        return Since(asked, None)
    before = warehouse_on(warehouse_of_today(warehouse), first_day)
    pair = (figures(before), figures(warehouse))
    concerned = _concerning((blockers(before), blockers(warehouse)), rung)
    return Since(asked, first_day, differences(pair, concerned, first_day))


def warehouse_of_today(warehouse: Warehouse) -> Warehouse:
    """The warehouse of which this one may be a past day."""
    present = getattr(warehouse, "present", None)
    return present if isinstance(present, Warehouse) else warehouse


def _figures(
    scope: Scope, warehouse: Warehouse, name: str | None, level: Level | None
) -> tuple[Figure, ...]:
    def read() -> tuple[Figure, ...]:
        rows = comparison.compared_figures(scope, warehouse, name, level)
        return tuple(figure(row, warehouse.today) for row in rows)

    return remembered(scope, warehouse, ("compared", name, level), read)


def figure(row: Mapping[str, Any], on: date) -> Figure:
    """A row of ``compared_figures`` as read on that day."""
    next_due, kind, start = row["next_due"], row["period_kind"], row["period_start"]
    return Figure(
        indicator_id=row["indicator_id"],
        organisation_id=row["organisation_id"],
        title_fr=row["title_fr"],
        title_en=row["title_en"],
        unit=row["unit"],
        decimals=row["decimals"],
        direction=Direction(row["direction"]),
        standing=standing_of(row, is_late=next_due is not None and next_due < on),
        period=None if kind is None or start is None else starting(PeriodKind(kind), start),
        value=row["value"],
        value_text=row["value_text"],
        low=row["low"],
        high=row["high"],
        target_text=row["target_text"],
        due_date=row["due_date"],
        confidence=Confidence(row["confidence"]) if row["confidence"] else None,
    )


def _blockers(
    scope: Scope, warehouse: Warehouse, places: Collection[str] | None
) -> dict[str, Blocker]:
    rows = blocker_queries.standing_blockers(scope, warehouse, places)
    return {row["blocker_id"]: blocker_of(row) for row in rows}


def _concerning(
    pair: tuple[Mapping[str, Blocker], Mapping[str, Blocker]], rung: LadderLevel
) -> tuple[Iterable[Blocker], Iterable[Blocker]]:
    """Those that stood at that rung or above in one of the readings, in both of them."""
    names = {name for reading in pair for name, one in reading.items() if one.level >= rung}
    before, now = ([one for name, one in reading.items() if name in names] for reading in pair)
    return before, now
