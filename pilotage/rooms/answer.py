"""Whether the whole answer to a request may be given again as it is.

Who answers says so (``keep_answer``); who carries the answer asks (``asked``). Nothing is kept
unless it was said.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Mark:
    """One request's; shared with the threads that work for it."""

    def __init__(self) -> None:
        """Nothing is said yet."""
        self.is_kept = False


_mark: ContextVar[Mark | None] = ContextVar("pilotage_answer", default=None)


def keep_answer() -> None:
    """Say that the answer hangs on the version, the day, the viewer and what was asked, alone."""
    mark = _mark.get()
    if mark is not None:
        mark.is_kept = True


@contextmanager
def asked() -> Iterator[Mark]:
    """The mark that whoever answers inside the block may set."""
    mark = Mark()
    token = _mark.set(mark)
    try:
        yield mark
    finally:
        _mark.reset(token)
