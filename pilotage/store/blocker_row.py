"""A blocker as it stands after a move made in a page, and the move in its history."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from pilotage.store.journal import Event
from pilotage.store.tables import blocker_events, blockers


def add_blocker(connection: sa.Connection, event: Event) -> None:
    """Add the blocker's new row, which supersedes the one before, and the move."""
    described = _values(event.payload["blocker"])
    connection.execute(
        blockers.update()
        .where(
            blockers.c.blocker_id == described["blocker_id"], blockers.c.superseded_seq.is_(None)
        )
        .values(superseded_seq=event.seq)
    )
    at = event.at.replace(tzinfo=None)
    connection.execute(
        blockers.insert().values(
            **described,
            published_at=at,
            load_seq=event.seq,
            load_line=0,
            load_file=None,
            superseded_seq=None,
        )
    )
    connection.execute(
        blocker_events.insert().values(
            seq=event.seq,
            blocker_id=described["blocker_id"],
            kind=event.payload["move"],
            at=at,
            author=event.author,
            note=event.payload.get("note"),
        )
    )


def _values(described: dict[str, Any]) -> dict[str, Any]:
    """The event's plain JSON in the types of the table."""
    days = {c.name for c in blockers.columns if isinstance(c.type, sa.Date)}
    return {
        name: date.fromisoformat(value) if name in days and value else value
        for name, value in described.items()
        if name in blockers.c
    }
