"""Children make their parent, or say who is missing."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage.assessment.code import (
    AT_LEAST,
    AT_MOST,
    BETWEEN,
    MEAN,
    NO_DIRECTION,
    NO_ROLL_UP,
    SUM,
    WEIGHTED_MEAN,
    WORST,
)
from pilotage.assessment.rollup import Children, chosen_weights, roll_up, roll_up_all
from tests.series import NAN

figures = st.lists(st.integers(-1_000, 1_000).map(float), min_size=1, max_size=8)


def rolled(
    values: list[float],
    rule: int,
    direction: int = AT_LEAST,
    *,
    weights: list[float] | None = None,
    applicable: list[bool] | None = None,
) -> tuple[float, list[int], list[float]]:
    value, missing, used = roll_up(
        np.array(values),
        np.array(weights or [1.0] * len(values)),
        np.array(applicable or [True] * len(values), dtype=np.bool_),
        rule,
        direction,
    )
    return value, missing.tolist(), used.tolist()


def test_weights_are_renormalised_over_the_children_that_apply() -> None:
    value, missing, used = rolled(
        [80, 40, NAN], WEIGHTED_MEAN, weights=[50, 30, 20], applicable=[True, True, False]
    )
    assert value == 65.0
    assert missing == []
    assert used == [0.625, 0.375, 0.0]


def test_a_parent_has_no_figure_while_a_child_has_none_and_names_it() -> None:
    for rule in (SUM, MEAN, WEIGHTED_MEAN, WORST):
        value, missing, _ = rolled([80, NAN, 40], rule)
        assert np.isnan(value)
        assert missing == [1]


@pytest.mark.parametrize(
    ("rule", "direction", "expected"),
    [
        pytest.param(SUM, AT_LEAST, 90, id="sum"),
        pytest.param(MEAN, AT_LEAST, 30, id="mean"),
        pytest.param(WORST, AT_LEAST, 10, id="worst of what should rise"),
        pytest.param(WORST, AT_MOST, 50, id="worst of what should fall"),
        pytest.param(WORST, BETWEEN, NAN, id="between has no worst"),
        pytest.param(WORST, NO_DIRECTION, NAN, id="no direction has no worst"),
        pytest.param(NO_ROLL_UP, AT_LEAST, NAN, id="none"),
    ],
)
def test_each_rule(rule: int, direction: int, expected: float) -> None:
    value, missing, _ = rolled([10, 30, 50], rule, direction)
    assert value == pytest.approx(expected, nan_ok=True)
    assert missing == []


def test_the_worst_child_carries_the_whole_weight() -> None:
    assert rolled([30, 10, 10], WORST)[2] == [0, 1, 0]


def test_an_unknown_or_empty_weight_gives_no_figure() -> None:
    assert np.isnan(rolled([10, 30], WEIGHTED_MEAN, weights=[1, NAN])[0])
    assert np.isnan(rolled([10, 30], WEIGHTED_MEAN, weights=[0, 0])[0])


def test_a_parent_none_of_whose_children_applies_has_no_figure() -> None:
    value, missing, _ = rolled([10, NAN], SUM, applicable=[False, False])
    assert np.isnan(value)
    assert missing == []


def test_a_shared_indicator_counts_once_and_by_the_copy_that_has_a_value() -> None:
    children = Children(
        parent=np.array([0, 0, 0, 1]),
        value=np.array([NAN, 10.0, 10.0, 10.0]),
        weight=np.ones(4),
        applies=np.array([True, True, True, True]),
        identity=np.array([7, 7, 7, 7]),
    )
    found = roll_up_all(children, np.array([SUM, SUM]), np.array([AT_LEAST, AT_LEAST]))
    assert found.value.tolist() == [10.0, 10.0]
    assert not found.missing.any()
    assert found.weight.tolist() == [0, 1, 0, 1]


def test_parents_of_all_rules_are_rolled_up_together_in_any_order() -> None:
    children = Children(
        parent=np.array([1, 0, 2, 0, 1, 2]),
        value=np.array([4.0, 1.0, NAN, 2.0, 8.0, 9.0]),
        weight=np.array([1.0, 1.0, 1.0, 1.0, 3.0, 1.0]),
        applies=np.ones(6, dtype=np.bool_),
        identity=np.arange(6),
    )
    rules = np.array([SUM, WEIGHTED_MEAN, MEAN])
    found = roll_up_all(children, rules, np.zeros(3, dtype=np.int8))
    assert found.value[:2].tolist() == [3.0, 7.0]
    assert np.isnan(found.value[2])
    assert np.flatnonzero(found.missing).tolist() == [2]


def test_denominators_weigh_before_links_and_links_before_nothing() -> None:
    children = Children(
        parent=np.array([0, 0, 1, 1, 2, 2]),
        value=np.zeros(6),
        weight=np.full(6, NAN),
        applies=np.array([True, True, True, True, True, False]),
        identity=np.arange(6),
    )
    denominators = np.array([100.0, 300.0, 100.0, NAN, NAN, 5.0])
    links = np.array([1.0, 1.0, 2.0, 3.0, NAN, 1.0])
    assert chosen_weights(children, denominators, links).tolist() == [100, 300, 2, 3, 1, 1]


def test_no_children_at_all_is_no_trouble() -> None:
    assert np.isnan(rolled([], SUM)[0])


@given(figures, st.randoms(use_true_random=False))
def test_the_order_of_children_is_irrelevant(values: list[float], random: Random) -> None:
    shuffled = sorted(values, key=lambda _: random.random())
    for rule in (SUM, MEAN, WORST):
        assert rolled(values, rule)[0] == pytest.approx(rolled(shuffled, rule)[0])


@given(figures)
def test_a_mean_of_equal_weights_is_the_mean(values: list[float]) -> None:
    assert rolled(values, WEIGHTED_MEAN)[0] == pytest.approx(rolled(values, MEAN)[0])
    assert rolled(values, MEAN)[0] == pytest.approx(float(np.mean(values)))
