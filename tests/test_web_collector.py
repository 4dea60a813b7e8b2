"""Cycles that died are given back, the young ones at each look and the old ones once in a while."""

import asyncio
import contextlib
import gc
import weakref
from collections.abc import Iterator

import pytest

from pilotage.web.collector import keep_collecting, tidy


class Ring:
    """Something only a collection can give back."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_died_young_is_given_back_at_the_next_look() -> None:
    ring = Ring()
    seen = weakref.ref(ring)
    del ring
    tidy(is_full=False)
    assert seen() is None
    assert gc.get_freeze_count() > 0


def test_what_died_set_aside_is_given_back_by_a_full_look() -> None:
    ring = Ring()
    seen = weakref.ref(ring)
    tidy(is_full=False)
    del ring
    gc.collect()
    assert seen() is not None  # a collection no longer walks it
    tidy(is_full=True)
    assert seen() is None


def test_when_it_ends_nothing_stays_aside() -> None:
    async def a_moment() -> int:
        looking = asyncio.create_task(keep_collecting(young_s=0, every=2))
        for _ in range(4):
            await asyncio.sleep(0)
        aside = gc.get_freeze_count()
        looking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await looking
        return aside

    assert asyncio.run(a_moment()) > 0
    assert gc.get_freeze_count() == 0
