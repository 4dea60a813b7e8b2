"""Verdicts as a table to take away, in the columns settled for it."""

from datetime import date

import pyarrow as pa

from pilotage.domain.period import PeriodKind, period_code, starting
from pilotage.domain.viewer import Scope
from pilotage.store.engine import native
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
    """Every verdict in scope judged on a day (default the home's), in ``COLUMNS``; sorted by key."""
    with warehouse.read() as connection:
        duck = native(connection)
        rows = judged_on(duck, ALL_KEYS, on or warehouse.today, published_by)
        steered = connection.execute(
            indicators.select()
            .with_only_columns(
                indicators.c.indicator_id, indicators.c.level, indicators.c.visibility
            )
            .where(indicators.c.superseded_seq.is_(None))
        ).all()
    seen = {
        r.indicator_id
        for r in steered
        if r.level in scope.levels and r.visibility in scope.visibilities
    }
    keep = [
        i in seen and scope.may_see(o)
        for i, o in zip(
            rows["indicator_id"].to_pylist(), rows["organisation_id"].to_pylist(), strict=True
        )
    ]
    kept = rows.filter(pa.array(keep, pa.bool_()))
    kinds, starts = kept["period_kind"].to_pylist(), kept["period_start"].to_pylist()
    periods = [
        None if kind is None else period_code(starting(PeriodKind(kind), start))
        for kind, start in zip(kinds, starts, strict=True)
    ]
    named = kept.append_column("period", pa.array(periods, pa.string()))
    return named.select(list(COLUMNS)).sort_by(
        [("indicator_id", "ascending"), ("organisation_id", "ascending")]
    )
