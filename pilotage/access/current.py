"""Whose request this is.

Set by the ASGI middleware before anything else runs. Readable in handlers, page layouts and async
callbacks, and in ``asyncio.to_thread``. An executor does not inherit it: take ``current_scope()``
first and pass it on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from pilotage.domain.viewer import Scope, Viewer
from pilotage.errors import Forbidden


@dataclass(frozen=True)
class Sight:
    """A viewer and what she may see, decided once per request.

    ``people`` are those whom « voir comme » offers her; empty outside demonstration.
    """

    viewer: Viewer
    scope: Scope
    people: tuple[Viewer, ...] = ()


_current: ContextVar[Sight | None] = ContextVar("pilotage_sight", default=None)


def current_sight() -> Sight:
    """The viewer and scope of this request. Raises Forbidden outside a request."""
    sight = _current.get()
    if sight is None:
        raise Forbidden
    return sight


def current_scope() -> Scope:
    """The scope of this request. Raises Forbidden outside a request: nothing is open by default."""
    return current_sight().scope


def current_viewer() -> Viewer:
    """The viewer of this request. Raises Forbidden outside a request."""
    return current_sight().viewer


@contextmanager
def looking_as(sight: Sight) -> Iterator[None]:
    """Look with these eyes inside the block; used by the middleware and by tests."""
    token = _current.set(sight)
    try:
        yield
    finally:
        _current.reset(token)
