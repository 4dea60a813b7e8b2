"""What people write: every version of each post, the last being what stands."""

from datetime import date, datetime

import sqlalchemy as sa

from pilotage.store.journal import Event
from pilotage.store.tables import metadata

posts = sa.Table(
    "posts",
    metadata,
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("post_id", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),  # explanation, comment, recognition, huddle
    sa.Column("version", sa.Integer, nullable=False),  # from 1
    sa.Column("organisation_id", sa.Text, nullable=False),
    sa.Column("indicator_id", sa.Text),
    sa.Column("blocker_id", sa.Text),
    sa.Column("author", sa.Text, nullable=False),  # of the first version
    sa.Column("author_id", sa.Text, nullable=False),
    sa.Column("written_by", sa.Text, nullable=False),  # of this version
    sa.Column("at", sa.DateTime, nullable=False),  # of this version, in UTC
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("under_way", sa.Text),
    sa.Column("back_on", sa.Date),
    sa.Column("honoured", sa.Text),
    sa.Column("practice", sa.Text),
    sa.Column("level", sa.Text),  # of the room of a huddle
    sa.Column("present", sa.ARRAY(sa.Text)),
    sa.Column("minutes", sa.SmallInteger),
    sa.Column("period_kind", sa.SmallInteger),
    sa.Column("period_start", sa.DateTime),
    sa.Column("withdrawn_for", sa.Text),
)

_COPIED = (
    "post_id",
    "kind",
    "version",
    "organisation_id",
    "indicator_id",
    "blocker_id",
    "author",
    "author_id",
    "body",
    "under_way",
    "honoured",
    "practice",
    "period_kind",
    "withdrawn_for",
)


def add_post(connection: sa.Connection, event: Event) -> None:
    """Add the version an event carries."""
    told = event.payload
    said_at = told.get("said_at")
    at = datetime.fromisoformat(said_at) if said_at else event.at.replace(tzinfo=None)
    connection.execute(
        posts.insert().values(
            seq=event.seq,
            written_by=event.author,
            at=at,
            back_on=date.fromisoformat(told["back_on"]) if told["back_on"] else None,
            period_start=(
                datetime.fromisoformat(told["period_start"]) if told["period_start"] else None
            ),
            **{name: told[name] for name in _COPIED},
            # Texts written before there were huddles say nothing of them.
            **{name: told.get(name) for name in ("level", "present", "minutes")},
        )
    )
