"""What an event of authority leaves in the projection: a token, its end, a closed period."""

from collections.abc import Callable
from datetime import date, datetime

import sqlalchemy as sa

from pilotage.store.authority_tables import closings, tokens
from pilotage.store.journal import Event


def _add_token(connection: sa.Connection, event: Event) -> None:
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


def _revoke_token(connection: sa.Connection, event: Event) -> None:
    """Date the end of a token; one revoked before keeps its first day."""
    connection.execute(
        tokens.update()
        .where(tokens.c.token_id == event.payload["token_id"], tokens.c.revoked_at.is_(None))
        .values(revoked_at=event.at.replace(tzinfo=None))
    )


def _close_period(connection: sa.Connection, event: Event) -> None:
    """Add what an organisation's last closing says; ``through`` null opens it again."""
    told = event.payload
    connection.execute(
        closings.insert().values(
            seq=event.seq,
            organisation_id=told["organisation_id"],
            through=date.fromisoformat(told["through"]) if told["through"] else None,
            at=event.at.replace(tzinfo=None),
            author=event.author,
            note=told.get("note"),
        )
    )


AUTHORITY: dict[str, Callable[[sa.Connection, Event], None]] = {
    "token_issued": _add_token,
    "token_revoked": _revoke_token,
    "period_closed": _close_period,
}
"""How each kind of event is projected; none of them touches a figure."""
