"""When Python looks for unreachable cycles: never while two thousand open pages wait for a change.

A full collection walks every object of the process: half a second with two thousand sockets open,
during which nobody is answered. So only the young are walked as Python sees fit; what has lived for
ten seconds is set aside (``gc.freeze`` costs nothing), and everything is walked once in a while,
which is when a cycle that died old is given back.
"""

import asyncio
import gc
from itertools import count

YOUNG_S = 10.0
"""How long what is young stays so."""
EVERY = 60
"""One look in so many walks everything: every ten minutes."""
_NEVER = 1_000_000
"""Collections of the young before Python walks everything by itself."""


async def keep_collecting(young_s: float = YOUNG_S, every: int = EVERY) -> None:
    """Look again and again until cancelled; then everything is as Python would have it."""
    usual = gc.get_threshold()
    gc.set_threshold(*usual[:2], _NEVER)
    try:
        for turn in count():
            tidy(is_full=turn % every == 0)
            await asyncio.sleep(young_s)
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def tidy(*, is_full: bool) -> None:
    """Give back the cycles that died among the young, or among all, then set the rest aside."""
    if is_full:
        gc.unfreeze()
        gc.collect()
    else:
        gc.collect(1)
    gc.freeze()
