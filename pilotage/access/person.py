"""The name of whoever is recorded by an identifier."""

from pilotage.access.viewers import DEMO_VIEWERS

_NAMES = {viewer.viewer_id: viewer.name for viewer in DEMO_VIEWERS}


def person(author: str | None) -> str | None:
    """The name behind an event's author; what was recorded, where nobody goes by it."""
    return _NAMES.get(author, author) if author else None
