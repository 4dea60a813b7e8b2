"""What each person follows: a page of hers, from the event that says so to the one that ends it."""

import sqlalchemy as sa

from pilotage.store.journal import Event
from pilotage.store.tables import metadata

follows = sa.Table(
    "follows",
    metadata,
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("viewer_id", sa.Text, nullable=False),
    sa.Column("page", sa.Text, nullable=False),  # its address, without language nor day
)


def add_follow(connection: sa.Connection, event: Event) -> None:
    """Follow, or follow no more: what was already so stays as it was."""
    told = event.payload
    mine = (follows.c.viewer_id == told["viewer_id"]) & (follows.c.page == told["page"])
    known = connection.execute(sa.select(follows.c.seq).where(mine)).first()
    if not told["is_followed"]:
        connection.execute(follows.delete().where(mine))
    elif known is None:
        connection.execute(
            follows.insert().values(seq=event.seq, viewer_id=told["viewer_id"], page=told["page"])
        )
