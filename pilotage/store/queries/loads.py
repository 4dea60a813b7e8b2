"""What was received: the history of loads, and what each one changed."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from pilotage.domain.viewer import Role, Scope
from pilotage.store.authority_tables import awaited
from pilotage.store.past import is_known_by
from pilotage.store.queries.row import Row, first_row, rows
from pilotage.store.queries.scoped import visible
from pilotage.store.queries.token import LOAD_AUTHOR
from pilotage.store.reason_row import load_reasons
from pilotage.store.tables import indicators, loads, measurements, organisations, targets
from pilotage.store.warehouse import Warehouse

_UNAPPROVED = ("held", "approved", "returned")


def visible_loads(scope: Scope) -> tuple[sa.ColumnElement[bool], ...]:
    """The loads one may know of: those of one's organisations, and those made for all of them.

    One that waits for an approval, or was sent back, is known inside its organisation only, and to
    whom it waits for.
    """
    if scope.published_only:
        return (sa.false(),)
    if scope.loads_everything or scope.role is Role.AUDITOR:
        return ()
    if not scope.everything and not scope.organisation_ids:
        return (sa.false(),)
    is_settled = loads.c.state.not_in(_UNAPPROVED)
    own = sa.select(awaited.c.load_seq).where(awaited.c.approver == scope.viewer_id)
    waits_for_me = loads.c.load_seq.in_(own)
    if scope.everything:
        return (is_settled | waits_for_me,)
    mine = loads.c.organisation_id.in_(sorted(scope.organisation_ids))
    return (mine | waits_for_me | (loads.c.organisation_id.is_(None) & is_settled),)


def readable_loads(scope: Scope) -> tuple[sa.ColumnElement[bool], ...]:
    """The loads whose lines one may read: a file made for all carries other people's text."""
    if scope.everything and not scope.published_only:
        return visible_loads(scope)
    return (*visible_loads(scope), loads.c.organisation_id.is_not(None))


def _received(scope: Scope) -> sa.Select[Any]:
    return (
        sa.select(
            *(column for column in loads.c if column is not loads.c.author),
            LOAD_AUTHOR,
            organisations.c.label_fr,
            organisations.c.label_en,
        )
        .select_from(loads)
        .outerjoin(
            organisations,
            (organisations.c.organisation_id == loads.c.organisation_id)
            & organisations.c.superseded_seq.is_(None),
        )
        .where(*visible_loads(scope))
    )


def recent_loads(
    scope: Scope,
    warehouse: Warehouse,
    limit: int,
    before: int | None = None,
    received_by: date | None = None,
) -> list[Row]:
    """The last ``limit`` loads, newest first; ``before`` pages on below that sequence.

    ``received_by``: only those received by the end of that day.
    """
    asked = _received(scope)
    if received_by is not None:
        asked = asked.where(sa.text(is_known_by("loads.received_at", received_by)))
    if before is not None:
        asked = asked.where(loads.c.load_seq < before)
    return rows(warehouse, asked.order_by(loads.c.load_seq.desc()).limit(limit))


def one_load(scope: Scope, warehouse: Warehouse, load_seq: int) -> Row | None:
    """One load; None for an unknown one and for one outside the scope."""
    asked = _received(scope).where(loads.c.load_seq == load_seq)
    return first_row(warehouse, asked)


def reasons_of_load(scope: Scope, warehouse: Warehouse, load_seq: int) -> list[Row]:
    """What was said of a load when it was withdrawn or rows of it left aside, the first first."""
    asked = (
        sa.select(load_reasons)
        .join(loads, loads.c.load_seq == load_reasons.c.load_seq)
        .where(load_reasons.c.load_seq == load_seq, *readable_loads(scope))
        .order_by(load_reasons.c.seq)
    )
    return rows(warehouse, asked)


def changed_values(scope: Scope, warehouse: Warehouse, load_seq: int, limit: int) -> list[Row]:
    """Values this load revised: before and after, in the order of the file."""
    return _changed(scope, warehouse, measurements, load_seq, limit)


def changed_targets(scope: Scope, warehouse: Warehouse, load_seq: int, limit: int) -> list[Row]:
    """Targets this load revised: ``before_low`` and ``before_high`` beside the new ones."""
    return _changed(scope, warehouse, targets, load_seq, limit)


def _changed(
    scope: Scope, warehouse: Warehouse, facts: sa.Table, load_seq: int, limit: int
) -> list[Row]:
    now, before = facts.alias("now"), facts.alias("before")
    names = ("value",) if facts is measurements else ("low", "high")
    same_period = sa.and_(
        *(
            now.c[name].is_not_distinct_from(before.c[name])
            for name in ("period_kind", "period_start")
        )
    )
    asked = (
        sa.select(
            indicators.c.indicator_id,
            indicators.c.title_fr,
            indicators.c.title_en,
            indicators.c.unit,
            indicators.c.decimals,
            indicators.c.direction,
            organisations.c.organisation_id,
            organisations.c.label_fr,
            organisations.c.label_en,
            now.c.period_kind,
            now.c.period_start,
            now.c.period_end,
            now.c.load_line,
            *(now.c[name] for name in names),
            *(before.c[name].label(f"before_{name}") for name in names),
        )
        .join(
            before,
            (before.c.indicator_key == now.c.indicator_key)
            & (before.c.organisation_key == now.c.organisation_key)
            & same_period
            & (before.c.superseded_seq == load_seq),
        )
        .join(indicators, indicators.c.indicator_key == now.c.indicator_key)
        .join(organisations, organisations.c.organisation_key == now.c.organisation_key)
        .where(
            now.c.load_seq == load_seq,
            indicators.c.superseded_seq.is_(None),
            organisations.c.superseded_seq.is_(None),
            *visible(scope, indicators, organisations),
        )
        .order_by(now.c.load_line)
        .limit(limit)
    )
    return rows(warehouse, asked)
