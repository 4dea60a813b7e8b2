"""What somebody wrote, as a page shows it: every version, and what one may do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pilotage.domain.indicator import Level
from pilotage.domain.period import PeriodKind, starting
from pilotage.domain.post import Post, PostKind, Words
from pilotage.formats import local


@dataclass(frozen=True)
class Version:
    """One version and its moment, naive UTC; ``seq`` is its event's."""

    post: Post
    at: datetime
    seq: int

    @property
    def on(self) -> date:
        """The day it was written, on the government's calendar."""
        return local(self.at).date()


@dataclass(frozen=True)
class Written:
    """A post: every version, the first made first, and what this viewer may do about it."""

    versions: tuple[Version, ...]
    may_revise: bool = False
    may_withdraw: bool = False

    @property
    def last(self) -> Version:
        """The version that stands."""
        return self.versions[-1]

    @property
    def post(self) -> Post:
        """What stands."""
        return self.last.post

    @property
    def first_at(self) -> datetime:
        """When it was first written."""
        return self.versions[0].at


def post_of(row: Mapping[str, Any]) -> Post:
    """A stored row in the words of the trade."""
    kind = row["period_kind"]
    return Post(
        post_id=row["post_id"],
        kind=PostKind(row["kind"]),
        version=row["version"],
        organisation_id=row["organisation_id"],
        author=row["author"],
        author_id=row["author_id"],
        by=row["written_by"],
        words=Words(
            body=row["body"],
            period=starting(PeriodKind(kind), row["period_start"]) if kind else None,
            under_way=row["under_way"],
            back_on=row["back_on"],
            honoured=row["honoured"],
            practice=row["practice"],
            level=Level(row["level"]) if row["level"] else None,
            present=tuple(row["present"] or ()),
            minutes=row["minutes"],
        ),
        indicator_id=row["indicator_id"],
        blocker_id=row["blocker_id"],
        withdrawn_for=row["withdrawn_for"],
    )


def version_of(row: Mapping[str, Any]) -> Version:
    """A stored row as one version."""
    return Version(post_of(row), row["at"], row["seq"])


def gathered(rows: Sequence[Mapping[str, Any]]) -> list[tuple[Version, ...]]:
    """Versions by post, in the order in which posts were first written; rows first to last."""
    found: dict[str, list[Version]] = {}
    for row in rows:
        found.setdefault(row["post_id"], []).append(version_of(row))
    return [tuple(versions) for versions in found.values()]
