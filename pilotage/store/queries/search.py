"""What a search may find: every indicator, judged figure and objective that the scope sees."""

import sqlalchemy as sa

from pilotage.domain.viewer import Scope
from pilotage.store.queries.scoped import Rows, answered, current, visible
from pilotage.store.tables import indicators, objectives, plans, verdicts
from pilotage.store.warehouse import Warehouse


def named_indicators(scope: Scope, warehouse: Warehouse) -> Rows:
    """``indicator_id, title_fr, title_en, organisation_id`` (its lead), ``owner``, in order."""
    asked = (
        sa.select(
            indicators.c.indicator_id,
            indicators.c.title_fr,
            indicators.c.title_en,
            indicators.c.organisation_id,
            indicators.c.owner,
        )
        .where(*visible(scope, indicators), *current(indicators))
        .order_by(indicators.c.indicator_id)
    )
    return answered(warehouse, asked)


def judged_pairs(scope: Scope, warehouse: Warehouse) -> Rows:
    """Where each visible indicator is judged, and how: one row per indicator and organisation."""
    asked = (
        sa.select(
            verdicts.c.indicator_id,
            verdicts.c.organisation_id,
            verdicts.c.result,
            verdicts.c.trajectory,
            verdicts.c.data_state,
            verdicts.c.next_due,
        )
        .join(indicators, indicators.c.indicator_id == verdicts.c.indicator_id)
        .where(*visible(scope, verdicts, indicators), *current(indicators))
        .order_by(verdicts.c.indicator_id, verdicts.c.organisation_id)
    )
    return answered(warehouse, asked)


def placed_objectives(scope: Scope, warehouse: Warehouse) -> Rows:
    """Objectives of the plans in scope, by identifier, each with its plan's organisation.

    Columns ``objective_id, parent_id, kind, label_fr, label_en, organisation_id``.
    """
    asked = (
        sa.select(
            objectives.c.objective_id,
            objectives.c.parent_id,
            objectives.c.kind,
            objectives.c.label_fr,
            objectives.c.label_en,
            plans.c.organisation_id,
        )
        .join(plans, plans.c.plan_id == objectives.c.plan_id)
        .where(*visible(scope, plans), *current(plans, objectives))
        .order_by(objectives.c.objective_id)
    )
    return answered(warehouse, asked)
