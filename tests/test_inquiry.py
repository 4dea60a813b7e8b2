"""Every question asked at once: one pushed source lights among honest ones, and only it."""

import numpy as np
import pytest

from pilotage.assessment.code import Floats
from pilotage.assessment.inquiry import Record, asked_of_all
from pilotage.assessment.question import Question

DAYS = np.datetime64("2020-01-31") + 30 * np.arange(48)
EMPTY = np.full(48, np.nan)


def record(
    values: Floats, aims: float = 50.0, delays: Floats | None = None, **told: object
) -> Record:
    asked: dict[str, object] = {
        "last_days": DAYS,
        "values": values,
        "free": values,
        "aims": np.full(48, aims),
        "is_due": np.ones(48, dtype=bool),
        "delays": np.full(48, 20.0) if delays is None else delays,
        "parts": EMPTY,
        "sizes": EMPTY,
        "years": np.empty((0, 0)),
        "easings": np.empty(0),
        "sense": 1.0,
        "unit": 0.1,
        "is_open": False,
    }
    return Record(**(asked | told))  # type: ignore[arg-type]


def honest(seed: int) -> Floats:
    return np.asarray(np.random.default_rng(seed).normal(50, 5, 48).round(1))


def lit(records: dict[tuple[str, str], Record]) -> set[tuple[Question, object]]:
    raised = asked_of_all(records, {key: (key[1],) for key in records}, ())
    return {(one.question, one.subject) for one in raised if one.is_lit}


def test_honest_series_raise_no_question() -> None:
    generator = np.random.default_rng(1)
    records = {
        (f"I{n}", "M"): record(honest(n), delays=generator.normal(20, 3, 48)) for n in range(30)
    }
    assert lit(records) == set()


def test_a_series_late_when_bad_lights_among_honest_ones() -> None:
    generator = np.random.default_rng(2)
    records = {
        (f"I{n}", "M"): record(honest(n), delays=generator.normal(20, 3, 48)) for n in range(20)
    }
    values = honest(99)
    records["late", "M"] = record(values, delays=20 + 3 * (50 - values))
    assert lit(records) == {(Question.LATE_WHEN_BAD, ("late", "M"))}


def test_a_ministry_whose_near_misses_are_pushed_over_lights_and_the_other_does_not() -> None:
    generator = np.random.default_rng(3)
    records = {}
    for place in ("pushed", "honest"):
        for n in range(15):
            values = generator.normal(50, 5, 48)
            near = (values < 50) & (values > 47.5) & (place == "pushed")
            values = np.where(near, 50 + generator.uniform(0, 1, 48), values)
            records[f"I{n}", place] = record(values.round(2), unit=0.01)
    found = lit(records)
    assert (Question.JUST_PAST_TARGET, "pushed") in found
    assert (Question.JUST_PAST_TARGET, "honest") not in found


def test_values_on_their_bound_or_written_coarsely_are_no_near_hits() -> None:
    full = np.where(np.arange(48) % 3, 100.0, 90.0)
    bounded = record(full, 100.0, free=np.where(full == 100, np.nan, full))
    coarse = record(np.round(honest(5) / 10), 5.0, unit=1.0)
    records = {(f"I{n}", "M"): bounded if n % 2 else coarse for n in range(12)}
    assert lit(records) == set()


def test_targets_eased_after_the_result_are_pooled_over_the_ministry() -> None:
    records = {
        (f"I{n}", "M"): record(honest(n), easings=np.array([1.0, 2.0, 0.5])) for n in range(6)
    }
    assert (Question.TARGETS_EASED, "M") in lit(records)


def test_a_missing_period_is_expected_from_its_neighbours() -> None:
    values = np.tile([60.0, 60.0, 40.0, np.nan, 40.0, 60.0], 8)
    found = asked_of_all({("I", "M"): record(values)}, {}, ())
    one = next(one for one in found if one.question is Question.MISSING_WHEN_BAD)
    assert one.finding.seen == 8
    assert one.finding.p < 0.01


def test_an_improvement_paid_by_the_counter_indicator_lights() -> None:
    target, counter = honest(7), honest(8)
    target[10::8], counter[10::8] = 95.0, 5.0
    records = {("I", "M"): record(target), ("C", "M"): record(counter)}
    found = asked_of_all(records, {}, [(("I", "M"), ("C", "M")), (("I", "M"), ("X", "M"))])
    asked = [one for one in found if one.question is Question.SUBSTITUTION]
    assert [one.subject for one in asked] == [("I", "M")]
    assert asked[0].finding.seen == pytest.approx(asked[0].finding.n)


def test_nothing_asked_of_nothing() -> None:
    assert asked_of_all({}, {}, ()) == []
    assert lit({("I", "M"): record(EMPTY)}) == set()
