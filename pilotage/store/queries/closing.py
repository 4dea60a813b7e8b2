"""Until which day each organisation's figures are closed, by whom, and why."""

import sqlalchemy as sa

from pilotage.domain.viewer import Scope
from pilotage.store.authority_tables import closings
from pilotage.store.queries.row import Row, rows
from pilotage.store.queries.scoped import placed
from pilotage.store.tables import organisations
from pilotage.store.warehouse import Warehouse


def closed_periods(scope: Scope, warehouse: Warehouse) -> list[Row]:
    """The closing in force of each organisation of the scope, with its name, by identifier."""
    last = sa.select(sa.func.max(closings.c.seq)).group_by(closings.c.organisation_id)
    asked = (
        sa.select(closings, organisations.c.label_fr, organisations.c.label_en)
        .join(
            organisations,
            (organisations.c.organisation_id == closings.c.organisation_id)
            & organisations.c.superseded_seq.is_(None),
        )
        .where(
            closings.c.seq.in_(last),
            closings.c.through.is_not(None),
            *placed(scope, closings.c.organisation_id),
        )
        .order_by(closings.c.organisation_id)
    )
    return rows(warehouse, asked)
