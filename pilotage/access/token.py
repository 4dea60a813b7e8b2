"""Tokens of machines: a ministry's own system that sends files, for one organisation, for a time.

The secret is shown once; only its SHA-256 is kept, and 256 random bits need no slower hash. A token
loads for the subtree of its organisation through the doors of loading, and opens nothing else.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from pilotage.access.current import Sight
from pilotage.access.scope import scope_of
from pilotage.domain.organisation import Organisation
from pilotage.domain.viewer import Role, Viewer
from pilotage.errors import PilotageError, Refused

ISSUED, REVOKED = "token_issued", "token_revoked"
"""Kinds of the journal's events."""

PREFIX = "pilotage_"
"""So that a secret left in a repository is found by those who look for such things."""

LONGEST_DAYS = 366
LONGEST_NAME = 80
_DOORS = ("/api/loads", "/api/uploads", "/api/checks")


@dataclass(frozen=True)
class Token:
    """A token as it is kept: never its secret. Moments in UTC, without a zone as in the store."""

    token_id: str
    name: str
    organisation_id: str
    digest: str
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def stands(self, now: datetime) -> bool:
        """True while it opens its doors."""
        return self.revoked_at is None and now < self.expires_at


class RefusedTokenError(PilotageError):
    """A token that opens nothing, or nothing any more."""

    status = 401

    def __init__(self) -> None:
        """The same words for an unknown, an expired and a revoked token: nothing is learnt."""
        super().__init__(
            "Ce jeton est inconnu, expiré ou révoqué. Demandez-en un autre à l'administration.",
            "This token is unknown, expired or revoked. Ask the administrators for another.",
        )


def issue(name: str, organisation_id: str, days: int, now: datetime) -> tuple[str, Token]:
    """A new secret, to be shown once, and the token to keep.

    Raises Refused for a name that says nothing, or a life of less than a day or of over a year.
    """
    said = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if not said or len(said) > LONGEST_NAME:
        raise Refused(
            f"Donnez au jeton un nom d'au plus {LONGEST_NAME} caractères : le système qui s'en "
            "sert.",
            f"Give the token a name of at most {LONGEST_NAME} characters: the system that uses it.",
        )
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(
            f"La durée d'un jeton va de 1 à {LONGEST_DAYS} jours.",
            f"A token lasts from 1 to {LONGEST_DAYS} days.",
        )
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token(
        token_id=uuid4().hex[:12],
        name=said,
        organisation_id=organisation_id,
        digest=digest(secret),
        issued_at=now,
        expires_at=now + timedelta(days=days),
    )
    return secret, token


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def sight_of(token: Token, organisations: Iterable[Organisation]) -> Sight:
    """Through whose eyes a token's request is read: a steward's of its organisation."""
    viewer = Viewer(f"token:{token.token_id}", token.name, Role.STEWARD, token.organisation_id)
    return Sight(viewer, scope_of(viewer, organisations))


def is_token(viewer_id: str) -> bool:
    """True when the one who asks is a token."""
    return viewer_id.startswith("token:")


def opens(path: str) -> bool:
    """True for the doors a token may knock at."""
    return path.startswith(_DOORS)


__all__ = [
    "ISSUED",
    "REVOKED",
    "RefusedTokenError",
    "Token",
    "digest",
    "is_token",
    "issue",
    "opens",
    "sight_of",
]
