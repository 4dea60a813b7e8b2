"""What a small JSON body asks for, believed only once looked at."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import orjson
from starlette.requests import Request

from pilotage.errors import PilotageError
from pilotage.intake.loading import Policy
from pilotage.web.body import SMALL_BODY_BYTES

_POLICIES: dict[str, Policy] = {"strict": "strict", "quarantine": "quarantine"}


class UnreadableError(PilotageError):
    """A body that does not say what the route needs."""

    status = 400

    def __init__(self, name: str) -> None:
        """``name`` is what is missing or wrong in it."""
        super().__init__(
            f"La demande ne se lit pas : « {name} » manque ou n'a pas la forme attendue.",
            f"The request cannot be read: “{name}” is missing or not as expected.",
        )


async def json_body(request: Request) -> dict[str, Any]:
    """The body as an object, empty where there is none. Raises UnreadableError."""
    body = bytearray()
    async for block in request.stream():
        body += block
        if len(body) > SMALL_BODY_BYTES:
            raise UnreadableError("JSON")
    try:
        found = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError as error:
        raise UnreadableError("JSON") from error
    if not isinstance(found, dict):
        raise UnreadableError("JSON")
    return found


def policy_of(asked: Mapping[str, Any]) -> Policy:
    """The policy asked for; strict where nothing is said."""
    policy = _POLICIES.get(str(asked.get("policy") or "strict"))
    if policy is None:
        raise UnreadableError("policy")
    return policy


def published_at_of(asked: Mapping[str, Any]) -> datetime | None:
    """The publication moment, UTC where no offset is given; None where nothing is said."""
    text = asked.get("published_at")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise UnreadableError("published_at") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def day_of(text: str | None) -> date | None:
    """A day of the address, ``2026-03-31``; None where nothing is said. Raises UnreadableError."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableError("au") from error
