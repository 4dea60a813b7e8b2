"""The measurements one is expected to send next: a file of one's own, its values left empty."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from pilotage.domain.indicator import Frequency
from pilotage.domain.period import (
    KINDS_OF_FREQUENCY,
    Period,
    PeriodKind,
    following,
    period_code,
    period_containing,
    starting,
)
from pilotage.domain.viewer import Scope
from pilotage.store.queries.passport import measured_places
from pilotage.store.warehouse import Warehouse

HEADER = ("indicateur_id", "organisation_id", "periode", "valeur")
"""Columns of the measurements' contract."""


def blank_sheet(scope: Scope, warehouse: Warehouse) -> list[tuple[str, str, str, str]]:
    """One line per pair the viewer may load for: its next period, and nothing as its value."""
    rows = measured_places(scope, warehouse)
    return [
        (
            row["indicator_id"],
            row["organisation_id"],
            period_code(next_period(row, warehouse.today)),
            "",
        )
        for row in rows
    ]


def next_period(row: Mapping[str, Any], today: date) -> Period:
    """The period after the last value's; where none ever came, the last one that is over."""
    if row["period_kind"] is not None:
        return following(starting(PeriodKind(row["period_kind"]), row["period_start"]))
    kind = min(KINDS_OF_FREQUENCY[Frequency(row["frequency"])])
    running = period_containing(kind, datetime.combine(today, time()))
    return period_containing(kind, running.start - timedelta(minutes=1))
