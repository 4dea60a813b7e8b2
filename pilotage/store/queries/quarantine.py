"""Rows that wait to be corrected: those of one load, and how many each load has."""

from collections.abc import Collection

import sqlalchemy as sa

from pilotage.domain.viewer import Scope
from pilotage.store.quarantine_row import quarantine
from pilotage.store.queries.loads import readable_loads, visible_loads
from pilotage.store.queries.row import Row, rows
from pilotage.store.tables import loads, problems
from pilotage.store.warehouse import Warehouse

_WAITS = (quarantine.c.settled_seq.is_(None), loads.c.state == "loaded")


def waiting_rows(
    scope: Scope,
    warehouse: Warehouse,
    load_seq: int,
    limit: int | None = None,
    among: Collection[int] | None = None,
) -> list[Row]:
    """The rows of a load that still wait, in the order of the file; only those ``among`` named."""
    asked = (
        sa.select(quarantine)
        .join(loads, loads.c.load_seq == quarantine.c.load_seq)
        .where(quarantine.c.load_seq == load_seq, *_WAITS, *readable_loads(scope))
        .order_by(quarantine.c.row_no)
        .limit(limit)
    )
    if among is not None:
        asked = asked.where(quarantine.c.row_no.in_(sorted(among)))
    return rows(warehouse, asked)


def waiting_count(scope: Scope, warehouse: Warehouse, load_seqs: Collection[int]) -> dict[int, int]:
    """How many rows of each load still wait; those with none are absent."""
    asked = (
        sa.select(quarantine.c.load_seq, sa.func.count())
        .join(loads, loads.c.load_seq == quarantine.c.load_seq)
        .where(quarantine.c.load_seq.in_(sorted(load_seqs)), *_WAITS, *visible_loads(scope))
        .group_by(quarantine.c.load_seq)
    )
    with warehouse.read() as connection:
        return {row[0]: row[1] for row in connection.execute(asked)}


def corrected_load(scope: Scope, warehouse: Warehouse, load_seq: int) -> int | None:
    """The load whose rows this one corrects; None where it corrects none."""
    asked = (
        sa.select(quarantine.c.load_seq)
        .join(loads, loads.c.load_seq == quarantine.c.load_seq)
        .where(quarantine.c.settled_seq == load_seq, *visible_loads(scope))
        .limit(1)
    )
    with warehouse.read() as connection:
        found = connection.execute(asked).scalar()
    return int(found) if found is not None else None


def problems_at(
    scope: Scope, warehouse: Warehouse, load_seq: int, lines: Collection[int]
) -> list[Row]:
    """The errors told of those lines of a load."""
    asked = (
        sa.select(problems)
        .join(loads, loads.c.load_seq == problems.c.load_seq)
        .where(
            problems.c.load_seq == load_seq,
            problems.c.severity == "error",
            problems.c.line.in_(sorted(lines)),
            *readable_loads(scope),
        )
        .order_by(problems.c.line, problems.c.column_letter)
    )
    return rows(warehouse, asked)
