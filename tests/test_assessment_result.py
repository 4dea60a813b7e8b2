"""Met or not at the due date, at published decimals."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage.assessment.code import (
    AT_LEAST,
    AT_MOST,
    BETWEEN,
    EXACTLY,
    FUTURE,
    MET,
    NO_DIRECTION,
    NOT_AVAILABLE,
    NOT_MET,
)
from pilotage.assessment.result import bounds, result_rates, result_status, rounded, satisfies
from tests.series import NAN

hundredths = st.integers(-10_000_000, 10_000_000)
directions = st.sampled_from([AT_LEAST, AT_MOST, BETWEEN, EXACTLY, NO_DIRECTION])
maybe = st.one_of(st.just(NAN), st.integers(-100, 100).map(float))


def result(
    value: float, low: float, high: float, direction: int, decimals: int = -1, future: bool = False
) -> int:
    floor, ceiling = bounds(np.array([low]), np.array([high]), np.array([direction]))
    found = result_status(
        np.array([value]), floor, ceiling, np.array([decimals], dtype=np.int16), np.array([future])
    )
    return int(found[0])


@pytest.mark.parametrize(
    ("value", "low", "high", "direction", "expected"),
    [
        pytest.param(80, 80, NAN, AT_LEAST, MET, id="at least is inclusive"),
        pytest.param(79, 80, NAN, AT_LEAST, NOT_MET, id="under at least"),
        pytest.param(10, NAN, 10, AT_MOST, MET, id="at most is inclusive"),
        pytest.param(11, NAN, 10, AT_MOST, NOT_MET, id="over at most"),
        pytest.param(5, 5, 10, BETWEEN, MET, id="between holds its lower end"),
        pytest.param(10, 5, 10, BETWEEN, MET, id="between holds its upper end"),
        pytest.param(4, 5, 10, BETWEEN, NOT_MET, id="under between"),
        pytest.param(11, 5, 10, BETWEEN, NOT_MET, id="over between"),
        pytest.param(99, 5, NAN, BETWEEN, MET, id="between with a floor alone"),
        pytest.param(-9, NAN, 10, BETWEEN, MET, id="between with a ceiling alone"),
        pytest.param(7, 7, NAN, EXACTLY, MET, id="exactly"),
        pytest.param(8, 7, NAN, EXACTLY, NOT_MET, id="exactly, past it"),
        pytest.param(7, NAN, 7, EXACTLY, MET, id="exactly, written on the other side"),
        pytest.param(99, 80, 85, AT_LEAST, MET, id="at least reads its floor alone"),
        pytest.param(80, NAN, 80, AT_LEAST, NOT_AVAILABLE, id="at least without a floor"),
        pytest.param(80, 80, NAN, AT_MOST, NOT_AVAILABLE, id="at most without a ceiling"),
        pytest.param(NAN, 80, NAN, AT_LEAST, NOT_AVAILABLE, id="no value"),
        pytest.param(80, NAN, NAN, AT_LEAST, NOT_AVAILABLE, id="no target"),
        pytest.param(80, 80, 80, NO_DIRECTION, NOT_AVAILABLE, id="no direction"),
        pytest.param(0, 0, NAN, AT_LEAST, MET, id="zero is a value"),
    ],
)
def test_a_value_against_its_target(
    value: float, low: float, high: float, direction: int, expected: int
) -> None:
    assert result(value, low, high, direction) == expected


def test_a_due_date_that_lies_ahead_wins_over_everything() -> None:
    assert result(90, 80, NAN, AT_LEAST, future=True) == FUTURE
    assert result(NAN, NAN, NAN, AT_LEAST, future=True) == FUTURE


def test_79_85_shown_as_80_meets_80() -> None:
    assert result(79.85, 80, NAN, AT_LEAST, decimals=0) == MET
    assert result(79.85, 80, NAN, AT_LEAST) == NOT_MET


def test_a_target_is_rounded_like_its_value() -> None:
    assert result(80.04, 80.049, NAN, AT_LEAST, decimals=1) == MET


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        pytest.param(2.675, 2, 2.68, id="a half that binary writes a hair short"),
        pytest.param(1.005, 2, 1.01, id="another one"),
        pytest.param(0.5, 0, 1, id="a half goes up"),
        pytest.param(-0.5, 0, -1, id="and down below zero"),
        pytest.param(2.5, 0, 3, id="not to the even neighbour"),
        pytest.param(1e17, 2, 1e17, id="a number too large to have decimals"),
        pytest.param(1e308, 3, 1e308, id="nor to overflow"),
        pytest.param(12.3456, -1, 12.3456, id="no decimals given, no rounding"),
        pytest.param(NAN, 1, NAN, id="missing stays missing"),
    ],
)
def test_rounding_as_publishers_do(value: float, decimals: int, expected: float) -> None:
    found = rounded(np.array([value]), np.array([decimals], dtype=np.int16))
    assert found[0] == pytest.approx(expected, rel=0, abs=0, nan_ok=True)


@given(st.integers(-(10**11), 10**11), st.integers(1, 6), st.integers(0, 4))
def test_rounding_agrees_with_decimal_arithmetic(digits: int, written: int, shown: int) -> None:
    exact = Decimal(digits).scaleb(-written)
    expected = float(exact.quantize(Decimal(1).scaleb(-shown), rounding=ROUND_HALF_UP))
    found = rounded(np.array([float(exact)]), np.array([shown], dtype=np.int16))
    assert found[0] == expected


@given(maybe, maybe, directions, st.integers(-1, 3))
def test_a_missing_value_never_meets_a_target(
    low: float, high: float, direction: int, decimals: int
) -> None:
    assert result(NAN, low, high, direction, decimals) == NOT_AVAILABLE


@given(hundredths, hundredths, st.integers(-1, 3))
def test_at_most_is_the_mirror_of_at_least(value: int, target: int, decimals: int) -> None:
    above = result(value / 100, target / 100, NAN, AT_LEAST, decimals)
    assert above == result(-value / 100, NAN, -target / 100, AT_MOST, decimals)


@given(hundredths, st.integers(0, 2))
def test_what_reads_the_same_meets_the_same(value: int, decimals: int) -> None:
    places = np.array([decimals], dtype=np.int16)
    exact = np.array([value / 100])
    assert satisfies(exact, rounded(exact, places), rounded(exact, places), places).all()


def test_the_three_rates_say_what_they_divide_by() -> None:
    results = np.array([MET] * 3 + [NOT_MET] + [NOT_AVAILABLE] * 4 + [FUTURE] * 9, dtype=np.int8)
    rates = result_rates(results)
    assert (rates.met_of_all, rates.met_of_judged, rates.coverage) == (37.5, 75.0, 50.0)


def test_rates_over_nothing_are_missing_and_not_zero() -> None:
    rates = result_rates(np.array([FUTURE], dtype=np.int8))
    assert np.isnan([rates.met_of_all, rates.met_of_judged, rates.coverage]).all()
