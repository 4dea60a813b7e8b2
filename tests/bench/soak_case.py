"""Pages that come and go while things change: what each was told, kept until the end.

Used by the soak and by a short cut of it among the tests: the draw is seeded, pages leave after so
many messages, and nothing hangs on the clock.
"""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.bench.asker import Asker, Question, raising
from tests.bench.ear import Ear
from tests.server import Server

_LONGEST_STAY = 4
_PATIENCE_S = 30


@dataclass
class Heard:
    """One page through all its sockets: what it was told, in order; how often it came back.

    ``told`` are (version, organisations), None for any of them; ``lies`` are the greetings that
    did not mark a version other than the page's own as news.
    """

    known: int
    told: list[tuple[int, frozenset[str] | None]] = field(default_factory=list)
    returns: int = 0
    lies: int = 0

    def take(self, message: dict[str, Any]) -> None:
        """A hint or a greeting."""
        named = message["organisations"]
        if message.get("hello") and message["version"] != self.known and not message["changed"]:
            self.lies += 1
        self.told.append((message["version"], None if named is None else frozenset(named)))
        self.known = max(self.known, message["version"])

    def missed(self, changes: list[tuple[int, str]]) -> int:
        """Changes (version, organisation) of which nothing it heard could have made it ask."""
        return sum(
            not any(
                seen >= version and (named is None or place in named) for seen, named in self.told
            )
            for version, place in changes
        )


@dataclass
class Soaked:
    """What came of it."""

    changes: list[tuple[int, str]] = field(default_factory=list)
    pages: list[Heard] = field(default_factory=list)

    @property
    def missed(self) -> int:
        """Changes that a page was never told of, over all pages, and greetings that hid one."""
        return sum(one.missed(self.changes) + one.lies for one in self.pages)

    @property
    def returns(self) -> int:
        """Sockets opened again."""
        return sum(one.returns for one in self.pages)


async def soak(
    server: Server,
    people: tuple[str, str],
    places: list[str],
    pages: int,
    turns: Callable[[int], Awaitable[bool]],
    *,
    longest_away_s: float = 0.0,
) -> Soaked:
    """Change one thing at each turn until ``turns`` says no, while pages come and go.

    ``people`` are the cookies of who looks and of who raises blockers; ``places`` the organisations
    concerned in turn; ``longest_away_s`` the longest time between two sockets of a page.
    """
    (looks, raises), soaked = people, Soaked()
    first, ending = await _version(server.port, looks), asyncio.Event()
    soaked.pages = [Heard(first) for _ in range(pages)]
    coming_and_going = [
        asyncio.create_task(
            _page(server.port, looks, heard, random.Random(index), ending, longest_away_s)
        )
        for index, heard in enumerate(soaked.pages)
    ]
    turn = 0
    while await turns(turn):
        place = places[turn % len(places)]
        asked = raising(place, f"Bloquant {turn}")
        # Not kept open: the server closes what says nothing for a few seconds.
        raiser = await Asker.opened(server.port)
        await raiser.ask(Question.of(server.address, raises, asked))
        raiser.close()
        soaked.changes.append((await _version(server.port, looks), place))
        turn += 1
    ending.set()
    await _until_told(soaked)
    for one in coming_and_going:
        one.cancel()
    # A page that failed says so.
    for done in await asyncio.gather(*coming_and_going, return_exceptions=True):
        if isinstance(done, Exception):
            raise done
    return soaked


async def _until_told(soaked: Soaked) -> None:
    """Until every page knows the last version, or patience ends: what is then missing is missed."""
    last = soaked.changes[-1][0] if soaked.changes else 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE_S):
            while any(one.known < last for one in soaked.pages):
                await asyncio.sleep(0.05)


async def _page(
    port: int,
    cookie: str,
    heard: Heard,
    draw: random.Random,
    ending: asyncio.Event,
    longest_away_s: float,
) -> None:
    """Listen for a few messages, hang up without a word, come back with the version one knows."""
    while True:
        ear = await Ear.opened(port, cookie, heard.known)
        heard.take(ear.greeting)
        try:
            for _ in range(draw.randint(1, _LONGEST_STAY)):
                heard.take(await ear.hint())
            while ending.is_set():
                heard.take(await ear.hint())
        finally:
            ear.close()
        await asyncio.sleep(draw.uniform(0, longest_away_s))
        heard.returns += 1


async def _version(port: int, cookie: str) -> int:
    """The version as a page that arrives is told it."""
    ear = await Ear.opened(port, cookie)
    ear.close()
    version: int = ear.greeting["version"]
    return version
