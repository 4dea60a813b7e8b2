"""One publication of the sample: last month's figures, as fictitious as it, and dated back."""

from datetime import UTC, date, datetime, time, timedelta

from pilotage.access.operator import OPERATOR
from pilotage.access.scope import scope_of
from pilotage.access.viewers import DEMO_VIEWERS
from pilotage.domain.period import GOVERNMENT_ZONE
from pilotage.domain.publication import Note
from pilotage.domain.viewer import Role
from pilotage.errors import Refused
from pilotage.followup.publication import annotate, draft, publish
from pilotage.sample import pool
from pilotage.store.queries.directory import organisations
from pilotage.store.queries.publication import published_lines, readable_publications
from pilotage.store.warehouse import Warehouse

_DAYS_TO_PREPARE = 9


def write_publication(warehouse: Warehouse, anchor: date) -> str | None:
    """Publish the end of the month before ``anchor``; its name.

    None where a publication is there already, or nothing is declared public.
    """
    if any(one["published_at"] for one in readable_publications(OPERATOR, warehouse)):
        return None
    treasury = next(one for one in DEMO_VIEWERS if one.role is Role.CENTRAL)
    scope = scope_of(treasury, organisations(OPERATOR, warehouse))
    as_of = anchor.replace(day=1) - timedelta(days=1)
    out = min(as_of + timedelta(days=_DAYS_TO_PREPARE), anchor)
    notes = {row["indicateur"]: Note(row["fr"], row["en"]) for row in pool.rows("publication")}
    by, prepared = treasury.name, _moment(out, 9)
    try:
        name = draft(warehouse, scope, by, as_of, notes.pop(""), prepared)
    except Refused:
        return None
    known = {line["indicator_id"] for line in published_lines(scope, warehouse, name)}
    for indicator_id, note in notes.items():
        if indicator_id in known:
            annotate(warehouse, scope, by, name, note, indicator_id, prepared)
    publish(warehouse, scope, by, name, _moment(out, 10))
    return name


def _moment(day: date, hour: int) -> datetime:
    """That hour on the government's clock, as a naive UTC moment."""
    here = datetime.combine(day, time(hour), GOVERNMENT_ZONE)
    return here.astimezone(UTC).replace(tzinfo=None)
