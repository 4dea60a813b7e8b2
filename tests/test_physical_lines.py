"""In a file large enough to be read in one pass by several threads, lines are those of the file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from pilotage.access.operator import OPERATOR
from pilotage.intake import loading
from pilotage.store.tables import indicators, measurements, organisations, problems
from pilotage.store.warehouse import Warehouse, open_warehouse
from tests.bench.government import write_big_file, write_reference

ORGANISATIONS, INDICATORS, DAYS = 50, 40, 480


def put(warehouse: Warehouse, file: Path) -> int:
    report = loading.check(warehouse, OPERATOR, loading.receive(warehouse, file, file.name))
    outcome = loading.load(warehouse, OPERATOR, report, policy="quarantine")
    assert outcome.state == "loaded", file.name
    return outcome.version


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("large")


@pytest.fixture(scope="module")
def bad(folder: Path) -> dict[int, str]:
    """The line and column of every bad cell of the large file."""
    return write_big_file(folder / "mesures.csv", ORGANISATIONS, INDICATORS, DAYS)


@pytest.fixture(scope="module")
def warehouse(folder: Path, bad: dict[int, str]) -> Iterator[Warehouse]:
    assert bad
    opened = open_warehouse(folder / "home")
    for file in write_reference(folder, ORGANISATIONS, INDICATORS, "quotidienne", "2024"):
        put(opened, file)
    put(opened, folder / "mesures.csv")
    yield opened
    loading.stop_checking(opened)
    opened.close()


def test_every_bad_cell_is_said_at_its_line_and_column(
    warehouse: Warehouse, bad: dict[int, str]
) -> None:
    asked = sa.select(problems.c.line, problems.c.column_name).where(problems.c.severity == "error")
    with warehouse.read() as connection:
        said = {tuple(row) for row in connection.execute(asked)}
    assert said == set(bad.items())


def test_every_value_kept_carries_the_line_it_was_read_on(warehouse: Warehouse) -> None:
    """Line = 2 + the day, the organisation and the indicator, counted in the order of writing."""
    day = sa.func.date_diff("day", sa.text("date '2024-01-01'"), measurements.c.period_start)
    organisation = sa.cast(sa.func.right(organisations.c.organisation_id, 4), sa.Integer)
    indicator = sa.cast(sa.func.right(indicators.c.indicator_id, 4), sa.Integer)
    expected = 2 + (day * ORGANISATIONS + organisation) * INDICATORS + indicator
    elsewhere = (
        sa.select(sa.func.count())
        .select_from(measurements)
        .join(indicators, indicators.c.indicator_key == measurements.c.indicator_key)
        .join(organisations, organisations.c.organisation_key == measurements.c.organisation_key)
        .where(measurements.c.load_line != expected)
    )
    with warehouse.read() as connection:
        assert connection.execute(elsewhere).scalar_one() == 0
