"""Who answers for something in a room: owners of its indicators, actions and blockers."""

import sqlalchemy as sa

from pilotage.domain.blocker import BlockerState
from pilotage.domain.indicator import Level
from pilotage.domain.viewer import Role, Scope
from pilotage.store.queries.scoped import current, visible
from pilotage.store.tables import actions, blockers, indicators, organisations
from pilotage.store.warehouse import Warehouse

_LIVE = [state.value for state in BlockerState if state.is_live]


def people_of(
    scope: Scope, warehouse: Warehouse, organisation_id: str, level: Level
) -> tuple[str, ...]:
    """Names, each once, in alphabetical order; never to the public."""
    if scope.published_only or scope.role is Role.PUBLIC:
        return ()
    steered = sa.select(indicators.c.owner).where(
        indicators.c.organisation_id == organisation_id,
        indicators.c.level == level.value,
        *visible(scope, indicators),
        *current(indicators),
    )
    doing = sa.select(actions.c.owner).where(
        actions.c.organisation_id == organisation_id, *visible(scope, actions), *current(actions)
    )
    freeing = (
        sa.select(blockers.c.owner)
        .join(organisations, organisations.c.organisation_id == blockers.c.organisation_id)
        .where(
            blockers.c.organisation_id == organisation_id,
            blockers.c.state.in_(_LIVE),
            *visible(scope, organisations),
            *current(blockers, organisations),
        )
    )
    named = sa.union(steered, doing, freeing).subquery()
    asked = sa.select(named.c.owner).where(named.c.owner.is_not(None)).order_by(named.c.owner)
    with warehouse.read() as connection:
        return tuple(connection.execute(asked).scalars())
