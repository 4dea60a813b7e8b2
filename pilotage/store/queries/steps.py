"""What was decided about the changes of level of one indicator in one organisation."""

from datetime import datetime
from itertools import pairwise

import sqlalchemy as sa

from pilotage.domain.viewer import Scope
from pilotage.store.queries.row import Row, rows
from pilotage.store.queries.scoped import visible
from pilotage.store.step_row import steps
from pilotage.store.tables import indicators, verdicts
from pilotage.store.warehouse import Warehouse

_SAID = ("definition_fr", "unit", "method", "frequency", "roll_up", "time_aggregation")
"""What makes another figure of the same name once it changes."""


def definition_changes(scope: Scope, warehouse: Warehouse, indicator_id: str) -> list[datetime]:
    """When the way an indicator is counted was published anew; its first passport is no change."""
    asked = (
        sa.select(indicators.c.published_at, *(indicators.c[name] for name in _SAID))
        .where(indicators.c.indicator_id == indicator_id, *visible(scope, indicators))
        .order_by(indicators.c.published_at, indicators.c.load_seq)
    )
    found = rows(warehouse, asked)
    return [
        row["published_at"]
        for before, row in pairwise(found)
        if any(before[name] != row[name] for name in _SAID)
    ]


def decided_steps(scope: Scope, warehouse: Warehouse, pair: tuple[str, str]) -> list[Row]:
    """Every decision on the pair (indicator, organisation), the first made first."""
    asked = (
        sa.select(steps)
        .join(
            verdicts,
            (verdicts.c.indicator_id == steps.c.indicator_id)
            & (verdicts.c.organisation_id == steps.c.organisation_id),
        )
        .where(
            steps.c.indicator_id == pair[0],
            steps.c.organisation_id == pair[1],
            *visible(scope, verdicts),
        )
        .order_by(steps.c.seq)
    )
    return rows(warehouse, asked)
