"""Chance that can be repeated: everything drawn hangs on the seed and on a name."""

from functools import lru_cache
from zlib import crc32

import numpy as np

from pilotage.sample import pool


def generator(seed: int, *names: str) -> np.random.Generator:
    """A generator of its own for these names, the same on every machine and in any order."""
    return np.random.default_rng([seed, *(crc32(name.encode()) for name in names)])


def share(*names: str) -> float:
    """A fixed number of [0, 1) for these names, whatever the seed."""
    return crc32("\x1f".join(names).encode()) / 2**32


@lru_cache(maxsize=1)
def _people() -> tuple[tuple[str, ...], tuple[str, ...]]:
    rows = pool.rows("personnes")
    return tuple(row["prenom"] for row in rows), tuple(row["nom"] for row in rows)


def person(*names: str) -> str:
    """A plausible, fictitious person for a post: the same name for the same post."""
    first, last = _people()
    drawn = crc32("\x1f".join(("person", *names)).encode())
    return f"{first[drawn % len(first)]} {last[drawn // len(first) % len(last)]}"
