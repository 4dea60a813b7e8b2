"""The first hint leaves at once, the next ones together; nobody hears of what she may not see."""

import asyncio
from collections.abc import Callable

import pytest

from pilotage.access.scope import scope_of
from pilotage.domain.organisation import Organisation, OrganisationKind
from pilotage.domain.viewer import Role, Scope, Viewer
from pilotage.live.hub import Hint, Hub, Listener

TREE = [
    Organisation("a", None, OrganisationKind.MINISTRY, "A", None, None),
    Organisation("b", None, OrganisationKind.MINISTRY, "B", None, None),
]


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def later(self, delay: float, callback: Callable[[], None]) -> None:
        self.waiting.append(callback)

    def window_ends(self) -> None:
        due, self.waiting = self.waiting, []
        for callback in due:
            callback()


def deputy_of(organisation_id: str) -> Scope:
    return scope_of(Viewer("x", "X", Role.DEPUTY_MINISTER, organisation_id), TREE)


def treasury() -> Scope:
    return scope_of(Viewer("x", "X", Role.CENTRAL, None), TREE)


def heard(listener: Listener) -> Hint | None:
    """What waits for the listener; None for silence."""

    async def look() -> Hint | None:
        reading = asyncio.ensure_future(listener.next())
        await asyncio.sleep(0)
        if reading.done():
            return reading.result()
        reading.cancel()
        return None

    return asyncio.run(look())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hub(clock: Clock) -> Hub:
    return Hub(clock.later)


def test_the_first_hint_leaves_at_once(hub: Hub) -> None:
    page = hub.join(treasury)
    hub.announce(1, frozenset({"a"}))
    assert heard(page) == Hint(1, frozenset({"a"}))


def test_what_follows_within_the_window_leaves_as_one_hint_at_its_end(
    hub: Hub, clock: Clock
) -> None:
    page = hub.join(treasury)
    hub.announce(1, frozenset({"a"}))
    heard(page)
    hub.announce(2, frozenset({"a"}))
    hub.announce(3, frozenset({"b"}))
    assert heard(page) is None
    clock.window_ends()
    assert heard(page) == Hint(3, frozenset({"a", "b"}))


def test_a_quiet_window_makes_the_next_hint_immediate_again(hub: Hub, clock: Clock) -> None:
    page = hub.join(treasury)
    hub.announce(1, frozenset({"a"}))
    clock.window_ends()
    heard(page)
    hub.announce(2, frozenset({"a"}))
    assert heard(page) == Hint(2, frozenset({"a"}))


def test_a_slow_page_keeps_one_merged_hint_whatever_happens(hub: Hub, clock: Clock) -> None:
    page = hub.join(treasury)
    for version in range(1, 1001):
        hub.announce(version, frozenset({"a", f"o{version}"}))
        clock.window_ends()
    assert heard(page) == Hint(1000, None)
    assert heard(page) is None


def test_a_page_learns_only_the_organisations_it_may_see(hub: Hub) -> None:
    page = hub.join(lambda: deputy_of("a"))
    hub.announce(1, frozenset({"a", "b"}))
    assert heard(page) == Hint(1, frozenset({"a"}))


def test_a_page_hears_nothing_of_a_change_it_may_not_see(hub: Hub) -> None:
    page = hub.join(lambda: deputy_of("a"))
    hub.announce(1, frozenset({"b"}))
    assert heard(page) is None


def test_the_scope_is_the_one_of_the_moment_of_the_change(hub: Hub) -> None:
    place = ["b"]
    page = hub.join(lambda: deputy_of(place[0]))
    hub.announce(1, frozenset({"a"}))
    assert heard(page) is None
    place[0] = "a"
    page.tell(Hint(2, frozenset({"a"})))
    assert heard(page) == Hint(2, frozenset({"a"}))


def test_a_change_of_nothing_in_particular_reaches_everyone(hub: Hub) -> None:
    pages = [hub.join(treasury), hub.join(lambda: deputy_of("a"))]
    hub.announce(1, frozenset())
    assert [heard(page) for page in pages] == [Hint(1, frozenset())] * 2


def test_a_page_that_left_is_forgotten(hub: Hub) -> None:
    page = hub.join(treasury)
    hub.leave(page)
    hub.leave(page)
    hub.announce(1, None)
    assert hub.listening == 0
    assert heard(page) is None


def test_those_whose_room_was_touched_hear_first_and_the_others_soon_after(
    clock: Clock, hub: Hub
) -> None:
    here, elsewhere, anywhere = (hub.join(treasury) for _ in range(3))
    here.place, elsewhere.place = "a", "b"
    hub.announce(5, frozenset({"a"}))
    assert heard(here) == heard(anywhere) == Hint(5, frozenset({"a"}))
    assert heard(elsewhere) is None
    clock.window_ends()
    assert heard(elsewhere) == Hint(5, frozenset({"a"}))
    assert heard(here) is None


def test_what_comes_meanwhile_elsewhere_is_told_together(clock: Clock, hub: Hub) -> None:
    elsewhere = hub.join(treasury)
    elsewhere.place = "b"
    hub.announce(5, frozenset({"a"}))
    hub.announce(6, frozenset({"a", "x"}))
    for _ in range(3):
        clock.window_ends()
    assert heard(elsewhere) == Hint(6, frozenset({"a", "x"}))


def test_a_change_of_unknown_places_concerns_everyone(clock: Clock, hub: Hub) -> None:
    elsewhere = hub.join(treasury)
    elsewhere.place = "b"
    hub.announce(5, None)
    assert heard(elsewhere) == Hint(5, None)
