"""Seasons and memory are looked for before a chart is believed."""

import numpy as np
import pytest

from pilotage.assessment.code import Floats
from pilotage.assessment.seasonality import (
    autocorrelation,
    is_seasonal,
    seasonal_indices,
    without_season,
)

MONTHS = np.arange(60)


def yearly(amplitude: float, noise: float = 1.0, seed: int = 1) -> Floats:
    wave = amplitude * np.sin(2 * np.pi * MONTHS / 12)
    return np.asarray(100 + wave + np.random.default_rng(seed).normal(0, noise, 60))[None]


def test_a_series_that_repeats_its_year_is_seasonal_and_noise_is_not() -> None:
    assert is_seasonal(yearly(3.0), 12)[0]
    noise = np.random.default_rng(2).normal(size=(400, 60))
    assert np.mean(is_seasonal(noise, 12)) < 0.12


def test_two_years_are_too_few_to_see_a_season() -> None:
    assert not is_seasonal(yearly(9.0)[:, :35], 12)[0]
    assert not is_seasonal(yearly(9.0), 1)[0]


def test_without_its_season_a_series_keeps_its_level_and_loses_its_wave() -> None:
    values = yearly(9.0)
    adjusted, found = without_season(values, 12)
    assert found[0]
    assert np.std(adjusted) < 1.5
    assert np.mean(adjusted) == pytest.approx(np.mean(values), abs=0.2)
    assert without_season(yearly(0.0), 12)[1].tolist() == [False]


def test_multiplicative_indices_average_one_and_find_the_shape() -> None:
    shape = 1 + 0.3 * np.sin(2 * np.pi * np.arange(12) / 12)
    values = np.asarray((100.0 + MONTHS) * np.tile(shape, 5), dtype=np.float64)
    indices = seasonal_indices(values[None], 12)[0]
    assert indices.mean() == pytest.approx(1)
    np.testing.assert_allclose(indices, shape, atol=0.01)


def test_missing_months_do_not_hide_a_season() -> None:
    values = yearly(9.0)
    values[0, [5, 17, 40]] = np.nan
    adjusted, found = without_season(values, 12)
    assert found[0]
    assert np.isnan(adjusted[0, [5, 17, 40]]).all()


def test_memory_is_measured_as_textbooks_do() -> None:
    values = np.array([[1.0, 2, 3, 4, 5]])
    assert autocorrelation(values, 2)[0].tolist() == pytest.approx([0.4, -0.1])
    assert autocorrelation(np.full((1, 9), 3.0), 3)[0].tolist() == [0.0, 0.0, 0.0]
