"""Periods that nothing was ever sent for, between two that something was."""

from collections import defaultdict
from datetime import datetime

import sqlalchemy as sa

from pilotage.domain.period import PeriodKind
from pilotage.domain.viewer import Scope
from pilotage.store.queries.row import rows
from pilotage.store.queries.scoped import visible
from pilotage.store.tables import indicators, measurements, verdicts
from pilotage.store.warehouse import Warehouse

Pair = tuple[str, str]


def holes(scope: Scope, warehouse: Warehouse) -> dict[Pair, list[datetime]]:
    """By indicator and organisation, the starts of the periods skipped among the last 48.

    A period withdrawn, in dispute or told in words was sent; what is added up is sent by nobody.
    """
    asked = (
        sa.select(
            verdicts.c.indicator_id,
            verdicts.c.organisation_id,
            verdicts.c.indicator_key,
            verdicts.c.organisation_key,
            verdicts.c.period_kind,
            verdicts.c.period_start.label("last"),
            sa.func.unnest(verdicts.c.recent_starts).label("start"),
        )
        .join(
            indicators,
            (indicators.c.indicator_key == verdicts.c.indicator_key)
            & indicators.c.superseded_seq.is_(None),
        )
        .where(
            verdicts.c.value_source == "published",
            *visible(scope, indicators, verdicts),
        )
        .subquery()
    )
    weekday = sa.func.isodow(asked.c.start)
    known = (
        sa.select(
            asked.c.indicator_id,
            asked.c.organisation_id,
            asked.c.period_kind,
            asked.c.start,
            measurements.c.indicator_key.label("sent"),
            # Whoever never sends on Sundays owes no Sunday.
            sa.func.count(measurements.c.indicator_key)
            .over(partition_by=[asked.c.indicator_key, asked.c.organisation_key, weekday])
            .label("alike"),
        )
        .outerjoin(
            measurements,
            (measurements.c.indicator_key == asked.c.indicator_key)
            & (measurements.c.organisation_key == asked.c.organisation_key)
            & (measurements.c.period_kind == asked.c.period_kind)
            & (measurements.c.period_start == asked.c.start)
            & measurements.c.superseded_seq.is_(None),
        )
        .where(asked.c.start < asked.c.last)
        .subquery()
    )
    missing = (
        sa.select(known.c.indicator_id, known.c.organisation_id, known.c.start)
        .where(
            known.c.sent.is_(None),
            (known.c.period_kind != PeriodKind.DAY) | (known.c.alike > 0),
        )
        .order_by(known.c.indicator_id, known.c.organisation_id, known.c.start)
    )
    found: dict[Pair, list[datetime]] = defaultdict(list)
    for row in rows(warehouse, missing):
        found[row["indicator_id"], row["organisation_id"]].append(row["start"])
    return dict(found)
