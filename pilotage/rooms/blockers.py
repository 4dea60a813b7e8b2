"""The blockers' page: by level and age, what happened to one, and the form that raises another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from pilotage.domain.blocker import LadderLevel
from pilotage.domain.organisation import Organisation, OrganisationKind
from pilotage.domain.viewer import Scope
from pilotage.followup.calendar import working_days
from pilotage.followup.permission import may_raise
from pilotage.formats import local
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import BlockerCard, Named, author_of, cards
from pilotage.rooms.past import is_past, on_asked_day, told_since
from pilotage.rooms.tree import tree
from pilotage.rooms.waiting import by_age, is_put_off
from pilotage.store.queries import blockers as queries
from pilotage.store.queries.directory import organisations
from pilotage.store.warehouse import Warehouse

STATES = ("ouverts", "depasses", "regles", "tous")
"""What ``?etat=`` may say; the first one is understood without it."""
RECENT_DAYS = 30
_LEVEL_OF = {
    OrganisationKind.TEAM: LadderLevel.OPERATIONAL,
    OrganisationKind.DIRECTORATE: LadderLevel.TACTICAL,
    OrganisationKind.SECTOR: LadderLevel.TACTICAL,
    OrganisationKind.MINISTRY: LadderLevel.STRATEGIC,
    OrganisationKind.BODY: LadderLevel.STRATEGIC,
    OrganisationKind.GOVERNMENT: LadderLevel.GOVERNMENT,
}


@dataclass(frozen=True)
class Filters:
    """What the address asks to see; none for everything."""

    level: LadderLevel | None
    organisation_id: str | None
    state: str
    is_mine: bool


@dataclass(frozen=True)
class Rung:
    """One level of the ladder with its blockers, the oldest first."""

    level: LadderLevel
    cards: tuple[BlockerCard, ...]


@dataclass(frozen=True)
class Figures:
    """The room's figures over what the scope sees, before any filter.

    ``median_days`` is in working days from raised to resolved, over the last 30 days; none when
    nothing was resolved. ``longest`` is the one that has waited longest at its level, whatever the
    level; none where nothing runs.
    """

    live: int
    over: int
    climbing_soon: int
    resolved_recently: int
    median_days: float | None
    longest: BlockerCard | None = None


@dataclass(frozen=True)
class Happening:
    """One event of a blocker: ``move`` is none for a state a file brought, on the day it gives."""

    on: date
    author: str
    move: str | None
    level: LadderLevel
    note: str | None
    until: date | None
    load_seq: int


@dataclass(frozen=True)
class Detail:
    """The blocker one has opened, and all that happened to it, oldest first.

    ``owned_since``: the day its owner took it; none where nobody has.
    """

    card: BlockerCard
    history: tuple[Happening, ...]
    owned_since: date | None
    is_past: bool = False


@dataclass(frozen=True)
class RaiseForm:
    """The form to raise one, filled with what the address already says."""

    places: tuple[Named, ...]
    indicators: tuple[Named, ...]
    organisation_id: str | None
    indicator_id: str | None


@dataclass(frozen=True)
class BlockersRoom:
    """Exactly what the blockers' page shows."""

    filters: Filters
    figures: Figures
    rungs: tuple[Rung, ...]
    shown: int
    places: tuple[Named, ...]
    detail: Detail | None
    form: RaiseForm | None
    can_raise: bool
    is_past: bool = False
    told_since: int = 0


def blockers_room(scope: Scope, warehouse: Warehouse, address: Address) -> BlockersRoom:
    """``/bloquants?niveau=&org=&etat=&miens=&b=&signaler=``; what is not understood is ignored."""
    warehouse = on_asked_day(warehouse, address)
    today = warehouse.today
    known = organisations(scope, warehouse)
    filters = _filters(address, known)
    rows = queries.standing_blockers(scope, warehouse)
    every = cards(scope, warehouse, rows, today)
    inside = (
        frozenset(tree(known).subtree(filters.organisation_id)) if filters.organisation_id else None
    )
    keeps = _keeper(filters, inside, author_of(scope))
    shown = [card for card in every if keeps(card)]
    return BlockersRoom(
        filters=filters,
        figures=_figures(every, today),
        rungs=_rungs(shown, filters),
        shown=len(shown),
        places=_places(known, every, filters.organisation_id),
        detail=_detail(scope, warehouse, every, address.parameters.get("b")),
        form=None if is_past(warehouse) else _form(scope, warehouse, known, address),
        can_raise=not is_past(warehouse)
        and any(may_raise(scope, one.organisation_id) for one in known),
        is_past=is_past(warehouse),
        told_since=told_since(scope, warehouse),
    )


def level_of(kind: OrganisationKind) -> LadderLevel:
    """The rung on which an organisation of that kind raises its blockers."""
    return _LEVEL_OF[kind]


def _filters(address: Address, known: Sequence[Organisation]) -> Filters:
    asked = address.parameters
    level, state, place = asked.get("niveau", ""), asked.get("etat", ""), asked.get("org")
    names = {one.organisation_id for one in known}
    return Filters(
        level=LadderLevel(int(level)) if level in {"1", "2", "3", "4"} else None,
        organisation_id=place if place in names and "signaler" not in asked else None,
        state=state if state in STATES else STATES[0],
        is_mine=asked.get("miens") == "1",
    )


def _keeper(
    filters: Filters, inside: frozenset[str] | None, author: str
) -> Callable[[BlockerCard], bool]:
    def keeps(card: BlockerCard) -> bool:
        blocker, live = card.blocker, card.blocker.state.is_live
        in_state = {
            "ouverts": live,
            "depasses": live and card.age.is_over,
            "regles": not live,
            "tous": True,
        }[filters.state]
        return (
            in_state
            and filters.level in {None, blocker.level}
            and (inside is None or blocker.organisation_id in inside)
            and (not filters.is_mine or author in {blocker.owner, blocker.originator})
        )

    return keeps


def _rungs(shown: Sequence[BlockerCard], filters: Filters) -> tuple[Rung, ...]:
    levels = [filters.level] if filters.level else sorted(LadderLevel, reverse=True)
    return tuple(
        Rung(
            level,
            by_age(card for card in shown if card.blocker.level == level),
        )
        for level in levels
    )


def _figures(every: Sequence[BlockerCard], today: date) -> Figures:
    live = [card for card in every if card.blocker.state.is_live]
    since = today - timedelta(days=RECENT_DAYS)
    spent = [
        working_days(card.blocker.raised_on, card.blocker.resolved_on)
        for card in every
        if card.blocker.resolved_on and since <= card.blocker.resolved_on <= today
    ]
    return Figures(
        live=len(live),
        over=sum(card.age.is_over for card in live),
        climbing_soon=sum(card.age.climbs_soon for card in live),
        resolved_recently=len(spent),
        median_days=median(spent) if spent else None,
        longest=next(iter(by_age(card for card in live if not is_put_off(card))), None),
    )


def _places(
    known: Sequence[Organisation], every: Sequence[BlockerCard], chosen: str | None
) -> tuple[Named, ...]:
    parents = {one.organisation_id: one.parent_id for one in known}
    concerned: set[str | None] = {chosen}
    for card in every:
        place: str | None = card.blocker.organisation_id
        while place is not None and place not in concerned:
            concerned.add(place)
            place = parents.get(place)
    return _named([one for one in known if one.organisation_id in concerned])


def _named(found: Sequence[Organisation]) -> tuple[Named, ...]:
    named = (Named(one.organisation_id, one.label_fr, one.label_en) for one in found)
    return tuple(sorted(named, key=lambda one: (one.label_fr, one.identifier)))


def _detail(
    scope: Scope, warehouse: Warehouse, every: Sequence[BlockerCard], asked: str | None
) -> Detail | None:
    card = next((one for one in every if one.blocker.blocker_id == asked), None)
    if card is None:
        return None
    happened = queries.history(scope, warehouse, card.blocker.blocker_id)
    history = tuple(_happening(row) for row in happened)
    return Detail(
        card, history, _owned_since(happened, card.blocker.owner), is_past=is_past(warehouse)
    )


def _owned_since(happened: Sequence[Mapping[str, Any]], owner: str | None) -> date | None:
    """The day of the first of the last states that all have this owner."""
    since = None
    for row in happened:
        same = owner is not None and row["owner"] == owner
        since = (since or _day(row)) if same else None
    return since


def _day(row: Mapping[str, Any]) -> date:
    """The day of a state: of the move made here, else the one its file gives, never its arrival."""
    when: datetime | None = row["moved_at"]
    return local(when).date() if when else row["level_since"]


def _happening(row: Mapping[str, Any]) -> Happening:
    deferred = row["move"] == "defer"
    return Happening(
        on=_day(row),
        author=row["author"] or "",
        move=row["move"],
        level=LadderLevel(row["level"]),
        note=row["note"] if row["move"] else row["last_note"],
        until=row["due_on"] if deferred else None,
        load_seq=row["load_seq"],
    )


def _form(
    scope: Scope, warehouse: Warehouse, known: Sequence[Organisation], address: Address
) -> RaiseForm | None:
    may = [one for one in known if may_raise(scope, one.organisation_id)]
    if address.parameters.get("signaler") != "1" or not may:
        return None
    asked, indicator_id = address.parameters.get("org"), address.parameters.get("indicateur")
    chosen = asked if asked in {one.organisation_id for one in may} else _own(may)
    found = indicators_of(scope, warehouse, chosen) if chosen else ()
    if indicator_id and indicator_id not in {one.identifier for one in found}:
        named = queries.indicator_titles(scope, warehouse, [indicator_id])
        found = (*(Named(name, fr, en) for name, (fr, en, _) in named.items()), *found)
    return RaiseForm(_named(may), found, chosen, indicator_id)


def _own(may: Sequence[Organisation]) -> str | None:
    """The viewer's own organisation: the one above all those she sees; none where there are two."""
    known = {one.organisation_id for one in may}
    roots = [one.organisation_id for one in may if one.parent_id not in known]
    return roots[0] if len(roots) == 1 else None


def indicators_of(scope: Scope, warehouse: Warehouse, organisation_id: str) -> tuple[Named, ...]:
    """What a blocker of that organisation may touch: the indicators it leads or follows."""
    return tuple(Named(*one) for one in queries.place_indicators(scope, warehouse, organisation_id))
