"""Questions light up where numbers were pushed, and stay quiet on honest ones."""

import numpy as np
import pytest

from pilotage.assessment import gaming
from pilotage.assessment.code import Floats
from pilotage.assessment.false_discovery import discoveries
from pilotage.assessment.gaming import Finding
from pilotage.assessment.question import Question, asked, rarity
from pilotage.i18n import Lang

NAN = float("nan")
LANGUAGES: tuple[Lang, ...] = ("fr", "en")
NEAR_MISS = 0.5  # sigmas short of the target
JUST_PAST = 0.25


def distances(generator: np.random.Generator, n: int, pushed: float) -> Floats:
    """Signed distances to targets, in sigmas; a share of the near misses pushed just over."""
    honest = generator.normal(size=n)
    near = (honest < 0) & (honest >= -NEAR_MISS)
    moved = near & (generator.random(n) < pushed)
    return np.where(moved, generator.uniform(0, JUST_PAST, n), honest)


def lit_share(pushed: float, n: int = 500, runs: int = 200) -> float:
    """How often the first of ten questions lights, the nine others being about honest figures."""
    generator = np.random.default_rng(11)
    lit = 0
    for _ in range(runs):
        sources = [distances(generator, n, pushed if source == 0 else 0.0) for source in range(10)]
        p = np.array([gaming.just_past_target(source).p for source in sources])
        lit += bool(discoveries(p)[0])
    return lit / runs


def test_a_third_of_near_misses_pushed_over_lights_the_question() -> None:
    assert lit_share(pushed=0.3) >= 0.9


def test_honest_figures_light_it_hardly_ever() -> None:
    assert lit_share(pushed=0.0) <= 0.05


@pytest.mark.parametrize("usual", [-1.0, 0.5, 1.0, 2.0])
def test_targets_mostly_met_or_mostly_missed_are_no_question(usual: float) -> None:
    generator = np.random.default_rng(12)
    p = [gaming.just_past_target(generator.normal(usual, 1, 1_000)).p for _ in range(300)]
    assert np.mean(np.array(p) <= 0.05) <= 0.08


def test_too_few_values_leave_a_question_unasked() -> None:
    few = np.zeros(4)
    day = np.array(["2026-01-01", "2026-01-01"], dtype="datetime64[D]")
    none = np.array([], dtype="datetime64[D]")
    findings = [
        gaming.just_past_target(few),
        gaming.exactly_on_target(few, few, few + 1, 1.0),
        gaming.targets_eased(few),
        gaming.favourite_digits(few),
        gaming.first_digits(few),
        gaming.late_when_bad(few, few),
        gaming.missing_when_bad(few, few),
        gaming.too_smooth(few),
        gaming.year_end_surge(np.zeros((2, 12))),
        gaming.substitution(none, none, 30, day),
    ]
    assert all(np.isnan(one.p) for one in findings)
    assert not discoveries(np.array([one.p for one in findings])).any()


def test_values_equal_to_their_target_are_counted_against_rounding() -> None:
    generator = np.random.default_rng(5)
    actual = np.round(generator.normal(50, 5, 60), 1)
    target, sigma = np.full(60, 50.0), np.full(60, 5.0)
    honest = gaming.exactly_on_target(actual, target, sigma, 0.1)
    actual[:10] = 50.0
    assert honest.p > 0.05
    assert gaming.exactly_on_target(actual, target, sigma, 0.1).p < 1e-6


def test_targets_eased_nine_times_in_ten_are_a_question() -> None:
    found = gaming.targets_eased(np.array([1.0] * 9 + [-1.0, 0.0, NAN]))
    assert found[:3] == pytest.approx((9, 10, 11 / 1024))


def test_heaped_last_digits_are_a_question() -> None:
    generator = np.random.default_rng(7)
    honest = generator.integers(100, 999, 200).astype(float)
    heaped = np.where(generator.random(200) < 0.4, np.round(honest / 5) * 5, honest)
    assert gaming.favourite_digits(honest).p > 0.01
    assert gaming.favourite_digits(heaped).p < 0.01


def test_first_digits_follow_benford_only_where_they_should() -> None:
    generator = np.random.default_rng(9)
    spread = 10 ** generator.uniform(0, 4, 2_000)
    assert gaming.first_digits(spread).p > 0.01
    assert gaming.first_digits(np.r_[spread, np.full(400, 900.0)]).p < 1e-6
    assert np.isnan(gaming.first_digits(generator.uniform(50, 60, 500)).p)


def test_bad_results_that_come_late_are_a_question() -> None:
    generator = np.random.default_rng(3)
    shortfall = generator.normal(size=24)
    punctual = generator.normal(20, 5, 24)
    assert gaming.late_when_bad(punctual, shortfall).p > 0.05
    assert gaming.late_when_bad(punctual + 10 * shortfall, shortfall).p < 0.01


def test_missing_periods_where_bad_was_expected_are_a_question() -> None:
    shortfall = np.arange(30.0)
    assert gaming.missing_when_bad(shortfall, (shortfall >= 24).astype(float)).p < 0.01
    assert gaming.missing_when_bad(shortfall, (shortfall % 5 == 0).astype(float)).p > 0.05


def test_counts_steadier_than_chance_are_a_question() -> None:
    generator = np.random.default_rng(2)
    assert gaming.too_smooth(generator.poisson(140, 36).astype(float)).p > 0.01
    steady = gaming.too_smooth(np.round(generator.normal(140, 2, 36)))
    assert steady.p < 1e-6
    assert steady.seen < 0.2


def test_a_surge_at_every_years_end_is_a_question() -> None:
    generator = np.random.default_rng(1)
    years = generator.normal(100, 5, (8, 12))
    years[:, -1] += 100
    assert gaming.year_end_surge(years)[:3] == pytest.approx((8, 8, 1 / 256))


def test_a_neighbour_that_worsens_with_each_gain_is_a_question() -> None:
    observed = np.array(["2020-01-01", "2026-01-01"], dtype="datetime64[D]")
    generator = np.random.default_rng(6)
    better = observed[0] + np.sort(generator.choice(2_000, 12, replace=False))
    beside = gaming.substitution(better, better + 3, 10, observed)
    elsewhere = gaming.substitution(better, better + 80, 10, observed)
    assert beside.p < 0.01
    assert elsewhere.p > 0.05


def test_false_discoveries_are_held_by_benjamini_and_hochberg() -> None:
    p = np.array([0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, NAN])
    assert discoveries(p).tolist() == [True, True, *[False] * 7]
    assert not discoveries(np.array([])).any()


def test_every_question_is_a_question_with_its_n_and_its_p() -> None:
    for question in Question:
        for lang in LANGUAGES:
            said = asked(question, Finding(9, 10, 0.0107), lang)
            assert "10" in said
            assert "?" in said
            assert rarity(0.0107, lang) == ("p = 0,0107" if lang == "fr" else "p = 0.0107")
