"""What the facts already loaded make of a file: revisions, values far away, eased targets."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pilotage.intake import loading
from pilotage.intake.problem import sentence
from tests.door import MEASUREMENTS, TARGETS, Door, check_here, only, opened_door

__all__ = ["check_here"]


def months(values: Sequence[object], year: int = 2025, first: int = 1, key: str = "I-M;M") -> str:
    rows = (f"{key};{year}-{month:02d};{value}\n" for month, value in enumerate(values, first))
    return MEASUREMENTS + "".join(rows)


USUAL = ["12", "13", "11", "12,5", "12", "11,5", "13", "12", "12,5", "11"]
FIRST = f"{TARGETS}I-M;M;2026-2027;;14;\nI-T;M;2026-2027;90;;\nI-E;M;2026-2027;18;22;\n"


@pytest.fixture
def door(tmp_path: Path, check_here: None) -> Iterator[Door]:
    """A home without facts."""
    with opened_door(tmp_path) as opened:
        yield opened


@pytest.fixture
def usual(tmp_path: Path, check_here: None) -> Iterator[Door]:
    """A home where ten months and three targets are loaded."""
    with opened_door(tmp_path, months(USUAL), FIRST) as opened:
        yield opened


def test_a_revised_value_is_told_before_and_after(usual: Door) -> None:
    problem = only(usual.check(months(["12,4"], first=1)))
    assert (problem.code, problem.line, problem.column_letter) == ("revision", 2, "D")
    assert "12 devient 12,4" in sentence(problem, "fr")
    assert "12 becomes 12.4" in sentence(problem, "en")


def test_the_same_value_again_is_no_revision(usual: Door) -> None:
    assert usual.check(months(USUAL, first=1) + "\n").codes == {"blank-row": 1}


def test_a_value_published_before_the_one_that_stands_revises_nothing(door: Door) -> None:
    header = "indicateur_id;organisation_id;periode;valeur;publie_le\n"
    door.load(f"{header}I-M;M;2025-01;12;2025-03-01\n")
    assert door.check(f"{header}I-M;M;2025-01;11;2025-02-01\n").codes == {}


@pytest.mark.parametrize(
    ("value", "is_far"),
    [
        pytest.param("12,7", False, id="as usual"),
        pytest.param("16", True, id="beyond three deviations"),
        pytest.param("120", True, id="ten times"),
        pytest.param("1,2", True, id="a tenth"),
        pytest.param("-12", True, id="of the other sign"),
    ],
)
def test_a_value_far_from_its_series_is_told(usual: Door, value: str, is_far: bool) -> None:
    report = usual.check(months([value], first=11))
    assert set(report.codes) == ({"deviated-value"} if is_far else set())
    assert loading.load(usual.warehouse, usual.scope, report).state == "loaded"


def test_a_series_that_varies_a_lot_leaves_room(door: Door) -> None:
    door.load(months([2, 40, 8, 22, 35, 4, 18, 30, 12, 26]))
    assert door.check(months(["55"], first=11)).codes == {}


def test_seven_values_are_too_few_to_say_anything(door: Door) -> None:
    door.load(months(USUAL[:6]))
    assert door.check(months(["40"], first=7)).codes == {}


def test_nothing_is_said_of_a_series_never_loaded(usual: Door) -> None:
    assert usual.check(months([1, 100, 1, 1, 1, 1, 1, 1, 1, 1], key="I-N;N")).codes == {}


def test_a_series_that_stops_varying_is_told_once(usual: Door) -> None:
    report = usual.check(months(["12"] * 8, year=2026))
    assert report.codes == {"frozen": 1, "gap": 1}
    frozen = next(p for p in report.problems if p.code == "frozen")
    assert (frozen.line, frozen.detail) == (9, {"times": 8})


def test_a_series_that_never_varied_is_not_frozen(door: Door) -> None:
    door.load(months(["12"] * 12))
    assert door.check(months(["12"] * 8, year=2026)).codes == {}


def test_missing_months_are_counted_once(usual: Door) -> None:
    problem = only(usual.check(months(["12", "13"], year=2026, first=3)))
    assert (problem.code, problem.line, problem.column_letter) == ("gap", 2, "C")
    assert problem.detail == {"times": 4}


def test_days_off_are_not_missing(door: Door) -> None:
    """Friday, then Monday; then the Monday after a week of silence: four working days."""
    door.load(f"{MEASUREMENTS}I-Q;D;2026-03-06;12\n")
    assert door.load(f"{MEASUREMENTS}I-Q;D;2026-03-09;13\n").state == "loaded"
    problem = only(door.check(f"{MEASUREMENTS}I-Q;D;2026-03-16;12\n"))
    assert (problem.code, problem.detail) == ("gap", {"times": 4})


def test_a_percentage_written_as_a_fraction_is_told_once_a_series(door: Door) -> None:
    problem = only(door.check(months(["0,85", "0,9", "0,87"], key="I-T;M")))
    assert (problem.code, problem.line, problem.found) == ("rate-as-fraction", 2, "0,85")


@pytest.mark.parametrize(
    "values",
    [
        pytest.param(["0,85", "0,9"], id="two values only"),
        pytest.param(["0,85", "0,9", "3"], id="one above one"),
        pytest.param(["0", "0", "0"], id="none at all"),
        pytest.param(["0", "1", "1"], id="nothing between"),
    ],
)
def test_a_small_percentage_may_be_one(door: Door, values: list[str]) -> None:
    assert door.check(months(values, key="I-T;M")).codes == {}


def test_a_rate_that_was_always_small_is_no_fraction(door: Door) -> None:
    door.load(months(["1,2", "0,9", "1,1"], key="I-T;M"))
    assert door.check(months(["0,8", "0,9", "0,7"], first=4, key="I-T;M")).codes == {}


def test_a_rate_that_was_a_percentage_is_one_still(door: Door) -> None:
    door.load(months(["85", "90", "87"], key="I-T;M"))
    report = door.check(months(["0,8", "0,9", "0,7"], first=4, key="I-T;M"))
    assert report.codes == {"rate-as-fraction": 1}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param("I-M;M;2026-2027;;16;", "target-eased", id="at most, raised"),
        pytest.param("I-M;M;2026-2027;;12;", "revision", id="at most, lowered"),
        pytest.param("I-T;M;2026-2027;85;;", "target-eased", id="at least, lowered"),
        pytest.param("I-T;M;2026-2027;95;;", "revision", id="at least, raised"),
        pytest.param("I-E;M;2026-2027;17;22;", "target-eased", id="between, wider below"),
        pytest.param("I-E;M;2026-2027;18;23;", "target-eased", id="between, wider above"),
        pytest.param("I-E;M;2026-2027;19;21;", "revision", id="between, narrower"),
        pytest.param("I-M;M;2026-2027;;16;Hiver dur", "revision", id="eased, and said why"),
    ],
)
def test_a_target_eased_without_a_reason_is_refused(usual: Door, row: str, code: str) -> None:
    report = usual.check(f"{TARGETS}{row}\n")
    assert only(report).code == code
    outcome = loading.load(usual.warehouse, usual.scope, report, "quarantine")
    assert outcome.state == ("refused" if code == "target-eased" else "loaded")


def test_in_quarantine_only_the_eased_target_waits(usual: Door) -> None:
    report = usual.check(f"{TARGETS}I-M;M;2026-2027;;16;\nI-T;M;2026-2027;95;;\n")
    assert (report.errors, report.rows_refused) == (1, 1)
    outcome = loading.load(usual.warehouse, usual.scope, report, "quarantine")
    assert (outcome.changed, outcome.refused) == (1, 1)


def test_the_same_target_again_is_no_revision(usual: Door) -> None:
    assert usual.check(f"{FIRST}I-M;D;2026-2027;;15;\n").codes == {}
