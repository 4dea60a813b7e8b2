"""Planned paths and the statuses before the due date."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage.assessment.code import (
    ANNUAL,
    AT_LEAST,
    AT_MOST,
    AT_RISK,
    BETWEEN,
    EXACTLY,
    EXPLICIT_PATH,
    LINEAR_PATH,
    MONTHLY,
    NO_DIRECTION,
    NO_PATH,
    OFF_TRACK,
    ON_TRACK,
    STEP_PATH,
)
from pilotage.assessment.trajectory import (
    Plan,
    Thresholds,
    awaits_confirmation,
    path_through,
    planned,
    trajectory_status,
)
from tests.series import NAN

INF = float("inf")
figures = st.integers(-1_000, 1_000).map(float)


def plan(
    path: float,
    baseline: float,
    direction: int = AT_LEAST,
    *,
    band: tuple[float, float] = (NAN, NAN),
    tolerance: float = NAN,
    decimals: int = -1,
) -> Plan:
    return Plan(
        path=np.array([path]),
        baseline=np.array([baseline]),
        floor=np.array([band[0]]),
        ceiling=np.array([band[1]]),
        tolerance=np.array([tolerance]),
        direction=np.array([direction], dtype=np.int8),
        decimals=np.array([decimals], dtype=np.int16),
    )


def status(value: float, held_against: Plan) -> int:
    return int(trajectory_status(np.array([value]), held_against)[0])


def path_value(
    day: float, shape: int, start: tuple[float, float], *targets: tuple[float, float]
) -> float:
    """The plan on a day, from (day, baseline) through (due, target) points."""
    dues, values = (np.array([column]) for column in zip(*targets, strict=True))
    path = path_through(
        np.array([start[0]]), np.array([start[1]]), dues, values, np.array([shape], dtype=np.int8)
    )
    return float(planned(path, np.array([[day]]))[0, 0])


@pytest.mark.parametrize(
    ("value", "path", "expected"),
    [
        pytest.param(220, 250, AT_RISK, id="88 percent of the way planned"),
        pytest.param(480, 500, ON_TRACK, id="96 percent"),
        pytest.param(710, 750, ON_TRACK, id="94.7 percent"),
        pytest.param(0.27, 0.3, ON_TRACK, id="90 percent, whatever binary fractions say"),
        pytest.param(75, 100, AT_RISK, id="75 percent is still at risk"),
        pytest.param(74.9, 100, OFF_TRACK, id="under 75 percent"),
        pytest.param(130, 100, ON_TRACK, id="ahead of the plan"),
        pytest.param(-10, 100, OFF_TRACK, id="a step back"),
        pytest.param(NAN, 100, NO_PATH, id="no value"),
        pytest.param(50, NAN, NO_PATH, id="no path on that day"),
    ],
)
def test_the_way_done_against_the_way_planned(value: float, path: float, expected: int) -> None:
    assert status(value, plan(path, 0)) == expected


def test_no_baseline_no_trajectory() -> None:
    assert status(90, plan(100, NAN)) == NO_PATH
    assert status(7, plan(NAN, NAN, BETWEEN, band=(5, 10))) == NO_PATH


def test_no_direction_no_trajectory() -> None:
    assert status(90, plan(100, 0, NO_DIRECTION, band=(0, 100))) == NO_PATH


@pytest.mark.parametrize(
    ("value", "expected"),
    [(80.0, ON_TRACK), (81.0, ON_TRACK), (79.0, AT_RISK), (78.0, AT_RISK), (77.9, OFF_TRACK)],
)
def test_a_flat_path_asks_to_hold_within_the_tolerance(value: float, expected: int) -> None:
    assert status(value, plan(80, 80, tolerance=2, decimals=1)) == expected


def test_a_path_less_than_a_published_unit_away_is_flat() -> None:
    assert status(40.0, plan(40.05, 40, decimals=1)) == ON_TRACK
    assert status(39.9, plan(40.05, 40, decimals=1)) == OFF_TRACK
    assert status(40.0, plan(40.1, 40, decimals=1)) == OFF_TRACK  # none of the way


def test_a_path_behind_its_baseline_never_calls_a_better_value_off() -> None:
    assert status(90, plan(80, 95)) == ON_TRACK
    assert status(79, plan(80, 95)) == OFF_TRACK
    assert status(30, plan(45, 20, AT_MOST)) == ON_TRACK


@pytest.mark.parametrize("direction", [BETWEEN, EXACTLY])
def test_a_band_is_held_touched_or_left(direction: int) -> None:
    band = (5.0, 10.0) if direction == BETWEEN else (7.0, 7.0)
    held = plan(NAN, 0, direction, band=band, tolerance=0.1)
    assert status(7, held) == ON_TRACK
    assert status(band[0] - 0.1, held) == AT_RISK
    assert status(band[1] + 0.1, held) == AT_RISK
    assert status(band[1] + 0.2, held) == OFF_TRACK


def test_without_a_tolerance_nothing_is_merely_at_risk() -> None:
    assert status(10.1, plan(NAN, 0, BETWEEN, band=(5, 10))) == OFF_TRACK


def test_thresholds_can_be_set() -> None:
    strict = Thresholds(on_track=100, at_risk=95)
    assert trajectory_status(np.array([96.0]), plan(100, 0), strict)[0] == AT_RISK


@given(figures, figures, figures, st.integers(-1, 2))
def test_at_most_is_the_mirror_of_at_least(
    value: float, path: float, baseline: float, decimals: int
) -> None:
    rising = status(value, plan(path, baseline, decimals=decimals))
    assert rising == status(-value, plan(-path, -baseline, AT_MOST, decimals=decimals))


@given(figures, figures)
def test_a_missing_value_is_never_on_track(path: float, baseline: float) -> None:
    assert status(NAN, plan(path, baseline)) == NO_PATH


@pytest.mark.parametrize(
    ("day", "expected"),
    [(0, 40), (50, 60), (100, 80), (150, 85), (200, 90), (-1, NAN), (201, NAN)],
)
def test_a_linear_path_goes_through_its_baseline_and_its_targets(
    day: float, expected: float
) -> None:
    found = path_value(day, LINEAR_PATH, (0, 40), (100, 80), (200, 90))
    assert found == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("day", "expected"), [(0, 40), (99, 40), (100, 80), (199, 80), (200, 90), (201, NAN)]
)
def test_a_step_path_holds_until_the_next_due_date(day: float, expected: float) -> None:
    found = path_value(day, STEP_PATH, (0, 40), (100, 80), (200, 90))
    assert found == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(("day", "expected"), [(50, NAN), (100, 80), (150, 80), (200, 90)])
def test_an_explicit_path_is_its_dated_targets_alone(day: float, expected: float) -> None:
    found = path_value(day, EXPLICIT_PATH, (0, 40), (100, 80), (200, 90))
    assert found == pytest.approx(expected, nan_ok=True)


def test_an_undated_baseline_starts_a_step_but_no_line() -> None:
    assert path_value(50, STEP_PATH, (NAN, 40), (100, 80)) == 40
    assert np.isnan(path_value(50, LINEAR_PATH, (NAN, 40), (100, 80)))
    assert path_value(150, LINEAR_PATH, (NAN, 40), (100, 80), (200, 90)) == 85


def test_targets_that_are_undated_missing_or_before_the_baseline_are_no_points() -> None:
    points = ((-50, 10.0), (100, NAN), (200, 90.0), (NAN, 99.0))
    assert path_value(100, LINEAR_PATH, (0, 40), *points) == 65


def test_without_a_baseline_there_is_no_path_at_all() -> None:
    assert np.isnan(path_value(150, LINEAR_PATH, (0, NAN), (100, 80), (200, 90)))


def test_a_turn_to_off_track_waits_for_one_more_value() -> None:
    def awaits(now: int, before: int, frequency: int = MONTHLY) -> bool:
        codes = (np.array([code], dtype=np.int8) for code in (now, before, frequency))
        return bool(awaits_confirmation(*codes)[0])

    assert awaits(OFF_TRACK, ON_TRACK)
    assert awaits(OFF_TRACK, AT_RISK)
    assert not awaits(OFF_TRACK, OFF_TRACK)
    assert not awaits(OFF_TRACK, NO_PATH)
    assert not awaits(AT_RISK, ON_TRACK)
    assert not awaits(OFF_TRACK, ON_TRACK, ANNUAL)
