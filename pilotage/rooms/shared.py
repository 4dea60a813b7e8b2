"""Indicators that several ministries follow: where each of them stands, counted once for each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from pilotage.domain.organisation import Organisation
from pilotage.domain.status import Standing
from pilotage.domain.viewer import Scope
from pilotage.rooms.blocker import Named
from pilotage.rooms.tally import Tally, standing_of, tally
from pilotage.rooms.tree import Tree
from pilotage.store.queries.verdicts import shared_verdicts
from pilotage.store.warehouse import Warehouse


@dataclass(frozen=True)
class Shared:
    """One indicator followed in several places; ``off`` are those where it is off target.

    ``lead`` is None where the organisation that leads it is out of sight.
    """

    indicator: Named
    lead: Organisation | None
    places: tuple[Organisation, ...]
    off: tuple[Organisation, ...]
    tally: Tally


def shared_indicators(
    scope: Scope, warehouse: Warehouse, seen: Tree, tops: Collection[Organisation]
) -> tuple[Shared, ...]:
    """Those followed in two or more of these organisations, the most off target first."""
    among = {one.organisation_id for one in tops}
    by_indicator: dict[str, list[Mapping[str, Any]]] = {}
    for row in shared_verdicts(scope, warehouse, among):
        by_indicator.setdefault(row["indicator_id"], []).append(row)
    found = [_shared(rows, seen, warehouse) for rows in by_indicator.values()]
    return tuple(sorted(found, key=lambda one: (-len(one.off), one.indicator.label_fr)))


def _shared(rows: list[Mapping[str, Any]], seen: Tree, warehouse: Warehouse) -> Shared:
    today = warehouse.today
    stands = {
        row["organisation_id"]: standing_of(
            row, is_late=row["next_due"] is not None and row["next_due"] < today
        )
        for row in rows
    }
    places = sorted((seen.organisations[name] for name in stands), key=lambda one: one.label_fr)
    first = rows[0]
    return Shared(
        indicator=Named(first["indicator_id"], first["title_fr"], first["title_en"]),
        lead=seen.organisations.get(first["lead_id"]),
        places=tuple(places),
        off=tuple(one for one in places if stands[one.organisation_id] is Standing.OFF_TARGET),
        tally=tally(stands.values()),
    )
