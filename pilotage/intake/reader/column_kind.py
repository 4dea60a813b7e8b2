"""What most cells of a column are: numbers, dates, or text of one shape."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pilotage.intake.reader.record import Record
from pilotage.intake.reader.value import (
    SPREADSHEET_ERROR,
    day,
    is_code,
    is_missing,
    number,
    shape,
)

_SAMPLE = 1000
_MOST = 0.75
_SAME_SHAPE = 0.6


@dataclass(frozen=True)
class Kind:
    """``name`` is number, date or text; ``shapes`` are the writings most of its cells share."""

    name: str
    shapes: frozenset[str] = frozenset()

    @property
    def is_typed(self) -> bool:
        """True for a column of numbers or of dates."""
        return self.name != "text"

    def takes(self, cell: str) -> bool:
        """True where the cell may be a value of this column."""
        if is_missing(cell) or SPREADSHEET_ERROR.match(cell):
            return True
        return number(cell) is not None if self.name == "number" else day(cell) is not None

    def has_shape(self, cell: str) -> bool:
        """True where the cell is written like the column's own, digits included."""
        return shape(cell) in self.shapes


def kinds_of(rows: Sequence[Record], width: int) -> list[Kind]:
    """The kind of each of ``width`` columns, from the first rows that have that width."""
    sample = [r.cells for r in rows[: 2 * _SAMPLE] if len(r.cells) == width][:_SAMPLE]
    return [kind_of([cells[n] for cells in sample]) for n in range(width)]


def kind_of(cells: Sequence[str]) -> Kind:
    """The kind of a column; each text is looked at once, however often it comes."""
    said = {
        cell: count
        for cell, count in Counter(cells).items()
        if not is_missing(cell) and not SPREADSHEET_ERROR.match(cell)
    }
    total = sum(said.values())
    if not said:
        return Kind("text")
    if sum(n for c, n in said.items() if day(c) is not None) >= _MOST * total:
        return Kind("date")
    numbers = sum(n for c, n in said.items() if number(c) is not None)
    if numbers >= _MOST * total and not any(map(is_code, said)):
        years = sum(n for c, n in said.items() if _is_year(c))
        return Kind("number", frozenset({"9"}) if years >= _MOST * total else frozenset())
    shapes: Counter[str] = Counter()
    for cell, count in said.items():
        shapes[shape(cell)] += count
    usual = frozenset(s for s, n in shapes.items() if "9" in s and n >= _SAME_SHAPE * total)
    return Kind("text", usual)


def _is_year(cell: str) -> bool:
    return len(cell) == 4 and cell[:2] in {"19", "20"} and cell.isdigit()


def says_label(cells: Sequence[str]) -> bool:
    """True where every cell written is a word rather than a value."""
    said = [c for c in cells if c]
    return bool(said) and not any(says_value(c) for c in said)


def says_value(cell: str) -> bool:
    """True for a number, a date or a spreadsheet's error."""
    if SPREADSHEET_ERROR.match(cell) or is_missing(cell):
        return True
    return number(cell) is not None or day(cell) is not None
