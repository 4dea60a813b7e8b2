"""Blockers as they stand, and what happened to each."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from pilotage.domain.blocker import BlockerState
from pilotage.domain.viewer import Scope
from pilotage.store.queries.row import Row, first_row, rows
from pilotage.store.queries.scoped import visible
from pilotage.store.tables import blocker_events, blockers, indicators, organisations, verdicts
from pilotage.store.warehouse import Warehouse

_LIVE = [state.value for state in BlockerState if state.is_live]


def _current(scope: Scope) -> sa.Select[Any]:
    return (
        sa.select(blockers, organisations.c.label_fr, organisations.c.label_en)
        .join(organisations, organisations.c.organisation_id == blockers.c.organisation_id)
        .where(
            blockers.c.superseded_seq.is_(None),
            organisations.c.superseded_seq.is_(None),
            *visible(scope, organisations),
        )
    )


def standing_blockers(
    scope: Scope,
    warehouse: Warehouse,
    organisation_ids: Collection[str] | None = None,
    is_live: bool | None = None,
) -> list[Row]:
    """Blockers of these organisations (all the scope sees for none), highest and oldest first.

    ``is_live`` keeps those still to be acted on, or only the settled ones.
    """
    asked = _current(scope)
    if organisation_ids is not None:
        asked = asked.where(blockers.c.organisation_id.in_(sorted(organisation_ids)))
    if is_live is not None:
        live = blockers.c.state.in_(_LIVE)
        asked = asked.where(live if is_live else sa.not_(live))
    return rows(
        warehouse,
        asked.order_by(blockers.c.level.desc(), blockers.c.level_since, blockers.c.blocker_id),
    )


def one_blocker(scope: Scope, warehouse: Warehouse, blocker_id: str) -> Row | None:
    """One blocker as it stands; None for an unknown one and for one outside the scope."""
    asked = _current(scope).where(blockers.c.blocker_id == blocker_id)
    return first_row(warehouse, asked)


def history(scope: Scope, warehouse: Warehouse, blocker_id: str) -> list[Row]:
    """Every state one blocker has been in, oldest first, with the event that made it.

    ``move``, ``moved_at``, ``author`` and ``note`` are null where a file brought the state.
    """
    asked = (
        sa.select(
            blockers,
            blocker_events.c.kind.label("move"),
            blocker_events.c.at.label("moved_at"),
            blocker_events.c.author,
            blocker_events.c.note,
        )
        .join(organisations, organisations.c.organisation_id == blockers.c.organisation_id)
        .outerjoin(
            blocker_events,
            (blocker_events.c.seq == blockers.c.load_seq)
            & (blocker_events.c.blocker_id == blockers.c.blocker_id),
        )
        .where(
            blockers.c.blocker_id == blocker_id,
            organisations.c.superseded_seq.is_(None),
            *visible(scope, organisations),
        )
        .order_by(blockers.c.load_seq, blockers.c.load_line)
    )
    return rows(warehouse, asked)


def indicator_titles(
    scope: Scope, warehouse: Warehouse, indicator_ids: Collection[str]
) -> dict[str, tuple[str, str | None, str]]:
    """(title_fr, title_en, lead organisation) of the indicators the scope may see."""
    asked = sa.select(
        indicators.c.indicator_id,
        indicators.c.title_fr,
        indicators.c.title_en,
        indicators.c.organisation_id,
    ).where(
        indicators.c.indicator_id.in_(sorted(indicator_ids)),
        indicators.c.superseded_seq.is_(None),
        *visible(scope, indicators),
    )
    with warehouse.read() as connection:
        return {row[0]: (row[1], row[2], row[3]) for row in connection.execute(asked)}


def place_indicators(
    scope: Scope, warehouse: Warehouse, organisation_id: str
) -> list[tuple[str, str, str | None]]:
    """(indicator_id, title_fr, title_en) of those an organisation leads or follows, by title."""
    followed = sa.select(verdicts.c.indicator_id).where(
        verdicts.c.organisation_id == organisation_id, *visible(scope, verdicts)
    )
    asked = (
        sa.select(indicators.c.indicator_id, indicators.c.title_fr, indicators.c.title_en)
        .where(
            sa.or_(
                indicators.c.organisation_id == organisation_id,
                indicators.c.indicator_id.in_(followed),
            ),
            indicators.c.superseded_seq.is_(None),
            *visible(scope, indicators),
        )
        .order_by(indicators.c.title_fr, indicators.c.indicator_id)
    )
    with warehouse.read() as connection:
        return [(row[0], row[1], row[2]) for row in connection.execute(asked)]
