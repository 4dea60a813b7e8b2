"""One indicator as its ministry described it, and what it is tied to."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from pilotage.domain.indicator import LinkKind
from pilotage.domain.viewer import Scope
from pilotage.store.queries.row import Row, first_row, rows
from pilotage.store.queries.scoped import current, visible
from pilotage.store.tables import (
    indicator_links,
    indicators,
    objectives,
    organisations,
    verdicts,
)
from pilotage.store.warehouse import Warehouse


def passport(scope: Scope, warehouse: Warehouse, indicator_id: str) -> Row | None:
    """The indicator's own row with its objective's and its lead organisation's names.

    None for an unknown indicator, and in the same way for one outside the scope.
    """
    asked = (
        sa.select(
            indicators,
            objectives.c.label_fr.label("objective_fr"),
            objectives.c.label_en.label("objective_en"),
            organisations.c.label_fr.label("lead_fr"),
            organisations.c.label_en.label("lead_en"),
        )
        .outerjoin(
            objectives,
            (objectives.c.objective_id == indicators.c.objective_id)
            & objectives.c.superseded_seq.is_(None),
        )
        .outerjoin(
            organisations,
            (organisations.c.organisation_id == indicators.c.organisation_id)
            & organisations.c.superseded_seq.is_(None),
        )
        .where(
            indicators.c.indicator_id == indicator_id,
            indicators.c.superseded_seq.is_(None),
            *visible(scope, indicators),
        )
    )
    return first_row(warehouse, asked)


def verdict(
    scope: Scope, warehouse: Warehouse, indicator_id: str, organisation_id: str
) -> Row | None:
    """The verdict held for one (indicator, organisation); None where there is none to see."""
    asked = _verdicts(scope).where(
        verdicts.c.indicator_id == indicator_id, verdicts.c.organisation_id == organisation_id
    )
    return first_row(warehouse, asked)


def _verdicts(scope: Scope) -> sa.Select[Any]:
    return (
        sa.select(
            verdicts,
            indicators.c.title_fr,
            indicators.c.title_en,
            indicators.c.unit,
            indicators.c.decimals,
            indicators.c.direction,
            indicators.c.frequency,
            indicators.c.roll_up,
            organisations.c.label_fr,
            organisations.c.label_en,
        )
        .join(
            indicators,
            (indicators.c.indicator_key == verdicts.c.indicator_key)
            & indicators.c.superseded_seq.is_(None),
        )
        .join(
            organisations,
            (organisations.c.organisation_key == verdicts.c.organisation_key)
            & organisations.c.superseded_seq.is_(None),
        )
        .where(*visible(scope, verdicts, indicators))
    )


def places(scope: Scope, warehouse: Warehouse, indicator_id: str) -> list[Row]:
    """The organisations in which this indicator has a verdict, by name in French."""
    asked = (
        _verdicts(scope)
        .where(verdicts.c.indicator_id == indicator_id)
        .order_by(organisations.c.label_fr, organisations.c.organisation_id)
    )
    return rows(warehouse, asked)


def measured_places(scope: Scope, warehouse: Warehouse) -> list[Row]:
    """The pairs of ``expected_places`` that the scope may load for, by organisation."""
    return rows(warehouse, _expected(scope).where(*_loadable(scope)))


def expected_places(scope: Scope, warehouse: Warehouse) -> list[Row]:
    """Every pair of the scope whose value a file brings or should, by organisation.

    What is only added up from below is left out: nobody sends it.
    """
    return rows(warehouse, _expected(scope))


def _expected(scope: Scope) -> sa.Select[Any]:
    follows = sa.or_(verdicts.c.value_source == "published", verdicts.c.target_load.is_not(None))
    return (
        _verdicts(scope)
        .where(follows, verdicts.c.value_source.is_distinct_from("rollup"))
        .order_by(verdicts.c.organisation_id, verdicts.c.indicator_id)
    )


def _loadable(scope: Scope) -> tuple[sa.ColumnElement[bool], ...]:
    if scope.loads_everything:
        return ()
    return (verdicts.c.organisation_id.in_(sorted(scope.loadable)),)


def children_places(
    scope: Scope, warehouse: Warehouse, indicator_id: str, organisation_id: str
) -> list[Row]:
    """The same indicator in the nearest organisations below that follow it, by name in French.

    Those that its roll-up adds up. One that only leads the indicator, without a value or a target
    of its own or from below, is left out.
    """
    asked = (
        _verdicts(scope)
        .where(
            verdicts.c.indicator_id == indicator_id,
            verdicts.c.organisation_id.in_(_nearest_below(indicator_id, organisation_id)),
            _is_followed(),
        )
        .order_by(organisations.c.label_fr, organisations.c.organisation_id)
    )
    return rows(warehouse, asked)


def _is_followed() -> sa.ColumnElement[bool]:
    """The pair has a value or a target, its own or from below, and not its leadership alone."""
    return sa.or_(
        verdicts.c.value_source.is_not(None),
        verdicts.c.target_load.is_not(None),
        sa.func.coalesce(sa.func.array_length(verdicts.c.recent_starts, 1), 0) > 0,
    )


def followed_in(
    scope: Scope,
    warehouse: Warehouse,
    indicator_ids: Collection[str],
    organisation_ids: Collection[str],
) -> list[Row]:
    """These indicators wherever they are followed among these organisations."""
    asked = _verdicts(scope).where(
        verdicts.c.indicator_id.in_(sorted(indicator_ids)),
        verdicts.c.organisation_id.in_(sorted(organisation_ids)),
        _is_followed(),
    )
    return rows(warehouse, asked)


def contributing(scope: Scope, warehouse: Warehouse, indicator_ids: Collection[str]) -> list[Row]:
    """The verdicts of what contributes to these indicators, counter-indicators left out.

    ``parent_id``: to which of them; ``parent_lead``: the organisation that leads it;
    ``parent_roll_up``: how it is added up; ``weight``.
    """
    led = indicators.alias("led")
    asked = (
        _verdicts(scope)
        .add_columns(
            indicator_links.c.parent_id,
            indicator_links.c.weight,
            led.c.organisation_id.label("parent_lead"),
            led.c.roll_up.label("parent_roll_up"),
        )
        .join(indicator_links, indicator_links.c.child_id == verdicts.c.indicator_id)
        .join(led, led.c.indicator_id == indicator_links.c.parent_id)
        .where(
            indicator_links.c.parent_id.in_(sorted(indicator_ids)),
            indicator_links.c.kind != LinkKind.COUNTER.value,
            indicator_links.c.superseded_seq.is_(None),
            led.c.superseded_seq.is_(None),
        )
        .order_by(indicators.c.title_fr, organisations.c.label_fr)
    )
    return rows(warehouse, asked)


def _nearest_below(indicator_id: str, organisation_id: str) -> sa.Select[Any]:
    """Organisations below, down to the first on each way that has a verdict on the indicator."""
    has_verdict = (
        sa.exists()
        .where(
            verdicts.c.indicator_id == indicator_id,
            verdicts.c.organisation_id == organisations.c.organisation_id,
        )
        .correlate(organisations)
    )
    below = sa.select(organisations.c.organisation_id, has_verdict.label("is_met")).where(
        organisations.c.superseded_seq.is_(None)
    )
    down = below.where(organisations.c.parent_id == organisation_id).cte("down", recursive=True)
    further = below.join(down, organisations.c.parent_id == down.c.organisation_id)
    down = down.union(further.where(~down.c.is_met))
    return sa.select(down.c.organisation_id).where(down.c.is_met)


def hides_children(scope: Scope, warehouse: Warehouse, indicator_id: str) -> bool:
    """True where an indicator tied below this one, counter-indicators aside, is out of scope."""
    return bool(hiding_children(scope, warehouse, [indicator_id]))


def hiding_children(
    scope: Scope, warehouse: Warehouse, indicator_ids: Collection[str]
) -> frozenset[str]:
    """Those of these indicators of which ``hides_children`` is true."""
    seen = sa.select(indicators.c.indicator_id).where(
        *visible(scope, indicators), *current(indicators)
    )
    asked = sa.select(indicator_links.c.parent_id).where(
        indicator_links.c.parent_id.in_(sorted(indicator_ids)),
        indicator_links.c.child_id != indicator_links.c.parent_id,
        indicator_links.c.kind != LinkKind.COUNTER.value,
        indicator_links.c.child_id.not_in(seen),
        *current(indicator_links),
    )
    return frozenset(str(row["parent_id"]) for row in rows(warehouse, asked.distinct()))


def linked(scope: Scope, warehouse: Warehouse, indicator_id: str) -> list[Row]:
    """The verdicts of indicators tied to this one, with the tie's kind, weight and side.

    ``side`` says what the other one is: ``parent`` or ``child``. An indicator shared by several
    organisations answers once per organisation.
    """
    sides = (
        ("child", indicator_links.c.parent_id, indicator_links.c.child_id),
        ("parent", indicator_links.c.child_id, indicator_links.c.parent_id),
    )
    found: list[Row] = []
    for side, here, there in sides:
        asked = (
            _verdicts(scope)
            .add_columns(
                sa.literal(side).label("side"),
                indicator_links.c.kind,
                indicator_links.c.weight,
            )
            .join(indicator_links, there == verdicts.c.indicator_id)
            .where(here == indicator_id, indicator_links.c.superseded_seq.is_(None))
            .order_by(indicators.c.title_fr, organisations.c.label_fr)
        )
        found += rows(warehouse, asked)
    return found
