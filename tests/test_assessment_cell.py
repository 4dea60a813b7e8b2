"""What a bowling chart shows: the card of each period on its last day."""

import pytest

from pilotage.assessment.code import (
    CELL_AT_RISK,
    CELL_MISSING,
    CELL_NONE,
    CELL_OFF_TARGET,
    CELL_ON_TRACK,
)
from pilotage.domain.indicator import Direction, Frequency
from tests.series import NAN, Aim, Series, judged

MONTHS = [("2026-01", 10.0), ("2026-02", 18.0), ("2026-03", NAN), ("2026-04", 32.0)]


def shown(series: Series, on: str = "2026-05-15") -> list[int]:
    found: list[int] = judged(series, on).recent_statuses[0, -len(series.values) :].tolist()
    return found


def test_each_period_is_held_against_the_plan_of_its_own_last_day() -> None:
    aim = Aim("2026-12-31", low=120, baseline=0, since="2025-12-31")
    assert shown(Series(MONTHS, [aim])) == [
        CELL_ON_TRACK,
        CELL_ON_TRACK,
        CELL_MISSING,
        CELL_AT_RISK,
    ]


def test_without_a_path_only_the_periods_with_a_due_date_have_a_status() -> None:
    aims = [Aim("2026-02-28", low=20), Aim("2026-04-30", low=30)]
    assert shown(Series(MONTHS, aims)) == [
        CELL_NONE,
        CELL_OFF_TARGET,
        CELL_MISSING,
        CELL_ON_TRACK,
    ]


def test_the_last_due_date_speaks_of_the_result_and_nothing_speaks_after_it() -> None:
    aim = Aim("2026-02-28", low=20, baseline=0, since="2025-12-31")
    assert shown(Series(MONTHS, [aim])) == [
        CELL_ON_TRACK,
        CELL_OFF_TARGET,  # 90 % of the way, but the day has come
        CELL_MISSING,
        CELL_NONE,
    ]


def test_periods_after_the_judging_date_have_a_plan_and_no_status() -> None:
    aim = Aim("2026-12-31", low=120, baseline=0, since="2025-12-31")
    found = judged(Series(MONTHS, [aim]), "2026-02-28")
    assert found.recent_statuses[0, -2:].tolist() == [CELL_NONE, CELL_NONE]
    assert found.recent_paths[0, -1] == pytest.approx(120 * 120 / 365)


def test_exactly_shows_the_band_it_is_held_against() -> None:
    aims = [
        Aim("2026-02-28", low=10, tolerance=1, baseline=10, since="2025-12-31"),
        Aim("2026-12-31", low=33, tolerance=1),
    ]
    found = judged(Series(MONTHS, aims, Direction.EXACTLY), "2026-05-15")
    assert found.recent_paths[0, -4:].tolist() == [10, 10, 33, 33]
    assert found.recent_statuses[0, -4:].tolist() == [
        CELL_ON_TRACK,
        CELL_OFF_TARGET,
        CELL_MISSING,
        CELL_AT_RISK,
    ]


def test_a_daily_series_owes_nothing_on_weekends_and_holidays() -> None:
    days = ["2026-04-02", "2026-04-03", "2026-04-04", "2026-04-05", "2026-04-07", "2026-04-08"]
    values = [(day, NAN) for day in days[:-1]] + [(days[-1], 5.0)]
    assert shown(Series(values, frequency=Frequency.DAILY), "2026-04-08") == [
        CELL_MISSING,
        CELL_NONE,  # Good Friday
        CELL_NONE,
        CELL_NONE,
        CELL_MISSING,
        CELL_NONE,
    ]
