"""Who a token stands for, kept in memory between versions; tokens issued and revoked here."""

from collections.abc import Mapping
from datetime import UTC, datetime

from pilotage.access.current import Sight
from pilotage.access.operator import OPERATOR
from pilotage.access.token import ISSUED, REVOKED, Token, digest, issue, sight_of
from pilotage.errors import NotFound, Refused
from pilotage.store.queries.directory import organisations
from pilotage.store.queries.token import issued_tokens
from pilotage.store.warehouse import Warehouse


class TokenKeeper:
    """The tokens of one home. Reading is from memory; ``refresh`` reads again, from any thread."""

    def __init__(self, warehouse: Warehouse) -> None:
        """Read once now."""
        self._warehouse = warehouse
        self._sights: Mapping[str, tuple[Token, Sight]] = {}
        self.refresh()

    def sight(self, secret: str) -> Sight | None:
        """Whose eyes a request with that secret has; None when it opens nothing."""
        found = self._sights.get(digest(secret))
        return found[1] if found and found[0].stands(_now()) else None

    def refresh(self) -> None:
        """Read tokens and organisations again."""
        kept = self.all()
        known = organisations(OPERATOR, self._warehouse) if kept else ()
        self._sights = {token.digest: (token, sight_of(token, known)) for token in kept}

    def all(self) -> tuple[Token, ...]:
        """Every token ever issued, oldest first."""
        names = Token.__dataclass_fields__
        return tuple(
            Token(**{name: row[name] for name in names})
            for row in issued_tokens(OPERATOR, self._warehouse)
        )

    def issue(self, author: str, name: str, organisation_id: str, days: int) -> tuple[str, Token]:
        """Issue a token; its secret, told this once. Raises Refused with what to correct."""
        known = {one.organisation_id for one in organisations(OPERATOR, self._warehouse)}
        if organisation_id not in known:
            raise Refused(
                f"L'organisation « {organisation_id} » n'existe pas ici. Versez-la d'abord.",
                f"There is no organisation “{organisation_id}” here. Load it first.",
            )
        secret, token = issue(name, organisation_id, days, _now())
        told = {
            "token_id": token.token_id,
            "name": token.name,
            "organisation_id": organisation_id,
            "digest": token.digest,
            "expires_at": token.expires_at.isoformat(),
        }
        self._warehouse.record(ISSUED, author, told)
        self.refresh()
        return secret, token

    def revoke(self, author: str, token_id: str) -> Token:
        """End a token at once. Raises NotFound for an unknown or already revoked one."""
        found = self._of(token_id)
        if found is None or found.revoked_at is not None:
            raise NotFound(
                f"Il n'y a pas de jeton « {token_id[:40]} » à révoquer.",
                f"There is no token “{token_id[:40]}” to revoke.",
            )
        self._warehouse.record(REVOKED, author, {"token_id": token_id})
        self.refresh()
        return self._of(token_id) or found

    def _of(self, token_id: str) -> Token | None:
        return next((one for one in self.all() if one.token_id == token_id), None)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
