"""One's own file of measurements to fill in: whose, which periods, and that it comes back in."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pilotage.domain.period import parse_period, period_code
from pilotage.domain.viewer import Role
from pilotage.intake.loading import stop_checking
from pilotage.rooms.blank_sheet import HEADER, blank_sheet, owed_periods
from pilotage.store.warehouse import Warehouse
from tests.small_home import load_text, scope, small_home


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = small_home(tmp_path)
    yield warehouse
    stop_checking(warehouse)
    warehouse.close()


def test_a_manager_is_given_her_own_indicators_at_their_next_period(warehouse: Warehouse) -> None:
    # The strategic ones of her directorate are not hers to see, hence not in her file.
    assert blank_sheet(scope(warehouse, Role.MANAGER, "DUR"), warehouse) == [
        ("I-2", "DUR", "2026-11", "")
    ]


def test_whoever_may_not_load_is_given_nothing(warehouse: Warehouse) -> None:
    assert blank_sheet(scope(warehouse, Role.DEPUTY_MINISTER, "MSSS"), warehouse) == []


def test_an_indicator_never_measured_starts_at_the_last_period_that_is_over(
    warehouse: Warehouse,
) -> None:
    lines = blank_sheet(scope(warehouse, Role.STEWARD, "MSSS"), warehouse)
    assert ("I-3", "MSSS", "2025-2026", "") in lines


def test_every_period_over_and_not_received_has_its_line() -> None:
    first = parse_period("2026-03-29")
    days = owed_periods(first, date(2026, 4, 2), 10)
    assert [period_code(one) for one in days] == [
        "2026-03-29",
        "2026-03-30",
        "2026-03-31",
        "2026-04-01",
    ]
    assert len(owed_periods(first, date(2026, 4, 2), 2)) == 2
    running = parse_period("2026-04-02")
    assert owed_periods(running, date(2026, 4, 2), 10) == [running]
    hours = owed_periods(parse_period("2026-04-01T20"), date(2026, 4, 2), 10)
    assert len(hours) == 4


def test_the_file_loads_once_its_values_are_written(warehouse: Warehouse, tmp_path: Path) -> None:
    lines = blank_sheet(scope(warehouse, Role.MANAGER, "DUR"), warehouse)
    filled = [(*line[:2], "2026-09", "41") for line in lines]
    text = "\n".join(";".join(line) for line in [HEADER, *filled]) + "\n"
    assert load_text(warehouse, tmp_path, "remplies.csv", text) == "loaded"
