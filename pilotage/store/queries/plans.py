"""What an organisation has said it would do: its plan, its objectives; and its actions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from pilotage.domain.viewer import Scope
from pilotage.store.queries.scoped import Rows, answered, current, visible
from pilotage.store.tables import actions, objectives, plans
from pilotage.store.warehouse import Warehouse

_DONE = "done"
_ARCHIVED = "archived"


def standing_plan(
    scope: Scope, warehouse: Warehouse, organisation_id: str, on: date
) -> Mapping[str, Any] | None:
    """The plan in force on that day, the latest to start; None where none is known."""
    asked = (
        sa.select(
            plans.c.plan_id,
            plans.c.label_fr,
            plans.c.label_en,
            plans.c.mission_fr,
            plans.c.mission_en,
            plans.c.valid_from,
            plans.c.valid_to,
        )
        .where(
            plans.c.organisation_id == organisation_id,
            sa.or_(plans.c.state.is_(None), plans.c.state != _ARCHIVED),
            sa.or_(plans.c.valid_from.is_(None), plans.c.valid_from <= on),
            sa.or_(plans.c.valid_to.is_(None), plans.c.valid_to >= on),
            *visible(scope, plans),
            *current(plans),
        )
        .order_by(plans.c.valid_from.desc().nulls_last(), plans.c.plan_id)
        .limit(1)
    )
    return next(iter(answered(warehouse, asked)), None)


def plan_objectives(scope: Scope, warehouse: Warehouse) -> Rows:
    """Objectives of the plans in scope, by identifier; ``parent_id`` ties them to one another."""
    asked = (
        sa.select(
            objectives.c.objective_id,
            objectives.c.plan_id,
            objectives.c.parent_id,
            objectives.c.kind,
            objectives.c.label_fr,
            objectives.c.label_en,
        )
        .join(plans, plans.c.plan_id == objectives.c.plan_id)
        .where(*visible(scope, plans), *current(plans, objectives))
        .order_by(objectives.c.objective_id)
    )
    return answered(warehouse, asked)


def open_actions(scope: Scope, warehouse: Warehouse, organisation_id: str) -> Rows:
    """What is still to be done in one organisation, by due date; undated ones last."""
    asked = (
        sa.select(
            actions.c.action_id,
            actions.c.title,
            actions.c.title_en,
            actions.c.owner,
            actions.c.due_on,
            actions.c.state,
            actions.c.kind,
            actions.c.note,
            actions.c.indicator_id,
        )
        .where(
            actions.c.organisation_id == organisation_id,
            sa.or_(actions.c.state.is_(None), actions.c.state != _DONE),
            *visible(scope, actions),
            *current(actions),
        )
        .order_by(actions.c.due_on.nulls_last(), actions.c.action_id)
    )
    return answered(warehouse, asked)
