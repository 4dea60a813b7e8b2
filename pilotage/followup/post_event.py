"""Posts as events of the journal: kind ``post``, each with the whole version it makes.

Payload: the fields of ``Post`` and of its words in plain JSON, days in ISO, the period as
``period_kind`` and ``period_start``. ``said_at``, only where a demonstration tells a past, is the
moment it is dated to; otherwise the event's own moment is. A rebuild so depends on no rule.
"""

from datetime import datetime
from typing import Any

from pilotage.domain.post import Post

KIND = "post"


def payload(post: Post, said_at: datetime | None = None) -> dict[str, Any]:
    """The event's content: the version as it stands after it."""
    words, period = post.words, post.words.period
    told: dict[str, Any] = {
        "post_id": post.post_id,
        "kind": post.kind.value,
        "version": post.version,
        "organisation_id": post.organisation_id,
        "indicator_id": post.indicator_id,
        "blocker_id": post.blocker_id,
        "author": post.author,
        "author_id": post.author_id,
        "body": words.body,
        "under_way": words.under_way,
        "back_on": words.back_on.isoformat() if words.back_on else None,
        "honoured": words.honoured,
        "practice": words.practice,
        "level": words.level.value if words.level else None,
        "present": list(words.present),
        "minutes": words.minutes,
        "period_kind": int(period.kind) if period else None,
        "period_start": period.start.isoformat() if period else None,
        "withdrawn_for": post.withdrawn_for,
    }
    return told | ({"said_at": said_at.isoformat()} if said_at else {})
