"""An answer is given again only to the same question of the same eyes at the same version."""

import asyncio
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from pilotage.access.current import Sight
from pilotage.access.operator import OPERATOR
from pilotage.access.viewers import PUBLIC_VIEWER
from pilotage.rooms.answer import keep_answer
from pilotage.web.answers import Answers

SIGHT = Sight(PUBLIC_VIEWER, OPERATOR)


@dataclass
class Maker:
    """Answers with the number of the answer; ``gate`` holds it back, ``keeps`` says it may stay.

    The first fails where ``fails``.
    """

    keeps: bool = True
    status: int = 200
    fails: bool = False
    made: int = 0
    gate: asyncio.Event | None = None
    questions: list[bytes] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope
        self.made += 1
        mine = str(self.made).encode()
        self.questions.append((await receive()).get("body", b""))
        if self.gate is not None:
            await self.gate.wait()
        if self.fails and mine == b"1":
            raise OSError
        if self.keeps:
            # From a thread, as the callbacks do.
            await asyncio.to_thread(keep_answer)
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": mine})


async def ask(
    answers: Answers, question: bytes = b"room", sight: Sight = SIGHT, encoding: str = "gzip"
) -> bytes:
    scope: dict[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": "/_dash-update-component",
        "headers": [(b"accept-encoding", encoding.encode())],
        "state": {"sight": sight},
    }
    told: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": question, "more_body": False}

    async def send(message: Message) -> None:
        told.append(message)

    await answers(scope, receive, send)
    return b"".join(one.get("body", b"") for one in told)


def run(maker: Maker, *asked: dict[str, Any]) -> list[bytes]:
    answers = Answers(maker, moment=lambda: 1)

    async def one_by_one() -> list[bytes]:
        return [await ask(answers, **one) for one in asked]

    return asyncio.run(one_by_one())


def test_the_same_question_is_answered_once() -> None:
    maker = Maker()
    assert run(maker, {}, {}, {}) == [b"1", b"1", b"1"]
    assert maker.questions == [b"room"]


@pytest.mark.parametrize(
    "other",
    [
        {"question": b"other room"},
        {"encoding": "identity"},
        {"sight": replace(SIGHT, viewer=replace(PUBLIC_VIEWER, viewer_id="someone"))},
        {"sight": replace(SIGHT, scope=replace(OPERATOR, everything=False))},
    ],
)
def test_another_question_or_other_eyes_get_an_answer_of_their_own(other: dict[str, Any]) -> None:
    assert run(Maker(), {}, other, {}) == [b"1", b"2", b"1"]


@pytest.mark.parametrize("maker", [Maker(keeps=False), Maker(status=204)])
def test_what_nobody_said_to_keep_or_did_not_succeed_is_made_again(maker: Maker) -> None:
    assert run(maker, {}, {}) == [b"1", b"2"]


def test_a_newer_version_forgets_everything() -> None:
    version, maker = [1], Maker()
    answers = Answers(maker, moment=lambda: version[0])

    async def turned() -> list[bytes]:
        first = await ask(answers)
        version[0] = 2
        return [first, await ask(answers), await ask(answers)]

    assert asyncio.run(turned()) == [b"1", b"2", b"2"]


@pytest.mark.parametrize(("keeps", "made"), [(True, 1), (False, 5)])
def test_those_who_ask_meanwhile_wait_for_the_answer_being_made(keeps: bool, made: int) -> None:
    async def together() -> set[bytes]:
        maker = Maker(keeps=keeps, gate=asyncio.Event())
        answers = Answers(maker, moment=lambda: 1)
        asking = [asyncio.create_task(ask(answers)) for _ in range(5)]
        while not maker.questions:
            await asyncio.sleep(0)
        assert maker.gate is not None
        maker.gate.set()
        return set(await asyncio.gather(*asking))

    assert len(asyncio.run(together())) == made


def test_an_answer_that_fails_fails_for_its_asker_alone() -> None:
    async def together() -> bytes:
        maker = Maker(fails=True, gate=asyncio.Event())
        answers = Answers(maker, moment=lambda: 1)
        first = asyncio.create_task(ask(answers))
        while not maker.questions:
            await asyncio.sleep(0)
        second = asyncio.create_task(ask(answers))
        await asyncio.sleep(0)
        assert maker.gate is not None
        maker.gate.set()
        with pytest.raises(OSError):
            await first
        return await second

    assert asyncio.run(together()) == b"2"


def test_a_version_that_comes_while_it_is_made_keeps_nothing() -> None:
    version, maker = [1], Maker(gate=asyncio.Event())
    answers = Answers(maker, moment=lambda: version[0])

    async def overtaken() -> list[bytes]:
        first = asyncio.create_task(ask(answers))
        while not maker.questions:
            await asyncio.sleep(0)
        version[0] = 2
        assert maker.gate is not None
        maker.gate.set()
        return [await first, await ask(answers)]

    assert asyncio.run(overtaken()) == [b"1", b"2"]
