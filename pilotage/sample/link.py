"""The cascade: which indicators add up, contribute, are shared or counterbalance."""

from collections.abc import Iterator
from datetime import date

from pilotage.domain.indicator import Direction, Level
from pilotage.sample import pool
from pilotage.sample.chance import share
from pilotage.sample.pool import IndicatorLine
from pilotage.sample.span import fiscal_start

_KINDS = {
    "additive": "additif",
    "contributes": "contribue",
    "identical": "identique",
    "counter": "contre-indicateur",
}


def said() -> list[tuple[str, str, str]]:
    """The links a pool names: parent, child and English kind."""
    return [(row["parent"], row["enfant"], row["genre"]) for row in pool.rows("liens")]


def additive_children() -> dict[str, list[str]]:
    """Children that add up, by parent."""
    found: dict[str, list[str]] = {}
    for parent, child, kind in said():
        if kind == "additive":
            found.setdefault(parent, []).append(child)
    return found


def shared_with() -> dict[str, str]:
    """The indicator whose series each shared one repeats, by child."""
    return {child: parent for parent, child, kind in said() if kind == "identical"}


def _above(line: IndicatorLine) -> Iterator[str]:
    """Organisations above, nearest first."""
    organisation_id = pool.parent_of(line.organisation_id)
    while organisation_id and organisation_id != "QC":
        yield organisation_id
        organisation_id = pool.parent_of(organisation_id)


def _contributions() -> Iterator[tuple[str, str]]:
    """Each tactical and operational indicator serves the first of its objective above it."""
    by_place: dict[tuple[str, int], str] = {}
    for line in pool.indicators():
        if line.direction is not Direction.NONE:
            by_place.setdefault((line.organisation_id, line.objective), line.indicator_id)
    for line in pool.indicators():
        if line.level is Level.STRATEGIC or line.direction is Direction.NONE:
            continue
        served = (by_place.get((place, line.objective)) for place in _above(line))
        parent = next((found for found in served if found), None)
        if parent:
            yield parent, line.indicator_id


def link_rows(anchor: date) -> list[dict[str, str]]:
    """Rows of the contract ``liens``."""
    named = said()
    tied = {(parent, child) for parent, child, _ in named}
    served = [
        (parent, child, "contributes")
        for parent, child in _contributions()
        if (parent, child) not in tied and share("orphan", child) > 0.12
    ]
    return [
        {
            "parent_id": parent,
            "enfant_id": child,
            "genre": _KINDS[kind],
            "poids": str(1 + int(3 * share("weight", child))) if kind == "contributes" else "",
            "publie_le": f"{fiscal_start(anchor) - 6}-04-01",
        }
        for parent, child, kind in [*named, *served]
    ]
