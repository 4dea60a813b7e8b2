"""A sheet as an Excel workbook: one worksheet a table, and a last one that says what it is."""

import io
import re
from datetime import date
from typing import Any

import xlsxwriter

from pilotage.reports.sheet import Amount, Cell, Grid, Sheet

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]+")
_LINKING = re.compile(
    r"(?:\s+(?:[a-zà]{1,3}|[dl]'|dans|leurs?|pour|their|with|from))+$", re.IGNORECASE
)
"""Small words a name cut short must not end with."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST_NAME = 31
_LONGEST_TEXT = 32_767
_WIDEST, _NARROWEST = 60, 8
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
    "default_date_format": "yyyy-mm-dd",
}


def workbook(sheet: Sheet, about_name: str) -> bytes:
    """The file. Every text is typed as text: nothing in it can run.

    ``about_name`` is the name of the worksheet that holds ``sheet.about``.
    """
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, _OPTIONS)
    book.set_properties({"title": _text(sheet.title)})
    names = {about_name}
    looks = _Looks(book)
    for grid in sheet.grids:
        page = book.add_worksheet(_free_name(grid.caption, names))
        _filled(page, grid, looks)
    _told(book.add_worksheet(about_name), sheet, looks)
    book.close()
    return kept.getvalue()


class _Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._numbers: dict[int | None, Any] = {}

    def number(self, decimals: int | None) -> Any:
        """The figure as published: its thousands apart, its own decimals."""
        if decimals not in self._numbers:
            shown = "#,##0" + ("." + "0" * decimals if decimals else "")
            pattern = "General" if decimals is None else shown
            self._numbers[decimals] = self._book.add_format({"num_format": pattern})
        return self._numbers[decimals]


def _filled(page: Any, grid: Grid, looks: _Looks) -> None:
    for column, head in enumerate(grid.heads):
        page.write_string(0, column, _text(head), looks.head)
    for line, row in enumerate(grid.rows, start=1):
        for column, cell in enumerate(row):
            _put(page, line, column, cell, looks)
    for column, head in enumerate(grid.heads):
        longest = max((_length(row[column]) for row in grid.rows), default=0)
        words = max((len(word) for word in head.split()), default=0)
        page.set_column(column, column, min(_WIDEST, max(_NARROWEST, longest, words) + 1))
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _put(page: Any, line: int, column: int, cell: Cell, looks: _Looks) -> None:
    if cell is None:
        return
    if isinstance(cell, Amount):
        page.write_number(line, column, cell.value, looks.number(cell.decimals))
    elif isinstance(cell, date):
        page.write_datetime(line, column, cell, looks.day)
    else:
        page.write_string(line, column, _text(cell), looks.text)


def _told(page: Any, sheet: Sheet, looks: _Looks) -> None:
    for line, (name, value) in enumerate(sheet.about):
        page.write_string(line, 0, _text(name), looks.head)
        page.write_string(line, 1, _text(value), looks.text)
    page.set_column(0, 0, 22)
    page.set_column(1, 1, _WIDEST)


def _length(cell: Cell) -> int:
    if isinstance(cell, Amount):
        return len(f"{cell.value:,.{cell.decimals or 0}f}")
    return len(cell) if isinstance(cell, str) else 10


def _text(text: str) -> str:
    """What a worksheet can hold of a text: no control character, no more than its limit."""
    return _CONTROL.sub("\ufffd", text)[:_LONGEST_TEXT]


def _free_name(wanted: str, taken: set[str]) -> str:
    """A worksheet's name that Excel accepts and no other has; added to ``taken``."""
    # Inside a name an apostrophe is a letter; Excel refuses it at either end only.
    clean = " ".join(_FORBIDDEN.sub(" ", _text(wanted)).split()).strip("' ") or "1"
    known = {one.casefold() for one in taken}
    name, count = _cut(clean, _LONGEST_NAME), 1
    while name.casefold() in known:
        count += 1
        end = f" {count}"
        name = _cut(clean, _LONGEST_NAME - len(end)) + end
    taken.add(name)
    return name


def _cut(name: str, most: int) -> str:
    """The whole words that fit; one word longer than that is cut."""
    if len(name) <= most:
        return name
    words = name[: most + 1].rpartition(" ")[0]
    return (_LINKING.sub("", words) or name[:most]).strip("' ,;.·")
