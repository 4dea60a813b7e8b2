"""What is written about one indicator in one organisation: explanations of its gap, comments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pilotage.domain.period import Period
from pilotage.domain.post import PostKind
from pilotage.domain.viewer import Scope
from pilotage.followup.post_permission import may_explain, may_revise, may_withdraw, may_write
from pilotage.rooms.account import explaining, off_target
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import author_of
from pilotage.rooms.card import OffTarget, period_of, recents_of
from pilotage.rooms.past import is_past
from pilotage.rooms.post import Version, Written, gathered
from pilotage.rooms.tally import standing_of
from pilotage.store.queries.posts import pair_posts
from pilotage.store.warehouse import Warehouse

MOST_PERIODS = 13
"""Periods a comment may be said to be about, the latest ones."""


@dataclass(frozen=True)
class Discussion:
    """What the indicator page shows of it; nothing of it in public.

    ``off`` and ``period``: since when it is off target, and the period that asks for an
    explanation; none where it is not. ``explanations`` by period, the latest first; ``comments``
    as they were written. ``revising`` and ``withdrawing``: the comment the address asks to.
    """

    off: OffTarget | None = None
    period: Period | None = None
    owner: str | None = None
    judged_on: date | None = None
    explanations: tuple[Written, ...] = ()
    comments: tuple[Written, ...] = ()
    periods: tuple[Period, ...] = ()
    may_explain: bool = False
    may_write: bool = False
    is_open: bool = False
    revising: Written | None = None
    withdrawing: Written | None = None

    @property
    def explanation(self) -> Version | None:
        """What explains the period now off target: its own, else the nearest one before."""
        last = [one.last for one in self.explanations]
        return explaining(self.period, last) if self.period else None

    @property
    def own(self) -> Version | None:
        """The explanation of the very period that asks for one."""
        found = self.explanation
        return found if found and found.post.words.period == self.period else None


NO_DISCUSSION = Discussion()


def discussion(
    scope: Scope,
    warehouse: Warehouse,
    pair: tuple[str, str],
    owner: str | None,
    row: Mapping[str, Any] | None,
    address: Address,
) -> Discussion:
    """The discussion of (indicator, organisation); ``row`` is its verdict, none where unmeasured.

    ``?modifier=`` and ``?retirer=`` name a comment to correct or to withdraw.
    """
    can_write = not is_past(warehouse) and may_write(scope, pair[1])
    author = author_of(scope)
    written = [
        _allowed(scope, versions, author, owner, can_write)
        for versions in gathered(pair_posts(scope, warehouse, pair))
    ]
    comments = [one for one in written if one.post.kind is PostKind.COMMENT]
    off, period, periods = _gap(row, warehouse)
    asked = address.parameters
    return Discussion(
        off=off,
        period=period,
        owner=owner,
        judged_on=warehouse.today,
        explanations=_by_period(written),
        comments=tuple(comments),
        periods=periods,
        may_explain=can_write and may_explain(scope, pair[1], author, owner),
        may_write=can_write,
        is_open=not scope.published_only,
        revising=_named(comments, asked.get("modifier"), "may_revise"),
        withdrawing=_named(comments, asked.get("retirer"), "may_withdraw"),
    )


def _allowed(
    scope: Scope, versions: tuple[Version, ...], author: str, owner: str | None, can_write: bool
) -> Written:
    post = versions[-1].post
    return Written(
        versions,
        may_revise=can_write and may_revise(scope, post, author, owner),
        may_withdraw=can_write and may_withdraw(scope, post),
    )


def _by_period(written: Sequence[Written]) -> tuple[Written, ...]:
    dated = [
        (one.post.words.period.start, one)
        for one in written
        if one.post.kind is PostKind.EXPLANATION and one.post.words.period
    ]
    return tuple(one for _start, one in sorted(dated, key=lambda pair: pair[0], reverse=True))


def _gap(
    row: Mapping[str, Any] | None, warehouse: Warehouse
) -> tuple[OffTarget | None, Period | None, tuple[Period, ...]]:
    """Since when it is off target, the period that asks, and those one may speak about."""
    if row is None:
        return None, None, ()
    is_late = row["next_due"] is not None and row["next_due"] < warehouse.today
    period, recents = period_of(row), recents_of(row)
    off = off_target(standing_of(row, is_late=is_late), period, recents)
    periods = tuple(one.period for one in reversed(recents[-MOST_PERIODS:]))
    return off, period if off else None, periods


def _named(comments: Sequence[Written], post_id: str | None, right: str) -> Written | None:
    return next(
        (one for one in comments if one.post.post_id == post_id and getattr(one, right)), None
    )
