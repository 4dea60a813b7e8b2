"""A machine's token as it was issued, and the day it was revoked."""

from datetime import datetime

import sqlalchemy as sa

from pilotage.store.journal import Event
from pilotage.store.tables import tokens


def add_token(connection: sa.Connection, event: Event) -> None:
    """Keep an issued token; its secret is not in the event."""
    told = event.payload
    connection.execute(
        tokens.insert().values(
            token_id=told["token_id"],
            name=told["name"],
            organisation_id=told["organisation_id"],
            digest=told["digest"],
            issued_at=event.at.replace(tzinfo=None),
            issued_by=event.author,
            expires_at=datetime.fromisoformat(told["expires_at"]),
        )
    )


def revoke_token(connection: sa.Connection, event: Event) -> None:
    """Date the end of a token; one revoked before keeps its first day."""
    connection.execute(
        tokens.update()
        .where(tokens.c.token_id == event.payload["token_id"], tokens.c.revoked_at.is_(None))
        .values(revoked_at=event.at.replace(tzinfo=None))
    )
