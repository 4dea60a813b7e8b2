"""The measurements one is expected to send next: a file of one's own, its values left empty."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pilotage.domain.indicator import Frequency
from pilotage.domain.period import (
    GOVERNMENT_ZONE,
    KINDS_OF_FREQUENCY,
    Period,
    PeriodKind,
    following,
    period_code,
    period_containing,
    starting,
)
from pilotage.domain.viewer import Scope
from pilotage.store.queries.holes import holes
from pilotage.store.queries.passport import measured_places
from pilotage.store.warehouse import Warehouse

HEADER = ("indicateur_id", "organisation_id", "periode", "valeur")
"""Columns of the measurements' contract."""
_MOST_LINES = 100


def blank_sheet(scope: Scope, warehouse: Warehouse) -> list[tuple[str, str, str, str]]:
    """A line per period over and not received, for each pair the viewer may load for.

    Those skipped come first. The running period where all are received; a hundred at most.
    """
    skipped = holes(scope, warehouse)
    return [
        (row["indicator_id"], row["organisation_id"], period_code(period), "")
        for row in measured_places(scope, warehouse)
        for period in _due(row, skipped, warehouse.today)
    ]


def _due(
    row: Mapping[str, Any], skipped: Mapping[tuple[str, str], Sequence[datetime]], today: date
) -> list[Period]:
    starts = skipped.get((row["indicator_id"], row["organisation_id"]), ())
    before = [starting(PeriodKind(row["period_kind"]), start) for start in starts]
    return (before + owed_periods(next_period(row, today), today, _MOST_LINES))[:_MOST_LINES]


def owed_periods(first: Period, today: date, most: int) -> list[Period]:
    """From ``first`` on, the periods over by the start of today, ``first`` itself in any case."""
    over = datetime.combine(today, time())
    if first.kind is PeriodKind.HOUR:
        over = over.replace(tzinfo=GOVERNMENT_ZONE).astimezone(UTC).replace(tzinfo=None)
    found = [first]
    while len(found) < most and (coming := following(found[-1])).end <= over:
        found.append(coming)
    return found


def next_period(row: Mapping[str, Any], today: date) -> Period:
    """The period after the last value's; where none ever came, the last one that is over."""
    if row["period_kind"] is not None:
        return following(starting(PeriodKind(row["period_kind"]), row["period_start"]))
    kind = min(KINDS_OF_FREQUENCY[Frequency(row["frequency"])])
    running = period_containing(kind, datetime.combine(today, time()))
    return period_containing(kind, running.start - timedelta(minutes=1))
