"""The children that make up a gap, from the rows of their verdicts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pilotage.domain.viewer import Scope
from pilotage.rooms.gap import Child, Gap, gap, own_gap
from pilotage.rooms.tally import standing_of
from pilotage.store.queries import passport as passports
from pilotage.store.warehouse import Warehouse


def is_late(row: Mapping[str, Any], today: date) -> bool:
    """True when a value was due before today."""
    return row["next_due"] is not None and row["next_due"] < today


def child_of(row: Mapping[str, Any], weight: float | None, unit: str, today: date) -> Child:
    """A child's row; only what is counted in the parent's ``unit`` can add to its gap."""
    is_same = row["unit"] == unit
    own = own_gap(row["direction"], row["value"], row["low"], row["high"]) if is_same else None
    return Child(
        indicator_id=row["indicator_id"],
        organisation_id=row["organisation_id"],
        title_fr=row["title_fr"],
        title_en=row["title_en"],
        organisation_fr=row["label_fr"],
        organisation_en=row["label_en"],
        unit=row["unit"],
        decimals=row["decimals"],
        value=row["value"],
        gap=own,
        weight=weight,
        standing=standing_of(row, is_late=is_late(row, today)),
    )


def gap_of(
    scope: Scope,
    warehouse: Warehouse,
    pair: tuple[str, str],
    passport: Mapping[str, Any],
    today: date,
) -> Gap | None:
    """Who carries the gap of (indicator, organisation); None where nobody does below."""
    below = passports.children_places(scope, warehouse, *pair)
    children = [child_of(row, row["denominator"], passport["unit"], today) for row in below]
    if not children and pair[1] == passport["organisation_id"]:
        # Links are between indicators: they speak for the lead organisation, not for each place.
        tied = passports.linked(scope, warehouse, pair[0])
        children = [
            child_of(row, row["weight"], passport["unit"], today)
            for row in tied
            if row["side"] == "child" and row["kind"] != "counter"
        ]
    is_partial = passports.hides_children(scope, warehouse, pair[0])
    return gap(children, passport["roll_up"], is_partial=is_partial)
