"""No small count can be read, nor worked out from the sums that are shown."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage.domain.small_cell import Cell, Hidden, Key, Sum, deducible, is_small, suppressed


@pytest.mark.parametrize(
    ("value", "unit", "parts", "expected"),
    [
        pytest.param(3, "personnes", (), True, id="three people"),
        pytest.param(5, "personnes", (), False, id="five people"),
        pytest.param(0, "personnes", (), False, id="nobody is no small count"),
        pytest.param(3, "nombre", (), True, id="a count without a name"),
        pytest.param(2, "licornes", (), True, id="a unit the house does not know"),
        pytest.param(3, "heures", (), False, id="hours are measured"),
        pytest.param(3, "Mt éq. CO2", (), False, id="so is what comes out of a chimney"),
        pytest.param(4.2, "note", (), False, id="a mean is no count"),
        pytest.param(33.3, "%", (1, 3), True, id="one of three"),
        pytest.param(75, "%", (300, 400), False, id="three hundred of four hundred"),
        pytest.param(0.5, "%", (2, 400), True, id="two of four hundred"),
        pytest.param(0, "%", (0, 400), False, id="none of four hundred"),
        pytest.param(None, "personnes", (), False, id="no value"),
    ],
)
def test_what_is_a_small_cell(
    value: float | None, unit: str, parts: tuple[float, ...], expected: bool
) -> None:
    assert is_small(value, unit, *parts) is expected


def key(name: str) -> Key:
    return ("I", name)


def cells(**values: int) -> list[Cell]:
    return [Cell(key(name), value, 0 < value < 5) for name, value in values.items()]


def sums(*told: str) -> list[Sum]:
    """``p:ab`` says that p is a and b together."""
    return [(key(one[0]), tuple(key(part) for part in one[2:])) for one in told]


def names(found: dict[Key, Hidden]) -> dict[str, str]:
    return {key[1]: why.value for key, why in found.items()}


def test_a_lone_small_child_takes_a_brother_with_it() -> None:
    found = suppressed(cells(p=133, a=3, b=90, c=40), sums("p:abc"))
    assert names(found) == {"a": "small", "c": "tied"}


def test_two_small_children_hide_each_other() -> None:
    assert names(suppressed(cells(p=45, a=3, b=2, c=40), sums("p:abc"))) == {
        "a": "small",
        "b": "small",
    }


def test_an_only_child_takes_its_parent() -> None:
    # Ten of which three are counted below: the rest is nobody's.
    assert names(suppressed(cells(p=10, a=3), sums("p:a"))) == {"a": "small", "p": "tied"}


def test_what_is_not_published_protects_and_is_protected() -> None:
    told = [*cells(p=50, a=3), Cell(key("b"), 47, is_small=False, is_shown=False)]
    assert names(suppressed(told, sums("p:ab"))) == {"a": "small"}
    told = [*cells(p=50, a=47), Cell(key("b"), 3, is_small=True, is_shown=False)]
    assert names(suppressed(told, sums("p:ab"))) == {"a": "tied"}


def test_a_missing_child_hides_nobody() -> None:
    """It adds nothing to the sum, and everyone sees that it is missing."""
    assert names(suppressed(cells(p=23, a=3, b=20), sums("p:abz"))) == {"a": "small", "b": "tied"}


def test_three_sums_that_betray_together_what_none_betrays_alone() -> None:
    told = cells(p=7, q=7, r=6, a=4, b=3, c=3)
    three = sums("p:ab", "q:ac", "r:bc")
    assert deducible({key("a"), key("b"), key("c")}, three) == {key("a"), key("b"), key("c")}
    found = suppressed(told, three)
    assert deducible(set(found), three).isdisjoint(found)


def test_without_a_small_cell_nothing_is_hidden() -> None:
    assert suppressed(cells(p=130, a=90, b=40), sums("p:ab")) == {}


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[Cell], list[Sum]]:
    """A government of up to three levels whose sums are exact, some of it not published."""
    values: dict[str, int] = {}
    told: list[Sum] = []

    def grow(name: str, depth: int) -> int:
        children = draw(st.integers(0, 3)) if depth else 0
        parts = [f"{name}{at}" for at in range(children)]
        values[name] = (
            sum(grow(one, depth - 1) for one in parts) if parts else draw(st.integers(0, 9))
        )
        if parts:
            told.append((key(name), tuple(map(key, parts))))
        return values[name]

    grow("g", 2)
    held = [
        Cell(key(name), value, 0 < value < 5, draw(st.booleans()) or draw(st.booleans()))
        for name, value in values.items()
    ]
    return held, told


@given(trees())
@settings(deadline=None, max_examples=150)
def test_no_hidden_count_follows_from_what_is_shown(world: tuple[list[Cell], list[Sum]]) -> None:
    """Seen from outside: another government, with another count there, shows the very same page."""
    held, told = world
    found = suppressed(held, told)
    small = {one.key for one in held if one.is_small}
    assert small <= found.keys() | {one.key for one in held if not one.is_shown}
    unknown = [one for one in held if one.key in found or not one.is_shown]
    truth = {one.key: int(one.value) for one in held}
    for one in unknown:
        if one.key in small:
            assert _another_way(one.key, unknown, truth, told), (one.key, found)


def _another_way(
    asked: Key, unknown: Sequence[Cell], truth: dict[Key, int], told: Sequence[Sum]
) -> bool:
    """Another count there, near its own, lets every sum hold with all that is shown unchanged."""
    hidden = {one.key for one in unknown}
    known = {one: count for one, count in truth.items() if one not in hidden}
    near = (truth[asked] + step for step in (1, -1, 2, -2, 3, -3))
    return any(_holds(known | {asked: count}, truth, dict(told)) for count in near if count >= 0)


def _holds(known: dict[Key, int], truth: dict[Key, int], parts: dict[Key, tuple[Key, ...]]) -> bool:
    """Some counts from 0 up, equal to those known, add up everywhere: the sums make a forest."""
    most = max(truth.values()) + 5

    def totals(name: Key) -> set[int]:
        found = set(range(most + 1))
        if name in parts:
            found = {0}
            for part in parts[name]:
                found = {one + other for one in found for other in totals(part)}
        return found & {known[name]} if name in known else found

    inside = {part for some in parts.values() for part in some}
    return all(totals(name) for name in truth if name not in inside)
