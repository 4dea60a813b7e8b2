"""A limit on what a request may bring, also where it does not say its length."""

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from pilotage.errors import TooLarge
from pilotage.web.sentence import answer

SMALL_BODY_BYTES = 2 * 2**20
"""Enough for any callback; only the upload route takes more and counts for itself."""


def announced_length(scope: Scope) -> int | None:
    """The declared length in bytes; None where there is none or it is no number."""
    text = Headers(scope=scope).get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() else None


class LimitedBody:
    """Counts what is received; past the limit the body ends and the answer becomes 413."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, limit_bytes: int) -> None:
        """Stand between the server and the application for one request."""
        self._scope, self._receive, self._send = scope, receive, send
        self._limit_bytes = limit_bytes
        self._received_bytes = 0
        self._is_answered = False

    @property
    def _is_over(self) -> bool:
        return self._received_bytes > self._limit_bytes

    async def receive(self) -> Message:
        """The next message, or the end of the body once it is too long."""
        message = await self._receive()
        if message["type"] == "http.request":
            self._received_bytes += len(message.get("body", b""))
            if self._is_over:
                return {"type": "http.request", "body": b"", "more_body": False}
        return message

    async def send(self, message: Message) -> None:
        """Pass the answer on, unless it was made from a cut body."""
        if not self._is_over:
            await self._send(message)
        elif not self._is_answered:
            self._is_answered = True
            refusal = answer(self._scope, TooLarge(self._limit_bytes))
            await refusal(self._scope, self._receive, self._send)
