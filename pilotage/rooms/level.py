"""The strategic, tactical and operational rooms: one template, five zones, density by level."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pilotage.domain.blocker import LadderLevel
from pilotage.domain.indicator import Level
from pilotage.domain.organisation import Organisation
from pilotage.domain.viewer import Scope
from pilotage.errors import NotFound
from pilotage.rooms import branch as branching
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import BlockerCard, author_of
from pilotage.rooms.blocker import cards as blocker_cards
from pilotage.rooms.branch import Branch
from pilotage.rooms.cap import Cap, cap, tallies_by_objective
from pilotage.rooms.card import Card, by_attention, card
from pilotage.rooms.memory import remembered
from pilotage.rooms.standing import standing_figures, standing_rows, standing_tree
from pilotage.rooms.tally import Tally, tally, together
from pilotage.rooms.tree import LEVEL_OF_ROOM
from pilotage.store.queries import blockers as blocker_queries
from pilotage.store.queries import plans, verdicts
from pilotage.store.warehouse import Warehouse

MOST_CARDS = {Level.STRATEGIC: 12, Level.TACTICAL: 20, Level.OPERATIONAL: 8}
"""Indicators a room shows before « tous les indicateurs »."""

LADDER_OF_LEVEL = {
    Level.STRATEGIC: LadderLevel.STRATEGIC,
    Level.TACTICAL: LadderLevel.TACTICAL,
    Level.OPERATIONAL: LadderLevel.OPERATIONAL,
}


@dataclass(frozen=True)
class Task:
    """A recovery plan, an action or a decision that is not done."""

    title: str
    title_en: str | None
    kind: str | None
    state: str | None
    owner: str | None
    due_on: date | None
    note: str | None
    is_late: bool


@dataclass(frozen=True)
class LevelRoom:
    """Everything one level room shows on ``judged_on``.

    ``cards`` are all of them, ordered; ``shown`` is how many the wall holds. ``climbing`` are
    blockers of a lower level about to climb here. ``levels`` counts the organisation's own figures
    at every level the viewer may see.
    """

    level: Level
    organisation: Organisation
    above: tuple[Organisation, ...]
    judged_on: date
    cards: tuple[Card, ...]
    shown: int
    cap: Cap
    blockers: tuple[BlockerCard, ...]
    climbing: tuple[BlockerCard, ...]
    elsewhere: int
    tasks: tuple[Task, ...]
    branches: tuple[Branch, ...]
    levels: Mapping[Level, Tally]

    @property
    def tally(self) -> Tally:
        """Standings of this room's own figures."""
        return tally(one.standing for one in self.cards)

    @property
    def below(self) -> Tally:
        """Standings of every figure of the organisations below."""
        return together(one.below for one in self.branches)

    @property
    def wall(self) -> tuple[Card, ...]:
        """The cards on the wall."""
        return self.cards[: self.shown]


def level_room(scope: Scope, warehouse: Warehouse, address: Address) -> LevelRoom:
    """``/strategique/<organisation>`` and its neighbours; ``?tout=1`` shows every indicator.

    NotFound for an organisation that does not exist or is out of sight.
    """
    asked = (address.parts[:2], bool(address.parameters.get("tout")), author_of(scope))
    return remembered(scope, warehouse, asked, lambda: _built(scope, warehouse, address))


def _built(scope: Scope, warehouse: Warehouse, address: Address) -> LevelRoom:
    level, name = LEVEL_OF_ROOM[address.room], address.subject or ""
    today = warehouse.today
    seen = standing_tree(scope, warehouse)
    if name not in seen.organisations:
        raise NotFound
    below = seen.subtree(name)
    counts = standing_figures(scope, warehouse)
    cards = by_attention(
        card(row, today) for row in verdicts.room_verdicts(scope, warehouse, name, level)
    )
    here, climbing, elsewhere = _blockers(scope, warehouse, below, level, today)
    return LevelRoom(
        level=level,
        organisation=seen.organisations[name],
        above=seen.ancestors(name),
        judged_on=today,
        cards=cards,
        shown=len(cards) if address.parameters.get("tout") else MOST_CARDS[level],
        cap=_cap(scope, warehouse, below, name, today),
        blockers=here,
        climbing=climbing,
        elsewhere=elsewhere,
        tasks=_tasks(scope, warehouse, name, today),
        branches=branching.branches(seen, counts, name),
        levels=counts.get(name, {}),
    )


def _blockers(
    scope: Scope, warehouse: Warehouse, below: Iterable[str], level: Level, today: date
) -> tuple[tuple[BlockerCard, ...], tuple[BlockerCard, ...], int]:
    """Those waiting at this level, those about to climb to it, and how many others are alive."""
    rows = blocker_queries.standing_blockers(scope, warehouse, tuple(below), is_live=True)
    everything = blocker_cards(scope, warehouse, rows, today)
    rung = LADDER_OF_LEVEL[level]
    here = [one for one in everything if one.blocker.level is rung]
    climbing = [
        one
        for one in everything
        if one.blocker.level == rung - 1 and (one.age.climbs_soon or one.age.is_over)
    ]
    others = len(everything) - len(here) - len(climbing)
    return by_age(here), by_age(climbing), others


def by_age(blockers: Iterable[BlockerCard]) -> tuple[BlockerCard, ...]:
    """The furthest past its allowance first; what is put off to a coming day last."""
    return tuple(sorted(blockers, key=_press))


def _press(one: BlockerCard) -> tuple[bool, int, str]:
    is_put_off = one.age.climbs_on is None and not one.age.is_over
    return is_put_off, one.age.allowed - one.age.days, one.blocker.blocker_id


def _cap(
    scope: Scope,
    warehouse: Warehouse,
    below: Iterable[str],
    name: str,
    today: date,
) -> Cap:
    plan = plans.standing_plan(scope, warehouse, name, today)
    tallies = tallies_by_objective(standing_rows(scope, warehouse), below)
    return cap(plan, plans.plan_objectives(scope, warehouse), tallies)


def _tasks(scope: Scope, warehouse: Warehouse, name: str, today: date) -> tuple[Task, ...]:
    return tuple(
        Task(
            row["title"],
            row["title_en"],
            row["kind"],
            row["state"],
            row["owner"],
            row["due_on"],
            row["note"],
            is_late=row["due_on"] is not None and row["due_on"] < today,
        )
        for row in plans.open_actions(scope, warehouse, name)
    )
