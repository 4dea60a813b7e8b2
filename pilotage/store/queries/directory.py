"""The organisations there are and how many indicators are judged in each."""

import sqlalchemy as sa

from pilotage.domain.indicator import Level
from pilotage.domain.organisation import Organisation, OrganisationKind
from pilotage.domain.viewer import Scope
from pilotage.store.queries.scoped import visible
from pilotage.store.tables import indicators, verdicts
from pilotage.store.tables import organisations as table
from pilotage.store.warehouse import Warehouse


def organisations(scope: Scope, warehouse: Warehouse) -> tuple[Organisation, ...]:
    """The organisations of the scope as they stand now, by identifier."""
    statement = (
        sa.select(
            table.c.organisation_id,
            table.c.parent_id,
            table.c.kind,
            table.c.label_fr,
            table.c.label_en,
            table.c.state_function,
        )
        .where(table.c.superseded_seq.is_(None), *visible(scope, table))
        .order_by(table.c.organisation_id)
    )
    with warehouse.read() as connection:
        rows = connection.execute(statement).all()
    return tuple(
        Organisation(
            row.organisation_id,
            row.parent_id,
            OrganisationKind(row.kind),
            row.label_fr,
            row.label_en,
            row.state_function,
        )
        for row in rows
    )


def indicator_counts(scope: Scope, warehouse: Warehouse) -> dict[tuple[str, Level], int]:
    """Indicators judged in each organisation of the scope, by level; an absent key is zero."""
    statement = (
        sa.select(verdicts.c.organisation_id, indicators.c.level, sa.func.count().label("judged"))
        .join(indicators, indicators.c.indicator_key == verdicts.c.indicator_key)
        .where(indicators.c.superseded_seq.is_(None), *visible(scope, indicators, verdicts))
        .group_by(verdicts.c.organisation_id, indicators.c.level)
    )
    with warehouse.read() as connection:
        rows = connection.execute(statement).all()
    return {(row.organisation_id, Level(row.level)): row.judged for row in rows}
