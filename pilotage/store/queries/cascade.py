"""What hangs on what: figures with their objectives, the links among them, the plans in force."""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from pilotage.domain.indicator import LinkKind
from pilotage.domain.viewer import Scope
from pilotage.store.queries.scoped import Rows, answered, current, visible
from pilotage.store.tables import indicator_links, indicators, objectives, plans, verdicts
from pilotage.store.warehouse import Warehouse

_ARCHIVED = "archived"


def cascade_figures(scope: Scope, warehouse: Warehouse) -> Rows:
    """Every figure in scope, by indicator then organisation, without its history.

    ``lead_id`` is the organisation that answers for the indicator wherever it is measured.
    """
    asked = (
        sa.select(
            verdicts.c.indicator_id,
            verdicts.c.organisation_id,
            indicators.c.organisation_id.label("lead_id"),
            indicators.c.objective_id,
            indicators.c.title_fr,
            indicators.c.title_en,
            indicators.c.unit,
            indicators.c.decimals,
            indicators.c.direction,
            indicators.c.level,
            indicators.c.roll_up,
            verdicts.c.period_kind,
            verdicts.c.period_start,
            verdicts.c.value,
            verdicts.c.value_text,
            verdicts.c.value_source,
            verdicts.c.low,
            verdicts.c.high,
            verdicts.c.target_text,
            verdicts.c.due_date,
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


def cascade_history(scope: Scope, warehouse: Warehouse, indicator_ids: Collection[str]) -> Rows:
    """The last 48 periods and the dated targets of some indicators, wherever they are measured."""
    asked = (
        sa.select(
            verdicts.c.indicator_id,
            verdicts.c.organisation_id,
            verdicts.c.period_kind,
            verdicts.c.recent_starts,
            verdicts.c.recent_values,
            verdicts.c.target_dues,
            verdicts.c.target_lows,
            verdicts.c.target_highs,
        )
        .join(indicators, indicators.c.indicator_id == verdicts.c.indicator_id)
        .where(
            verdicts.c.indicator_id.in_(sorted(indicator_ids)),
            *visible(scope, verdicts, indicators),
            *current(indicators),
        )
        .order_by(verdicts.c.indicator_id, verdicts.c.organisation_id)
    )
    return answered(warehouse, asked)


def cascade_links(scope: Scope, warehouse: Warehouse) -> Rows:
    """What ties the indicators in scope, but for counter-indicators.

    Columns ``parent_id, child_id, kind``; an end out of the scope is null, so that a total is not
    taken for complete where part of it cannot be seen.
    """
    seen = _seen(scope)
    parent, child = indicator_links.c.parent_id, indicator_links.c.child_id
    asked = (
        sa.select(
            sa.case((parent.in_(seen), parent)).label("parent_id"),
            sa.case((child.in_(seen), child)).label("child_id"),
            indicator_links.c.kind,
        )
        .where(
            indicator_links.c.kind != LinkKind.COUNTER.value,
            parent != child,
            sa.or_(parent.in_(seen), child.in_(seen)),
            *current(indicator_links),
        )
        .order_by(parent, child, indicator_links.c.kind)
    )
    return answered(warehouse, asked)


def cascade_objectives(scope: Scope, warehouse: Warehouse, on: date) -> Rows:
    """What the plans in force that day promise, by identifier; ``owner_id`` has the plan.

    Those of the scope's own plans, and those that an indicator in scope serves: its page names
    its objective too.
    """
    served = sa.select(indicators.c.objective_id).where(
        indicators.c.objective_id.is_not(None),
        *visible(scope, indicators),
        *current(indicators),
    )
    own = sa.and_(sa.true(), *visible(scope, plans))
    asked = (
        sa.select(
            objectives.c.objective_id,
            objectives.c.parent_id,
            objectives.c.kind,
            objectives.c.label_fr,
            objectives.c.label_en,
            plans.c.organisation_id.label("owner_id"),
            plans.c.plan_id,
            plans.c.label_fr.label("plan_fr"),
            plans.c.label_en.label("plan_en"),
        )
        .join(plans, plans.c.plan_id == objectives.c.plan_id)
        .where(
            sa.or_(plans.c.state.is_(None), plans.c.state != _ARCHIVED),
            sa.or_(plans.c.valid_from.is_(None), plans.c.valid_from <= on),
            sa.or_(plans.c.valid_to.is_(None), plans.c.valid_to >= on),
            sa.or_(own, objectives.c.objective_id.in_(served)),
            *current(plans, objectives),
        )
        .order_by(objectives.c.objective_id)
    )
    return answered(warehouse, asked)


def _seen(scope: Scope) -> sa.Select[Any]:
    return sa.select(indicators.c.indicator_id).where(
        *visible(scope, indicators), *current(indicators)
    )
