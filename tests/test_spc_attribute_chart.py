"""Charts by the nature of the data, as qicharts2 draws them."""

from itertools import pairwise

import numpy as np
import pytest

from pilotage.assessment.attribute_chart import Baseline, attribute_chart, kind_for
from tests.reference import Rows, by_case, column, needs_reference

LINES = ("value", "cl", "lcl", "ucl", "lcl95", "ucl95")


def parts(lines: Rows) -> list[Rows]:
    """The phases of a chart: cut after the dates it names."""
    cuts = [int(cut) for cut in lines[0]["part_after"].split(";") if cut]
    edges = [0, *cuts, len(lines)]
    return [lines[start:end] for start, end in pairwise(edges)]


@needs_reference
def test_every_line_of_every_reference_chart_is_within_a_billionth() -> None:
    for case, lines in by_case("spc/shewhart_expected_points.csv").items():
        for part in parts(lines):
            first = part[0]
            frozen = int(first["freeze"]) if first["freeze"] not in {"", "NaN"} else None
            sizes = column(part, "n_in") if first["n_in"] not in {"", "NaN"} else None
            baseline = Baseline(frozen, first["screened_mr"] == "TRUE")
            kind = first["chart"]
            chart = attribute_chart(kind, column(part, "y_in"), sizes, baseline)  # type: ignore[arg-type]
            for name, ours in zip(LINES, chart, strict=True):
                np.testing.assert_allclose(
                    ours, column(part, name), rtol=1e-9, atol=1e-12, err_msg=f"{case} {name}"
                )


def test_large_denominators_ask_for_laneys_chart() -> None:
    assert kind_for("share", np.full(24, 17_000.0)) == "pp"
    assert kind_for("share", np.full(24, 80.0)) == "p"
    assert kind_for("rate", np.full(24, 17_000.0)) == "up"
    assert kind_for("rate", np.full(24, 80.0)) == "u"
    assert kind_for("share") == "pp"


def test_each_other_nature_has_its_chart() -> None:
    kinds = [kind_for(n) for n in ("count", "opportunities_between", "time_between", "measure")]
    assert kinds == ["c", "g", "t", "i"]


def test_a_denominator_of_zero_is_missing() -> None:
    chart = attribute_chart("p", np.array([3.0, 0, 4]), np.array([10.0, 0, 10]))
    assert np.isnan(chart.value[1])
    assert chart.centre[0] == pytest.approx(0.35)
    assert not chart.outside.any()


def test_shares_on_their_bounds_have_limits_on_their_bounds() -> None:
    chart = attribute_chart("p", np.full(12, 20.0), np.full(12, 20.0))
    assert chart.upper.tolist() == [1.0] * 12
    assert not chart.outside.any()


@pytest.mark.parametrize("kind", ["i", "mr", "run", "c", "g", "t", "p", "up"])
def test_no_value_at_all_draws_no_line_and_raises_nothing(kind: str) -> None:
    chart = attribute_chart(kind, np.full(4, np.nan))  # type: ignore[arg-type]
    assert np.isnan(chart.centre).all()
    assert not chart.outside.any()
