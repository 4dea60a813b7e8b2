"""Chances once given: those fallen due beside the value that came, and those still to come."""

from datetime import date, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from pilotage.domain.viewer import Scope
from pilotage.store.chance_row import chances
from pilotage.store.queries.row import Row, rows
from pilotage.store.queries.scoped import visible
from pilotage.store.tables import indicators, measurements, verdicts
from pilotage.store.warehouse import Warehouse

_UNSOUND = (2, 3, 4)  # withdrawn, disputed, in error


class Pending(NamedTuple):
    """Chances whose due date has no value yet."""

    waiting: int
    next_due: date | None


def fallen_due(scope: Scope, warehouse: Warehouse) -> list[Row]:
    """Every chance whose due date has its value, the last due first.

    Columns: those of ``chances``, ``value`` (today's version), ``decimals``, ``frequency``,
    titles and unit.
    """
    joined, truth = _joined(warehouse.today)
    asked = (
        sa.select(
            chances,
            truth.label("value"),
            verdicts.c.organisation_key,
            indicators.c.decimals,
            indicators.c.frequency,
            indicators.c.title_fr,
            indicators.c.title_en,
            indicators.c.unit,
        )
        .select_from(joined)
        .where(truth.is_not(None), *_kept(scope))
        .order_by(chances.c.due_day.desc(), chances.c.seq.desc(), chances.c.indicator_id)
    )
    return rows(warehouse, asked)


def pending(scope: Scope, warehouse: Warehouse) -> Pending:
    """How many wait for their value, and the first of their due dates from today on."""
    joined, truth = _joined(warehouse.today)
    coming = sa.func.min(chances.c.due_day).filter(chances.c.due_day >= warehouse.today)
    asked = (
        sa.select(sa.func.count(), coming).select_from(joined).where(truth.is_(None), *_kept(scope))
    )
    with warehouse.read() as connection:
        count, due = connection.execute(asked).one()
    return Pending(int(count), due)


def _joined(today: date) -> tuple[sa.FromClause, sa.ColumnElement[float]]:
    """Chances with their verdict, passport, and the value of the period that holds the due date."""
    # A parent made of its children has no measurement: its value stands in its verdict.
    rolled = sa.func.list_extract(
        verdicts.c.recent_values,
        sa.func.len(
            sa.func.list_filter(
                verdicts.c.recent_starts,
                sa.literal_column("lambda one: one <= chances.due_day"),
            )
        ),
    )
    is_rolled = sa.and_(
        verdicts.c.value_source == "rollup", verdicts.c.period_end > chances.c.due_day
    )
    truth = sa.func.coalesce(measurements.c.value, sa.case((is_rolled, rolled)))
    joined = (
        chances.join(
            verdicts,
            (verdicts.c.indicator_id == chances.c.indicator_id)
            & (verdicts.c.organisation_id == chances.c.organisation_id),
        )
        .join(
            indicators,
            (indicators.c.indicator_key == verdicts.c.indicator_key)
            & indicators.c.superseded_seq.is_(None),
        )
        .outerjoin(
            measurements,
            (measurements.c.indicator_key == verdicts.c.indicator_key)
            & (measurements.c.organisation_key == verdicts.c.organisation_key)
            & measurements.c.superseded_seq.is_(None)
            & (measurements.c.period_kind == verdicts.c.period_kind)
            & (measurements.c.period_start <= chances.c.due_day)
            & (measurements.c.period_end > chances.c.due_day)
            & (measurements.c.period_end <= today + timedelta(days=1))
            & measurements.c.state.not_in(_UNSOUND),
        )
    )
    return joined, truth


def _kept(scope: Scope) -> tuple[sa.ColumnElement[bool], ...]:
    return visible(scope, indicators, verdicts)
