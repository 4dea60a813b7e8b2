"""What is drawn of a series: gaps, steps, path, and thinning that hides no extreme."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.window import height, windowed
from pilotage.domain.period import parse_period
from pilotage.rooms.curve import Aim, Curve, Point, curve, has_gap, is_eased, stairs, thinned


def point(code: str, value: float | None) -> Point:
    return Point(parse_period(code), value)


def aim(
    due: date | None,
    low: float | None = None,
    high: float | None = None,
    *,
    baseline: float | None = None,
    since: date | None = None,
    replaced: date | None = None,
    shape: str | None = None,
) -> Aim:
    return Aim(
        due=due,
        low=low,
        high=high,
        tolerance=None,
        baseline=baseline,
        baseline_date=since,
        published_on=date(2025, 4, 1),
        replaced_on=replaced,
        trajectory=shape,
        justification=None,
        text=None,
        load_seq=1,
        load_line=2,
    )


MONTHS = [point(f"2026-{month:02d}", 10.0 + month) for month in range(1, 11)]
NEXT_MARCH = date(2027, 3, 31)


def test_a_missing_month_is_a_gap_and_the_next_month_is_not() -> None:
    january, february, april = (parse_period(f"2026-{month}") for month in ("01", "02", "04"))
    assert not has_gap(january, february)
    assert has_gap(february, april)


@given(st.lists(st.floats(-1e6, 1e6), min_size=60, max_size=400))
def test_thinning_keeps_first_last_lowest_and_highest(values: list[float]) -> None:
    points = [point("2026-01-01", value) for value in values]
    kept = [one.value for one in thinned(points, 50)]
    assert len(kept) <= 50
    assert (kept[0], kept[-1]) == (values[0], values[-1])
    assert min(values) in kept
    assert max(values) in kept


def test_each_target_holds_from_the_due_date_before_it_to_its_own() -> None:
    found = stairs([aim(NEXT_MARCH, 80), aim(date(2026, 3, 31), 70)], date(2025, 6, 30))
    assert [(one.start, one.end, one.low) for one in found] == [
        (date(2025, 6, 30), date(2026, 3, 31), 70),
        (date(2026, 3, 31), NEXT_MARCH, 80),
    ]


def test_a_replaced_target_is_kept_as_a_former_step() -> None:
    replaced = aim(NEXT_MARCH, high=14, replaced=date(2026, 9, 15))
    found = curve(MONTHS, [replaced, aim(NEXT_MARCH, high=15)], shows_everything=True)
    assert [one.high for one in found.former] == [14]
    assert [one.high for one in found.stairs] == [15]


def test_the_path_runs_from_the_baseline_through_the_dated_targets() -> None:
    dated = aim(NEXT_MARCH, 80, baseline=60, since=date(2025, 3, 31))
    assert curve(MONTHS, [dated], shows_everything=True).path == (
        (date(2025, 3, 31), 60),
        (NEXT_MARCH, 80),
    )


def test_without_a_baseline_there_is_no_path() -> None:
    assert curve(MONTHS, [aim(NEXT_MARCH, 80)], shows_everything=True).path == ()


def test_a_step_path_keeps_its_corner() -> None:
    dated = aim(NEXT_MARCH, 80, baseline=60, since=date(2025, 3, 31), shape="step")
    assert curve(MONTHS, [dated], shows_everything=True).path == (
        (date(2025, 3, 31), 60),
        (NEXT_MARCH, 60),
        (NEXT_MARCH, 80),
    )


def test_what_is_shown_stops_at_the_first_target_still_to_come() -> None:
    aims = [aim(date(2026, 12, 31), 22), aim(date(2029, 12, 31), 30)]
    shown: Curve = windowed(curve(MONTHS, aims, shows_everything=True))
    assert [one.low for one in shown.stairs] == [22]


def test_the_path_is_straight_between_two_of_its_points() -> None:
    path = ((date(2026, 1, 1), 10.0), (date(2026, 1, 11), 20.0))
    assert height(path, date(2026, 1, 6)) == pytest.approx(15.0)


@pytest.mark.parametrize(
    ("direction", "before", "then", "expected"),
    [
        pytest.param("at_least", aim(NEXT_MARCH, 80), aim(NEXT_MARCH, 75), True, id="lower floor"),
        pytest.param(
            "at_least", aim(NEXT_MARCH, 80), aim(NEXT_MARCH, 85), False, id="higher floor"
        ),
        pytest.param(
            "at_most", aim(NEXT_MARCH, high=14), aim(NEXT_MARCH, high=15), True, id="higher ceiling"
        ),
        pytest.param(
            "between", aim(NEXT_MARCH, 10, 20), aim(NEXT_MARCH, 10, 22), True, id="wider band"
        ),
        pytest.param("none", aim(NEXT_MARCH, 80), aim(NEXT_MARCH, 1), False, id="no direction"),
    ],
)
def test_a_target_that_asks_for_less_is_eased(
    direction: str, before: Aim, then: Aim, expected: bool
) -> None:
    assert is_eased(direction, before, then) is expected
