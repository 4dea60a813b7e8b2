"""Verdicts as a table to take away, in the columns settled for it."""

from datetime import date

import pyarrow as pa
import sqlalchemy as sa

from pilotage.domain.period import PeriodKind, period_code, starting
from pilotage.domain.viewer import Scope
from pilotage.store.engine import native
from pilotage.store.past import PastWarehouse
from pilotage.store.tables import indicators
from pilotage.store.verdict import ALL_KEYS, judged_on
from pilotage.store.warehouse import Warehouse

COLUMNS = (
    "indicator_id",
    "organisation_id",
    "judged_at",
    "period",
    "value",
    "numerator",
    "denominator",
    "low",
    "high",
    "tolerance",
    "baseline",
    "due_date",
    "result",
    "progress_rate",
    "progress_rate_clipped",
    "attainment_rate",
    "trajectory",
    "change",
    "data_state",
    "confidence",
    "value_load",
    "value_line",
    "target_load",
    "target_line",
    "rule_version",
)


def verdict_table(
    scope: Scope, warehouse: Warehouse, on: date | None = None, published_by: date | None = None
) -> pa.Table:
    """Every verdict in scope judged on a day (default the home's), in ``COLUMNS``, by key.

    ``published_by``: from what was published by the end of that day; none for what stands now.
    """
    known = PastWarehouse(warehouse, published_by) if published_by else warehouse
    with known.read() as connection:
        rows = judged_on(native(connection), ALL_KEYS, on or warehouse.today)
        seen = _steered(scope, connection)
    pairs = zip(rows["indicator_id"].to_pylist(), rows["organisation_id"].to_pylist(), strict=True)
    keep = [indicator in seen and scope.may_see(place) for indicator, place in pairs]
    kept = rows.filter(pa.array(keep, pa.bool_()))
    named = kept.append_column("period", _periods(kept))
    return named.select(list(COLUMNS)).sort_by(
        [("indicator_id", "ascending"), ("organisation_id", "ascending")]
    )


def _steered(scope: Scope, connection: sa.Connection) -> set[str]:
    """The indicators of the scope's levels and visibilities."""
    asked = sa.select(indicators.c.indicator_id).where(
        indicators.c.superseded_seq.is_(None),
        indicators.c.level.in_(sorted(scope.levels)),
        indicators.c.visibility.in_(sorted(scope.visibilities)),
    )
    return set(connection.execute(asked).scalars())


def _periods(rows: pa.Table) -> pa.Array:
    kinds, starts = rows["period_kind"].to_pylist(), rows["period_start"].to_pylist()
    return pa.array(
        [
            None if kind is None else period_code(starting(PeriodKind(kind), start))
            for kind, start in zip(kinds, starts, strict=True)
        ],
        pa.string(),
    )
