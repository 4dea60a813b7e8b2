"""Whatever is wrong with a series is said in words, in both languages."""

import numpy as np
import pytest

from pilotage.assessment.remark import Caution, Remark, remarks, sentence
from pilotage.assessment.variation import Process, vary

NAN = float("nan")


def cautions(
    values: list[float],
    sign: float = 1.0,
    target: float = 50.0,
    period: int = 1,
    bounds: tuple[float, float] | None = None,
) -> set[Caution]:
    series = np.array(values, dtype=float).reshape(1, -1)
    process = Process(np.array([sign]), np.array([target]))
    found = remarks(series, process, vary(series, process), period, bounds)
    return {one.caution for one in found[0]}


def noise(n: int, seed: int = 1) -> list[float]:
    drawn: list[float] = np.random.default_rng(seed).normal(50, 5, n).tolist()
    return drawn


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param([], Caution.NO_VALUE, id="nothing"),
        pytest.param([NAN, NAN], Caution.NO_VALUE, id="only missing"),
        pytest.param([1.0, 2, 3, 4], Caution.TOO_FEW, id="four values"),
        pytest.param(noise(8), Caution.ON_TRIAL, id="eight values"),
        pytest.param([42.0] * 20, Caution.NO_VARIATION, id="constant"),
        pytest.param([42.0] * 19 + [50.0], Caution.UNSCREENED, id="one jump"),
        pytest.param([*noise(10), NAN, NAN, *noise(10)], Caution.GAPS, id="missing periods"),
        pytest.param(np.cumsum(noise(40)).tolist(), Caution.AUTOCORRELATED, id="a drift"),
    ],
)
def test_what_is_wrong_with_the_values_is_said(values: list[float], expected: Caution) -> None:
    assert expected in cautions(values)


def test_a_calm_series_with_a_target_needs_no_remark() -> None:
    assert cautions(noise(24)) == set()


def test_a_missing_target_or_direction_is_said() -> None:
    assert cautions(noise(24), target=NAN) == {Caution.NO_TARGET}
    assert cautions(noise(24), sign=0.0) == {Caution.NO_DIRECTION}


def test_percentages_at_their_bounds_have_limits_past_them() -> None:
    values = [100.0, 99, 100, 98, 100, 100, 97, 100, 99, 100, 100, 99, 100]
    assert Caution.PAST_BOUNDS in cautions(values, bounds=(0.0, 100.0))


def test_a_season_is_said_and_is_not_mistaken_for_memory() -> None:
    wave = 50 + 20 * np.sin(2 * np.pi * np.arange(60) / 12)
    values = (wave + np.random.default_rng(2).normal(0, 1, 60)).tolist()
    assert cautions(values, period=12) == {Caution.SEASONAL}


def test_gaps_after_the_last_value_are_not_missing_periods() -> None:
    assert Caution.GAPS not in cautions([*noise(14), NAN, NAN])


@pytest.mark.parametrize("caution", list(Caution))
def test_every_caution_has_its_sentence_in_both_languages(caution: Caution) -> None:
    french, english = (sentence(Remark(caution, 3), lang) for lang in ("fr", "en"))
    assert french != english
    assert "{" not in french + english
