"""Search: organisations, indicators, objectives and blockers that the viewer may see, best first.

The index is read through the scope and kept until the next version: what one may not see is not in
it, so nothing, not even a count, can tell that it exists.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from pilotage.domain.blocker import BlockerState, LadderLevel
from pilotage.domain.organisation import Organisation
from pilotage.domain.status import Standing
from pilotage.domain.viewer import Scope
from pilotage.rooms.address import Address
from pilotage.rooms.branch import Counts, all_levels, held_levels
from pilotage.rooms.cap import Aim, aims, tallies_by_objective
from pilotage.rooms.matching import Lexicon, Query, folded, query, squashed
from pilotage.rooms.memory import remembered
from pilotage.rooms.past import on_asked_day
from pilotage.rooms.standing import standing_figures, standing_rows, standing_tree
from pilotage.rooms.tally import ATTENTION, Tally, standing_of, together
from pilotage.rooms.tree import Tree, room_of
from pilotage.store.queries import blockers as blocker_queries
from pilotage.store.queries import search as queries
from pilotage.store.warehouse import Warehouse

MOST_OF_A_KIND = 6
CAP_ANCHOR = "room-rest"
"""Where a room shows its objectives (``ids.ROOM_REST``)."""

_NOTHING_THERE = 99
"""Below every place that holds figures."""


class Kind(StrEnum):
    """What a result is; in this order where two kinds answer equally well."""

    ORGANISATION = "organisation"
    INDICATOR = "indicator"
    OBJECTIVE = "objective"
    BLOCKER = "blocker"


@dataclass(frozen=True)
class Entry:
    """One thing in one place: where it opens, and what is said of its state.

    ``place`` is the organisation it is met in; None for an organisation at the top. A figure has a
    ``standing``; an organisation and an objective a ``tally``; a blocker its ``state`` and rung.
    ``owner``: who answers for it, found by name too.
    """

    kind: Kind
    identifier: str
    label_fr: str
    label_en: str | None
    place: Organisation | None
    parts: tuple[str, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)
    anchor: str = ""
    standing: Standing | None = None
    tally: Tally | None = None
    state: BlockerState | None = None
    rung: LadderLevel | None = None
    owner: str | None = None
    rank: int = 0
    """Between equals the lowest first: what deserves attention, what is high in the tree."""


@dataclass(frozen=True)
class Group:
    """The results of one kind, best first; ``total`` counts those left out too."""

    kind: Kind
    entries: tuple[Entry, ...]
    total: int


@dataclass(frozen=True)
class Results:
    """What was found; ``asked`` is empty where nothing was asked."""

    asked: str
    groups: tuple[Group, ...] = ()

    @property
    def total(self) -> int:
        """Everything found, shown or not."""
        return sum(group.total for group in self.groups)


@dataclass
class Index:
    """Everything that can be found. A subject has its places: the one that leads it comes first."""

    subjects: list[tuple[Entry, ...]] = field(default_factory=list)
    names: Lexicon = field(default_factory=Lexicon)
    places: Lexicon = field(default_factory=Lexicon)

    def add(self, entries: tuple[Entry, ...]) -> None:
        """Put one more subject."""
        first, number = entries[0], len(self.subjects)
        self.subjects.append(entries)
        name = first.identifier
        self.names.add(number, (name, squashed(name), first.label_fr, first.label_en, first.owner))


def search(scope: Scope, warehouse: Warehouse, address: Address, text: object) -> Results:
    """What answers that text; every word must be found, in the name or in that of its place."""
    asked = query(text) if isinstance(text, str) else query("")
    if not asked.words:
        return Results("")
    warehouse = on_asked_day(warehouse, address)
    index = remembered(scope, warehouse, "search", lambda: _index(scope, warehouse))
    return found_in(index, asked)


def found_in(index: Index, asked: Query) -> Results:
    """The answer of an index, grouped by kind; the kind of the best result comes first."""
    own = [index.names.fits(word) for word in asked.words]
    around = [index.places.fits(word) for word in asked.words]
    marked = []
    for number in sorted({one for fits in own for one in fits if isinstance(one, int)}):
        entries = index.subjects[number]
        fits = [fit.get(number, 0) for fit in own]
        entry = _placed(entries, fits, around)
        if entry is not None:
            marked.append((-_mark(entry, asked, sum(fits)), _order(entry), entry))
    marked.sort(key=lambda one: one[:2])
    by_kind: dict[Kind, list[Entry]] = {}
    for _mark_of, _order_of, entry in marked:
        by_kind.setdefault(entry.kind, []).append(entry)
    return Results(
        asked.phrase,
        tuple(
            Group(kind, tuple(entries[:MOST_OF_A_KIND]), len(entries))
            for kind, entries in by_kind.items()
        ),
    )


def _placed(
    entries: Sequence[Entry], fits: Sequence[int], around: Sequence[Mapping[int | str, int]]
) -> Entry | None:
    """The place that answers best with its own name what the subject's does not; None for none."""
    best, chosen = 0, None
    for one in entries:
        here = one.place.organisation_id if one.place else ""
        answered = [max(own, fit.get(here, 0)) for own, fit in zip(fits, around, strict=True)]
        if all(answered) and sum(answered) > best:
            best, chosen = sum(answered), one
    return chosen


def _mark(entry: Entry, asked: Query, fit: int) -> float:
    """Points: the identifier itself, then the whole name, its beginning, the phrase, the words."""
    points = fit / len(asked.words)
    if squashed(entry.identifier) == asked.squashed:
        points += 100
    names = [folded(entry.label_fr), folded(entry.label_en or "")]
    if asked.phrase in names:
        points += 50
    elif any(name.startswith(asked.phrase) for name in names):
        points += 20
    elif any(f" {asked.phrase}" in name for name in names):
        points += 10
    return points


def _order(entry: Entry) -> tuple[int, int, int, str]:
    """Between equals: the kind, its rank, the shorter name."""
    return list(Kind).index(entry.kind), entry.rank, len(entry.label_fr), entry.identifier


def _index(scope: Scope, warehouse: Warehouse) -> Index:
    seen, counts = standing_tree(scope, warehouse), standing_figures(scope, warehouse)
    made = Index()
    for name in seen.organisations:
        line = (*seen.ancestors(name), seen.organisations[name])
        for one in line:
            made.places.add(name, (one.label_fr, one.label_en, one.organisation_id))
    subjects = (
        *_organisations(seen, counts),
        *_indicators(scope, warehouse, seen),
        *_objectives(scope, warehouse, seen, counts),
        *_blockers(scope, warehouse, seen),
    )
    for entries in subjects:
        made.add(entries)
    return made


def _organisations(seen: Tree, counts: Counts) -> Iterable[tuple[Entry, ...]]:
    for name, one in seen.organisations.items():
        above = seen.ancestors(name)
        below = together(all_levels(counts, each) for each in seen.subtree(name))
        yield (
            Entry(
                Kind.ORGANISATION,
                name,
                one.label_fr,
                one.label_en,
                above[-1] if above else None,
                room_of(one, held_levels(seen, counts, name)),
                tally=below,
                rank=len(above) if below.total else _NOTHING_THERE,
            ),
        )


def _indicators(scope: Scope, warehouse: Warehouse, seen: Tree) -> Iterable[tuple[Entry, ...]]:
    judged: dict[str, dict[str, Standing]] = {}
    for row in queries.judged_pairs(scope, warehouse):
        held = standing_of(row, is_late=_is_late(row, warehouse.today))
        judged.setdefault(row["indicator_id"], {})[row["organisation_id"]] = held
    for row in queries.named_indicators(scope, warehouse):
        name, lead = row["indicator_id"], row["organisation_id"]
        held_by = judged.get(name, {})
        places = [lead] if lead in held_by or not held_by else []
        places += [one for one in held_by if one != lead]
        yield tuple(
            Entry(
                Kind.INDICATOR,
                name,
                row["title_fr"],
                row["title_en"],
                seen.organisations.get(place),
                ("indicateurs", name),
                {"org": place} if place in seen.organisations else {},
                standing=held_by.get(place),
                owner=row["owner"],
                rank=_attention(held_by.get(place)),
            )
            for place in places
        )


def _attention(standing: Standing | None) -> int:
    return ATTENTION.index(standing) if standing else len(ATTENTION)


def _is_late(row: Mapping[str, Any], on: date) -> bool:
    return row["next_due"] is not None and row["next_due"] < on


def _objectives(
    scope: Scope, warehouse: Warehouse, seen: Tree, counts: Counts
) -> Iterable[tuple[Entry, ...]]:
    rows = standing_rows(scope, warehouse)
    by_place: dict[str, list[Mapping[str, Any]]] = {}
    for row in queries.placed_objectives(scope, warehouse):
        by_place.setdefault(row["organisation_id"], []).append(row)
    for name, objectives in by_place.items():
        if place := seen.organisations.get(name):
            room = room_of(place, held_levels(seen, counts, name))
            tallies = tallies_by_objective(rows, seen.subtree(name))
            for aim in _every(aims(objectives, tallies)):
                names = (aim.objective_id, aim.label_fr, aim.label_en, place)
                said = aim.everything
                yield (Entry(Kind.OBJECTIVE, *names, room, anchor=CAP_ANCHOR, tally=said),)


def _every(forest: Iterable[Aim]) -> Iterable[Aim]:
    for aim in forest:
        yield aim
        yield from _every(aim.below)


def _blockers(scope: Scope, warehouse: Warehouse, seen: Tree) -> Iterable[tuple[Entry, ...]]:
    for row in blocker_queries.standing_blockers(scope, warehouse):
        yield (
            Entry(
                Kind.BLOCKER,
                row["blocker_id"],
                row["title"],
                row["title_en"],
                seen.organisations.get(row["organisation_id"]),
                ("bloquants",),
                {"b": row["blocker_id"]},
                state=BlockerState(row["state"]),
                rung=LadderLevel(row["level"]),
                owner=row["owner"],
                rank=int(not BlockerState(row["state"]).is_live),
            ),
        )
