"""Verdicts as rooms read them: one row per indicator and organisation, never raw history."""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from pilotage.domain.indicator import Level
from pilotage.domain.viewer import Scope
from pilotage.store.queries.scoped import Rows, answered, current, visible
from pilotage.store.tables import indicators, loads, verdicts
from pilotage.store.warehouse import Warehouse

_PASSPORT = (
    indicators.c.title_fr,
    indicators.c.title_en,
    indicators.c.unit,
    indicators.c.decimals,
    indicators.c.direction,
    indicators.c.frequency,
    indicators.c.objective_id,
    indicators.c.system_of_record,
)
_JUDGEMENT = (
    verdicts.c.indicator_id,
    verdicts.c.organisation_id,
    verdicts.c.judged_at,
    verdicts.c.period_kind,
    verdicts.c.period_start,
    verdicts.c.period_end,
    verdicts.c.value,
    verdicts.c.value_text,
    verdicts.c.value_source,
    verdicts.c.value_load,
    verdicts.c.value_line,
    verdicts.c.low,
    verdicts.c.high,
    verdicts.c.target_text,
    verdicts.c.due_date,
    verdicts.c.result,
    verdicts.c.progress_rate,
    verdicts.c.attainment_rate,
    verdicts.c.trajectory,
    verdicts.c.to_confirm,
    verdicts.c.change,
    verdicts.c.data_state,
    verdicts.c.next_due,
    verdicts.c.confidence,
    verdicts.c.recent_starts,
    verdicts.c.recent_values,
    verdicts.c.recent_paths,
    verdicts.c.recent_statuses,
    verdicts.c.recent_causes,
    verdicts.c.rule_version,
    verdicts.c.process_known,
    verdicts.c.process_mean,
    verdicts.c.process_lower,
    verdicts.c.process_upper,
    verdicts.c.variation,
    verdicts.c.cause,
    verdicts.c.assurance,
    verdicts.c.drifts,
    verdicts.c.run_signal,
    verdicts.c.next_meets,
    verdicts.c.next_aim,
    verdicts.c.due_meets,
    verdicts.c.due_middle,
    verdicts.c.due_lower,
    verdicts.c.due_upper,
    verdicts.c.due_day,
    verdicts.c.due_aim,
)


def room_verdicts(scope: Scope, warehouse: Warehouse, organisation_id: str, level: Level) -> Rows:
    """The verdicts of one organisation at one level, with what a card says of each indicator.

    By indicator identifier; empty outside the scope. ``file_name`` is that of the value's load.
    """
    asked = _room(scope, organisation_id, level)
    return answered(warehouse, asked)


def _room(scope: Scope, organisation_id: str, level: Level) -> sa.Select[Any]:
    file_name = sa.func.coalesce(verdicts.c.value_file, loads.c.file_name).label("file_name")
    return (
        sa.select(*_JUDGEMENT, *_PASSPORT, file_name)
        .join(indicators, indicators.c.indicator_id == verdicts.c.indicator_id)
        .outerjoin(loads, loads.c.load_seq == verdicts.c.value_load)
        .where(
            verdicts.c.organisation_id == organisation_id,
            indicators.c.level == level.value,
            *visible(scope, verdicts, indicators),
            *current(indicators),
        )
        .order_by(verdicts.c.indicator_id)
    )


def shared_verdicts(scope: Scope, warehouse: Warehouse, organisation_ids: Collection[str]) -> Rows:
    """Where indicators followed in two or more of these organisations stand in each of them.

    Columns ``indicator_id, organisation_id, title_fr, title_en, lead_id, result, trajectory,
    data_state, next_due``, by identifiers.
    """
    among = verdicts.c.organisation_id.in_(sorted(organisation_ids))
    several = (
        sa.select(verdicts.c.indicator_id)
        .where(among)
        .group_by(verdicts.c.indicator_id)
        .having(sa.func.count(sa.distinct(verdicts.c.organisation_id)) > 1)
    )
    asked = (
        sa.select(
            verdicts.c.indicator_id,
            verdicts.c.organisation_id,
            indicators.c.title_fr,
            indicators.c.title_en,
            indicators.c.organisation_id.label("lead_id"),
            verdicts.c.result,
            verdicts.c.trajectory,
            verdicts.c.data_state,
            verdicts.c.next_due,
        )
        .join(indicators, indicators.c.indicator_id == verdicts.c.indicator_id)
        .where(
            among,
            verdicts.c.indicator_id.in_(several),
            *visible(scope, verdicts, indicators),
            *current(indicators),
        )
        .order_by(verdicts.c.indicator_id, verdicts.c.organisation_id)
    )
    return answered(warehouse, asked)


def standing_counts(scope: Scope, warehouse: Warehouse, on: date) -> Rows:
    """How many verdicts share each state, per organisation, level and objective.

    Columns ``organisation_id, level, objective_id, result, trajectory, data_state, is_late, held``;
    ``is_late``: the next value was due before that day, whatever was judged when it was judged.
    """
    keys = (
        verdicts.c.organisation_id,
        indicators.c.level,
        indicators.c.objective_id,
        verdicts.c.result,
        verdicts.c.trajectory,
        verdicts.c.data_state,
    )
    is_late = sa.func.coalesce(verdicts.c.next_due < on, sa.false()).label("is_late")
    asked = (
        sa.select(*keys, is_late, sa.func.count().label("held"))
        .join(indicators, indicators.c.indicator_id == verdicts.c.indicator_id)
        .where(*visible(scope, verdicts, indicators), *current(indicators))
        .group_by(*keys, is_late)
    )
    return answered(warehouse, asked)
