"""One period written two ways is one key: said twice, it is told as any other repeated row."""

from collections.abc import Iterator

import pytest

from pilotage.intake import loading
from tests.door import MEASUREMENTS, Door, HereChecker, opened_door


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "Checker", HereChecker)
        with opened_door(tmp_path_factory.mktemp("periodes")) as opened:
            yield opened


@pytest.mark.parametrize(
    ("indicator", "one", "other"),
    [
        ("I-Q;D", "2025-11-20", "20/11/2025"),
        ("I-Q;D", "2025-11-20", "20-11-2025"),
    ],
)
def test_two_writings_of_a_period_with_two_values_are_refused(
    door: Door, indicator: str, one: str, other: str
) -> None:
    report = door.check(f"{MEASUREMENTS}{indicator};{one};600\n{indicator};{other};610\n")
    assert report.codes.get("primary-key") == 2
    assert report.staged[0].rows_sound == 0


def test_two_writings_with_the_same_value_count_once(door: Door) -> None:
    report = door.check(f"{MEASUREMENTS}I-Q;D;2025-11-20;600\nI-Q;D;20/11/2025;600\n")
    assert report.codes.get("duplicate-row") == 1
    assert report.staged[0].rows_sound == 1


def test_a_day_and_the_month_that_begins_with_it_are_two_keys(door: Door) -> None:
    report = door.check(f"{MEASUREMENTS}I-M;M;2025-11;1\nI-M;M;2025-10;2\n")
    assert "primary-key" not in report.codes
