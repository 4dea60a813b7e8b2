"""Published snapshots as one may read them, and the figures a new one is made of.

The public reads what was published, archived since or not; drafts are for those who make them.
"""

from datetime import date

import sqlalchemy as sa

from pilotage.domain.indicator import LinkKind
from pilotage.domain.viewer import Role, Scope
from pilotage.store.publication_row import publication_lines, publication_notes, publications
from pilotage.store.queries.row import Row, first_row, rows
from pilotage.store.queries.scoped import Clauses, current, visible
from pilotage.store.tables import (
    indicator_links,
    indicators,
    measurements,
    organisations,
    verdicts,
)
from pilotage.store.warehouse import Warehouse

_MAKERS = frozenset({Role.CENTRAL, Role.AUDITOR})


def _readable(scope: Scope) -> Clauses:
    """What was published once; drafts too for those who make or audit them."""
    if not scope.published_only and (scope.loads_everything or scope.role in _MAKERS):
        return ()
    return (publications.c.published_at.is_not(None),)


def readable_publications(scope: Scope, warehouse: Warehouse) -> list[Row]:
    """Every publication the viewer may read with its own note, the last drafted first."""
    asked = _with_note().where(*_readable(scope)).order_by(publications.c.seq.desc())
    return rows(warehouse, asked)


def one_publication(scope: Scope, warehouse: Warehouse, publication_id: str) -> Row | None:
    """A publication with its own note; None for an unknown one and for one out of sight."""
    asked = _with_note().where(publications.c.publication_id == publication_id, *_readable(scope))
    return first_row(warehouse, asked)


def _with_note() -> sa.Select[tuple[object, ...]]:
    told = publication_notes.alias("told")
    last = (
        sa.select(told.c.publication_id, sa.func.max(told.c.seq).label("seq"))
        .where(told.c.indicator_id.is_(None))
        .group_by(told.c.publication_id)
        .subquery()
    )
    note = publication_notes
    own = (note.c.seq == last.c.seq) & (note.c.publication_id == last.c.publication_id)
    return (
        sa.select(publications, note.c.note_fr, note.c.note_en)
        .outerjoin(last, last.c.publication_id == publications.c.publication_id)
        .outerjoin(note, own)
    )


def published_lines(scope: Scope, warehouse: Warehouse, publication_id: str) -> list[Row]:
    """The lines of a publication in their order; none of one out of sight."""
    asked = (
        sa.select(publication_lines)
        .join(publications, publications.c.publication_id == publication_lines.c.publication_id)
        .where(publications.c.publication_id == publication_id, *_readable(scope))
        .order_by(publication_lines.c.place)
    )
    return rows(warehouse, asked)


def indicator_notes(scope: Scope, warehouse: Warehouse, publication_id: str) -> list[Row]:
    """The notes on single indicators, the last of each being the one that stands; oldest first."""
    asked = (
        sa.select(publication_notes)
        .join(publications, publications.c.publication_id == publication_notes.c.publication_id)
        .where(
            publications.c.publication_id == publication_id,
            publication_notes.c.indicator_id.is_not(None),
            *_readable(scope),
        )
        .order_by(publication_notes.c.seq)
    )
    return rows(warehouse, asked)


def ids_of_day(scope: Scope, warehouse: Warehouse, as_of: date) -> set[str]:
    """The identifiers taken by the publications of that day that the viewer may read."""
    asked = sa.select(publications.c.publication_id).where(
        publications.c.as_of == as_of, *_readable(scope)
    )
    return {row["publication_id"] for row in rows(warehouse, asked)}


def figures(scope: Scope, warehouse: Warehouse) -> list[Row]:
    """Every figure of the scope with its passport, when it was published, and who leads it.

    By indicator, then organisation. ``published_at`` is none where children made the figure.
    """
    value = measurements
    same = (
        (value.c.indicator_key == verdicts.c.indicator_key)
        & (value.c.organisation_key == verdicts.c.organisation_key)
        & (value.c.period_kind == verdicts.c.period_kind)
        & (value.c.period_start == verdicts.c.period_start)
        & value.c.superseded_seq.is_(None)
        & (verdicts.c.value_source == "published")
    )
    asked = (
        sa.select(
            verdicts,
            indicators.c.title_fr,
            indicators.c.title_en,
            indicators.c.definition_fr,
            indicators.c.definition_en,
            indicators.c.unit,
            indicators.c.decimals,
            indicators.c.direction,
            indicators.c.level,
            indicators.c.visibility,
            indicators.c.roll_up,
            indicators.c.system_of_record,
            indicators.c.organisation_id.label("lead_id"),
            value.c.published_at,
        )
        .join(
            indicators,
            (indicators.c.indicator_key == verdicts.c.indicator_key)
            & indicators.c.superseded_seq.is_(None),
        )
        .outerjoin(value, same)
        .where(*visible(scope, verdicts, indicators))
        .order_by(verdicts.c.indicator_id, verdicts.c.organisation_id)
    )
    return rows(warehouse, asked)


def additive_links(scope: Scope, warehouse: Warehouse) -> list[Row]:
    """``parent_id`` and ``child_id`` of the indicators of the scope that add up."""
    asked = (
        sa.select(indicator_links.c.parent_id, indicator_links.c.child_id)
        .join(indicators, indicators.c.indicator_id == indicator_links.c.parent_id)
        .where(
            indicator_links.c.kind == LinkKind.ADDITIVE.value,
            *visible(scope, indicators),
            *current(indicators, indicator_links),
        )
        .order_by(indicator_links.c.parent_id, indicator_links.c.child_id)
    )
    return rows(warehouse, asked)


def small_once(scope: Scope, warehouse: Warehouse, fewest: int) -> set[tuple[str, str]]:
    """The (indicator, organisation) whose rate stood on fewer than that in any period known."""
    asked = (
        sa.select(indicators.c.indicator_id, organisations.c.organisation_id)
        .distinct()
        .select_from(measurements)
        .join(indicators, indicators.c.indicator_key == measurements.c.indicator_key)
        .join(organisations, organisations.c.organisation_key == measurements.c.organisation_key)
        .where(
            sa.or_(*(_few(part, fewest) for part in ("numerator", "denominator"))),
            *visible(scope, indicators, organisations),
            *current(indicators, organisations, measurements),
        )
    )
    return {(row["indicator_id"], row["organisation_id"]) for row in rows(warehouse, asked)}


def _few(part: str, fewest: int) -> sa.ColumnElement[bool]:
    column = measurements.c[part]
    return (column > 0) & (column < fewest)
