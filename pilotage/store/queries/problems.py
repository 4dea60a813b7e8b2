"""What was wrong in a load: every line and column of it."""

from collections.abc import Sequence

import sqlalchemy as sa

from pilotage.domain.viewer import Scope
from pilotage.store.queries.loads import readable_loads
from pilotage.store.queries.row import Row, rows
from pilotage.store.tables import loads, problems
from pilotage.store.warehouse import Warehouse


def _of(scope: Scope, load_seq: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (problems.c.load_seq == load_seq, *readable_loads(scope))


def first_problems(scope: Scope, warehouse: Warehouse, load_seq: int, limit: int) -> list[Row]:
    """The first problems of a load, errors first, then by line."""
    rank = sa.case(
        (problems.c.severity == "error", 0), (problems.c.severity == "warning", 1), else_=2
    )
    asked = (
        sa.select(problems)
        .join(loads, loads.c.load_seq == problems.c.load_seq)
        .where(*_of(scope, load_seq))
        .order_by(rank, problems.c.load_file, problems.c.line, problems.c.column_letter)
        .limit(limit)
    )
    return rows(warehouse, asked)


def problem_counts(
    scope: Scope, warehouse: Warehouse, load_seq: int
) -> Sequence[tuple[str, str, int]]:
    """(severity, code, how many) of a load, most frequent first."""
    asked = (
        sa.select(problems.c.severity, problems.c.code, sa.func.count())
        .join(loads, loads.c.load_seq == problems.c.load_seq)
        .where(*_of(scope, load_seq))
        .group_by(problems.c.severity, problems.c.code)
        .order_by(sa.func.count().desc(), problems.c.code)
    )
    with warehouse.read() as connection:
        return [(row[0], row[1], row[2]) for row in connection.execute(asked)]
