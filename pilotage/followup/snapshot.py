"""What a publication shows: figures their ministries declare public, small counts left out.

Everything the house knows serves to decide what to hide; only what the drafting viewer may see, and
what its passport says is public, is shown.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from math import isnan
from typing import Any

from pilotage.access.operator import OPERATOR
from pilotage.domain.indicator import Level, RollUp, Visibility
from pilotage.domain.organisation import Organisation, OrganisationKind
from pilotage.domain.small_cell import FEWEST, Cell, Hidden, Key, Sum, is_small, suppressed
from pilotage.domain.status import (
    DataState,
    Result,
    Standing,
    Trajectory,
    standing,
    state_once_due,
)
from pilotage.domain.viewer import Scope
from pilotage.formats import local
from pilotage.store.queries import publication as queries
from pilotage.store.queries.directory import organisations
from pilotage.store.warehouse import Warehouse

Row = Mapping[str, Any]
DRAWN = 24
"""Periods of a curve at most."""
_IN_ERROR = 7
"""Code of ``verdicts.recent_statuses`` for a value that is in error."""
_REMARKS = frozenset({DataState.PROVISIONAL, DataState.UNVERIFIED})
_COPIED = (
    "indicator_id",
    "organisation_id",
    "title_fr",
    "title_en",
    "definition_fr",
    "definition_en",
    "unit",
    "decimals",
    "direction",
    "period_kind",
    "period_start",
    "next_due",
    "low",
    "high",
    "due_date",
)


def snapshot(scope: Scope, warehouse: Warehouse) -> list[dict[str, Any]]:
    """The lines to publish, as rows of ``publication_lines`` without its identifier.

    The government first, then ministries by their French name; each one's own figures, then those
    of the organisations below it. A ``PastWarehouse`` gives those of its day.
    """
    places = {one.organisation_id: one for one in organisations(OPERATOR, warehouse)}
    rows = queries.figures(OPERATOR, warehouse)
    public = {key_of(row) for row in rows if _is_public(scope, row)}
    sums = _sums(rows, places, queries.additive_links(OPERATOR, warehouse))
    hidden = suppressed(_cells(rows, public, warehouse.today), sums)
    small = queries.small_once(OPERATOR, warehouse, FEWEST) | set(hidden)
    untold = _kin(small | {key_of(row) for row in rows if _was_small(row)}, sums)
    shown = [row for row in rows if key_of(row) in public]
    lines = [
        _line(row, places, hidden.get(key_of(row)), key_of(row) not in untold, warehouse.today)
        for row in shown
        if row["organisation_id"] in places
    ]
    lines.sort(key=lambda line: _order(line, places))
    return [{**line, "place": place} for place, line in enumerate(lines)]


def key_of(row: Row) -> Key:
    """Which figure a row is about."""
    return row["indicator_id"], row["organisation_id"]


def _is_public(scope: Scope, row: Row) -> bool:
    return (
        row["visibility"] == Visibility.PUBLIC
        and Visibility.PUBLIC in scope.visibilities
        and Level(row["level"]) in scope.levels
        and scope.may_see(row["organisation_id"])
    )


def _cells(rows: Sequence[Row], public: set[Key], on: date) -> Iterator[Cell]:
    for row in rows:
        value = _number(row["value"])
        if value is not None:
            few = is_small(value, row["unit"], row["numerator"], row["denominator"])
            told = key_of(row) in public and _standing(row, on) is not Standing.IN_ERROR
            yield Cell(key_of(row), value, few, told)


def _sums(
    rows: Sequence[Row], places: Mapping[str, Organisation], links: Sequence[Row]
) -> list[Sum]:
    """What adds up: an indicator over the organisations below, and indicators tied by a link.

    Means and the rest count as sums: from any of them a missing part follows in the same way.
    """
    lead = {row["indicator_id"]: row["lead_id"] for row in rows}
    held = {key_of(row) for row in rows}
    parts: dict[Key, list[Key]] = {}
    for row in rows:
        above = _nearest_above(row, held, places)
        if row["roll_up"] not in {None, RollUp.NONE} and above is not None:
            parts.setdefault((row["indicator_id"], above), []).append(key_of(row))
    summed: list[Sum] = [(whole, tuple(children)) for whole, children in parts.items()]
    tied: dict[str, list[Key]] = {}
    for link in links:
        if link["child_id"] in lead and link["parent_id"] in lead:
            child = link["child_id"]
            tied.setdefault(link["parent_id"], []).append((child, lead[child]))
    return summed + [((parent, lead[parent]), tuple(keys)) for parent, keys in tied.items()]


def _nearest_above(row: Row, held: set[Key], places: Mapping[str, Organisation]) -> str | None:
    """The closest organisation above that holds the same indicator; None where none does."""
    seen = {row["organisation_id"]}
    here = places.get(row["organisation_id"])
    while here is not None and here.parent_id is not None and here.parent_id not in seen:
        if (row["indicator_id"], here.parent_id) in held:
            return here.parent_id
        seen.add(here.parent_id)
        here = places.get(here.parent_id)
    return None


def _was_small(row: Row) -> bool:
    """A count of few people in one of the last periods."""
    past = (_number(one) for one in row["recent_values"] or ())
    return any(is_small(value, row["unit"]) for value in past)


def _kin(keys: set[Key], sums: Sequence[Sum]) -> set[Key]:
    """These figures and all that add up with them, closely or not: a past sum tells as much."""
    found = set(keys)
    is_growing = True
    while is_growing:
        is_growing = False
        for whole, parts in sums:
            together = {whole, *parts}
            if not found.isdisjoint(together) and not together <= found:
                found |= together
                is_growing = True
    return found


def _line(
    row: Row,
    places: Mapping[str, Organisation],
    hidden: Hidden | None,
    is_drawn: bool,
    on: date,
) -> dict[str, Any]:
    here = places[row["organisation_id"]]
    ministry = _ministry(here, places)
    where = _standing(row, on)
    is_told = hidden is None and where is not Standing.IN_ERROR
    state = DataState(row["data_state"])
    starts, values = _recents(row) if is_drawn and is_told else (None, None)
    return {name: row[name] for name in _COPIED} | {
        "ministry_id": ministry.organisation_id,
        "ministry_fr": ministry.label_fr,
        "ministry_en": ministry.label_en,
        "organisation_fr": here.label_fr,
        "organisation_en": here.label_en,
        "source": row["system_of_record"],
        "standing": None if hidden else where.value,
        "remark": state.value if state in _REMARKS and not hidden else None,
        "value": _number(row["value"]) if is_told else None,
        "published_on": _day(row["published_at"]),
        "hidden": hidden.value if hidden else None,
        "recent_starts": starts,
        "recent_values": values,
    }


def _standing(row: Row, on: date) -> Standing:
    is_late = row["next_due"] is not None and row["next_due"] < on
    state = state_once_due(DataState(row["data_state"]), is_late=is_late)
    return standing(Result(row["result"]), Trajectory(row["trajectory"]), state)


def _recents(row: Row) -> tuple[list[datetime] | None, list[float | None] | None]:
    """The last periods and their values, those in error left out; nothing under two values."""
    told = [
        (start, None if status == _IN_ERROR else _number(value))
        for start, value, status in zip(
            row["recent_starts"] or (),
            row["recent_values"] or (),
            row["recent_statuses"] or (),
            strict=True,
        )
        if start is not None
    ][-DRAWN:]
    if sum(value is not None for _, value in told) < 2:
        return None, None
    return [start for start, _ in told], [value for _, value in told]


def _ministry(here: Organisation, places: Mapping[str, Organisation]) -> Organisation:
    """The one right below the government, or at the top; the government is its own."""
    seen = {here.organisation_id}
    while (above := places.get(here.parent_id or "")) and above.organisation_id not in seen:
        if above.kind is OrganisationKind.GOVERNMENT:
            break
        seen.add(above.organisation_id)
        here = above
    return here


def _order(line: Mapping[str, Any], places: Mapping[str, Organisation]) -> tuple[Any, ...]:
    ministry, place = line["ministry_id"], line["organisation_id"]
    return (
        places[ministry].kind is not OrganisationKind.GOVERNMENT,
        _alphabetical(line["ministry_fr"]),
        ministry,
        place != ministry,
        _alphabetical(line["organisation_fr"]),
        place,
        line["indicator_id"],
    )


def _alphabetical(name: str) -> str:
    """« Éducation » stands among the E's."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()


def _day(moment: datetime | None) -> date | None:
    """The day of a publication: a day a file declares is kept as its own midnight."""
    if moment is None:
        return None
    return moment.date() if moment.time() == time() else local(moment).date()


def _number(value: float | None) -> float | None:
    return None if value is None or isnan(value) else value
