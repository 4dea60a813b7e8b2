"""Who may be looking: one protocol, one implementation per way of signing in."""

from collections.abc import Callable, Sequence
from typing import Protocol

from pilotage.access.current import Sight
from pilotage.access.scope import scope_of
from pilotage.access.viewers import FIRST_VIEWER, PUBLIC_VIEWER, Counts, demo_viewers
from pilotage.domain.organisation import Organisation
from pilotage.domain.viewer import Viewer

Directory = Callable[[], tuple[int, Sequence[Organisation], Counts]]
"""Version, organisations and indicator counts as they stand now."""


class Identities(Protocol):
    """What the middleware asks. Local accounts and OpenID Connect will be two more of these."""

    def newcomer(self) -> str | None:
        """Whom a visitor without a session becomes on opening a page; None keeps her public."""

    def sight(self, viewer_id: str | None) -> Sight:
        """The viewer and her scope now; the public's for None and for someone unknown."""

    def people(self) -> tuple[Viewer, ...]:
        """Whom « voir comme » offers; empty outside demonstration."""


class PublicOnly:
    """Nobody signs in: everyone is the public."""

    def newcomer(self) -> str | None:
        """Nobody becomes anyone."""
        return None

    def sight(self, viewer_id: str | None) -> Sight:
        """The public's, whoever it is."""
        del viewer_id
        return Sight(PUBLIC_VIEWER, scope_of(PUBLIC_VIEWER, ()))

    def people(self) -> tuple[Viewer, ...]:
        """Nobody to choose among."""
        return ()


class DemoIdentities:
    """The six sample people, placed again whenever the version changes."""

    def __init__(self, directory: Directory) -> None:
        """``directory`` is asked at every request and must answer from memory."""
        self._directory = directory
        self._version: int | None = None
        self._sights: dict[str, Sight] = {}

    def newcomer(self) -> str | None:
        """The person whom the demonstration shows first."""
        return FIRST_VIEWER

    def sight(self, viewer_id: str | None) -> Sight:
        """The sample person's, else the public's."""
        sights = self._placed()
        return sights.get(viewer_id or "", sights[PUBLIC_VIEWER.viewer_id])

    def people(self) -> tuple[Viewer, ...]:
        """The six, in the order of the switch."""
        return tuple(sight.viewer for sight in self._placed().values())

    def _placed(self) -> dict[str, Sight]:
        version, organisations, counts = self._directory()
        if version != self._version:
            people = demo_viewers(organisations, counts)
            self._sights = {
                viewer.viewer_id: Sight(viewer, scope_of(viewer, organisations), people)
                for viewer in people
            }
            self._version = version
        return self._sights
