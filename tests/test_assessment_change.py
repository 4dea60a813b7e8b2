"""Improving, stable or worsening, by the indicator's own threshold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage.assessment.change import ChangeRule, change_since
from pilotage.assessment.code import (
    AT_LEAST,
    AT_MOST,
    BETWEEN,
    EXACTLY,
    IMPROVING,
    NO_DIRECTION,
    NONE,
    STABLE,
    WORSENING,
)
from tests.series import NAN

figures = st.integers(-1_000, 1_000).map(float)


def change(
    previous: float,
    value: float,
    direction: int = AT_LEAST,
    *,
    threshold: float = NAN,
    baseline: float = NAN,
    band: tuple[float, float] = (NAN, NAN),
    decimals: int = -1,
) -> int:
    rule = ChangeRule(
        direction=np.array([direction], dtype=np.int8),
        decimals=np.array([decimals], dtype=np.int16),
        threshold=np.array([threshold]),
        baseline=np.array([baseline]),
        floor=np.array([band[0]]),
        ceiling=np.array([band[1]]),
    )
    return int(change_since(np.array([value]), np.array([previous]), rule)[0])


@pytest.mark.parametrize(
    ("previous", "value", "direction", "expected"),
    [
        pytest.param(50, 55, AT_LEAST, IMPROVING, id="more of what should rise"),
        pytest.param(50, 45, AT_LEAST, WORSENING, id="less of what should rise"),
        pytest.param(50, 45, AT_MOST, IMPROVING, id="less of what should fall"),
        pytest.param(50, 55, AT_MOST, WORSENING, id="more of what should fall"),
        pytest.param(50, 51.9, AT_LEAST, STABLE, id="under the threshold"),
        pytest.param(50, 52, AT_LEAST, IMPROVING, id="the threshold itself is a move"),
        pytest.param(50, 50, AT_LEAST, STABLE, id="no move"),
        pytest.param(50, 60, NO_DIRECTION, NONE, id="no direction"),
        pytest.param(NAN, 60, AT_LEAST, NONE, id="no previous value"),
        pytest.param(50, NAN, AT_LEAST, NONE, id="no value"),
    ],
)
def test_change_by_direction(previous: float, value: float, direction: int, expected: int) -> None:
    assert change(previous, value, direction, threshold=2) == expected


def test_the_default_threshold_is_two_percent_of_the_baseline() -> None:
    assert change(50, 50.7, baseline=40) == STABLE
    assert change(50, 50.8, baseline=40) == IMPROVING
    assert change(50, 50.9) == STABLE  # without a baseline, of the previous value
    assert change(50, 51) == IMPROVING


def test_a_threshold_of_zero_still_asks_for_a_move() -> None:
    assert change(50, 50, threshold=0) == STABLE
    assert change(50, 50.01, threshold=0) == IMPROVING


def test_values_that_read_the_same_are_stable() -> None:
    assert change(50.01, 50.04, threshold=0, decimals=1) == STABLE


@pytest.mark.parametrize("direction", [BETWEEN, EXACTLY])
def test_a_band_is_neared_or_left(direction: int) -> None:
    band = (10.0, 20.0) if direction == BETWEEN else (20.0, 20.0)
    assert change(30, 22, direction, threshold=1, band=band) == IMPROVING
    assert change(5, 30, direction, threshold=1, band=(18, 20)) == IMPROVING
    assert change(20, 30, direction, threshold=1, band=band) == WORSENING
    assert change(20, 30, direction, threshold=1) == NONE


def test_moving_inside_the_band_is_no_change() -> None:
    assert change(11, 19, BETWEEN, threshold=1, band=(10, 20)) == STABLE


@given(figures, figures, figures)
def test_at_most_is_the_mirror_of_at_least(previous: float, value: float, baseline: float) -> None:
    rising = change(previous, value, AT_LEAST, baseline=baseline)
    assert rising == change(-previous, -value, AT_MOST, baseline=-baseline)
