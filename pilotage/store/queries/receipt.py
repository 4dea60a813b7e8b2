"""What the loading path asks of past loads: seen already, withdrawable, for whom."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from pilotage.domain.viewer import Scope
from pilotage.errors import Forbidden, NotFound
from pilotage.store.tables import loads, measurements, organisations, targets
from pilotage.store.warehouse import Warehouse


@dataclass(frozen=True)
class Known:
    """A load of the same bytes under the same profile."""

    load_seq: int
    received_at: datetime
    is_held: bool = False


def loaded_with_hash(
    scope: Scope, warehouse: Warehouse, sha256: str, profile: str | None
) -> Known | None:
    """The standing load of these bytes, or the one that waits for an approval; None for none.

    The answer does not depend on the scope: the bytes are already in the asker's hands.
    """
    del scope
    asked = (
        sa.select(loads.c.load_seq, loads.c.received_at, loads.c.state)
        .where(
            loads.c.sha256 == sha256,
            loads.c.profile.is_not_distinct_from(profile),
            loads.c.state.in_(("loaded", "held")),
        )
        .order_by(loads.c.state.desc())
        .limit(1)
    )
    with warehouse.read() as connection:
        row = connection.execute(asked).first()
    return Known(row.load_seq, row.received_at, row.state == "held") if row else None


def withdrawable(scope: Scope, warehouse: Warehouse, load_seq: int) -> list[str]:
    """The subjects of a load that this scope may withdraw.

    Raises NotFound for a load that does not stand, Forbidden when it holds rows of others.
    """
    with warehouse.read() as connection:
        load = connection.execute(
            sa.select(loads.c.subject, loads.c.organisation_id).where(
                loads.c.load_seq == load_seq, loads.c.state == "loaded"
            )
        ).first()
        if load is None:
            raise NotFound(
                f"Il n'y a pas de versement {load_seq} à retirer.",
                f"There is no load {load_seq} to withdraw.",
            )
        if not scope.loads_everything:
            owners = _owners(connection, load_seq) | {load.organisation_id}
            if not all(owner and scope.may_load(owner) for owner in owners):
                raise Forbidden
    return [str(subject) for subject in (load.subject or "").split(", ")]


def _owners(connection: sa.Connection, load_seq: int) -> set[str | None]:
    """Organisations whose facts a load holds."""
    found: set[str | None] = set()
    for facts in (measurements, targets):
        asked = (
            sa.select(organisations.c.organisation_id)
            .distinct()
            .join(facts, facts.c.organisation_key == organisations.c.organisation_key)
            .where(facts.c.load_seq == load_seq)
        )
        found |= set(connection.execute(asked).scalars())
    return found


def highest_loadable(scope: Scope, warehouse: Warehouse) -> str | None:
    """The organisation on whose behalf this scope loads; None for one that loads for all."""
    if scope.loads_everything or not scope.loadable:
        return None
    o = organisations.c
    asked = sa.select(o.organisation_id, o.parent_id).where(o.superseded_seq.is_(None))
    with warehouse.read() as connection:
        for row in connection.execute(asked):
            if row.organisation_id in scope.loadable and row.parent_id not in scope.loadable:
                return str(row.organisation_id)
    return None
