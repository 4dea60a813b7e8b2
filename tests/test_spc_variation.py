"""Many series at once: each is judged as if it were alone, whatever its neighbours."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage.assessment.assurance import CONSISTENT_FAIL, CONSISTENT_PASS, INCONSISTENT
from pilotage.assessment.code import Floats
from pilotage.assessment.variation import (
    CONCERN,
    IMPROVEMENT,
    NEUTRAL_HIGH,
    NO_VARIATION_TYPE,
    Process,
    Variation,
    vary,
)
from pilotage.assessment.xmr_rule import LIMIT, SHIFT, TREND, TWO_IN_THREE
from tests import xmr_by_hand

NAN = float("nan")
CODES = {"common": 0, "shift": SHIFT, "two in three": TWO_IN_THREE, "trend": TREND, "limit": LIMIT}
whole = st.lists(st.integers(-50, 50), min_size=3, max_size=40).filter(lambda v: len(set(v)) > 1)


def alone(values: list[float], sign: float = 1.0, target: float = NAN) -> Variation:
    return vary(np.array([values]), Process(np.array([sign]), np.array([target])))


def told(judged: Variation) -> list[object]:
    return [judged.points[0].tolist(), judged.variation[0], judged.assurance[0]]


@given(whole)
@settings(max_examples=200, deadline=None)
def test_a_series_never_seen_is_judged_as_the_written_rules_say(drawn: list[int]) -> None:
    values = [float(y) for y in drawn]
    if xmr_by_hand.is_knife_edge(values):
        return
    expected = [CODES[rule] * side for rule, side in xmr_by_hand.labels(values)]
    assert alone(values).points[0].tolist() == expected


@given(whole, st.integers(-(10**6), 10**6), st.sampled_from([0.001, 0.25, 7.0, 1e6]))
@settings(max_examples=100, deadline=None)
def test_another_unit_or_another_zero_changes_no_judgement(
    drawn: list[int], shift: int, scale: float
) -> None:
    values = [float(y) for y in drawn]
    target = 3.125
    moved = [scale * (y + shift) for y in values]
    ours = alone(values, 1.0, target)
    assert told(alone(moved, 1.0, scale * (target + shift))) == told(ours)


@given(whole)
@settings(max_examples=100, deadline=None)
def test_a_mirrored_series_has_a_mirrored_chart(drawn: list[int]) -> None:
    values = [float(y) for y in drawn]
    up, down = alone(values, 1.0, 2.5), alone([-y for y in values], -1.0, -2.5)
    assert (down.points[0] == -up.points[0]).all()
    assert told(up)[1:] == told(down)[1:]
    assert down.run_signal[0] == up.run_signal[0]
    assert down.next_meets == pytest.approx(up.next_meets, nan_ok=True)


@given(st.lists(whole, min_size=2, max_size=6), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_neighbours_and_their_order_change_nothing(drawn: list[list[int]], chance: object) -> None:
    series = [[float(y) for y in one] for one in drawn]
    together = vary(padded(series), process(len(series)))
    for row, one in enumerate(series):
        mine = alone(one)
        assert mine.points[0].tolist() == together.points[row, : len(one)].tolist()
        assert mine.variation[0] == together.variation[row]
        assert mine.mean[0] == pytest.approx(together.mean[row], rel=1e-12, abs=1e-12)


def padded(series: list[list[float]]) -> Floats:
    width = max(map(len, series))
    return np.array([one + [NAN] * (width - len(one)) for one in series])


def process(series: int) -> Process:
    return Process(np.ones(series), np.full(series, NAN))


def test_a_series_longer_than_a_block_meets_many_short_ones() -> None:
    generator = np.random.default_rng(3)
    values = generator.normal(size=(1_200, 60))
    judged = vary(values, process(1_200))
    assert judged.points.shape == (1_200, 60)
    last = vary(values[-1:], process(1))
    assert (judged.points[-1] == last.points[0]).all()


def test_limits_start_anew_where_a_series_was_rebased() -> None:
    values = np.array([[1.0, 2] * 8 + [11.0, 12] * 8])
    begins = np.zeros(values.shape, dtype=bool)
    begins[0, 16] = True
    judged = vary(values, Process(np.ones(1), np.full(1, NAN), begins), has_chart=True)
    assert judged.mean[0] == 11.5
    assert judged.known[0] == 16
    assert judged.chart[1, 0, [0, 15, 16]].tolist() == [1.5, 1.5, 11.5]
    assert not judged.points.any()


def test_a_frozen_baseline_leaves_later_values_out_of_the_limits() -> None:
    values = np.array([[1.0, 2] * 6 + [4.0] * 12])
    free = vary(values, Process(np.ones(1), np.full(1, NAN)))
    frozen = vary(values, Process(np.ones(1), np.full(1, NAN), fixed_after=np.array([12])))
    assert frozen.mean[0] == 1.5
    assert free.mean[0] > frozen.mean[0]
    assert frozen.variation[0] == IMPROVEMENT


@pytest.mark.parametrize(
    ("sign", "target", "expected"),
    [
        (1.0, 60.0, CONSISTENT_FAIL),
        (1.0, 40.0, CONSISTENT_PASS),
        (1.0, 50.0, INCONSISTENT),
        (-1.0, 60.0, CONSISTENT_PASS),
        (-1.0, 40.0, CONSISTENT_FAIL),
        (1.0, NAN, -1),
        (0.0, 60.0, -1),
    ],
)
def test_assurance_asks_where_the_limits_lie(sign: float, target: float, expected: int) -> None:
    values = [49.0, 51.0] * 8
    assert alone(values, sign, target).assurance[0] == expected


def test_a_limit_on_the_target_is_inconsistent() -> None:
    values = [49.0, 51.0] * 8
    upper = float(alone(values).upper[0])
    assert alone(values, 1.0, upper).assurance[0] == INCONSISTENT


def test_the_icon_turns_at_three_sigma() -> None:
    values = [49.0, 51.0] * 8
    lower = float(alone(values).lower[0])
    assert alone(values, 1.0, lower).next_meets[0] == pytest.approx(0.99865, abs=2e-5)


def test_a_direction_turns_a_rise_into_good_or_bad_news() -> None:
    values = [50.0, 51] * 10 + [80.0]
    assert alone(values, 1.0).variation[0] == IMPROVEMENT
    assert alone(values, -1.0).variation[0] == CONCERN
    assert alone(values, 0.0).variation[0] == NEUTRAL_HIGH


def test_a_series_that_ends_in_missing_values_answers_for_its_last_one() -> None:
    values = [50.0, 51] * 10 + [80.0]
    assert alone([*values, NAN, NAN]).variation[0] == IMPROVEMENT


@pytest.mark.parametrize("values", [[], [NAN], [NAN, NAN], [5.0], [5.0, NAN, 6.0], [5.0, 5.0]])
def test_next_to_nothing_is_judged_without_fault(values: list[float]) -> None:
    judged = vary(np.array([values]).reshape(1, -1), process(1))
    has_value = not np.isnan(values).all() if values else False
    assert judged.variation[0] == (0 if has_value else NO_VARIATION_TYPE)
    assert not judged.run_signal[0]


def test_a_hundred_thousand_points_are_one_series_like_another() -> None:
    values = np.random.default_rng(1).normal(size=(1, 100_000))
    judged = vary(values, process(1))
    share = np.mean(judged.points != 0)
    assert 0.03 < share < 0.10


def test_no_series_at_all_has_no_judgement() -> None:
    judged = vary(np.empty((0, 12)), process(0))
    assert judged.mean.size == judged.variation.size == judged.assurance.size == 0
