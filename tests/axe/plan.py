"""A covering sample: every page once, each pair of viewer, language, theme and width together."""

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
    """One way to look at each page, the one that brings most pairs not met yet.

    The page is looked at by who sees it whole; the pages anyone opens are given to the others.
    """
    left, chosen = every_pair(), []
    for case in sorted(known, key=lambda one: not one.seen_by):
        viewers = (case.seen_by,) if case.seen_by else VIEWERS
        ways = list(product(viewers, LANGS, THEMES, WIDTHS, (False, True)))
        way = max(ways, key=lambda one: len(pairs(one) & left))
        left -= pairs(way)
        chosen.append((case, way))
    return chosen
