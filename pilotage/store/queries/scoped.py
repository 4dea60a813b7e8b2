"""The one place where a scope becomes where-clauses; every query of this folder uses it."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from pilotage.domain.viewer import Role, Scope
from pilotage.store.tables import indicators, verdicts
from pilotage.store.warehouse import Warehouse

Rows = Sequence[Mapping[str, Any]]
Clauses = tuple[sa.ColumnElement[bool], ...]


def visible(scope: Scope, *tables: sa.FromClause) -> Clauses:
    """What the scope keeps of these tables' rows; current rows and history alike.

    A table with an ``organisation_id`` keeps the scope's organisations. ``indicators`` keep the
    scope's levels and visibilities, and the lead organisation or a measured one must be in scope;
    where ``verdicts`` are joined and named too, their organisation decides alone.
    """
    clauses: list[sa.ColumnElement[bool]] = []
    for table in tables:
        if table is indicators:
            clauses += _steered(scope)
            if verdicts not in tables:
                clauses += _known(scope)
        else:
            clauses += placed(scope, table.c.organisation_id)
    return tuple(clauses)


def placed(scope: Scope, organisation_id: sa.ColumnElement[str]) -> Clauses:
    """The organisation named by that column is in scope."""
    if scope.everything:
        return ()
    return (organisation_id.in_(sorted(scope.organisation_ids)),)


def inside(scope: Scope, organisation_id: sa.ColumnElement[str]) -> Clauses:
    """The organisation is one's own: what is not approved yet shows to nobody else.

    Auditors see it too, and whoever works at the machine itself.
    """
    if scope.published_only:
        return (sa.false(),)
    if scope.loads_everything or scope.role is Role.AUDITOR:
        return ()
    return (organisation_id.in_(sorted(scope.organisation_ids)),)


def current(*tables: sa.FromClause) -> Clauses:
    """Rows that nothing has replaced or withdrawn."""
    return tuple(table.c.superseded_seq.is_(None) for table in tables)


def _steered(scope: Scope) -> Clauses:
    return (
        indicators.c.level.in_(sorted(scope.levels)),
        indicators.c.visibility.in_(sorted(scope.visibilities)),
    )


def _known(scope: Scope) -> Clauses:
    if scope.everything:
        return ()
    measured = sa.select(verdicts.c.indicator_id).where(
        verdicts.c.organisation_id.in_(sorted(scope.organisation_ids))
    )
    led = indicators.c.organisation_id.in_(sorted(scope.organisation_ids))
    return (sa.or_(led, indicators.c.indicator_id.in_(measured)),)


def answered(warehouse: Warehouse, asked: sa.Select[Any]) -> Rows:
    """The rows of a statement, each as a plain mapping by column name."""
    with warehouse.read() as connection:
        return [dict(row) for row in connection.execute(asked).mappings()]
