"""A file that puts months first says so with one date; those that read both ways are refused."""

from collections.abc import Iterator

import pytest

from pilotage.intake import loading
from tests.door import Door, HereChecker, opened_door

HEADS = "indicateur_id;organisation_id;periode;valeur;publie_le\n"


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "Checker", HereChecker)
        with opened_door(tmp_path_factory.mktemp("dates")) as opened:
            yield opened


def test_one_date_with_the_month_first_makes_the_others_doubtful(door: Door) -> None:
    days = ["11/10/2025", "11/11/2025", "11/25/2025"]
    rows = "".join(f"I-Q;D;{day};{n};\n" for n, day in enumerate(days))
    report = door.check(HEADS + rows)
    told = {(one.code, one.line) for one in report.problems if one.severity == "error"}
    # 11 November reads the same both ways.
    assert told == {("ambiguous-date", 2), ("type-error", 4)}
    assert report.staged[0].rows_sound == 1


def test_without_such_a_date_days_come_first_as_the_contract_says(door: Door) -> None:
    report = door.check(HEADS + "I-Q;D;11/10/2025;1;\nI-Q;D;25/11/2025;2;\n")
    assert report.codes == {}


def test_each_column_of_dates_answers_for_itself(door: Door) -> None:
    rows = "I-Q;D;01/02/2025;1;01/13/2025\nI-Q;D;02/02/2025;2;03/02/2025\n"
    report = door.check(HEADS + rows)
    told = {(one.code, one.line, one.column_name) for one in report.problems}
    assert ("ambiguous-date", 3, "publie_le") in told
    assert not {one for one in told if one[2] == "periode"}
