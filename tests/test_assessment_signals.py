"""Whether to react, read with the status: gates, symmetry of directions, the target that counts."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage.assessment.code import FREQUENCIES, MONTHLY, NONE
from pilotage.assessment.projection import light_projection
from pilotage.assessment.signals import ASSURANCES, VARIATIONS, Signals, signals
from pilotage.assessment.variation import Process, vary
from pilotage.domain.indicator import Direction, Frequency
from pilotage.domain.signal import Assurance, VariationKind
from tests.series import NAN, Aim, Series, batch_of

ON = np.datetime64("2026-03-31")
MONTHS = [f"{2022 + n // 12}-{n % 12 + 1:02d}" for n in range(51)]
NOISE = np.random.default_rng(7).normal(50, 4, 51).round(2).tolist()
few = st.lists(st.integers(-40, 40), min_size=14, max_size=40).filter(lambda v: len(set(v)) > 2)


def monthly(
    values: list[float],
    direction: Direction = Direction.AT_LEAST,
    *,
    low: float = NAN,
    high: float = NAN,
) -> Series:
    """The last months up to March 2026, and a target due at the end of 2026."""
    named = list(zip(MONTHS[len(MONTHS) - len(values) :], values, strict=True))
    has_aim = not (np.isnan(low) and np.isnan(high))
    return Series(named, [Aim("2026-12-31", low, high)] if has_aim else [], direction)


def read(*series: Series) -> Signals:
    return signals(batch_of(*series), ON)


@pytest.mark.parametrize(
    ("count", "has_lines", "has_icon"), [(4, False, False), (5, True, False), (13, True, True)]
)
def test_nothing_under_five_values_and_no_icon_under_thirteen(
    count: int, has_lines: bool, has_icon: bool
) -> None:
    seen = read(monthly(NOISE[:count], low=55.0))
    assert bool(np.isfinite(seen.mean[0])) is has_lines
    assert bool(seen.variation[0] != NONE) is has_icon
    assert bool(seen.assurance[0] != NONE) is has_icon
    assert bool(np.isfinite(seen.next_meets[0])) is has_icon


def test_the_words_are_in_the_order_of_the_codes() -> None:
    worse = [50.0, 51.0] * 12 + [20.0]
    seen = read(monthly(worse, low=55.0), monthly(worse, Direction.AT_MOST, high=90.0))
    assert [VARIATIONS[code] for code in seen.variation] == [
        VariationKind.CONCERN,
        VariationKind.IMPROVEMENT,
    ]
    assert ASSURANCES[seen.assurance[1]] is Assurance.PASS


def test_lines_are_those_of_the_xmr_chart() -> None:
    seen = read(monthly(NOISE[:40], low=55.0))
    alone = vary(np.array([NOISE[:40]]), Process(np.ones(1), np.array([55.0])))
    assert (seen.mean[0], seen.lower[0], seen.upper[0]) == pytest.approx(
        (alone.mean[0], alone.lower[0], alone.upper[0]), rel=1e-12
    )
    assert seen.next_meets[0] == pytest.approx(alone.next_meets[0])


@given(few)
@settings(max_examples=60, deadline=None)
def test_less_is_better_is_more_is_better_in_a_mirror(drawn: list[int]) -> None:
    values = [float(y) for y in drawn]
    seen = read(
        monthly(values, low=10.0),
        monthly([-y for y in values], Direction.AT_MOST, high=-10.0),
    )
    assert seen.variation[0] == seen.variation[1]
    assert seen.assurance[0] == seen.assurance[1]
    assert seen.due_meets[0] == pytest.approx(seen.due_meets[1], abs=1e-9, nan_ok=True)
    assert seen.next_meets[0] == pytest.approx(seen.next_meets[1], abs=1e-9, nan_ok=True)


@given(few, st.integers(-3, 3), st.sampled_from([0.5, 2.0, 8.0]))
@settings(max_examples=60, deadline=None)
def test_another_unit_changes_nothing_that_is_said(
    drawn: list[int], shift: int, scale: float
) -> None:
    values = [float(y) for y in drawn]
    moved = [scale * y + 64 * shift for y in values]
    seen = read(monthly(values, low=10.0), monthly(moved, low=scale * 10 + 64 * shift))
    assert seen.variation[0] == seen.variation[1]
    assert seen.assurance[0] == seen.assurance[1]
    assert seen.next_meets[0] == pytest.approx(seen.next_meets[1], abs=1e-9, nan_ok=True)


def test_the_chance_at_the_due_date_is_that_of_so_many_periods_ahead() -> None:
    seen = read(monthly(NOISE[:40], low=55.0))
    ahead = light_projection(np.array([NOISE[:40]]), 12, 9)
    assert seen.due_middle[0] == pytest.approx(ahead.mean[0, 8])
    assert seen.due_lower[0] < seen.due_middle[0] < seen.due_upper[0]
    assert 0 < seen.due_meets[0] < 0.5


@pytest.mark.parametrize(
    ("frequency", "codes", "due", "steps"),
    [
        (Frequency.MONTHLY, MONTHS[-20:], "2026-04-30", 1),
        (Frequency.MONTHLY, MONTHS[-20:], "2027-03-31", 12),
        (
            Frequency.QUARTERLY,
            [f"{2021 + n // 4}-T{n % 4 + 1}" for n in range(21)],
            "2026-12-31",
            3,
        ),
        (Frequency.ANNUAL, [str(2010 + n) for n in range(16)], "2026-12-31", 1),
        (Frequency.ANNUAL, [str(2010 + n) for n in range(16)], "2028-12-31", 3),
    ],
)
def test_the_due_date_is_so_many_periods_away(
    frequency: Frequency, codes: list[str], due: str, steps: int
) -> None:
    values = [float(n) for n in range(len(codes))]
    series = Series(list(zip(codes, values, strict=True)), [Aim(due, low=5.0)], frequency=frequency)
    seen = read(series)
    season = {Frequency.MONTHLY: 12, Frequency.QUARTERLY: 4, Frequency.ANNUAL: 1}[frequency]
    wanted = light_projection(np.array([values]), season, steps).mean[0, steps - 1]
    assert seen.due_middle[0] == pytest.approx(wanted)


def test_a_series_that_drifts_is_read_from_where_it_is_heading() -> None:
    rising = [50 + 0.8 * n + wobble for n, wobble in enumerate([0.4, -0.3, 0.1] * 12)]
    seen = read(monthly(rising, low=70.0), monthly(NOISE[:36], low=70.0))
    assert seen.assurance[0] == NONE
    assert seen.assurance[1] != NONE
    assert seen.next_meets[0] > 0.9
    assert seen.next_meets[1] < 0.01


def test_no_chance_is_given_further_than_what_is_known() -> None:
    seen = read(monthly(NOISE[:6], low=55.0))
    assert np.isnan(seen.due_meets[0])


def test_without_a_target_or_a_direction_there_is_no_assurance_nor_chance() -> None:
    seen = read(monthly(NOISE[:30]), monthly(NOISE[:30], Direction.NONE, low=55.0))
    assert seen.assurance.tolist() == [NONE, NONE]
    assert np.isnan(seen.due_meets).all()
    assert seen.variation[0] != NONE


def test_disputed_and_erroneous_values_say_nothing() -> None:
    named = [(code, value) for code, value in zip(MONTHS[-20:], NOISE[:20], strict=True)]
    odd: list[tuple[str, float] | tuple[str, float, int]] = [*named[:-2]]
    odd += [(named[-2][0], 900.0, 3), (named[-1][0], 900.0, 4)]
    seen = read(Series(named[:-2]), Series(odd))
    assert seen.mean[0] == pytest.approx(seen.mean[1])
    assert seen.variation[0] == seen.variation[1]


@pytest.mark.parametrize("values", [[], [5.0] * 30, [0.0] * 20 + [9.0] * 10, [1e15, 1e-9] * 12])
def test_flat_empty_and_far_apart_series_are_read_without_a_fault(values: list[float]) -> None:
    seen = read(monthly(values, low=4.0))
    assert seen.known[0] == len(values)
    assert np.isnan(seen.due_meets[0]) or 0 <= seen.due_meets[0] <= 1


def test_every_series_is_read_as_if_it_were_alone() -> None:
    assert FREQUENCIES[MONTHLY] is Frequency.MONTHLY
    series = [monthly(NOISE[:n], low=50.0 + n) for n in (5, 13, 30, 48)]
    together = read(*series)
    for at, one in enumerate(series):
        for name, column in read(one)._asdict().items():
            beside = getattr(together, name)[at]
            if name == "due_day":
                assert str(column[0]) == str(beside)
            else:
                assert column[0] == pytest.approx(beside, nan_ok=True), name


def test_a_projection_stays_within_what_the_indicator_can_be() -> None:
    falling = [max(2.0, 60.0 - 1.6 * n) + 3 * (n % 2) for n in range(40)]
    noisy = monthly(falling, Direction.AT_MOST, high=5.0)
    free, held = read(noisy), read(replace(noisy, floor=0.0, ceiling=100.0))
    assert free.due_lower[0] < 0
    assert held.due_lower[0] == 0
    assert held.due_upper[0] == free.due_upper[0]
    assert held.due_meets[0] == free.due_meets[0]


def test_a_bound_that_past_values_have_crossed_is_none() -> None:
    series = monthly([-5.0, 3.0, -4.0] * 8, low=5.0)
    assert read(replace(series, floor=0.0)).due_lower[0] == read(series).due_lower[0] < 0
