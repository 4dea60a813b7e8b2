"""Chances against what happened: reference figures by hand, and laws of scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage.assessment.code import Floats
from pilotage.assessment.score import BINS, reliability, score

QUESTIONS = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from([0.0, 1.0])), min_size=1, max_size=80
)


def columns(questions: list[tuple[float, float]]) -> tuple[Floats, Floats]:
    said, happened = zip(*questions, strict=True)
    return np.array(said), np.array(happened)


def test_a_small_case_by_hand() -> None:
    found = score(np.array([0.9, 0.8, 0.3, 0.1]), np.array([1.0, 0.0, 0.0, 0.0]))
    assert found.n == 4
    assert found.brier == pytest.approx((0.01 + 0.64 + 0.09 + 0.01) / 4)
    assert found.base == pytest.approx(0.25 * 0.75)
    assert found.error == pytest.approx((0.1 + 0.8 + 0.3 + 0.1) / 4)


def test_the_range_of_a_share_is_wilsons() -> None:
    found = reliability(np.full(10, 0.75), np.r_[np.ones(7), np.zeros(3)])
    assert found.happened[7] == 0.7
    assert found.lower[7] == pytest.approx(0.3968, abs=5e-4)
    assert found.upper[7] == pytest.approx(0.8922, abs=5e-4)
    assert np.isnan(found.happened[0])


def test_nothing_said_scores_nothing() -> None:
    nothing = np.empty(0)
    found = score(nothing, nothing)
    assert found.n == 0
    assert np.isnan([found.brier, found.base, found.error, found.skill]).all()
    assert reliability(nothing, nothing).n.sum() == 0


def test_saying_the_overall_share_every_time_is_the_base_rate() -> None:
    happened = np.r_[np.ones(3), np.zeros(5)]
    found = score(np.full(8, 3 / 8), happened)
    assert found.skill == pytest.approx(0)
    assert found.error == pytest.approx(0)


@given(QUESTIONS)
def test_every_question_falls_in_one_bin_and_shares_stay_in_their_range(
    questions: list[tuple[float, float]],
) -> None:
    chance, happened = columns(questions)
    found = reliability(chance, happened)
    assert found.n.sum() == chance.size
    assert found.n.size == BINS
    told = found.n > 0
    assert (found.lower[told] <= found.happened[told]).all()
    assert (found.happened[told] <= found.upper[told]).all()
    assert (found.lower[told] >= 0).all()
    assert (found.upper[told] <= 1).all()


@given(QUESTIONS)
def test_a_question_and_its_contrary_score_the_same(questions: list[tuple[float, float]]) -> None:
    chance, happened = columns(questions)
    one, other = score(chance, happened), score(1 - chance, 1 - happened)
    assert one.brier == pytest.approx(other.brier)
    assert one.base == pytest.approx(other.base)
    assert 0 <= one.brier <= 1
