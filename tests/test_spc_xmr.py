"""The XmR chart says of every series what NHSRplotthedots says, and more where that is silent."""

import numpy as np
import pytest

from pilotage.analyst.case import cases_of
from pilotage.analyst.series_file import series_of
from pilotage.analyst.spc import Charted, charts
from pilotage.assessment.xmr import REFERENCE as REFERENCE_RULES
from pilotage.assessment.xmr import XmrSetting, xmr_lines
from pilotage.assessment.xmr_rule import (
    COMMON,
    LIMIT,
    SHIFT,
    TREND,
    TWO_IN_THREE,
    UNOBSERVED,
    special_causes,
)
from tests.reference import REFERENCE, by_case, needs_reference, number, rows

COLLAPSED = {"syn_constant_one_jump", "syn_two_level"}
"""Screening leaves the reference zero-width limits there; ours keep the jump and say so."""
SPIKE = [1.0, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


def causes(values: list[float], setting: XmrSetting = REFERENCE_RULES) -> list[int]:
    column = np.array(values)[:, None]
    answer: list[int] = special_causes(column, xmr_lines(column, setting=setting), setting)[
        :, 0
    ].tolist()
    return answer


@pytest.fixture(scope="module")
def charted() -> dict[str, Charted]:
    series = series_of(REFERENCE / "spc/xmr_inputs.csv")
    return charts(series, cases_of(REFERENCE / "spc/xmr_cases.csv"))


@needs_reference
def test_every_point_of_the_reference_is_labelled_alike(charted: dict[str, Charted]) -> None:
    expected = by_case("spc/xmr_expected_points.csv")
    wrong = [
        (case, theirs["idx"], ours[5:], theirs["special_cause_type"])
        for case, lines in expected.items()
        if case not in COLLAPSED
        for ours, theirs in zip(charted[case].points, lines, strict=True)
        if theirs["knife_edge"] == "FALSE"
        and ours[5:] != (theirs["special_cause_type"], theirs["point_type"])
    ]
    assert wrong == []


@needs_reference
def test_every_line_of_the_reference_is_drawn_within_a_billionth(
    charted: dict[str, Charted],
) -> None:
    expected = by_case("spc/xmr_expected_points.csv")
    for case in expected.keys() - COLLAPSED:
        ours = [[number(cell) for cell in point[2:5]] for point in charted[case].points]
        theirs = [[number(line[c]) for c in ("mean", "lpl", "upl")] for line in expected[case]]
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, err_msg=case)


@needs_reference
def test_every_summary_of_the_reference_is_the_same(charted: dict[str, Charted]) -> None:
    wrong = [
        row["case_id"]
        for row in rows("spc/xmr_expected_summary.csv")
        if row["case_id"] not in COLLAPSED
        and charted[row["case_id"]].summary[1:] != (row["variation_type"], row["assurance_type"])
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("screened", "mean", "upper", "lower"),
    [(True, 1.944444, 4.604444, -0.715556), (False, 1.944444, 6.951503, -3.062614)],
)
def test_a_spike_does_not_widen_the_limits_where_it_is_screened(
    screened: bool, mean: float, upper: float, lower: float
) -> None:
    lines = xmr_lines(np.array(SPIKE)[:, None], screened=screened)
    drawn = [lines.mean[0], lines.upper[0], lines.lower[0]]
    assert drawn == pytest.approx([mean, upper, lower], abs=1e-6)


def test_one_jump_in_a_flat_series_keeps_its_limits_and_says_so() -> None:
    values = [42.0] * 19 + [50.0]
    lines = xmr_lines(np.array(values)[:, None])
    assert lines.is_unscreened[0]
    assert lines.width[0] == pytest.approx(2.66 * 8 / 19)
    assert causes(values)[-1] == LIMIT


def test_a_constant_series_has_no_limits_and_no_signal() -> None:
    lines = xmr_lines(np.full((15, 1), 42.0))
    assert lines.has_no_variation[0]
    assert np.isnan(lines.upper[0])
    assert causes([42.0] * 15) == [COMMON] * 15


def test_a_value_on_the_mean_breaks_a_run() -> None:
    run = [60.0] * 4 + [50.0] + [60.0] * 3
    assert SHIFT not in causes([*run, *[100 - y for y in run]])


def test_a_missing_value_breaks_a_run_and_has_no_label() -> None:
    run = [51.0, 62, 52, 63, 51, 62, 52]
    rest = [48.0, 37, 49, 38, 48, 37]
    assert causes(run + rest)[:7] == [SHIFT] * 7
    broken = causes([*run[:3], float("nan"), *run[3:6], *rest])
    assert broken[3] == UNOBSERVED
    assert SHIFT not in broken


def test_the_tip_between_two_trends_looks_ahead() -> None:
    fall = [70.0, 65, 60, 55, 50, 45, 40]
    found = causes([*fall, *[45.0, 50, 55, 60, 65, 70]])
    tip = found[6]
    assert tip in {TREND, -LIMIT}
    assert all(code in {-TREND, LIMIT} for code in found[:6])
    assert all(code in {TREND, LIMIT} for code in found[7:])


def test_a_repeated_value_breaks_a_trend() -> None:
    assert TREND not in causes([1.0, 2, 3, 4, 4, 5, 6, 7, 3, 4, 3])


def test_two_close_points_with_the_middle_one_across_the_mean_are_chance() -> None:
    calm = [48.0, 52.0] * 10
    far = 60.0  # past two thirds of the way to the limit
    assert causes([*calm, far, 49.0, far])[-3:] == [COMMON] * 3
    assert causes([*calm, far, 52.0, far])[-3:] == [TWO_IN_THREE, COMMON, TWO_IN_THREE]


def test_the_rules_of_another_tool_are_a_setting() -> None:
    rising = [1.0, 2, 3, 4, 5, 3, 4, 3, 4, 3]
    assert TREND not in causes(rising)
    assert TREND in causes(rising, XmrSetting(trend=5))
