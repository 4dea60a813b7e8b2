"""A covering sample: every page once, each pair of viewer, language, theme and width together."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, product

from tests.axe.case import VIEWERS, Case
from tests.axe.look import LANGS, THEMES, WIDTHS, Way

Pair = tuple[tuple[int, object], ...]


def pairs(way: Way) -> set[Pair]:
    """Each two of the five choices, as (place, choice)."""
    return set(combinations(enumerate(way), 2))


def every_pair() -> set[Pair]:
    """What a covering sample must have met."""
    ways = product(VIEWERS, LANGS, THEMES, WIDTHS, (False, True))
    return set().union(*(pairs(way) for way in ways))


def sample(known: Sequence[Case]) -> list[tuple[Case, Way]]:
    """One way to look at each page: the one whose pairs were least met so far.

    The page is looked at by who sees it whole; the pages anyone opens are given to the others.
    """
    met: Counter[Pair] = Counter()
    chosen = []
    for case in sorted(known, key=lambda one: not one.seen_by):
        viewers = (case.seen_by,) if case.seen_by else VIEWERS
        ways = product(viewers, LANGS, THEMES, WIDTHS, (False, True))
        # A pair met for the first time weighs more than any balance among those met already.
        way = min(ways, key=lambda one: [-sum(not met[p] for p in pairs(one)), _times(met, one)])
        met.update(pairs(way))
        chosen.append((case, way))
    return chosen


def _times(met: Counter[Pair], way: Way) -> int:
    return sum(met[pair] for pair in pairs(way))
