"""Answers given again, byte for byte: a room that changed is drawn once for all who look at it.

What is kept hangs on the version, the day, the viewer, her scope and the words of the question;
only an answer whose maker said so is kept (``rooms/answer.py``). Those who ask while it is being
made wait for it instead of making it too.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pilotage.rooms.answer import asked

_PATH = "/_dash-update-component"
_MOST_BYTES = 64 * 2**20
_LONGEST_BYTES = 4 * 2**20
_LONGEST_QUESTION_BYTES = 16 * 1024

Answer = tuple[Message, ...]


class Answers:
    """The answers of the present version and day, the least asked for going first."""

    def __init__(self, app: ASGIApp, moment: Callable[[], Hashable]) -> None:
        """``moment``: the version and the day, as they stand when they are asked."""
        self._app = app
        self._moment = moment
        self._now: Hashable = None
        self._kept: OrderedDict[Hashable, Answer] = OrderedDict()
        self._bytes = 0
        self._being_made: dict[Hashable, asyncio.Future[Answer | None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give again what is kept; else have it made, and keep it where that was said."""
        if scope["type"] != "http" or scope["path"] != _PATH or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        messages, question = await _question(receive)
        receive = _again(messages, receive)
        if question is None:
            await self._app(scope, receive, send)
            return
        key = self._key(scope, question)
        answer = self._kept.get(key) or await self._awaited(key)
        if answer is None:
            await self._made(key, scope, receive, send)
            return
        if key in self._kept:
            self._kept.move_to_end(key)
        for message in answer:
            await send(message)

    def _key(self, scope: Scope, question: bytes) -> Hashable:
        sight = scope["state"]["sight"]
        accepts = Headers(scope=scope).get("accept-encoding", "")
        moment = self._moment()
        if moment != self._now:
            self._now, self._bytes = moment, 0
            self._kept.clear()
        return (moment, sight.viewer, sight.scope.digest, "gzip" in accepts, question)

    async def _awaited(self, key: Hashable) -> Answer | None:
        making = self._being_made.get(key)
        return None if making is None else await asyncio.shield(making)

    async def _made(self, key: Hashable, scope: Scope, receive: Receive, send: Send) -> None:
        making: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        self._being_made.setdefault(key, making)
        told: list[Message] = []

        async def heard(message: Message) -> None:
            told.append(message)
            await send(message)

        answer = None
        try:
            with asked() as mark:
                await self._app(scope, receive, heard)
            if mark.is_kept and _is_whole(told):
                answer = tuple(told)
                self._keep(key, answer)
        finally:
            making.set_result(answer)
            if self._being_made.get(key) is making:
                del self._being_made[key]

    def _keep(self, key: Hashable, answer: Answer) -> None:
        if self._now != self._moment():
            return  # a newer version came while it was being made
        self._kept[key] = answer
        self._bytes += _size(answer)
        while self._bytes > _MOST_BYTES:
            self._bytes -= _size(self._kept.popitem(last=False)[1])


def _size(answer: Answer) -> int:
    return sum(len(message.get("body", b"")) for message in answer)


def _is_whole(told: list[Message]) -> bool:
    """A complete answer that succeeded and is worth its place."""
    if len(told) < 2 or told[0].get("status") != 200 or told[-1].get("more_body", False):
        return False
    return _size(tuple(told)) <= _LONGEST_BYTES


async def _question(receive: Receive) -> tuple[list[Message], bytes | None]:
    """What was received, and the whole body; None where it is long, or the asker left."""
    messages, size = [], 0
    while True:
        message = await receive()
        messages.append(message)
        if message["type"] != "http.request":
            return messages, None
        size += len(message.get("body", b""))
        if size > _LONGEST_QUESTION_BYTES:
            return messages, None
        if not message.get("more_body", False):
            return messages, b"".join(one.get("body", b"") for one in messages)


def _again(messages: list[Message], receive: Receive) -> Receive:
    waiting = list(messages)

    async def said() -> Message:
        return waiting.pop(0) if waiting else await receive()

    return said
