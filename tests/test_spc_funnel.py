"""Funnels compare ministries fairly, as FunnelPlotR does."""

import numpy as np
import pytest

from pilotage.assessment.code import Floats
from pilotage.assessment.funnel import Funnel, exact_limits, funnel, poisson_limits, usable
from tests.reference import by_case, column, needs_reference, number, rows

KINDS = {"PR": "proportion", "RC": "ratio", "SRCQC": "observed_expected", "SRSHMI": "shmi"}
SUMMARIES = rows("spc/funnel_expected_summary.csv") if needs_reference.args[0] is False else []
UPSTREAM_ARTEFACT = "syn_min_PR_smalln"


def drawn(summary: dict[str, str]) -> Funnel:
    points = by_case("spc/funnel_expected_points.csv")[summary["case_id"]]
    kind = summary["data_type"] + (summary["sr_method"] if summary["data_type"] == "SR" else "")
    return funnel(
        KINDS[kind],  # type: ignore[arg-type]
        column(points, "numerator"),
        column(points, "denominator"),
        number(summary["trim_by"]),
        summary["draw_adjusted"] == "TRUE",
    )


def near(ours: Floats | float, theirs: Floats | float, what: str) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, err_msg=what)


@pytest.mark.parametrize("summary", SUMMARIES, ids=lambda one: one["case_id"])
def test_a_reference_funnel_is_drawn_alike(summary: dict[str, str]) -> None:
    case, ours = summary["case_id"], drawn(summary)
    points = by_case("spc/funnel_expected_points.csv")[case]
    scale = number(summary["multiplier"])
    near(ours.spread, number(summary["phi"]), "phi")
    near(ours.between, number(summary["tau2"]), "tau²")
    near(ours.target, number(summary["target"]), "target")
    near(ours.score, column(points, "z_unadj"), "z")
    near(ours.held, column(points, "z_wins_or_trunc"), "z held")
    assert ours.is_adjusted == (summary["od_used"] == "TRUE")
    for name, limit in zip(("LCL95", "UCL95", "LCL998", "UCL998"), ours.unadjusted, strict=True):
        near(limit * scale, column(points, name), name)
    if ours.is_adjusted:
        names = ("OD95LCL", "OD95UCL", "OD998LCL", "OD998UCL")
        for name, limit in zip(names, ours.limits, strict=True):
            if (case, name) != (UPSTREAM_ARTEFACT, "OD998UCL"):
                near(limit * scale, column(points, name), name)
    assert np.count_nonzero(ours.is_unusual) == number(summary["n_out_998"])


@needs_reference
def test_exact_limits_are_those_of_the_tables() -> None:
    for row in rows("spc/funnel_exact_binomial_limits.csv"):
        limits = exact_limits(np.array([number(row["n"])]), number(row["theta"]))
        expected = [number(row[name]) for name in ("q0.025", "q0.975", "q0.001", "q0.999")]
        np.testing.assert_allclose([end[0] for end in limits], expected, rtol=1e-9, atol=1e-12)
    for row in rows("spc/funnel_exact_poisson_limits.csv"):
        limits = exact_limits(np.array([number(row["E"])]))
        expected = [number(row[name]) for name in ("q0.025", "q0.975", "q0.001", "q0.999")]
        np.testing.assert_allclose([end[0] for end in limits], expected, rtol=1e-8, atol=1e-10)


def test_published_poisson_limits() -> None:
    limits = poisson_limits(np.array([15.0, 20.0, 30.0]))
    np.testing.assert_allclose(limits.lower95, [0.5597, 0.6108, 0.6747], atol=5e-5)
    np.testing.assert_allclose(limits.upper95, [1.6493, 1.5444, 1.4276], atol=5e-5)


def test_groups_far_more_spread_than_chance_question_the_indicator() -> None:
    size = np.full(30, 10_000.0)
    shares = np.linspace(0.1, 0.9, 30)
    assert funnel("proportion", shares * size, size).is_too_spread


def test_honest_groups_are_hardly_ever_unusual() -> None:
    generator = np.random.default_rng(8)
    size = generator.integers(50, 2_000, 200).astype(float)
    found = funnel("proportion", generator.binomial(size.astype(int), 0.3).astype(float), size)
    assert np.count_nonzero(found.is_unusual) <= 2


def test_a_group_without_a_denominator_cannot_be_shown() -> None:
    shown = usable(np.array([1.0, np.nan, 3.0, -1.0]), np.array([2.0, 2.0, 0.0, 5.0]))
    assert shown.tolist() == [True, False, False, False]
