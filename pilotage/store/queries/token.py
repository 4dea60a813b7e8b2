"""The tokens of machines, and the name of the one that sent a load."""

import sqlalchemy as sa

from pilotage.domain.viewer import Scope
from pilotage.store.authority_tables import tokens
from pilotage.store.queries.row import Row, rows
from pilotage.store.queries.scoped import placed
from pilotage.store.tables import loads
from pilotage.store.warehouse import Warehouse

LOAD_AUTHOR = sa.func.coalesce(
    sa.select(tokens.c.name)
    .where(sa.literal("token:") + tokens.c.token_id == loads.c.author)
    .correlate(loads)
    .scalar_subquery(),
    loads.c.author,
).label("author")
"""A load's author: the name of the token that sent it, else whoever is recorded."""


def issued_tokens(scope: Scope, warehouse: Warehouse) -> list[Row]:
    """Every token of the scope's organisations, revoked and expired ones too, oldest first."""
    asked = sa.select(tokens).where(*placed(scope, tokens.c.organisation_id))
    return rows(warehouse, asked.order_by(tokens.c.issued_at, tokens.c.token_id))
