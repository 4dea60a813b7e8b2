"""Recognitions in a room's zone « Amélioration »: whose work, for what, by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pilotage.domain.viewer import Scope
from pilotage.followup.post_permission import may_revise, may_withdraw, may_write
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import Named
from pilotage.rooms.card import Card
from pilotage.rooms.past import is_past
from pilotage.rooms.post import Written, version_of
from pilotage.rooms.tree import Tree
from pilotage.store.queries.blockers import indicator_titles, standing_blockers
from pilotage.store.queries.posts import recognitions
from pilotage.store.warehouse import Warehouse

MOST_BLOCKERS = 40
"""Blockers a recognition may be tied to from its form."""


@dataclass(frozen=True)
class Recognition:
    """One recognition; ``first_at`` is naive UTC. ``tie``: its indicator or blocker, as a door."""

    written: Written
    first_at: datetime
    place: Named
    indicator: Named | None
    blocker: Named | None


@dataclass(frozen=True)
class Improvement:
    """The zone: what was recognised here and below, the newest first, and who may add to it.

    ``places``, ``indicators`` and ``blockers`` are what a new recognition may be tied to.
    ``revising`` and ``withdrawing``: the one the address asks to. ``is_open``: not in public.
    """

    recognitions: tuple[Recognition, ...] = ()
    is_open: bool = True
    may_write: bool = False
    places: tuple[Named, ...] = ()
    indicators: tuple[Named, ...] = ()
    blockers: tuple[Named, ...] = ()
    revising: Recognition | None = None
    withdrawing: Recognition | None = None


NO_IMPROVEMENT = Improvement()


def improvement(
    scope: Scope,
    warehouse: Warehouse,
    seen: Tree,
    name: str,
    cards: Sequence[Card],
    address: Address,
) -> Improvement:
    """What was recognised in the organisation and below it; ``cards`` are the room's own."""
    below = seen.subtree(name)
    can_write = not is_past(warehouse) and may_write(scope, name)
    found = _recognitions(scope, warehouse, seen, below, can_write)
    shown = Improvement(recognitions=found, is_open=not scope.published_only)
    if not can_write:
        return shown
    return replace(
        shown,
        may_write=True,
        places=_places(seen, below, name),
        indicators=_indicators(cards),
        blockers=_blockers(scope, warehouse, below),
        revising=_named(found, address.parameters.get("modifier"), "may_revise"),
        withdrawing=_named(found, address.parameters.get("retirer"), "may_withdraw"),
    )


def _recognitions(
    scope: Scope, warehouse: Warehouse, seen: Tree, below: Sequence[str], can_write: bool
) -> tuple[Recognition, ...]:
    rows = recognitions(scope, warehouse, below)
    indicators = {row["indicator_id"] for row in rows} - {None}
    titles = indicator_titles(scope, warehouse, indicators) if indicators else {}
    raised = {row["blocker_id"] for row in rows} - {None}
    blockers = _titles(scope, warehouse, below) if raised else {}
    return tuple(
        Recognition(
            _written(scope, row, can_write),
            row["first_at"],
            _place(seen, row["organisation_id"]),
            _tie(row["indicator_id"], titles),
            _tie(row["blocker_id"], blockers),
        )
        for row in rows
    )


def _written(scope: Scope, row: Mapping[str, Any], can_write: bool) -> Written:
    version = version_of(row)
    return Written(
        (version,),
        may_revise=can_write and may_revise(scope, version.post, ""),
        may_withdraw=can_write and may_withdraw(scope, version.post),
    )


def _place(seen: Tree, organisation_id: str) -> Named:
    one = seen.organisations[organisation_id]
    return Named(one.organisation_id, one.label_fr, one.label_en)


def _tie(name: str | None, titles: Mapping[str, tuple[Any, ...]]) -> Named | None:
    return Named(name, titles[name][0], titles[name][1]) if name in titles and name else None


def _titles(scope: Scope, warehouse: Warehouse, below: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    known = standing_blockers(scope, warehouse, below)
    return {row["blocker_id"]: (row["title"], row["title_en"]) for row in known}


def _places(seen: Tree, below: Sequence[str], name: str) -> tuple[Named, ...]:
    """The room's own organisation first, then those below it by name."""
    ordered = sorted(below, key=lambda one: (one != name, seen.organisations[one].label_fr))
    return tuple(_place(seen, one) for one in ordered)


def _indicators(cards: Sequence[Card]) -> tuple[Named, ...]:
    named = [Named(one.indicator_id, one.title_fr, one.title_en) for one in cards]
    return tuple(sorted(named, key=lambda one: one.label_fr))


def _blockers(scope: Scope, warehouse: Warehouse, below: Sequence[str]) -> tuple[Named, ...]:
    """What was resolved lately first: that is what one thanks for."""
    known = standing_blockers(scope, warehouse, below)
    solved = [row for row in known if row["resolved_on"]]
    solved.sort(key=lambda row: row["resolved_on"], reverse=True)
    ordered = [*solved, *(row for row in known if not row["resolved_on"])]
    return tuple(
        Named(row["blocker_id"], row["title"], row["title_en"]) for row in ordered[:MOST_BLOCKERS]
    )


def _named(found: Sequence[Recognition], post_id: str | None, right: str) -> Recognition | None:
    return next(
        (
            one
            for one in found
            if one.written.post.post_id == post_id and getattr(one.written, right)
        ),
        None,
    )
