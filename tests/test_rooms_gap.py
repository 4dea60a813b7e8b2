"""Who carries the gap, and what a child without a figure does to the sum."""

import pytest

from pilotage.domain.status import Standing
from pilotage.rooms.gap import Child, gap, own_gap


def child(name: str, gap_: float | None, weight: float | None = None, value: float = 1.0) -> Child:
    return Child(
        indicator_id="I",
        organisation_id=name,
        title_fr="Indicateur",
        title_en=None,
        organisation_fr=name,
        organisation_en=None,
        unit="h",
        decimals=1,
        value=value,
        gap=gap_,
        weight=weight,
        standing=Standing.OFF_TARGET,
    )


@pytest.mark.parametrize(
    ("direction", "value", "low", "high", "expected"),
    [
        pytest.param("at_least", 70, 80, None, 10, id="short of a floor"),
        pytest.param("at_least", 90, 80, None, 0, id="past a floor"),
        pytest.param("at_most", 17.4, None, 14, 3.4, id="above a ceiling"),
        pytest.param("between", 5, 10, 20, 5, id="under a band"),
        pytest.param("between", 15, 10, 20, 0, id="inside a band"),
        pytest.param("exactly", 8, 10, None, 2, id="beside an exact target"),
        pytest.param("at_most", None, None, 14, None, id="no value"),
        pytest.param("at_most", 17, None, None, None, id="no target"),
    ],
)
def test_a_gap_is_how_far_on_the_wrong_side(
    direction: str,
    value: float | None,
    low: float | None,
    high: float | None,
    expected: float | None,
) -> None:
    assert own_gap(direction, value, low, high) == (
        None if expected is None else pytest.approx(expected)
    )


def test_without_children_there_is_nothing_to_share() -> None:
    assert gap([], "sum") is None


def test_a_sum_adds_the_childrens_gaps() -> None:
    found = gap([child("A", 3.0), child("B", 1.0)], "sum")
    assert found
    assert [(one.organisation_id, one.contribution) for one in found.children] == [
        ("A", 3.0),
        ("B", 1.0),
    ]
    assert found.total == 4.0


def test_a_mean_weighs_by_what_the_children_weigh() -> None:
    found = gap([child("A", 4.0, weight=3.0), child("B", 4.0, weight=1.0)], "weighted_mean")
    assert found
    assert [one.contribution for one in found.children] == [3.0, 1.0]


def test_a_mean_without_every_weight_is_shared_equally() -> None:
    found = gap([child("A", 4.0, weight=3.0), child("B", 2.0)], "mean")
    assert found
    assert [one.contribution for one in found.children] == [2.0, 1.0]


def test_a_child_without_a_target_is_named_without_a_share() -> None:
    found = gap([child("A", 4.0), child("B", None)], "mean")
    assert found
    assert [one.contribution for one in found.children] == [4.0, None]


def test_beyond_eight_the_others_are_told_together() -> None:
    found = gap([child(f"E{number}", float(number)) for number in range(12)], "sum")
    assert found
    assert len(found.children) == 8
    assert (found.others, found.others_contribution) == (4, 0.0 + 1.0 + 2.0 + 3.0)
