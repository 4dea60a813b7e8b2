"""The progress rate of the DITP, and the attainment rate where there is no baseline."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pilotage.assessment.attainment import attainment_rate, clipped, progress_rate
from pilotage.assessment.code import AT_LEAST, AT_MOST, BETWEEN, EXACTLY, NO_DIRECTION, Floats
from tests.series import NAN

figures = st.integers(-10_000, 10_000).map(float)
one_sided = st.sampled_from([AT_LEAST, AT_MOST])


def one(figure: float) -> Floats:
    return np.array([figure])


def rate(baseline: float, actual: float, target: float, direction: int) -> float:
    code = np.array([direction], dtype=np.int8)
    return float(progress_rate(one(baseline), one(actual), one(target), code)[0])


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "direction", "expected"),
    [
        pytest.param(40, 80, 60, AT_LEAST, 50, id="half way up"),
        pytest.param(40, 80, 95, AT_LEAST, 100, id="past the target"),
        pytest.param(40, 80, 30, AT_LEAST, 0, id="a step back"),
        pytest.param(80, 80, 80, AT_LEAST, 100, id="already there and held"),
        pytest.param(80, 80, 79, AT_LEAST, 0, id="already there and lost"),
        pytest.param(90, 45, 60, AT_MOST, 200 / 3, id="two thirds of the way down"),
        pytest.param(90, 45, 95, AT_MOST, 0, id="up where down was wanted"),
        pytest.param(45, 45, 45, AT_MOST, 100, id="already low and held"),
        pytest.param(30, 45, 50, AT_MOST, 0, id="a target above the baseline, passed"),
        pytest.param(0, 0, 0, AT_MOST, 100, id="nothing, as wanted"),
        pytest.param(NAN, 80, 50, AT_LEAST, NAN, id="no baseline"),
        pytest.param(40, 80, NAN, AT_LEAST, NAN, id="no value"),
        pytest.param(40, NAN, 60, AT_LEAST, NAN, id="no target"),
        pytest.param(40, 80, 60, EXACTLY, 50, id="exactly counts the way too"),
        pytest.param(80, 80, 81, EXACTLY, 0, id="exactly, left"),
        pytest.param(40, 80, 60, BETWEEN, NAN, id="between has no single target"),
        pytest.param(40, 80, 60, NO_DIRECTION, NAN, id="no direction"),
    ],
)
def test_the_rate_as_publishers_print_it(
    baseline: float, target: float, actual: float, direction: int, expected: float
) -> None:
    found = clipped(np.array([rate(baseline, actual, target, direction)]))[0]
    assert found == pytest.approx(expected, nan_ok=True)


def test_the_figure_itself_is_not_clipped() -> None:
    assert rate(0, 120, 100, AT_LEAST) == 120
    assert rate(0, -10, 100, AT_LEAST) == -10


def test_arrays_of_any_shape_are_judged_together() -> None:
    actual = np.array([[45.0, 60.0], [75.0, 90.0]])
    directions = np.array([[AT_LEAST], [AT_MOST]])
    found = progress_rate(
        np.array([[40.0], [90.0]]), actual, np.array([[80.0], [45.0]]), directions
    )
    assert found == pytest.approx(np.array([[12.5, 50.0], [100 / 3, 0.0]]))


@given(figures, figures, figures)
def test_at_most_is_the_mirror_of_at_least(baseline: float, actual: float, target: float) -> None:
    assert rate(baseline, actual, target, AT_LEAST) == rate(-baseline, -actual, -target, AT_MOST)


@given(
    figures, figures, figures, st.integers(-500, 500), st.sampled_from([0.5, 2, 8, 64]), one_sided
)
def test_another_unit_or_another_zero_changes_no_rate(
    baseline: float, actual: float, target: float, shift: int, scale: float, direction: int
) -> None:
    moved = [scale * figure + shift for figure in (baseline, actual, target)]
    assert rate(moved[0], moved[1], moved[2], direction) == pytest.approx(
        rate(baseline, actual, target, direction)
    )


@given(figures, figures, one_sided)
def test_a_value_on_its_target_is_all_the_way(
    baseline: float, target: float, direction: int
) -> None:
    assert rate(baseline, target, target, direction) == 100


@given(figures, figures, figures, figures)
def test_more_is_never_less_of_the_way(
    baseline: float, target: float, actual: float, more: float
) -> None:
    assume(more >= actual)
    assert rate(baseline, more, target, AT_LEAST) >= rate(baseline, actual, target, AT_LEAST)


@pytest.mark.parametrize(
    ("actual", "target", "direction", "expected"),
    [
        pytest.param(60, 80, AT_LEAST, 75, id="three quarters of the target"),
        pytest.param(96, 80, AT_LEAST, 120, id="more than asked"),
        pytest.param(60, 45, AT_MOST, 75, id="above a ceiling"),
        pytest.param(36, 45, AT_MOST, 125, id="under a ceiling"),
        pytest.param(0, 45, AT_MOST, NAN, id="nothing has no share"),
        pytest.param(-5, 80, AT_LEAST, NAN, id="a negative value has no share"),
        pytest.param(NAN, 80, AT_LEAST, NAN, id="no value"),
        pytest.param(60, NAN, AT_LEAST, NAN, id="no target"),
        pytest.param(60, 80, EXACTLY, NAN, id="exactly is not a share"),
    ],
)
def test_attainment_rate(actual: float, target: float, direction: int, expected: float) -> None:
    found = attainment_rate(np.array([actual]), np.array([target]), np.array([direction]))
    assert found[0] == pytest.approx(expected, nan_ok=True)
