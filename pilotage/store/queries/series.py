"""The history of one indicator in one organisation: values, vintages, targets."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from pilotage.domain.period import PeriodKind
from pilotage.domain.viewer import Scope
from pilotage.store.queries.row import Row, rows
from pilotage.store.queries.scoped import visible
from pilotage.store.queries.token import LOAD_AUTHOR
from pilotage.store.tables import indicators, loads, measurements, organisations, targets
from pilotage.store.warehouse import Warehouse

_VALUE = (
    measurements.c.period_kind,
    measurements.c.period_start,
    measurements.c.period_end,
    measurements.c.value,
    measurements.c.numerator,
    measurements.c.denominator,
    measurements.c.state,
    measurements.c.comment,
    measurements.c.value_text,
    measurements.c.published_at,
    measurements.c.load_seq,
    measurements.c.load_line,
    measurements.c.load_file,
    measurements.c.superseded_seq,
)
_TARGET = (
    targets.c.period_kind,
    targets.c.period_start,
    targets.c.period_end,
    targets.c.low,
    targets.c.high,
    targets.c.tolerance,
    targets.c.baseline,
    targets.c.baseline_date,
    targets.c.trajectory,
    targets.c.justification,
    targets.c.target_text,
    targets.c.published_at,
    targets.c.load_seq,
    targets.c.load_line,
    targets.c.superseded_seq,
)

_LOAD = (
    loads.c.file_name,
    LOAD_AUTHOR,
    loads.c.way_in,
    loads.c.profile,
    loads.c.received_at,
    loads.c.state.label("load_state"),
)


def _of(
    scope: Scope, facts: sa.Table, columns: Sequence[sa.ColumnElement[Any]], pair: tuple[str, str]
) -> sa.Select[Any]:
    """Rows of a fact table for one (indicator, organisation) the scope may see."""
    indicator_id, organisation_id = pair
    return (
        sa.select(*columns)
        .join(indicators, indicators.c.indicator_key == facts.c.indicator_key)
        .join(organisations, organisations.c.organisation_key == facts.c.organisation_key)
        .where(
            indicators.c.indicator_id == indicator_id,
            indicators.c.superseded_seq.is_(None),
            organisations.c.organisation_id == organisation_id,
            organisations.c.superseded_seq.is_(None),
            *visible(scope, indicators, organisations),
        )
    )


def values(
    scope: Scope,
    warehouse: Warehouse,
    pair: tuple[str, str],
    kinds: frozenset[PeriodKind],
    since: datetime | None = None,
) -> list[Row]:
    """Current values of (indicator_id, organisation_id), oldest first, in those kinds of period.

    ``since`` leaves out the periods that ended by then. Empty outside the scope.
    """
    asked = _of(scope, measurements, _VALUE, pair).where(
        measurements.c.superseded_seq.is_(None),
        measurements.c.period_kind.in_([int(kind) for kind in kinds]),
    )
    if since is not None:
        asked = asked.where(measurements.c.period_end > since)
    return rows(warehouse, asked.order_by(measurements.c.period_start))


def latest_end(
    scope: Scope, warehouse: Warehouse, pair: tuple[str, str], kinds: frozenset[PeriodKind]
) -> datetime | None:
    """The end of the last period with a value; None without one."""
    asked = _of(scope, measurements, (sa.func.max(measurements.c.period_end),), pair).where(
        measurements.c.superseded_seq.is_(None),
        measurements.c.period_kind.in_([int(kind) for kind in kinds]),
    )
    with warehouse.read() as connection:
        found: datetime | None = connection.execute(asked).scalar()
        return found


def value_vintages(
    scope: Scope, warehouse: Warehouse, pair: tuple[str, str], kind: int, start: datetime
) -> list[Row]:
    """Every value ever published for one period, newest first, with its load."""
    asked = (
        _of(scope, measurements, (*_VALUE, *_LOAD), pair)
        .outerjoin(loads, loads.c.load_seq == measurements.c.load_seq)
        .where(measurements.c.period_kind == kind, measurements.c.period_start == start)
        .order_by(*(column.desc() for column in _order(measurements)))
    )
    return rows(warehouse, asked)


def revised_values(
    scope: Scope, warehouse: Warehouse, pair: tuple[str, str], kinds: frozenset[PeriodKind]
) -> list[Row]:
    """Every vintage that stands of the periods that have several, by period then publication.

    What a withdrawn load said is left out.
    """
    period = (measurements.c.period_kind, measurements.c.period_start)
    asked = (
        _of(scope, measurements, (*_VALUE, *_LOAD), pair)
        .outerjoin(loads, loads.c.load_seq == measurements.c.load_seq)
        .where(
            measurements.c.period_kind.in_([int(kind) for kind in kinds]),
            sa.func.coalesce(loads.c.state, "") != "withdrawn",
        )
        .add_columns(sa.func.count().over(partition_by=period).label("vintages"))
        .subquery()
    )
    several = sa.select(asked).where(asked.c.vintages > 1)
    return rows(warehouse, several.order_by(asked.c.period_start, *_order(asked)))


def _order(facts: sa.FromClause) -> tuple[sa.ColumnElement[Any], ...]:
    """The order of vintages: publication, then load, then line."""
    return (facts.c.published_at, facts.c.load_seq, facts.c.load_line)


def target_vintages(scope: Scope, warehouse: Warehouse, pair: tuple[str, str]) -> list[Row]:
    """Every target ever published, by due date then publication; undated ones last."""
    asked = (
        _of(scope, targets, (*_TARGET, *_LOAD), pair)
        .outerjoin(loads, loads.c.load_seq == targets.c.load_seq)
        .order_by(targets.c.period_end.asc().nulls_last(), *_order(targets))
    )
    return rows(warehouse, asked)
