"""Why a load was withdrawn or rows of it left aside: the words of whoever decided, with a name."""

import sqlalchemy as sa

from pilotage.store.engine import native
from pilotage.store.journal import Event
from pilotage.store.tables import metadata

load_reasons = sa.Table(
    "load_reasons",
    metadata,
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("load_seq", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),  # withdrawn, left
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("lines", sa.ARRAY(sa.Integer)),  # of the rows left aside
)


def add_reason(connection: sa.Connection, event: Event, kind: str) -> None:
    """Keep what was said; nothing where nothing was."""
    told = event.payload
    if not told.get("reason"):
        return
    native(connection).execute(
        "insert into load_reasons select ?, ?, ?, ?, ?, ?, (select list(line order by line)"
        " from quarantine where load_seq = ? and list_contains(?, row_no))",
        [
            event.seq,
            told["load_seq"],
            kind,
            told["reason"],
            event.author,
            event.at.replace(tzinfo=None),
            told["load_seq"],
            told.get("rows", []),
        ],
    )
