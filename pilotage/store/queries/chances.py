"""Chances once given: those whose value came, beside it, and those that still wait for theirs."""

from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from pilotage.assessment.code import Flags, Floats
from pilotage.domain.viewer import Scope
from pilotage.store.chance_row import chances
from pilotage.store.queries.row import Row, rows
from pilotage.store.queries.scoped import visible
from pilotage.store.tables import indicators, measurements, verdicts
from pilotage.store.warehouse import Warehouse

_UNSOUND = (2, 3, 4)  # withdrawn, disputed, in error


class Pending(NamedTuple):
    """Chances that have no value yet."""

    waiting: int
    next_due: date | None  # of a target; the next value of each series is always awaited


class Outcomes(NamedTuple):
    """Every chance whose value has come, one entry each, in the order of ``fallen_due``."""

    chance: Floats  # 0 to 1
    aim: Floats
    sense: Floats  # 1: more is better, −1: less is
    value: Floats  # today's version
    decimals: NDArray[np.int16]  # −1 where the indicator has none
    was_met: Flags  # whether the last value known met the target
    is_next: Flags  # the next value's, else that of the target's due date


def fallen_due(scope: Scope, warehouse: Warehouse, most: int | None = None) -> list[Row]:
    """Chances whose value has come, the last due first; ``most`` of them, or all.

    Columns: those of ``chances``, ``value`` (today's version), ``decimals``, ``frequency``,
    ``period_kind``, titles and unit.
    """
    return rows(warehouse, _fallen(scope, warehouse).limit(most))


def outcomes(scope: Scope, warehouse: Warehouse) -> Outcomes:
    """What ``fallen_due`` counts, as arrays: there are many."""
    asked = _fallen(scope, warehouse)
    part = asked.selected_columns
    wanted = (
        *(part[name] for name in ("chance", "aim", "sense", "value")),
        sa.func.coalesce(part.decimals, -1),
        sa.func.coalesce(part.was_met, sa.false()),
        part.awaited.is_not(None),
    )
    with warehouse.read() as connection:
        found = connection.execute(asked.with_only_columns(*wanted)).all()
    told = np.array([tuple(row) for row in found], dtype=np.float64).reshape(-1, len(wanted))
    chance, aim, sense, value, decimals, was_met, is_next = told.T
    return Outcomes(
        chance, aim, sense, value, decimals.astype(np.int16), was_met == 1, is_next == 1
    )


def pending(scope: Scope, warehouse: Warehouse) -> Pending:
    """How many wait for their value, and the first of the targets' due dates from today on."""
    joined, truth = _joined(warehouse.today)
    is_coming = chances.c.awaited.is_(None) & (chances.c.due_day >= warehouse.today)
    coming = sa.func.min(chances.c.due_day).filter(is_coming)
    asked = (
        sa.select(sa.func.count(), coming).select_from(joined).where(truth.is_(None), *_kept(scope))
    )
    with warehouse.read() as connection:
        count, due = connection.execute(asked).one()
    return Pending(int(count), due)


def _fallen(scope: Scope, warehouse: Warehouse) -> sa.Select[Any]:
    joined, truth = _joined(warehouse.today)
    return (
        sa.select(
            chances,
            truth.label("value"),
            verdicts.c.organisation_key,
            verdicts.c.period_kind,
            indicators.c.decimals,
            indicators.c.frequency,
            indicators.c.title_fr,
            indicators.c.title_en,
            indicators.c.unit,
        )
        .select_from(joined)
        .where(truth.is_not(None), *_kept(scope))
        .order_by(
            chances.c.due_day.desc(),
            chances.c.seq.desc(),
            chances.c.indicator_id,
            chances.c.organisation_id,
            chances.c.awaited,
        )
    )


def _joined(today: date) -> tuple[sa.FromClause, sa.ColumnElement[float]]:
    """Chances with their verdict, passport, and the value of the period each of them is about."""
    # A due date lies within a period; the next value is that of the period that begins then.
    about = sa.func.coalesce(chances.c.awaited, sa.cast(chances.c.due_day, sa.DateTime))
    # A parent made of its children has no measurement: its value stands in its verdict.
    rolled = sa.func.list_extract(
        verdicts.c.recent_values,
        sa.func.len(
            sa.func.list_filter(
                verdicts.c.recent_starts,
                sa.literal_column(
                    "lambda one: one <= coalesce(chances.awaited, chances.due_day::timestamp)"
                ),
            )
        ),
    )
    is_rolled = sa.and_(verdicts.c.value_source == "rollup", verdicts.c.period_end > about)
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
            & (measurements.c.period_start <= about)
            & (measurements.c.period_end > about)
            & (measurements.c.period_end <= today + timedelta(days=1))
            & measurements.c.state.not_in(_UNSOUND),
        )
    )
    return joined, truth


def _kept(scope: Scope) -> tuple[sa.ColumnElement[bool], ...]:
    return visible(scope, indicators, verdicts)
