"""Who is told that something changed: a hint (version, organisations), never data.

The first hint leaves at once; those that follow within the window leave together at its end. Pages
of organisations that were not touched hear of it a little later: those that must redraw are served
first. Each listener keeps at most one hint waiting: a slow one finds the newest version, merged,
and nothing ever queues up.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from pilotage.domain.viewer import Scope

WINDOW_S = 0.25
AFTERWARDS_S = 0.3
"""How much later the pages of other places hear of a change."""
_MOST_NAMED = 500


@dataclass(frozen=True)
class Hint:
    """A version, and the organisations touched since the last hint; None when not known."""

    version: int
    organisation_ids: frozenset[str] | None

    def merged(self, later: "Hint") -> "Hint":
        """One hint that says what both said."""
        version = max(self.version, later.version)
        if self.organisation_ids is None or later.organisation_ids is None:
            return Hint(version, None)
        named = self.organisation_ids | later.organisation_ids
        return Hint(version, named if len(named) <= _MOST_NAMED else None)

    def seen_by(self, scope: Scope) -> "Hint | None":
        """What this scope may learn: its own organisations; None where none of them was touched."""
        if self.organisation_ids is None:
            return self
        named = frozenset(one for one in self.organisation_ids if scope.may_see(one))
        return Hint(self.version, named) if named or not self.organisation_ids else None


class Later(Protocol):
    """Calls back after a delay in seconds; ``loop.call_later`` is one."""

    def __call__(self, delay: float, callback: Callable[[], None], /) -> object:
        """Ask for the call."""


class Listener:
    """One open page. ``scope`` is asked at each hint: it may have changed since the page opened.

    ``place``: the organisation without which no news concerns the page, as the page said; None
    where any may.
    """

    place: str | None = None

    def __init__(self, scope: Callable[[], Scope]) -> None:
        """Nothing is waiting yet."""
        self._scope = scope
        self._waiting: Hint | None = None
        self._is_waiting = asyncio.Event()

    def is_near(self, hint: Hint) -> bool:
        """True where the hint may concern what the page shows."""
        named = hint.organisation_ids
        return self.place is None or named is None or self.place in named

    def tell(self, hint: Hint) -> None:
        """Keep what this listener may learn, merged with what she has not taken yet."""
        seen = hint.seen_by(self._scope())
        if seen is not None:
            self._waiting = self._waiting.merged(seen) if self._waiting else seen
            self._is_waiting.set()

    async def next(self) -> Hint:
        """The next hint, as soon as there is one."""
        await self._is_waiting.wait()
        self._is_waiting.clear()
        hint, self._waiting = self._waiting, None
        assert hint is not None, "the event is set with a hint"
        return hint


class Hub:
    """All the listeners of this process; used from the event loop only."""

    def __init__(self, later: Later, window_s: float = WINDOW_S) -> None:
        """``later`` sets the clock; a fake one in tests."""
        self._later = later
        self._window_s = window_s
        self._listeners: set[Listener] = set()
        self._is_window_open = False
        self._held: Hint | None = None
        self._far: dict[Listener, Hint] = {}

    def join(self, scope: Callable[[], Scope]) -> Listener:
        """Start listening through that scope."""
        listener = Listener(scope)
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Stop listening; leaving twice does no harm."""
        self._listeners.discard(listener)

    @property
    def listening(self) -> int:
        """How many pages are open."""
        return len(self._listeners)

    def announce(self, version: int, organisation_ids: frozenset[str] | None) -> None:
        """Tell everyone who may know, now or at the end of the open window."""
        hint = Hint(version, organisation_ids)
        if self._is_window_open:
            self._held = self._held.merged(hint) if self._held else hint
            return
        self._tell(hint)
        self._open_window()

    def _open_window(self) -> None:
        self._is_window_open = True
        self._later(self._window_s, self._close_window)

    def _close_window(self) -> None:
        self._is_window_open = False
        if self._held is not None:
            held, self._held = self._held, None
            self._tell(held)
            self._open_window()

    def _tell(self, hint: Hint) -> None:
        far = []
        for listener in tuple(self._listeners):
            if listener.is_near(hint):
                listener.tell(hint)
            else:
                far.append(listener)
        if far and not self._far:
            self._later(AFTERWARDS_S, self._tell_far)
        for listener in far:
            known = self._far.get(listener)
            self._far[listener] = known.merged(hint) if known else hint

    def _tell_far(self) -> None:
        far, self._far = self._far, {}
        for listener, hint in far.items():
            listener.tell(hint)
