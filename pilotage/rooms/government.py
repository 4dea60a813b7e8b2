"""The government room: every ministry by state function, what reached the top, who is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pilotage.domain.blocker import LadderLevel
from pilotage.domain.indicator import Level
from pilotage.domain.organisation import Organisation, OrganisationKind
from pilotage.domain.viewer import Scope
from pilotage.errors import NotFound
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import BlockerCard
from pilotage.rooms.blocker import cards as blocker_cards
from pilotage.rooms.branch import Branch, Counts, all_levels, branch, late_organisations
from pilotage.rooms.past import is_past, on_asked_day, told_since
from pilotage.rooms.shared import Shared, shared_indicators
from pilotage.rooms.since import Since, government_since
from pilotage.rooms.standing import standing_figures, standing_tree
from pilotage.rooms.tally import NOTHING, Tally, together
from pilotage.rooms.tree import Tree
from pilotage.rooms.waiting import by_age
from pilotage.store.queries import blockers as blocker_queries
from pilotage.store.warehouse import Warehouse


@dataclass(frozen=True)
class GovernmentRoom:
    """What the government room shows on ``judged_on``.

    ``level`` is the one counted: strategic where most ministries have strategic figures, else None
    for every level. ``own`` are the government's own figures. ``late`` are (organisation, number of
    figures owed). ``is_partial`` when the viewer does not see the whole government.
    """

    government: Organisation | None
    judged_on: date
    level: Level | None
    own: Tally
    branches: tuple[Branch, ...]
    late: tuple[tuple[Organisation, int], ...]
    blockers: tuple[BlockerCard, ...]
    is_partial: bool
    is_past: bool = False
    told_since: int = 0
    since: Since | None = None
    shared: tuple[Shared, ...] = ()

    @property
    def tally(self) -> Tally:
        """The government's own figures, where each indicator counts once; else its ministries'."""
        return self.own if self.own.total else together(one.below for one in self.branches)


def government_room(scope: Scope, warehouse: Warehouse, address: Address) -> GovernmentRoom:
    """``/gouvernement``; NotFound for whoever sees no organisation at all."""
    warehouse = on_asked_day(warehouse, address)
    seen = standing_tree(scope, warehouse)
    if not seen.organisations:
        raise NotFound
    tops, government = _tops(seen), _government(seen)
    counts, level = _counted(standing_figures(scope, warehouse), seen, tops)
    return GovernmentRoom(
        government=government,
        judged_on=warehouse.today,
        level=level,
        own=all_levels(counts, government.organisation_id) if government else NOTHING,
        branches=tuple(
            one for one in (branch(seen, counts, top) for top in tops) if one.below.total
        ),
        late=late_organisations(seen, counts, tuple(seen.organisations)),
        blockers=_at_the_top(scope, warehouse),
        is_partial=not scope.everything,
        is_past=is_past(warehouse),
        told_since=told_since(scope, warehouse),
        since=government_since(scope, warehouse, address, level),
        shared=shared_indicators(scope, warehouse, seen, tops),
    )


def _counted(
    counts: Counts, seen: Tree, tops: Sequence[Organisation]
) -> tuple[Counts, Level | None]:
    """Strategic figures only, where most ministries with figures have strategic ones."""
    strategic = {
        name: {Level.STRATEGIC: levels[Level.STRATEGIC]}
        for name, levels in counts.items()
        if Level.STRATEGIC in levels
    }
    lines = [seen.subtree(top.organisation_id) for top in tops]
    with_figures = sum(any(one in counts for one in line) for line in lines)
    with_strategic = sum(any(one in strategic for one in line) for line in lines)
    if strategic and 2 * with_strategic >= with_figures:
        return strategic, Level.STRATEGIC
    return counts, None


def _government(seen: Tree) -> Organisation | None:
    kinds = (one for one in seen.organisations.values())
    return next((one for one in kinds if one.kind is OrganisationKind.GOVERNMENT), None)


def _tops(seen: Tree) -> tuple[Organisation, ...]:
    """The organisations right below the government; a root that is no government is one too."""
    found: list[Organisation] = []
    for root in seen.children.get(None, ()):
        if root.kind is OrganisationKind.GOVERNMENT:
            found += seen.children.get(root.organisation_id, ())
        else:
            found.append(root)
    return tuple(found)


def _at_the_top(scope: Scope, warehouse: Warehouse) -> tuple[BlockerCard, ...]:
    rows = blocker_queries.standing_blockers(scope, warehouse, is_live=True)
    top = [row for row in rows if row["level"] == LadderLevel.GOVERNMENT]
    return by_age(blocker_cards(scope, warehouse, top, warehouse.today))
