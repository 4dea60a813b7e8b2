"""The whole judgement of a series at a date: what it is held against, and what is said."""

from dataclasses import fields, replace
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage.assessment.code import (
    CELL_AT_RISK,
    CELL_DISPUTED,
    CELL_IN_ERROR,
    CELL_MISSING,
    CELL_NONE,
    CELL_OFF_TARGET,
    CELL_ON_TRACK,
    CELL_STALE,
    DISPUTED_VALUE,
    ERROR_VALUE,
    MET,
    NONE,
    ON_TRACK,
    PROVISIONAL_VALUE,
    WITHDRAWN_VALUE,
)
from pilotage.assessment.judgement import (
    CHANGES,
    DATA_STATES,
    RESULTS,
    TRAJECTORIES,
    Judgement,
    SeriesBatch,
    judge,
)
from pilotage.domain.indicator import Direction, Frequency
from pilotage.domain.status import Change, DataState, Result, Trajectory
from tests.series import HOLIDAYS, NAN, Aim, Series, batch_of, judged

WAY = Aim("2027-03-31", low=80, baseline=40, since="2026-03-31")


def result(judgement: Judgement) -> Result:
    return RESULTS[int(judgement.result[0])]


def trajectory(judgement: Judgement) -> Trajectory:
    return TRAJECTORIES[int(judgement.trajectory[0])]


def state(judgement: Judgement) -> DataState:
    return DATA_STATES[int(judgement.data_state[0])]


def cells(judgement: Judgement, count: int) -> list[int]:
    found: list[int] = judgement.recent_statuses[0, -count:].tolist()
    return found


def test_a_target_due_on_the_judging_day_is_judged_that_day() -> None:
    """InfoBase, read at 2017-03-31."""
    series = Series([("2016-2017", 85.0)], [Aim("2017-03-31", low=80)], frequency=Frequency.ANNUAL)
    found = judged(series, "2017-03-31")
    assert (result(found), trajectory(found), state(found)) == (
        Result.MET,
        Trajectory.NO_PATH,
        DataState.OK,
    )
    assert found.attainment_rate[0] == 106.25
    assert np.isnan(found.progress_rate[0])
    assert cells(found, 1) == [CELL_ON_TRACK]
    missed = judged(replace(series, values=[("2016-2017", 79.0)]), "2017-03-31")
    assert result(missed) is Result.NOT_MET
    assert cells(missed, 1) == [CELL_OFF_TARGET]


def test_a_target_that_lies_ahead_has_a_trajectory_and_no_result_yet() -> None:
    found = judged(Series([("2026-08", 55.0), ("2026-09", 60.0)], [WAY]), "2026-10-07")
    assert result(found) is Result.FUTURE
    assert trajectory(found) is Trajectory.ON_TRACK
    assert found.progress_rate[0] == 50
    assert found.path_value[0] == pytest.approx(40 + 40 * 183 / 365)
    assert np.isnan(found.attainment_rate[0])
    assert CHANGES[found.change[0]] is Change.IMPROVING
    assert str(found.next_due[0]) == "2026-10-31"
    assert (found.value_index[0], found.previous_index[0]) == (47, 46)


def test_an_annual_key_keeps_last_years_result_while_it_goes_on_its_way() -> None:
    targets = [
        Aim("2026-03-31", low=60, baseline=40, since="2025-03-31"),
        Aim("2027-03-31", low=80),
        Aim("2028-03-31", low=100),
    ]
    series = Series([("2025-2026", 58.0)], targets, frequency=Frequency.ANNUAL)
    found = judged(series, "2026-10-07")
    assert result(found) is Result.NOT_MET
    assert trajectory(found) is Trajectory.ON_TRACK  # 18 of 20 points planned
    assert (found.target_index[0], found.coming_index[0], found.rate_index[0]) == (0, 1, 2)
    assert (found.low[0], str(found.due_date[0])) == (60, "2026-03-31")
    assert found.progress_rate[0] == 30  # of the way to the last target
    assert cells(found, 1) == [CELL_ON_TRACK]


def test_a_monthly_key_leaves_last_years_target_for_the_coming_one() -> None:
    targets = [Aim("2026-03-31", low=60), Aim("2027-03-31", low=80)]
    series = Series([("2026-03", 61.0), ("2026-04", 62.0)], targets)
    assert result(judged(series, "2026-04-29")) is Result.MET
    later = judged(series, "2026-04-30")
    assert result(later) is Result.FUTURE
    assert later.low[0] == 80


def test_the_result_is_that_of_the_value_at_the_due_date() -> None:
    series = Series([("2026-03", 85.0), ("2026-04", 70.0)], [Aim("2026-03-31", low=80)])
    found = judged(series, "2026-05-10")
    assert result(found) is Result.MET
    assert (found.value[0], found.value_index[0], found.result_index[0]) == (70, 47, 46)
    assert cells(found, 2) == [CELL_ON_TRACK, CELL_NONE]


def test_a_value_of_the_cycle_before_is_not_passed_off_for_the_one_due() -> None:
    series = Series([("2026-02", 85.0)], [Aim("2026-03-31", low=80)])
    assert result(judged(series, "2026-03-31")) is Result.NOT_AVAILABLE


def test_a_value_that_comes_late_is_heard() -> None:
    series = Series([("2026-05", 85.0)], [Aim("2026-03-31", low=80)])
    assert result(judged(series, "2026-05-31")) is Result.MET


def test_values_after_the_judging_date_are_left_aside() -> None:
    series = Series([("2026-08", 50.0), ("2026-09", 99.0)], [WAY], threshold=1)
    found = judged(series, "2026-09-29")
    assert found.value[0] == 50
    assert cells(found, 2) == [CELL_OFF_TARGET, CELL_NONE]
    assert judged(series, "2026-09-30").value[0] == 99


def test_an_evening_hour_belongs_to_its_local_day() -> None:
    series = Series([("2026-11-10T22", 95.0)], frequency=Frequency.HOURLY)
    assert judged(series, "2026-11-10").value[0] == 95  # already the 11th in UTC
    assert judged(series, "2026-11-09").value_index[0] == -1


def test_nothing_received_is_missing_and_never_green() -> None:
    found = judged(Series((), [WAY], frequency=Frequency.MONTHLY), "2026-10-07")
    assert state(found) is DataState.MISSING
    assert (result(found), trajectory(found)) == (Result.FUTURE, Trajectory.NO_PATH)
    assert np.isnan([found.value[0], found.progress_rate[0], found.attainment_rate[0]]).all()
    assert found.change[0] == -1
    past = judged(Series((), [WAY]), "2027-04-10")
    assert result(past) is Result.NOT_AVAILABLE


def test_the_first_value_of_a_new_plan_is_not_missing_before_it_is_due() -> None:
    plan = Series((), [Aim("2018-03-31", low=80)], frequency=Frequency.ANNUAL)
    assert state(judged(plan, "2017-03-31")) is DataState.OK
    assert state(judged(plan, "2018-04-01")) is DataState.MISSING
    assert str(judged(plan, "2017-03-31").next_due[0]) == "2018-03-31"


def test_an_old_value_is_stale_and_its_cell_too() -> None:
    series = Series([("2026-07", 53.0), ("2026-08", 55.0)], [WAY], delay=15)
    assert state(judged(series, "2026-10-15")) is DataState.OK
    late = judged(series, "2026-10-16")
    assert state(late) is DataState.STALE
    assert cells(late, 2) == [CELL_ON_TRACK, CELL_STALE]


def test_weekends_do_not_age_a_daily_series() -> None:
    friday = Series([("2026-03-06", 5.0)], frequency=Frequency.DAILY)
    assert state(judged(friday, "2026-03-09")) is DataState.OK
    assert state(judged(friday, "2026-03-10")) is DataState.STALE


def test_a_withdrawn_value_is_no_value() -> None:
    series = Series([("2026-08", 55.0), ("2026-09", 99.0, WITHDRAWN_VALUE)], [WAY])
    found = judged(series, "2026-09-30")
    assert (found.value[0], found.value_index[0]) == (55, 46)
    assert cells(found, 1) == [CELL_MISSING]
    only = judged(Series([("2026-09", 99.0, WITHDRAWN_VALUE)], [WAY]), "2026-11-01")
    assert state(only) is DataState.MISSING


def test_a_gap_between_withdrawn_values_was_never_received() -> None:
    values = [
        ("2026-07", 50.0, WITHDRAWN_VALUE),
        ("2026-08", NAN, NONE),
        ("2026-09", 52.0, WITHDRAWN_VALUE),
    ]
    assert state(judged(Series(values, [WAY]), "2026-10-07")) is DataState.MISSING


def test_a_value_in_error_is_shown_and_never_judged() -> None:
    targets = [Aim("2026-09-30", low=50, baseline=40, since="2026-03-31"), WAY]
    series = Series([("2026-08", 55.0), ("2026-09", 99.0, ERROR_VALUE)], targets)
    found = judged(series, "2026-09-30")
    assert (state(found), found.value[0]) == (DataState.IN_ERROR, 99)
    assert result(found) is Result.NOT_AVAILABLE
    assert trajectory(found) is Trajectory.NO_PATH
    assert cells(found, 1) == [CELL_IN_ERROR]


@pytest.mark.parametrize(
    ("stored", "said", "cell"),
    [
        (PROVISIONAL_VALUE, DataState.PROVISIONAL, CELL_ON_TRACK),
        (DISPUTED_VALUE, DataState.DISPUTED, CELL_DISPUTED),
    ],
)
def test_provisional_annotates_and_disputed_replaces(
    stored: int, said: DataState, cell: int
) -> None:
    found = judged(Series([("2026-09", 70.0, stored)], [WAY]), "2026-10-07")
    assert state(found) is said
    assert cells(found, 1) == [cell]
    assert found.trajectory[0] == ON_TRACK


def test_a_text_value_is_received_and_not_judged() -> None:
    series = Series([("2016-2017", NAN)], [Aim("2017-03-31", low=80)], frequency=Frequency.ANNUAL)
    found = judged(series, "2017-03-31")
    assert (result(found), state(found)) == (Result.NOT_AVAILABLE, DataState.OK)


def test_an_undated_target_lies_ahead_for_ever_and_a_text_one_is_no_target() -> None:
    values = [("2026-09", 70.0)]
    assert result(judged(Series(values, [Aim(None, low=60)]), "2026-10-07")) is Result.FUTURE
    text = Series(values, [Aim(None)], has_text_target=True)
    assert result(judged(text, "2026-10-07")) is Result.NOT_AVAILABLE
    assert result(judged(Series(values), "2026-10-07")) is Result.NOT_AVAILABLE


def test_a_dropped_target_takes_no_older_one_in_its_place() -> None:
    targets = [Aim("2025-03-31", low=60), Aim("2026-03-31")]
    series = Series([("2025-2026", 70.0)], targets, frequency=Frequency.ANNUAL)
    assert result(judged(series, "2026-03-31")) is Result.NOT_AVAILABLE


def test_no_direction_no_status() -> None:
    aim = replace(WAY, due="2026-09-30")
    found = judged(Series([("2026-09", 90.0)], [aim, WAY], Direction.NONE), "2026-09-30")
    assert (result(found), trajectory(found)) == (Result.NOT_AVAILABLE, Trajectory.NO_PATH)
    assert found.change[0] == -1
    assert cells(found, 1) == [CELL_NONE]


def test_a_baseline_that_is_not_known_yet_starts_no_path() -> None:
    assert trajectory(judged(Series([("2026-02", 50.0)], [WAY]), "2026-03-30")) is (
        Trajectory.NO_PATH
    )


def test_a_turn_to_off_track_is_to_confirm_until_the_next_value() -> None:
    values = [("2026-07", 54.0), ("2026-08", 41.0), ("2026-09", 41.0)]
    turned = judged(Series(values[:2], [WAY]), "2026-09-10")
    assert (trajectory(turned), turned.to_confirm[0]) == (Trajectory.OFF_TRACK, True)
    confirmed = judged(Series(values, [WAY]), "2026-10-10")
    assert (trajectory(confirmed), confirmed.to_confirm[0]) == (Trajectory.OFF_TRACK, False)


def test_a_band_is_held_on_the_way() -> None:
    aim = Aim("2027-03-31", low=5, high=10, tolerance=1, baseline=7, since="2026-03-31")
    values = [("2026-07", 7.0), ("2026-08", 11.0), ("2026-09", 12.0)]
    found = judged(Series(values, [aim], Direction.BETWEEN), "2026-10-07")
    assert cells(found, 3) == [CELL_ON_TRACK, CELL_AT_RISK, CELL_OFF_TARGET]
    assert np.isnan(found.path_value[0])
    exact = judged(Series(values, [replace(aim, high=NAN)], Direction.EXACTLY), "2026-10-07")
    assert exact.path_value[0] == 5


def test_a_batch_without_any_target_or_any_key_is_judged() -> None:
    found = judged(Series([("2026-09", 70.0)]), "2026-10-07")
    assert (result(found), found.target_index[0]) == (Result.NOT_AVAILABLE, -1)
    nobody = _rows(batch_of(Series(targets=[WAY])), np.array([], dtype=np.int64))
    assert judge(nobody, np.datetime64("2026-10-07"), HOLIDAYS).result.shape == (0,)


values = st.one_of(st.just(NAN), st.integers(0, 120).map(float))
months = [f"2026-{month:02d}" for month in range(1, 10)]
targets = st.builds(
    Aim,
    due=st.sampled_from(["2026-06-30", "2026-12-31"]),
    low=values,
    high=values,
    tolerance=values,
    baseline=values,
    since=st.sampled_from([None, "2025-12-31", "2026-03-31"]),
    shape=st.sampled_from(["", "linear", "step", "explicit"]),
)
anything = st.builds(
    Series,
    values=st.lists(st.tuples(values, st.integers(0, 5)), max_size=9).map(
        lambda found: [(month, *one) for month, one in zip(months, found, strict=False)]
    ),
    targets=st.lists(targets, max_size=3, unique_by=lambda aim: aim.due).map(
        lambda found: sorted(found, key=lambda aim: str(aim.due))
    ),
    direction=st.sampled_from(Direction),
    frequency=st.sampled_from([Frequency.MONTHLY, Frequency.ANNUAL]),
    decimals=st.integers(-1, 2),
)


def _rows(batch: SeriesBatch, rows: np.ndarray) -> SeriesBatch:
    return SeriesBatch(**{field.name: getattr(batch, field.name)[rows] for field in fields(batch)})


@given(st.lists(anything, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_a_key_is_judged_the_same_in_any_company_and_any_order(
    series: list[Series], random: Random
) -> None:
    on = np.datetime64("2026-07-15")
    batch = batch_of(*series)
    order = np.array(sorted(range(len(series)), key=lambda _: random.random()))
    together, shuffled = judge(batch, on, HOLIDAYS), judge(_rows(batch, order), on, HOLIDAYS)
    for field in fields(Judgement):
        whole = getattr(together, field.name)
        np.testing.assert_array_equal(whole[order], getattr(shuffled, field.name), field.name)
        alone = judge(_rows(batch, np.array([0])), on, HOLIDAYS)
        np.testing.assert_array_equal(whole[:1], getattr(alone, field.name), field.name)


@given(anything)
def test_without_a_value_nothing_is_ever_met_or_on_track(series: Series) -> None:
    silent = replace(series, values=[(month, NAN) for month, *_ in series.values])
    found = judged(silent, "2026-07-15")
    assert found.result[0] != MET
    assert trajectory(found) is Trajectory.NO_PATH
    assert np.isnan([found.value[0], found.progress_rate[0], found.attainment_rate[0]]).all()
    assert not np.isin(found.recent_statuses, [CELL_ON_TRACK, CELL_AT_RISK]).any()


@given(anything)
def test_what_is_read_back_from_the_indices_is_what_was_used(series: Series) -> None:
    batch, found = batch_of(series), judged(series, "2026-07-15")
    if found.value_index[0] >= 0:
        assert batch.recent_values[0, found.value_index[0]] == found.value[0]
    if found.target_index[0] >= 0:
        assert batch.target_dues[0, found.target_index[0]] == found.due_date[0]
