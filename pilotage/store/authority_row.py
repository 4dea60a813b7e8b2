"""What an event of authority leaves in the projection: token, closed period, rule, sign-off."""

from collections.abc import Callable
from datetime import date, datetime

import sqlalchemy as sa

from pilotage.store.authority_tables import (
    closings,
    delegations,
    sign_off_rules,
    sign_offs,
    tokens,
)
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


def _rule(connection: sa.Connection, event: Event) -> None:
    """Add a rule of approval; the last one of an organisation and indicator holds."""
    told = event.payload
    connection.execute(
        sign_off_rules.insert().values(
            seq=event.seq,
            organisation_id=told["organisation_id"],
            indicator_id=told["indicator_id"],
            approver=told["approver"],
            at=event.at.replace(tzinfo=None),
            author=event.author,
        )
    )


def _delegate(connection: sa.Connection, event: Event) -> None:
    """Add who signs in whose place, between two days."""
    told = event.payload
    connection.execute(
        delegations.insert().values(
            seq=event.seq,
            approver=told["approver"],
            delegate=told["delegate"],
            starts_on=date.fromisoformat(told["starts_on"]),
            ends_on=date.fromisoformat(told["ends_on"]),
            at=event.at.replace(tzinfo=None),
            author=event.author,
        )
    )


def add_sign_off(connection: sa.Connection, event: Event, load_seq: int, decision: str) -> None:
    """Add what was decided of a held load, in whose name and by whom."""
    told = event.payload["signed"]
    connection.execute(
        sign_offs.insert().values(
            seq=event.seq,
            load_seq=load_seq,
            decision=decision,
            approver=told["approver"],
            author=told["author"],
            at=event.at.replace(tzinfo=None),
            note=told.get("note"),
        )
    )


AUTHORITY: dict[str, Callable[[sa.Connection, Event], None]] = {
    "token_issued": _add_token,
    "token_revoked": _revoke_token,
    "period_closed": _close_period,
    "sign_off_rule": _rule,
    "sign_off_delegation": _delegate,
}
"""How each kind of event is projected; none of them touches a figure."""
