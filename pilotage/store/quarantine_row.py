"""Rows a load refused, which wait to be corrected or left: what each event makes of them."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from pilotage.store.engine import native
from pilotage.store.journal import Event
from pilotage.store.reason_row import add_reason
from pilotage.store.tables import metadata

Locate = Callable[[str], Path]

quarantine = sa.Table(
    "quarantine",
    metadata,
    sa.Column("load_seq", sa.Integer, nullable=False),
    sa.Column("row_no", sa.Integer, nullable=False),  # from 1, in the order of the file
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("load_file", sa.Text),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("fields", sa.Text, nullable=False),  # JSON: columns of the contract
    sa.Column("cells", sa.Text, nullable=False),  # JSON: the text of each, as it came
    sa.Column("settled_seq", sa.Integer),  # null: the row still waits
    sa.Column("settlement", sa.Text),  # corrected, held (its correction waits), left
)


def add_refused(connection: sa.Connection, event: Event, locate: Locate) -> None:
    """Keep the rows a load refused."""
    sha256 = event.payload.get("refused_sha256")
    if sha256:
        native(connection).execute(
            f"insert into quarantine select {event.seq}, file_row_number + 1, subject, load_file,"
            " line, to_json(fields), to_json(cells), null, null"
            f" from read_parquet('{locate(sha256)}', file_row_number = true)"
        )


def settle_corrected(connection: sa.Connection, event: Event, settlement: str) -> None:
    """The rows that a file of corrections speaks of wait no more."""
    told = event.payload.get("corrects")
    if told:
        _settle(connection, told["load_seq"], told["rows"], event.seq, settlement)


def leave_refused(connection: sa.Connection, event: Event) -> None:
    """Rows that somebody leaves as they are, with a reason."""
    _settle(connection, event.payload["load_seq"], event.payload["rows"], event.seq, "left")
    add_reason(connection, event, "left")


def settle_held(connection: sa.Connection, held_seq: int, seq: int | None) -> None:
    """The corrections of a load that waited are loaded as ``seq``, or sent back: None."""
    settlement = "corrected" if seq else None
    connection.execute(
        quarantine.update()
        .where(quarantine.c.settled_seq == held_seq)
        .values(settled_seq=seq, settlement=settlement)
    )


def await_again(connection: sa.Connection, load_seq: int) -> None:
    """The rows corrected by a load that is withdrawn wait again."""
    settle_held(connection, load_seq, None)


def _settle(
    connection: sa.Connection, load_seq: int, rows: list[int], seq: int, settlement: str
) -> None:
    connection.execute(
        quarantine.update()
        .where(
            quarantine.c.load_seq == load_seq,
            quarantine.c.row_no.in_(rows),
            quarantine.c.settled_seq.is_(None),
        )
        .values(settled_seq=seq, settlement=settlement)
    )
