"""Small counts that could point at somebody, and what else to hide so that none can be deduced.

Exact and over nothing but the standard library: what is published cannot be taken back.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

FEWEST = 5
"""Persons, cases or files under which a count is not published; none at all is no small count."""

Key = tuple[str, str]
"""(indicator, organisation)."""
Sum = tuple[Key, tuple[Key, ...]]
"""A figure and the others that make it."""
_Row = dict[Key, Fraction]

_RATES = {"%", "‰", "points", "pts", "$", "k$", "m$", "g$", "millions", "milliards"}
_TIMES = {"s", "secondes", "min", "minutes", "h", "heures", "j", "jours", "jours ouvrables"}
_LONG_TIMES = {"semaines", "mois", "ans"}
_SIZES = {"m", "km", "m2", "m²", "km2", "km²", "ha", "kg", "t", "tonnes", "kt", "mt", "°c"}
_ENERGIES = {"kwh", "mwh", "gwh", "twh", "t éq. co2", "kt éq. co2", "mt éq. co2"}
_MEASURES = frozenset(_RATES | _TIMES | _LONG_TIMES | _SIZES | _ENERGIES)
"""Units of what is measured rather than counted; one the house does not know counts people."""


class Hidden(StrEnum):
    """Why a value is not shown."""

    SMALL = "small"
    TIED = "tied"


@dataclass(frozen=True)
class Cell:
    """A value known to the house; ``is_shown``: it would be published were nothing hidden."""

    key: Key
    value: float
    is_small: bool
    is_shown: bool = True


def is_few(count: float | None) -> bool:
    """A count of one to four; a part of one too."""
    return count is not None and 0 < abs(count) < FEWEST


def is_small(
    value: float | None,
    unit: str,
    numerator: float | None = None,
    denominator: float | None = None,
) -> bool:
    """True where the value stands on fewer than five: its count, or either part of its rate.

    A value that is no whole number is no count of persons: a mean of 4.2 stays.
    """
    if is_few(numerator) or is_few(denominator):
        return True
    is_count = unit.strip().casefold() not in _MEASURES
    return is_count and value is not None and float(value).is_integer() and is_few(value)


def suppressed(cells: Iterable[Cell], sums: Sequence[Sum]) -> dict[Key, Hidden]:
    """What not to publish of these cells, and why: the small ones, and what would betray them.

    A sum leaves out the figures nobody has: they add nothing. One that is not exact is taken for
    exact, which hides more, never less. Stops only once no small cell follows from what is shown.
    """
    known = {one.key: one for one in cells}
    small = {key for key, one in known.items() if one.is_small}
    told = _around(small, [_of(known, one) for one in sums if one[0] in known])
    found = {key: Hidden.SMALL for key in small if known[key].is_shown}
    unknown = small | {key for key, one in known.items() if not one.is_shown}
    while exposed := sorted(deducible(unknown, told) & small):
        chosen = _next_to_hide(exposed, unknown, told, known)
        if chosen is None:
            break  # every figure that could tell is hidden: nothing is left to deduce it from
        found[chosen] = Hidden.TIED
        unknown.add(chosen)
    return found


def deducible(unknown: Collection[Key], sums: Sequence[Sum]) -> set[Key]:
    """Those of the unknown figures that the sums give exactly, every other figure being known."""
    found: set[Key] = set()
    for equations in _parts(unknown, sums):
        found |= {next(iter(row)) for row in _reduced(equations) if len(row) == 1}
    return found


def _of(known: Mapping[Key, Cell], one: Sum) -> Sum:
    return one[0], tuple(child for child in one[1] if child in known)


def _around(small: Collection[Key], sums: Sequence[Sum]) -> list[Sum]:
    """The sums that a small cell takes part in, or that share a figure with one that does."""
    by_key: dict[Key, list[int]] = {}
    for place, (whole, parts) in enumerate(sums):
        for key in (whole, *parts):
            by_key.setdefault(key, []).append(place)
    met, waiting, taken = set(small), list(small), set[int]()
    while waiting:
        for place in by_key.get(waiting.pop(), ()):
            if place not in taken:
                taken.add(place)
                new = {sums[place][0], *sums[place][1]} - met
                met |= new
                waiting += new
    return [sums[place] for place in sorted(taken)]


def _next_to_hide(
    exposed: Sequence[Key], unknown: Collection[Key], sums: Sequence[Sum], known: Mapping[Key, Cell]
) -> Key | None:
    """A figure of the sums that betray it: a part before the whole, and the least that is lost."""
    near = set(exposed)
    while True:
        touching = [one for one in sums if not near.isdisjoint((one[0], *one[1]))]
        parts = {key for one in touching for key in one[1]} - set(unknown)
        wholes = {one[0] for one in touching} - set(unknown)
        for among in (parts - wholes, parts, wholes):
            if among:
                return min(among, key=lambda key: _loss(known[key]))
        wider = near | {key for one in touching for key in (one[0], *one[1])}
        if wider == near:
            return None
        near = wider


def _loss(one: Cell) -> tuple[bool, float, Key]:
    """Five or more first: two small figures alone would leave a small remainder to guess from."""
    return abs(one.value) < FEWEST, abs(one.value), one.key


def _parts(unknown: Collection[Key], sums: Sequence[Sum]) -> Iterator[list[_Row]]:
    """The equations between unknown figures, those that share one together."""
    hidden = set(unknown)
    groups: list[tuple[set[Key], list[_Row]]] = []
    for whole, parts in sums:
        row: _Row = {}
        for key, sign in ((whole, 1), *((part, -1) for part in parts)):
            if key in hidden:
                row[key] = row.get(key, Fraction(0)) + sign
        row = {key: times for key, times in row.items() if times}
        if not row:
            continue
        keys, rows = set(row), [row]
        apart = []
        for other_keys, other_rows in groups:
            if keys.isdisjoint(other_keys):
                apart.append((other_keys, other_rows))
            else:
                keys, rows = keys | other_keys, [*rows, *other_rows]
        groups = [*apart, (keys, rows)]
    yield from (rows for _, rows in groups)


def _reduced(rows: Sequence[_Row]) -> list[_Row]:
    """The same equations, each led by a figure that no other holds (Gauss-Jordan, exact)."""
    done: list[tuple[Key, _Row]] = []
    for row in rows:
        left = dict(row)
        for lead, other in done:
            left = _less(left, other, lead)
        if not left:
            continue
        lead = min(left)
        left = {key: times / left[lead] for key, times in left.items()}
        done = [(before, _less(other, left, lead)) for before, other in done]
        done.append((lead, left))
    return [row for _, row in done]


def _less(row: _Row, other: _Row, lead: Key) -> _Row:
    """The row without ``lead``, of which ``other`` holds one."""
    times = row.get(lead)
    if not times:
        return row
    keys = row.keys() | other.keys()
    made = {key: row.get(key, Fraction(0)) - times * other.get(key, Fraction(0)) for key in keys}
    return {key: value for key, value in made.items() if value}


__all__ = [
    "FEWEST",
    "Cell",
    "Hidden",
    "Key",
    "Sum",
    "deducible",
    "is_few",
    "is_small",
    "suppressed",
]
