"""Whatever the order of changes, drops, returns and clocks, a page is told of everything."""

import asyncio
import json
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage.access.scope import scope_of
from pilotage.domain.viewer import Role, Viewer
from pilotage.live.hub import Hub, Listener
from pilotage.web.flux import greeting, written
from tests.bench.soak_case import Heard

CENTRAL = scope_of(Viewer("x", "X", Role.CENTRAL, None), [])
FIRST = 1
STEPS = st.sampled_from(("change", "time", "come", "say", "hear", "drop"))


class Page:
    """One page and its connection, when it has one; ``place`` is on its screen, None for any."""

    def __init__(self, hub: Hub, place: str | None) -> None:
        self.hub, self.place = hub, place
        self.heard = Heard(FIRST)
        self.listener: Listener | None = None

    def come(self, version: int) -> None:
        if self.listener is None:
            self.listener = self.hub.join(lambda: CENTRAL)
            self.take(greeting(version, str(self.heard.known)))

    def say(self) -> None:
        """Its place: a page may be cut before it has said it."""
        if self.listener:
            self.listener.place = self.place

    def drop(self) -> None:
        """What waits on the server is lost."""
        if self.listener:
            self.hub.leave(self.listener)
            self.listener = None

    async def hear(self) -> None:
        while self.listener and (hint := await waiting(self.listener)):
            self.take(hint)

    def take(self, wire: str) -> None:
        self.heard.take(json.loads(wire))


async def waiting(listener: Listener) -> str | None:
    reading = asyncio.ensure_future(listener.next())
    await asyncio.sleep(0)
    if reading.done():
        return written(reading.result())
    reading.cancel()
    return None


class World:
    """A hub whose clocks run out when told to, its pages, and what changed where."""

    def __init__(self) -> None:
        self.now_s, self.due = 0.0, list[tuple[float, int, Callable[[], None]]]()
        self.order = count()
        self.hub = Hub(self.later)
        self.pages = [Page(self.hub, place) for place in ("a", "b", None)]
        self.changes: list[tuple[int, str]] = []

    @property
    def version(self) -> int:
        return FIRST + len(self.changes)

    def change(self, place: str) -> None:
        self.changes.append((self.version + 1, place))
        self.hub.announce(self.version, frozenset({place}))

    def later(self, delay: float, call: Callable[[], None]) -> None:
        heappush(self.due, (self.now_s + delay, next(self.order), call))

    def pass_time(self) -> None:
        """Up to the next call that is due."""
        if self.due:
            self.now_s, _, call = heappop(self.due)
            call()

    async def live(self, steps: list[tuple[str, int]]) -> None:
        """From everyone here, those steps; then everyone back, all clocks out, all heard."""
        for page in self.pages:
            page.come(self.version)
            page.say()
        for step, at in steps:
            page = self.pages[at]
            match step:
                case "change":
                    self.change(("a", "b", "elsewhere")[at])
                case "time":
                    self.pass_time()
                case "come":
                    page.come(self.version)
                case "say":
                    page.say()
                case "hear":
                    await page.hear()
                case "drop":
                    page.drop()
        for page in self.pages:
            page.come(self.version)
        while self.due:
            self.pass_time()
        for page in self.pages:
            await page.hear()


@settings(max_examples=300)
@given(st.lists(st.tuples(STEPS, st.integers(0, 2)), max_size=40))
def test_no_order_of_changes_drops_and_returns_hides_a_change(
    steps: list[tuple[str, int]],
) -> None:
    world = World()
    asyncio.run(world.live(steps))
    for page in world.pages:
        assert page.heard.known == world.version
        assert page.heard.missed(world.changes) == page.heard.lies == 0
