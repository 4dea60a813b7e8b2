"""A projection says where a series is heading, how sure it is, and when it cannot say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage.assessment.calibration import DEFAULT, Calibration, calibrate, most_likely
from pilotage.assessment.code import MONTHLY, Floats
from pilotage.assessment.outlook import (
    Transform,
    from_scale,
    meeting_probability,
    outlook,
    to_scale,
    total_probability,
    year_total,
)
from pilotage.assessment.projection import light_projection
from tests.bench.competition import PERIODS, Period, asked, sample
from tests.reference import needs_reference

NAN = float("nan")
PLAIN = Calibration(1.0, 5.0)
whole = st.lists(st.integers(-50, 50), min_size=5, max_size=40).filter(lambda v: len(set(v)) > 2)


def walk(seed: int, n: int = 40, series: int = 1) -> Floats:
    steps = np.random.default_rng(seed).normal(0.3, 1, (series, n))
    return np.asarray(100 + np.cumsum(steps, axis=1))


def test_a_rising_series_goes_on_rising_with_a_widening_doubt() -> None:
    seen = light_projection(np.arange(30.0)[None] + walk(1, 30) / 50, 1, 6)
    assert (np.diff(seen.mean[0]) > 0).all()
    assert (np.diff(seen.scale[0]) >= 0).all()


@given(whole, st.integers(-1000, 1000), st.sampled_from([0.01, 3.0, 1e6]))
@settings(max_examples=60, deadline=None)
def test_another_unit_or_zero_moves_a_projection_with_it(
    drawn: list[int], shift: int, scale: float
) -> None:
    values = np.array([drawn], dtype=float)
    ours, moved = light_projection(values, 1, 3), light_projection(scale * (values + shift), 1, 3)
    np.testing.assert_allclose(moved.scale, scale * ours.scale, rtol=1e-6, atol=1e-9)
    close = 1e-6 * scale * (abs(shift) + 100)
    np.testing.assert_allclose(moved.mean, scale * (ours.mean + shift), rtol=1e-6, atol=close)


def test_good_directions_mirror_each_other() -> None:
    values = walk(3)
    up = meeting_probability(light_projection(values, 1, 2), np.array(105.0), np.array(1.0), PLAIN)
    down = meeting_probability(
        light_projection(-values, 1, 2), np.array(-105.0), np.array(-1.0), PLAIN
    )
    np.testing.assert_allclose(up, down, rtol=1e-9)


def test_many_series_are_projected_as_each_alone() -> None:
    values = walk(4, 36, 5)
    values[1, :12] = NAN
    values[2, 20] = NAN
    values[3, 33:] = NAN
    together = light_projection(values, 12, 4)
    for row in range(5):
        alone = light_projection(values[row : row + 1], 12, 4)
        np.testing.assert_allclose(together.mean[row], alone.mean[0])
        np.testing.assert_allclose(together.scale[row], alone.scale[0])


def test_padding_before_or_after_a_series_changes_nothing() -> None:
    values = walk(5, 30)
    pad = np.full((1, 7), NAN)
    for padded in (np.hstack([pad, values]), np.hstack([values, pad])):
        np.testing.assert_allclose(
            light_projection(padded, 1, 3).mean, light_projection(values, 1, 3).mean
        )


@pytest.mark.parametrize("values", [[], [NAN] * 6, [1.0, 2, 3, 4], [1.0, NAN, 2, 3, 4], [7.0] * 20])
def test_too_few_values_or_no_variation_project_nothing(values: list[float]) -> None:
    seen = light_projection(np.array(values).reshape(1, -1), 12, 3)
    assert np.isnan(seen.mean).all()
    chance = meeting_probability(seen, np.array(1.0), np.array(1.0), PLAIN)
    assert np.isnan(chance).all()


def test_without_target_or_direction_there_is_no_probability() -> None:
    seen = light_projection(walk(6), 1, 2)
    assert np.isnan(meeting_probability(seen, np.array(NAN), np.array(1.0), PLAIN)).all()
    assert np.isnan(meeting_probability(seen, np.array(9.0), np.array(0.0), PLAIN)).all()


@pytest.mark.parametrize(
    ("transform", "low", "high"), [("rate", 0, 1), ("percent", 0, 100), ("count", 0, np.inf)]
)
def test_a_range_never_leaves_the_bounds_of_its_unit(
    transform: Transform, low: float, high: float
) -> None:
    noise = np.random.default_rng(8).normal(0, 0.02, (1, 24))
    values = np.clip(0.97 + noise, 0, 1) * (100 if transform == "percent" else 1)
    seen = light_projection(to_scale(values, transform), 1, 6)
    told = outlook(seen, PLAIN, transform)
    assert (told.lower >= low).all()
    assert (told.upper <= high).all()
    assert (told.lower <= told.middle).all()


@pytest.mark.parametrize("transform", ["level", "rate", "percent", "count"])
def test_the_way_to_a_scale_and_back_is_the_identity(transform: Transform) -> None:
    values = np.array([[0.11, 0.4, 0.99]])
    np.testing.assert_allclose(from_scale(to_scale(values, transform), transform), values)


def test_a_year_already_complete_has_met_its_total_or_not() -> None:
    seen = light_projection(walk(9), 12, 3)
    total = year_total(np.array([50.0]), seen, 0)
    target, sign = np.array([49.0]), np.array([1.0])
    assert total_probability(total, target, sign, PLAIN)[0] == 1.0
    assert total_probability(total, target + 2, sign, PLAIN)[0] == 0.0
    assert np.isnan(total_probability(total, np.array([NAN]), sign, PLAIN)[0])


def test_errors_that_go_together_widen_a_years_total() -> None:
    seen = light_projection(walk(9), 12, 6)
    apart, together = (year_total(np.zeros(1), seen, 6, rho).scale[0] for rho in (0.0, 1.0))
    assert apart < year_total(np.zeros(1), seen, 6).scale[0] < together
    assert together == pytest.approx(seen.scale[0].sum())


def test_calibration_learns_the_width_and_the_tails_of_past_errors() -> None:
    drawn = np.random.default_rng(10).standard_t(4, 20_000)
    learnt = most_likely(1.5 * drawn)
    assert learnt.factor == pytest.approx(1.5, abs=0.1)
    assert 3 <= learnt.degrees <= 6


def test_too_few_past_errors_leave_the_usual_calibration() -> None:
    assert calibrate(walk(1, 30, 3), 12, 4, DEFAULT[MONTHLY]) is DEFAULT[MONTHLY]


@needs_reference
@pytest.mark.parametrize("period", PERIODS, ids=lambda one: one.name)
def test_on_competition_series_chances_are_worth_more_than_a_light(period: Period) -> None:
    found = asked(period, sample(period, 120, np.random.default_rng(5)))
    assert found.brier < 0.18
    assert 0.90 <= found.coverage <= 0.985


def test_a_hundred_thousand_points_are_projected() -> None:
    values = np.random.default_rng(1).normal(size=(1, 100_000))
    assert np.isfinite(light_projection(values, 24, 24).mean).all()
