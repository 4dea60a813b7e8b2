"""A sheet as CSV, with the signs that a spreadsheet of that language expects."""

import csv
import io
from datetime import date

from pilotage.intake.neutral import neutral
from pilotage.reports.sheet import Amount, Cell, Sheet

_DIGITS = 15
"""Every digit a double holds for sure: 0.1 + 0.2 is written 0.3."""

_HARMLESS = {"%"}
"""A unit alone, which no spreadsheet runs."""


def separated(sheet: Sheet) -> bytes:
    """UTF-8 with its mark; ``;`` and decimal comma in French, ``,`` and point in English.

    First what the table is, then an empty line, its headings and rows; several tables follow each
    other, each under its caption. No text can run as a formula.
    """
    text = io.StringIO()
    separator = "," if sheet.lang == "en" else ";"
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerows([neutral(name), neutral(value)] for name, value in sheet.about)
    for grid in sheet.grids:
        writer.writerow([])
        if len(sheet.grids) > 1:
            writer.writerow([neutral(grid.caption)])
        writer.writerow([neutral(head) for head in grid.heads])
        writer.writerows([_written(cell, sheet.lang) for cell in row] for row in grid.rows)
    return text.getvalue().encode("utf-8-sig")


def _written(cell: Cell, lang: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Amount):
        return decimal(cell.value, lang)
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if cell in _HARMLESS else neutral(cell)


def decimal(value: float, lang: str) -> str:
    """All its digits, never an exponent's sign that a spreadsheet of that language cannot read."""
    plain = f"{value:.{_DIGITS}g}"
    return plain if lang == "en" else plain.replace(".", ",")
