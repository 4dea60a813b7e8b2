"""Changes of level somebody accepted or refused: a process is judged from its last accepted one."""

from datetime import datetime

import sqlalchemy as sa

from pilotage.store.engine import native
from pilotage.store.journal import Event
from pilotage.store.tables import metadata

steps = sa.Table(
    "steps",
    metadata,
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("indicator_id", sa.Text, nullable=False),
    sa.Column("organisation_id", sa.Text, nullable=False),
    sa.Column("begins", sa.DateTime, nullable=False),  # start of the first period after it
    sa.Column("decision", sa.Text, nullable=False),  # accepted, refused, undone
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)

STANDING = (
    "(select * from steps qualify row_number() over ("
    "partition by indicator_id, organisation_id, begins order by seq desc) = 1)"
)
"""SQL: the last word on each step."""


def add_step(connection: sa.Connection, event: Event) -> None:
    """Keep a decision; ``touched`` holds the key it judges anew."""
    told = event.payload
    connection.execute(
        steps.insert().values(
            seq=event.seq,
            indicator_id=told["indicator_id"],
            organisation_id=told["organisation_id"],
            begins=datetime.fromisoformat(told["begins"]),
            decision=told["decision"],
            reason=told["reason"],
            author=event.author,
            at=event.at.replace(tzinfo=None),
        )
    )
    native(connection).execute(
        "create or replace temp table touched as select i.indicator_key, o.organisation_key"
        " from indicators i, organisations o where i.superseded_seq is null"
        " and o.superseded_seq is null and i.indicator_id = ? and o.organisation_id = ?",
        [told["indicator_id"], told["organisation_id"]],
    )
