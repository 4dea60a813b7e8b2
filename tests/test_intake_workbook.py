"""A workbook that is loaded loads what its screen shows; what it hides is in the report."""

from collections.abc import Iterator

import pyarrow.parquet as pq
import pytest

from pilotage.intake import loading
from pilotage.intake.report import CheckReport
from tests.door import MEASUREMENTS, Door, HereChecker, opened_door, places
from tests.workbook import STYLES, added, changed, styles, workbook

HEADER: list[str | float | None] = list(MEASUREMENTS.strip().split(";"))
BOOK = workbook(
    {
        "Mesures": [
            HEADER,
            ["I-M", "M", "2026-01", 0.125],
            ["I-M", "M", "2026-02", 12],
            ["I-M", "M", "2026-03", 13],
        ]
    }
)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "Checker", HereChecker)
        with opened_door(tmp_path_factory.mktemp("classeur")) as opened:
            yield opened


def values(report: CheckReport) -> list[tuple[int, float]]:
    """The line and the value of every row that may load."""
    staged = report.staged[0]
    rows = pq.read_table(staged.path).to_pylist()
    return [(row["load_line"], row["value"]) for row in rows if not row["flags"] & staged.mask]


def test_a_percent_is_loaded_as_its_percent(door: Door) -> None:
    book = changed(BOOK, lambda text: text.replace('<c r="D2">', '<c r="D2" s="1">'))
    report = door.check(added(book, STYLES, styles("0.0%")), "mesures.xlsx")
    assert values(report) == [(2, 12.5), (3, 12.0), (4, 13.0)]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ('<c r="D3" t="e"><v>#DIV/0!</v></c>', "spreadsheet-error"),
        ('<c r="D3"><f>SUM(D2:D9)</f></c>', "type-error"),
    ],
)
def test_a_cell_without_a_figure_is_refused_and_never_empty(
    door: Door, written: str, code: str
) -> None:
    book = changed(BOOK, lambda text: text.replace('<c r="D3"><v>12</v></c>', written))
    report = door.check(book, "mesures.xlsx")
    assert [line for line, _ in values(report)] == [2, 4]
    assert [place[:2] for place in places(report)] == [(code, 3)]


def test_hidden_rows_are_loaded_and_said(door: Door) -> None:
    book = changed(BOOK, lambda text: text.replace('<row r="3">', '<row r="3" hidden="1">'))
    report = door.check(book, "mesures.xlsx")
    assert [line for line, _ in values(report)] == [2, 3, 4]
    assert [place[:2] for place in places(report)] == [("hidden-row", 3)]


def test_a_workbook_under_a_csv_name_is_loaded_from_its_first_filled_sheet(door: Door) -> None:
    rows: list[list[str | float | None]] = [HEADER, ["I-M", "M", "2026-04", 14]]
    report = door.check(workbook({"Feuil1": [], "Mesures": rows}), "mesures.csv")
    assert values(report) == [(2, 14.0)]
    assert [place[0] for place in places(report)] == ["extra-sheet"]


def test_a_damaged_workbook_loads_nothing_and_says_one_thing(door: Door) -> None:
    report = door.check(BOOK[: len(BOOK) // 2], "mesures.xlsx")
    assert report.loads_nothing
    assert list(report.codes) == ["format-error"]
