"""Rules of approval, delegations, and what waits for a signature."""

from datetime import date

import sqlalchemy as sa

from pilotage.domain.sign_off import Delegation, SignOffRule
from pilotage.domain.viewer import Scope
from pilotage.store.authority_tables import (
    awaited,
    delegations,
    held_values,
    sign_off_rules,
    sign_offs,
)
from pilotage.store.queries.loads import visible_loads
from pilotage.store.queries.row import Row, first_row, rows
from pilotage.store.queries.scoped import inside, placed, visible
from pilotage.store.queries.token import LOAD_AUTHOR
from pilotage.store.tables import indicators, loads, measurements, organisations
from pilotage.store.warehouse import Warehouse


def standing_rules(scope: Scope, warehouse: Warehouse) -> tuple[SignOffRule, ...]:
    """The rule in force of each organisation and indicator of the scope, exemptions too."""
    last = sa.select(sa.func.max(sign_off_rules.c.seq)).group_by(
        sign_off_rules.c.organisation_id, sign_off_rules.c.indicator_id
    )
    asked = (
        sa.select(
            sign_off_rules.c.organisation_id,
            sign_off_rules.c.indicator_id,
            sign_off_rules.c.approver,
        )
        .where(sign_off_rules.c.seq.in_(last), *placed(scope, sign_off_rules.c.organisation_id))
        .order_by(sign_off_rules.c.organisation_id, sign_off_rules.c.indicator_id)
    )
    return tuple(SignOffRule(**row) for row in rows(warehouse, asked))


def standing_delegations(scope: Scope, warehouse: Warehouse, on: date) -> tuple[Delegation, ...]:
    """Delegations that hold on that day or will; the same for everyone: they name people only."""
    del scope
    asked = (
        sa.select(
            delegations.c.approver,
            delegations.c.delegate,
            delegations.c.starts_on,
            delegations.c.ends_on,
        )
        .where(delegations.c.ends_on >= on)
        .order_by(delegations.c.seq)
    )
    return tuple(Delegation(**row) for row in rows(warehouse, asked))


def held_load(scope: Scope, warehouse: Warehouse, load_seq: int) -> Row | None:
    """A load that waits; None for one that does not, and for one outside the scope."""
    asked = sa.select(loads).where(
        loads.c.load_seq == load_seq, loads.c.state == "held", *visible_loads(scope)
    )
    return first_row(warehouse, asked)


def held_loads(scope: Scope, warehouse: Warehouse) -> list[Row]:
    """The loads of the scope that wait, oldest first; ``author`` as it is shown."""
    asked = (
        sa.select(loads.c.load_seq, loads.c.file_name, loads.c.received_at, LOAD_AUTHOR)
        .where(loads.c.state == "held", *visible_loads(scope))
        .order_by(loads.c.load_seq)
    )
    return rows(warehouse, asked)


def still_awaited(scope: Scope, warehouse: Warehouse, load_seq: int) -> frozenset[str]:
    """The approvers a held load still waits for."""
    signed = sa.select(sign_offs.c.approver).where(
        sign_offs.c.load_seq == load_seq, sign_offs.c.approver.is_not(None)
    )
    asked = (
        sa.select(awaited.c.approver)
        .join(loads, loads.c.load_seq == awaited.c.load_seq)
        .where(
            awaited.c.load_seq == load_seq,
            awaited.c.approver.not_in(signed),
            *visible_loads(scope),
        )
    )
    return frozenset(row["approver"] for row in rows(warehouse, asked))


def decisions(scope: Scope, warehouse: Warehouse, load_seq: int) -> list[Row]:
    """What was decided of a held load, oldest first."""
    asked = (
        sa.select(sign_offs)
        .join(loads, loads.c.load_seq == sign_offs.c.load_seq)
        .where(sign_offs.c.load_seq == load_seq, *visible_loads(scope))
    )
    return rows(warehouse, asked.order_by(sign_offs.c.seq))


def pending_values(
    scope: Scope,
    warehouse: Warehouse,
    limit: int,
    load_seq: int | None = None,
    pair: tuple[str, str] | None = None,
) -> list[Row]:
    """Values that wait, each beside what it would replace; of one load, or of one pair."""
    held, now = held_values, measurements
    asked = (
        sa.select(
            held.c.load_seq,
            held.c.load_line,
            indicators.c.indicator_id,
            indicators.c.title_fr,
            indicators.c.title_en,
            indicators.c.unit,
            indicators.c.decimals,
            indicators.c.direction,
            organisations.c.organisation_id,
            organisations.c.label_fr,
            organisations.c.label_en,
            held.c.period_kind,
            held.c.period_start,
            held.c.period_end,
            held.c.value,
            now.c.value.label("before_value"),
        )
        .join(indicators, indicators.c.indicator_key == held.c.indicator_key)
        .join(organisations, organisations.c.organisation_key == held.c.organisation_key)
        .outerjoin(
            now,
            (now.c.indicator_key == held.c.indicator_key)
            & (now.c.organisation_key == held.c.organisation_key)
            & (now.c.period_start == held.c.period_start)
            & (now.c.period_end == held.c.period_end)
            & now.c.superseded_seq.is_(None),
        )
        .where(
            indicators.c.superseded_seq.is_(None),
            organisations.c.superseded_seq.is_(None),
            *inside(scope, organisations.c.organisation_id),
            *visible(scope, indicators, organisations),
        )
        .order_by(held.c.load_seq, held.c.load_line)
        .limit(limit)
    )
    if load_seq is not None:
        asked = asked.where(held.c.load_seq == load_seq)
    if pair is not None:
        asked = asked.where(
            indicators.c.indicator_id == pair[0], organisations.c.organisation_id == pair[1]
        )
    return rows(warehouse, asked)
