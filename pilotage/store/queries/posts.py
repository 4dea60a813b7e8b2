"""What was written about figures, seen through a scope: of what one may see, and never in public.

A row is one version; ``posts`` of a past day are those written by its end, so that the last version
of a post is the one that stood then.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from pilotage.domain.indicator import Level
from pilotage.domain.post import PostKind
from pilotage.domain.viewer import Role, Scope
from pilotage.store.post_row import posts
from pilotage.store.queries.row import Row, first_row, rows
from pilotage.store.queries.scoped import Clauses, placed, visible
from pilotage.store.tables import blockers, indicators, organisations
from pilotage.store.warehouse import Warehouse


def _seen(scope: Scope) -> Clauses:
    """Written of an organisation in scope, and of an indicator and a blocker one may see."""
    if scope.published_only or scope.role is Role.PUBLIC:
        return (sa.false(),)
    known = sa.select(indicators.c.indicator_id).where(
        indicators.c.superseded_seq.is_(None), *visible(scope, indicators)
    )
    raised = (
        sa.select(blockers.c.blocker_id)
        .join(organisations, organisations.c.organisation_id == blockers.c.organisation_id)
        .where(*visible(scope, organisations))
    )
    return (
        *placed(scope, posts.c.organisation_id),
        sa.or_(posts.c.indicator_id.is_(None), posts.c.indicator_id.in_(known)),
        sa.or_(posts.c.blocker_id.is_(None), posts.c.blocker_id.in_(raised)),
        sa.or_(posts.c.level.is_(None), posts.c.level.in_(sorted(scope.levels))),
    )


def _last() -> sa.ColumnElement[bool]:
    """The version that stands, withdrawn ones included."""
    later = posts.alias("later")
    newer = sa.select(later.c.seq).where(
        later.c.post_id == posts.c.post_id, later.c.seq > posts.c.seq
    )
    return sa.not_(newer.exists())


def pair_posts(scope: Scope, warehouse: Warehouse, pair: tuple[str, str]) -> list[Row]:
    """Every version of the explanations and comments of the pair, first to last."""
    asked = (
        sa.select(posts)
        .where(
            posts.c.indicator_id == pair[0],
            posts.c.organisation_id == pair[1],
            posts.c.kind != PostKind.RECOGNITION.value,
            *_seen(scope),
        )
        .order_by(posts.c.seq)
    )
    return rows(warehouse, asked)


def one_post(scope: Scope, warehouse: Warehouse, post_id: str) -> Row | None:
    """The version of a post that stands; None for an unknown one and for one out of sight."""
    asked = sa.select(posts).where(posts.c.post_id == post_id, _last(), *_seen(scope))
    return first_row(warehouse, asked)


def explanation_of(
    scope: Scope, warehouse: Warehouse, pair: tuple[str, str], period: tuple[int, datetime]
) -> Row | None:
    """The explanation that stands for one period, (kind, start), of (indicator, organisation)."""
    asked = sa.select(posts).where(
        posts.c.kind == PostKind.EXPLANATION.value,
        posts.c.indicator_id == pair[0],
        posts.c.organisation_id == pair[1],
        posts.c.period_kind == period[0],
        posts.c.period_start == period[1],
        _last(),
        *_seen(scope),
    )
    return first_row(warehouse, asked)


def room_explanations(scope: Scope, warehouse: Warehouse, organisation_id: str) -> list[Row]:
    """The explanations that stand in an organisation, each indicator's latest period last."""
    asked = (
        sa.select(posts)
        .where(
            posts.c.kind == PostKind.EXPLANATION.value,
            posts.c.organisation_id == organisation_id,
            _last(),
            *_seen(scope),
        )
        .order_by(posts.c.period_start, posts.c.seq)
    )
    return rows(warehouse, asked)


def recognitions(
    scope: Scope, warehouse: Warehouse, organisation_ids: Collection[str]
) -> list[Row]:
    """The recognitions of these organisations that stand, the newest first; none withdrawn.

    ``first_at``: when the first version was written.
    """
    first = posts.alias("first")
    asked: sa.Select[Any] = (
        sa.select(posts, first.c.at.label("first_at"))
        .join(first, (first.c.post_id == posts.c.post_id) & (first.c.version == 1))
        .where(
            posts.c.kind == PostKind.RECOGNITION.value,
            posts.c.organisation_id.in_(sorted(organisation_ids)),
            posts.c.withdrawn_for.is_(None),
            _last(),
            *_seen(scope),
        )
        .order_by(first.c.at.desc(), posts.c.post_id)
    )
    return rows(warehouse, asked)


def huddles(
    scope: Scope, warehouse: Warehouse, organisation_id: str, level: Level, most: int
) -> list[Row]:
    """The records that stand of the room's last huddles, at most so many, the newest first.

    ``first_at``: when the huddle was closed, naive UTC.
    """
    first = posts.alias("first")
    asked: sa.Select[Any] = (
        sa.select(posts, first.c.at.label("first_at"))
        .join(first, (first.c.post_id == posts.c.post_id) & (first.c.version == 1))
        .where(
            posts.c.kind == PostKind.HUDDLE.value,
            posts.c.organisation_id == organisation_id,
            posts.c.level == level.value,
            posts.c.withdrawn_for.is_(None),
            _last(),
            *_seen(scope),
        )
        .order_by(first.c.at.desc(), posts.c.post_id)
        .limit(most)
    )
    return rows(warehouse, asked)


def last_by(
    scope: Scope, warehouse: Warehouse, kind: PostKind, organisation_id: str, author_id: str
) -> Row | None:
    """What that person last wrote of that kind about the organisation; None for nothing."""
    asked = (
        sa.select(posts)
        .where(
            posts.c.kind == kind.value,
            posts.c.organisation_id == organisation_id,
            posts.c.author_id == author_id,
            *_seen(scope),
        )
        .order_by(posts.c.seq.desc())
        .limit(1)
    )
    return first_row(warehouse, asked)
