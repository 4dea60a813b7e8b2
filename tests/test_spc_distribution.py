"""The distributions answer as published tables do."""

import numpy as np
import pytest

from pilotage.assessment.distribution import (
    binomial_quantile,
    binomial_upper,
    chi2_cdf,
    chi2_quantile,
    interpolated_quantile,
    normal_cdf,
    poisson_masses,
    t_cdf,
    t_quantile,
)


def test_the_normal_distribution_at_its_usual_marks() -> None:
    marks = np.array([-3.0, -1.959963984540054, 0.0, 1.0, 40.0, np.nan])
    expected = [0.0013498980316301, 0.025, 0.5, 0.8413447460685429, 1.0, np.nan]
    np.testing.assert_allclose(normal_cdf(marks), expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("probability", "degrees", "expected"),
    [
        (0.975, 1.0, 12.706204736432095),
        (0.975, 3.0, 3.182446305284263),
        (0.975, 30.0, 2.042272456301238),
        (0.025, 10.0, -2.2281388519649385),
        (0.6, 5.0, 0.26718086570414),
    ],
)
def test_students_quantiles(probability: float, degrees: float, expected: float) -> None:
    assert t_quantile(probability, degrees) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_students_distribution_is_symmetric_and_ends_at_zero_and_one() -> None:
    t = np.array([-1e200, -2.0, 0.0, 2.0, 1e200])
    p = t_cdf(t, np.full(5, 4.0))
    np.testing.assert_allclose(p + p[::-1], 1.0, rtol=1e-14)
    assert p[0] == 0.0
    assert p[1] == pytest.approx(0.0580582617584078, rel=1e-10)


@pytest.mark.parametrize(
    ("probability", "degrees", "expected"),
    [
        (0.95, 1.0, 3.841458820694124),
        (0.025, 30.0, 16.790772265566623),
        (0.999, 2.0, 13.815510557964274),
        (0.975, 20_000.0, 20_393.8862),
    ],
)
def test_chi_squared_quantiles(probability: float, degrees: float, expected: float) -> None:
    found = chi2_quantile(probability, degrees)
    assert found == pytest.approx(expected, rel=1e-4 if degrees > 100 else 1e-10)
    assert chi2_cdf(found, degrees) == pytest.approx(probability, rel=1e-9)


def test_no_expected_event_leaves_no_lower_limit() -> None:
    assert chi2_quantile(0.025, 0.0) == 0.0


def test_binomial_tails_are_exact() -> None:
    assert binomial_upper(8, 10) == pytest.approx(56 / 1024)
    assert binomial_upper(0, 10) == 1.0
    assert binomial_quantile(0.05, 23, 0.5) == 8
    assert binomial_quantile(0.05, 0, 0.5) == 0
    assert binomial_quantile(0.5, 10, 1.0) == 10


def test_an_interpolated_quantile_is_never_negative() -> None:
    assert interpolated_quantile(poisson_masses(0.01), 0.025) == 0.0
