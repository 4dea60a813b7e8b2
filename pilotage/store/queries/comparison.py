"""What two readings of a room are compared by: standings, values and targets, no history."""

import sqlalchemy as sa

from pilotage.domain.indicator import Level
from pilotage.domain.viewer import Scope
from pilotage.store.queries.scoped import Rows, answered, current, visible
from pilotage.store.tables import indicators, verdicts
from pilotage.store.warehouse import Warehouse

_COMPARED = (
    verdicts.c.indicator_id,
    verdicts.c.organisation_id,
    verdicts.c.period_kind,
    verdicts.c.period_start,
    verdicts.c.value,
    verdicts.c.value_text,
    verdicts.c.low,
    verdicts.c.high,
    verdicts.c.target_text,
    verdicts.c.due_date,
    verdicts.c.result,
    verdicts.c.trajectory,
    verdicts.c.data_state,
    verdicts.c.next_due,
    verdicts.c.confidence,
    indicators.c.title_fr,
    indicators.c.title_en,
    indicators.c.unit,
    indicators.c.decimals,
    indicators.c.direction,
)


def compared_figures(
    scope: Scope,
    warehouse: Warehouse,
    organisation_id: str | None = None,
    level: Level | None = None,
) -> Rows:
    """One row per indicator and organisation, by identifiers; None for every one the scope sees."""
    asked = (
        sa.select(*_COMPARED)
        .join(indicators, indicators.c.indicator_id == verdicts.c.indicator_id)
        .where(*visible(scope, verdicts, indicators), *current(indicators))
        .order_by(verdicts.c.indicator_id, verdicts.c.organisation_id)
    )
    if organisation_id is not None:
        asked = asked.where(verdicts.c.organisation_id == organisation_id)
    if level is not None:
        asked = asked.where(indicators.c.level == level.value)
    return answered(warehouse, asked)
