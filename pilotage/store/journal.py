"""The append-only journal: an event is committed once its row is on disk.

Version = sequence of the last event. Each event carries the hash of the one before it, so that an
edit in the middle shows. SQLite with full synchronous here; the same table serves PostgreSQL.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from pilotage.errors import Unavailable

journal_metadata = sa.MetaData()
events = sa.Table(
    "events",
    journal_metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
)
_NO_EVENT = "0" * 64


@dataclass(frozen=True)
class Event:
    """One thing that happened: ``at`` in UTC, ``payload`` plain JSON."""

    seq: int
    at: datetime
    kind: str
    author: str
    payload: dict[str, Any]


def event_hash(previous: str, seq: int, at: str, kind: str, author: str, payload: str) -> str:
    """The hash that chains an event to the one before it."""
    return sha256("\x1f".join((previous, str(seq), at, kind, author, payload)).encode()).hexdigest()


class Journal:
    """The events of one home, written by one thread."""

    def __init__(self, path: Path) -> None:
        """Open the journal, creating or migrating its table.

        Raises Unavailable for a file that is no journal, or is damaged.
        """
        self._engine = sa.create_engine(f"sqlite:///{path}")
        sa.event.listen(self._engine, "connect", _full_synchronous)
        try:
            self._migrate()
        except sa.exc.DatabaseError as error:
            self.close()
            if isinstance(error, sa.exc.OperationalError):
                raise
            raise Unavailable(
                "Le journal est abîmé et ne s'ouvre pas. Rien n'est ouvert. "
                "Remettez la dernière copie sûre de journal.sqlite.",
                "The journal is damaged and does not open. Nothing is opened. "
                "Put back the last sound copy of journal.sqlite.",
            ) from error

    def _migrate(self) -> None:
        with self._engine.begin() as connection:
            config = Config()
            config.set_main_option("script_location", "pilotage.store:migrations")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @property
    def last_seq(self) -> int:
        """Sequence of the last event; 0 for an empty journal."""
        with self._engine.connect() as connection:
            return connection.execute(sa.select(sa.func.max(events.c.seq))).scalar() or 0

    def append(
        self, seq: int, kind: str, author: str, payload: dict[str, Any], at: datetime
    ) -> Event:
        """Write one event at ``seq``, which must follow the last; it is on disk at return."""
        moment = at.astimezone(UTC).isoformat()
        text = json.dumps(payload, ensure_ascii=False, sort_keys=True)
        with self._engine.begin() as connection:
            last = connection.execute(
                sa.select(events.c.seq, events.c.hash).order_by(events.c.seq.desc()).limit(1)
            ).first()
            if seq != (last.seq if last else 0) + 1:
                raise ValueError(f"journal: event {seq} does not follow {last.seq if last else 0}")
            chained = event_hash(last.hash if last else _NO_EVENT, seq, moment, kind, author, text)
            connection.execute(
                events.insert().values(
                    seq=seq, at=moment, kind=kind, author=author, payload=text, hash=chained
                )
            )
        return Event(seq, at, kind, author, payload)

    def after(self, seq: int) -> Iterator[Event]:
        """The events that follow ``seq``, oldest first."""
        asked = sa.select(events).where(events.c.seq > seq).order_by(events.c.seq)
        with self._engine.connect() as connection:
            for row in connection.execute(asked):
                yield Event(
                    row.seq,
                    datetime.fromisoformat(row.at),
                    row.kind,
                    row.author,
                    json.loads(row.payload),
                )

    def verify(self) -> None:
        """Recompute the chain of hashes. Raises Unavailable, with the event, where it is broken."""
        previous, expected = _NO_EVENT, 1
        with self._engine.connect() as connection:
            for row in connection.execute(sa.select(events).order_by(events.c.seq)):
                chained = event_hash(previous, row.seq, row.at, row.kind, row.author, row.payload)
                if row.seq != expected or row.hash != chained:
                    raise _broken(expected)
                previous, expected = row.hash, expected + 1

    def close(self) -> None:
        """Give the file back."""
        self._engine.dispose()


def _broken(seq: int) -> Unavailable:
    return Unavailable(
        f"Le journal a été modifié hors de l'application à l'événement {seq}. Rien n'est ouvert. "
        "Remettez la dernière copie sûre de journal.sqlite.",
        f"The journal was changed outside the application at event {seq}. Nothing is opened. "
        "Put back the last sound copy of journal.sqlite.",
    )


def _full_synchronous(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("pragma journal_mode = wal")
    cursor.execute("pragma synchronous = full")
    cursor.close()
