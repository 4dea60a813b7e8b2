"""The strategic, tactical and operational rooms: one template, five zones, density by level."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pilotage.domain.indicator import Level
from pilotage.domain.organisation import Organisation
from pilotage.domain.viewer import Scope
from pilotage.errors import NotFound
from pilotage.rooms import branch as branching
from pilotage.rooms.account import with_accounts
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import author_of
from pilotage.rooms.branch import Branch, at_level
from pilotage.rooms.cap import Cap, cap, tallies_by_objective
from pilotage.rooms.card import Card, by_attention, card
from pilotage.rooms.carrier import with_carriers
from pilotage.rooms.huddle_record import Record, records
from pilotage.rooms.memory import remembered, remembered_facts
from pilotage.rooms.past import is_past, on_asked_day, told_since
from pilotage.rooms.recognition import NO_IMPROVEMENT, Improvement, improvement
from pilotage.rooms.since import Since, room_since
from pilotage.rooms.standing import standing_figures, standing_rows, standing_tree
from pilotage.rooms.tally import Tally, tally, together
from pilotage.rooms.tree import LEVEL_OF_ROOM, Tree
from pilotage.rooms.waiting import LADDER_OF_LEVEL, Waiting, waiting
from pilotage.store.queries import plans, verdicts
from pilotage.store.warehouse import Warehouse

MOST_CARDS = {Level.STRATEGIC: 12, Level.TACTICAL: 20, Level.OPERATIONAL: 8}
"""Indicators a room shows before « tous les indicateurs »."""


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

    ``cards`` are all of them, ordered; ``shown`` is how many the wall holds. ``levels`` counts the
    organisation's own figures at every level the viewer may see; ``line`` those of this level here
    and in everything below, which is what the government's table counts.

    ``last_huddle``: the record of the last one held before the end of that day.
    ``since``: what changed since the day the address compares with.
    ``is_past``: all of it as it stood at the end of ``judged_on``; nothing can be done there.
    """

    level: Level
    organisation: Organisation
    above: tuple[Organisation, ...]
    judged_on: date
    cards: tuple[Card, ...]
    shown: int
    cap: Cap
    blockers: Waiting
    tasks: tuple[Task, ...]
    branches: tuple[Branch, ...]
    levels: Mapping[Level, Tally]
    line: Tally
    is_past: bool = False
    told_since: int = 0
    improvement: Improvement = NO_IMPROVEMENT
    since: Since | None = None
    last_huddle: Record | None = None

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
    warehouse = on_asked_day(warehouse, address)
    given = address.parameters
    composed = (given.get("modifier"), given.get("retirer"))
    who = (scope.viewer_id, author_of(scope))
    asked = (address.parts[:2], bool(given.get("tout")), given.get("depuis"), composed, who)
    return remembered(scope, warehouse, asked, lambda: _built(scope, warehouse, address))


def _built(scope: Scope, warehouse: Warehouse, address: Address) -> LevelRoom:
    level, name = LEVEL_OF_ROOM[address.room], address.subject or ""
    today = warehouse.today
    seen = standing_tree(scope, warehouse)
    if name not in seen.organisations:
        raise NotFound
    below = seen.subtree(name)
    counts = standing_figures(scope, warehouse)
    facts = remembered_facts(
        scope,
        warehouse,
        ("facts", name, level),
        lambda: _facts(scope, warehouse, seen, name, level),
    )
    cards = with_accounts(scope, warehouse, name, facts.cards)
    return LevelRoom(
        level=level,
        organisation=seen.organisations[name],
        above=seen.ancestors(name),
        judged_on=today,
        cards=cards,
        shown=_shown(address, cards),
        cap=facts.cap,
        blockers=waiting(scope, warehouse, below, level, today),
        tasks=facts.tasks,
        branches=branching.branches(seen, counts, name),
        levels=counts.get(name, {}),
        line=at_level(counts, below, level),
        is_past=is_past(warehouse),
        told_since=told_since(scope, warehouse, below),
        improvement=improvement(scope, warehouse, seen, name, cards, address),
        last_huddle=next(iter(records(scope, warehouse, name, level, most=1)), None),
        since=room_since(scope, warehouse, address, below, LADDER_OF_LEVEL[level]),
    )


@dataclass(frozen=True)
class _Facts:
    """What no blocker and no text changes: built again when a file, a step or a day changes it."""

    cards: tuple[Card, ...]
    cap: Cap
    tasks: tuple[Task, ...]


def _facts(scope: Scope, warehouse: Warehouse, seen: Tree, name: str, level: Level) -> _Facts:
    today, below = warehouse.today, seen.subtree(name)
    rows = verdicts.room_verdicts(scope, warehouse, name, level)
    bare = by_attention(card(row, today) for row in rows)
    return _Facts(
        cards=with_carriers(scope, warehouse, seen, bare, today),
        cap=_cap(scope, warehouse, below, name, today),
        tasks=_tasks(scope, warehouse, name, today),
    )


def _shown(address: Address, cards: Sequence[Card]) -> int:
    most = MOST_CARDS[LEVEL_OF_ROOM[address.room]]
    return len(cards) if address.parameters.get("tout") else most


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
