"""Which team carries the gap of each card of a room: asked once for all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pilotage.domain.status import Standing
from pilotage.domain.viewer import Scope
from pilotage.rooms.blocker import Named
from pilotage.rooms.card import Card, Carrier
from pilotage.rooms.gap import gap
from pilotage.rooms.gap_parts import child_of
from pilotage.rooms.tree import Tree
from pilotage.store.queries import passport as passports
from pilotage.store.warehouse import Warehouse

Row = Mapping[str, Any]


def with_carriers(
    scope: Scope, warehouse: Warehouse, seen: Tree, cards: Iterable[Card], today: date
) -> tuple[Card, ...]:
    """The same cards; each off target with who carries most of its gap, where it is made up below.

    The same answer as the indicator's page: organisations below that follow it, else what
    contributes to it where the card is its lead organisation's.
    """
    known = tuple(cards)
    off = [one for one in known if one.standing is Standing.OFF_TARGET]
    if not off:
        return known
    names = {one.indicator_id for one in off}
    places = {place for one in off for place in seen.subtree(one.organisation_id)}
    below = passports.followed_in(scope, warehouse, names, places)
    tied = passports.contributing(scope, warehouse, names)
    hiding = passports.hiding_children(scope, warehouse, names)
    return tuple(
        replace(one, carrier=_carrier(one, seen, below, tied, today))
        # A share said beside a part out of sight would give that part away.
        if one in off and one.indicator_id not in hiding
        else one
        for one in known
    )


def _carrier(
    one: Card, seen: Tree, below: Sequence[Row], tied: Sequence[Row], today: date
) -> Carrier | None:
    parts = _nearest(one, seen, [row for row in below if row["indicator_id"] == one.indicator_id])
    children = [child_of(row, row["denominator"], one.unit, today) for row in parts]
    roll_up = parts[0]["roll_up"] if parts else None
    if not children:
        ours = [
            row
            for row in tied
            if (row["parent_id"], row["parent_lead"]) == (one.indicator_id, one.organisation_id)
        ]
        children = [child_of(row, row["weight"], one.unit, today) for row in ours]
        roll_up = ours[0]["parent_roll_up"] if ours else None
    found = gap(children, roll_up)
    if found is None or not found.total or len(children) < 2:
        return None
    first = found.children[0]
    if not first.contribution:
        return None
    place = Named(first.organisation_id, first.organisation_fr, first.organisation_en)
    return Carrier(place, first.contribution / found.total)


def _nearest(one: Card, seen: Tree, rows: Sequence[Row]) -> list[Row]:
    """Those of the nearest organisations below, down to the first on each way that follows it."""
    by_place = {row["organisation_id"]: row for row in rows}
    found, waiting = [], list(seen.children.get(one.organisation_id, ()))
    while waiting:
        here = waiting.pop(0).organisation_id
        if here in by_place:
            found.append(by_place[here])
        else:
            waiting += seen.children.get(here, ())
    return found
