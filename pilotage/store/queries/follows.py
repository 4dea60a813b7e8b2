"""What one follows oneself; nobody is told what another follows."""

import sqlalchemy as sa

from pilotage.domain.viewer import Scope
from pilotage.store.follow_row import follows
from pilotage.store.warehouse import Warehouse


def followed_pages(scope: Scope, warehouse: Warehouse) -> tuple[str, ...]:
    """Addresses of the pages this viewer follows, the first followed first."""
    asked = (
        sa.select(follows.c.page)
        .where(follows.c.viewer_id == scope.viewer_id)
        .order_by(follows.c.seq)
    )
    with warehouse.read() as connection:
        return tuple(connection.execute(asked).scalars())
