"""What happens when a page is touched, one module per room, twin of ``layouts/<room>.py``.

A handler waits for the store in a thread: on the event loop it would hold up every other page.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def in_thread(handler: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """The same handler run in a thread, with the viewer of the request (``current_sight``)."""

    async def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.to_thread(handler, *args, **kwargs)

    return asked
