"""The run chart: runs and crossings of the median, as qicharts2 counts them."""

import numpy as np
import pytest

from pilotage.assessment.anhoej import limits, run_chart
from pilotage.assessment.code import Floats
from tests.reference import by_case, column, needs_reference, number, rows

COUNTS = {
    "n_useful": "useful",
    "longest_run": "longest_run",
    "longest_run_max": "longest_allowed",
    "n_crossings": "crossings",
    "n_crossings_min": "crossings_needed",
}


def one(values: list[float]) -> Floats:
    return np.array([values])


@needs_reference
def test_every_run_chart_of_the_reference_is_counted_alike() -> None:
    inputs = by_case("spc/xmr_inputs.csv")
    for line in rows("spc/anhoej_expected.csv"):
        chart = run_chart(column(inputs[line["case_id"]], "value")[None])
        assert chart.median[0] == pytest.approx(number(line["median"]), rel=1e-12)
        assert bool(chart.signal[0]) == (line["signal_anhoej"] == "TRUE"), line["case_id"]
        for theirs, ours in COUNTS.items():
            if line[theirs] not in {"", "NaN"}:
                assert getattr(chart, ours)[0] == number(line[theirs]), (line["case_id"], theirs)


@needs_reference
def test_the_limits_of_one_to_three_hundred_points_are_those_of_the_table() -> None:
    table = rows("spc/anhoej_limits_table.csv")
    longest, crossings = limits(column(table, "n_useful").astype(np.int64))
    assert longest.tolist() == column(table, "longest_run_max").tolist()
    assert crossings.tolist() == column(table, "n_crossings_min").tolist()


def test_points_on_the_median_neither_break_a_run_nor_count() -> None:
    chart = run_chart(one([1.0, 2, 5, 1, 2, 9, 8, 5, 9, 8]))
    assert chart.useful[0] == 8
    assert chart.longest_run[0] == 4
    assert chart.crossings[0] == 1


def test_missing_values_are_left_out() -> None:
    with_gaps = run_chart(one([1.0, np.nan, 2, 9, np.nan, 8]))
    without = run_chart(one([1.0, 2, 9, 8]))
    assert [part[0] for part in with_gaps] == [part[0] for part in without]


def test_a_long_run_is_a_signal_and_so_are_few_crossings() -> None:
    generator = np.random.default_rng(4)
    assert run_chart(one([1.0] * 12 + [2.0] * 12)).signal[0]
    assert not run_chart(generator.normal(size=(1, 24))).signal[0]


def test_a_constant_series_has_no_useful_point_and_no_signal() -> None:
    chart = run_chart(one([4.0] * 20))
    assert chart.useful[0] == 0
    assert not chart.signal[0]
    assert chart.is_too_short[0]


def test_an_empty_row_among_others_stays_silent() -> None:
    chart = run_chart(np.array([[np.nan] * 4, [1.0, 2, 3, 4]]))
    assert np.isnan(chart.median[0])
    assert chart.longest_run.tolist() == [0, 2]


def test_another_centre_than_the_median_can_be_asked() -> None:
    assert run_chart(one([1.0, 2, 3, 40]), np.array([11.5])).longest_run[0] == 3
