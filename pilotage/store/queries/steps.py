"""What was decided about the changes of level of one indicator in one organisation."""

import sqlalchemy as sa

from pilotage.domain.viewer import Scope
from pilotage.store.queries.row import Row, rows
from pilotage.store.queries.scoped import visible
from pilotage.store.step_row import steps
from pilotage.store.tables import verdicts
from pilotage.store.warehouse import Warehouse


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
