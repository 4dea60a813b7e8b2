"""Steps: found as strucchange finds them, proposed only when two of three evidences agree."""

import numpy as np
import pytest

from pilotage.assessment.step import Evidence, fitted_steps, partitions, proposals
from tests.reference import by_case, column, needs_reference, number

NAN = float("nan")


def stepped(before: int = 16, after: int = 16, height: float = 8.0) -> list[float]:
    noise = np.random.default_rng(6).normal(size=before + after)
    values: list[float] = (noise + np.r_[np.zeros(before), np.full(after, height)]).tolist()
    return values


@needs_reference
def test_every_partition_of_the_reference_is_found() -> None:
    inputs = by_case("spc/changepoint_inputs.csv")
    for case, lines in by_case("spc/changepoint_expected.csv").items():
        found = partitions(column(inputs[case], "value"))
        best = min(range(len(found)), key=lambda m, one=found: one[m].criterion)  # type: ignore[misc]
        for line in lines:
            ours = found[int(line["n_breaks"])]
            begins = line["last_index_of_each_segment_but_last"]
            assert ";".join(map(str, ours.begins)) == begins, case
            assert ours.residual == pytest.approx(number(line["rss"]), rel=1e-9)
            assert ours.criterion == pytest.approx(number(line["bic"]), rel=1e-9)
            assert (best == int(line["n_breaks"])) == (line["bic_optimal"] == "TRUE"), case


def test_a_sustained_step_is_proposed_with_its_evidence() -> None:
    (found,) = proposals(np.array(stepped()))
    assert found.index == 16
    assert found.evidence == (Evidence.SUSTAINED, Evidence.FITTED)
    assert found.after - found.before == pytest.approx(8, abs=1)


def test_a_recorded_event_alone_proposes_nothing() -> None:
    calm = np.random.default_rng(2).normal(size=30)
    assert proposals(calm, events=(12,)) == ()


def test_a_recorded_event_beside_a_fitted_step_counts_as_its_explanation() -> None:
    (found,) = proposals(np.array(stepped()), events=(17,))
    assert Evidence.RECORDED in found.evidence


def test_a_step_that_did_not_last_is_not_proposed_on_its_fit_alone() -> None:
    values = np.array(stepped() + stepped(8, 8, 0.0))
    assert fitted_steps(values)
    assert all(one.index != 16 for one in proposals(values))


def test_missing_values_keep_the_place_of_a_step() -> None:
    values = stepped()
    values[3] = values[20] = NAN
    (found,) = proposals(np.array(values))
    assert found.index == 16


@pytest.mark.parametrize("values", [[], [1.0], [1.0] * 40, [NAN] * 20, [1.0, 2.0] * 5])
def test_too_short_or_flat_a_series_has_no_step(values: list[float]) -> None:
    assert proposals(np.array(values), events=(0, 3)) == ()


def test_a_hundred_thousand_points_are_searched_at_their_end_only() -> None:
    values = np.random.default_rng(1).normal(size=100_000)
    values[-300:] += 9
    (found,) = [one for one in proposals(values) if Evidence.SUSTAINED in one.evidence]
    assert found.index == 99_700


def test_a_perfect_step_is_found_although_nothing_is_left_to_explain() -> None:
    assert fitted_steps(np.array([1.0] * 10 + [2.0] * 10)) == (10,)


def test_a_steady_slope_has_no_steps() -> None:
    noise = np.random.default_rng(6).normal(0, 1, 48)
    assert proposals(0.8 * np.arange(48) + noise) == ()
    assert proposals(-0.8 * np.arange(48.0)) == ()


def test_a_step_on_a_level_is_no_slope() -> None:
    noise = np.random.default_rng(6).normal(0, 1, 48)
    (found,) = proposals(np.r_[np.full(24, 50.0), np.full(24, 55.0)] + noise)
    assert found.index == 24
