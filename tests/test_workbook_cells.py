"""A workbook's cells say what the screen says: errors, formulas, percents, codes, dates."""

from decimal import Decimal

import pytest

from pilotage.intake.reader.column import numbers
from pilotage.intake.reader.read import ReadTable, read_bytes
from tests.workbook import STYLES, added, changed, styles, workbook

ROWS: list[list[str | float | None]] = [
    ["code", "valeur"],
    ["A", 11],
    ["B", 12],
    ["C", 13],
    ["D", 14],
    ["E", 15],
]


def with_cell(written: str, *formats: str) -> ReadTable:
    """The table whose cell B3 is written so."""
    book = added(workbook({"M": ROWS}), STYLES, styles(*formats))
    return read_bytes(changed(book, lambda text: text.replace('<c r="B3"><v>12</v></c>', written)))


def cell(table: ReadTable) -> str:
    return table.rows[1].cells[1]


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!"])
def test_an_error_stays_an_error_and_is_told_at_its_cell(error: str) -> None:
    table = with_cell(f'<c r="B3" t="e"><f>B9/0</f><v>{error}</v></c>')
    assert cell(table) == error
    assert [(p.code, p.line, p.column_letter) for p in table.problems] == [
        ("spreadsheet-error", 3, "B")
    ]


def test_an_error_in_the_last_column_or_the_last_row_is_not_lost() -> None:
    book = workbook({"M": [["a", "b"], ["x", 1], ["y", None], ["z", None]]})
    book = changed(
        book, lambda text: text.replace('<row r="4">', '<row r="4"><c r="B4" t="e"><v>#N/A</v></c>')
    )
    table = read_bytes(book)
    assert table.rows[-1].cells[1] == "#N/A"


def test_a_formula_gives_its_value() -> None:
    table = with_cell('<c r="B3"><f>6*2</f><v>12</v></c>')
    assert (cell(table), table.problems) == ("12", ())


def test_a_formula_never_computed_is_not_an_empty_cell() -> None:
    table = with_cell('<c r="B3"><f>SUM(C1:C9)&amp;""</f></c>')
    assert cell(table) == '=SUM(C1:C9)&""'
    assert [(p.code, p.line) for p in table.problems] == [("type-error", 3)]


def test_a_formula_that_gives_nothing_is_an_empty_cell() -> None:
    table = with_cell('<c r="B3" t="str"><f>IF(1,"")</f><v></v></c>')
    assert (cell(table), table.problems) == ("", ())


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("0.125", "0.0%", "12.5%"),
        ("0.07", "0%", "7%"),
        ("1", "0%", "100%"),
        ("-0.005", "0.00%;[Red]-0.00%", "-0.5%"),
        ("0", "0%", "0%"),
        ("0.5", '0.0" % du total"', "0.5"),
        ("123", "00000", "00123"),
        ("1234.5", "#,##0.00", "1234.5"),
        ("0.1", "General", "0.1"),
        ("1E-05", "General", "0.00001"),
    ],
)
def test_a_number_is_the_one_on_the_screen(value: str, code: str, shown: str) -> None:
    assert cell(with_cell(f'<c r="B3" s="1"><v>{value}</v></c>', code)) == shown


def test_a_percent_is_its_number_in_percent() -> None:
    table = with_cell('<c r="B3" s="1"><v>0.125</v></c>', "0.0%")
    assert numbers(table.columns[1], [cell(table)]) == [Decimal("12.5")]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("45747", "yyyy-mm-dd", "2025-03-31"),
        ("45747", "d mmmm yyyy", "2025-03-31"),
        ("45747.5", "yyyy-mm-dd hh:mm", "2025-03-31 12:00:00"),
    ],
)
def test_a_date_is_written_year_month_day(value: str, code: str, shown: str) -> None:
    assert cell(with_cell(f'<c r="B3" s="1"><v>{value}</v></c>', code)) == shown


def test_a_truth_and_a_text_that_looks_like_a_number_stay_what_they_are() -> None:
    assert cell(with_cell('<c r="B3" t="b"><v>1</v></c>')) == "VRAI"
    assert cell(with_cell('<c r="B3" t="inlineStr"><is><t>00012</t></is></c>')) == "00012"
