"""Which periods are closed, and closing one: the same door for the page, the API and the command.

An organisation that the viewer may not know of is said not to exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pilotage.access.person import person
from pilotage.domain.viewer import Scope
from pilotage.errors import NotFound, Refused
from pilotage.followup.closing import close_through, may_close
from pilotage.rooms.blocker import Named
from pilotage.store.queries.closing import closed_periods
from pilotage.store.queries.directory import organisations
from pilotage.store.warehouse import Warehouse


@dataclass(frozen=True)
class Closed:
    """An organisation closed through a day, by whom, when (UTC), with which words."""

    place: Named
    through: date
    author: str
    at: datetime
    note: str | None


def closed(scope: Scope, warehouse: Warehouse) -> tuple[Closed, ...]:
    """What is closed now among the organisations of the scope, by identifier."""
    return tuple(
        Closed(
            Named(row["organisation_id"], row["label_fr"], row["label_en"]),
            row["through"],
            person(row["author"]) or "",
            row["at"],
            row["note"],
        )
        for row in closed_periods(scope, warehouse)
    )


def closable(scope: Scope, warehouse: Warehouse) -> tuple[Named, ...]:
    """The organisations whose periods the viewer may close, by identifier."""
    return tuple(
        Named(one.organisation_id, one.label_fr, one.label_en)
        for one in organisations(scope, warehouse)
        if may_close(scope, one.organisation_id)
    )


def close_period(
    scope: Scope, warehouse: Warehouse, author: str, asked: Mapping[str, Any]
) -> date | None:
    """Close through ``asked["through"]``, or open again where it is null or empty; that day.

    Raises NotFound for an unknown organisation, Forbidden, and Refused with what to correct.
    """
    place, note = asked.get("organisation_id"), asked.get("note")
    known = {one.organisation_id for one in organisations(scope, warehouse)}
    if not isinstance(place, str) or place not in known:
        raise NotFound("Cette organisation n'existe pas ici.", "There is no such organisation.")
    through = _day(asked.get("through"))
    words = note if isinstance(note, str) else ""
    close_through(warehouse, scope, author, place, through, words, warehouse.today)
    return through


def _day(given: object) -> date | None:
    if given is None or given == "":
        return None
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise Refused(
            f"« {str(given)[:20]} » n'est pas une date. Écrivez par exemple 2026-03-31.",
            f"“{str(given)[:20]}” is not a date. Write for example 2026-03-31.",
        ) from None
