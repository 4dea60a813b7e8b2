"""Record by record: each with its physical line, every fault of structure told.

A quote may open a cell over several lines only when the joined row has the usual width; otherwise
its own line alone is at fault and the next one is read as if nothing had happened.
"""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

from pilotage.intake.problem import Problem

LONGEST_LINE = 1 << 20
_LONGEST_RECORD = 64
_STILL_OPEN = "unexpected end of data"
csv.field_size_limit(LONGEST_LINE * _LONGEST_RECORD)


@dataclass
class _Lines:
    """The physical lines of a file; some can be given back. ``number``: the last one taken."""

    stream: TextIO
    number: int = 0
    waiting: deque[str] = field(default_factory=deque)

    def take(self) -> str | None:
        line = self.waiting.popleft() if self.waiting else self._read()
        self.number += bool(line)
        return line or None

    def give_back(self, lines: list[str]) -> None:
        self.waiting.extendleft(reversed(lines))
        self.number -= len(lines)

    def _read(self) -> str:
        """The next line; of one that is too long, its beginning, just too long as well."""
        line = self.stream.readline(LONGEST_LINE + 1)
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(("\n", "\r")):
            rest = self.stream.readline(LONGEST_LINE + 1)
        return line


@dataclass(frozen=True)
class Shape:
    """What marks cells off, and how many a row has; ``header_row`` lines are passed over."""

    delimiter: str
    quote: str
    width: int
    header_row: int


def records(
    stream: TextIO, shape: Shape, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """Every sound record with its first physical line; the others are added to ``problems``."""
    lines = _Lines(stream)
    for _ in range(shape.header_row):
        lines.take()
    while (text := lines.take()) is not None:
        start = lines.number
        if len(text) > LONGEST_LINE:
            problems.append(
                Problem("table-dimensions", start, found=f"> {LONGEST_LINE} caractères")
            )
            continue
        cells = _cells(text, lines, shape)
        if cells is None:
            problems.append(Problem("unclosed-quote", start, found=text.strip()))
        elif fault := _fault(cells, start, shape):
            problems.append(fault)
        else:
            yield start, cells[: shape.width]


def _fault(cells: list[str], line: int, shape: Shape) -> Problem | None:
    width = shape.width
    if not any(cell.strip() for cell in cells):
        return Problem("blank-row", line)
    if any(cell.strip() for cell in cells[width:]):
        return Problem("extra-cell", line, found=shape.delimiter.join(cells[width:]))
    if len(cells) < width:
        return Problem("missing-cell", line, found=shape.delimiter.join(cells))
    return None


def _cells(text: str, lines: _Lines, shape: Shape) -> list[str] | None:
    """The cells of the record that begins with this line; None when its quotes do not add up."""
    if not shape.quote or shape.quote not in text:
        return text.rstrip("\r\n").split(shape.delimiter)
    more: list[str] = []
    cells = _closed([text], shape)
    while cells is _OPEN and len(more) < _LONGEST_RECORD and (line := lines.take()) is not None:
        more.append(line)
        if shape.quote in line:
            cells = _closed([text, *more], shape)
    if more and (cells is None or len(cells) != shape.width):
        lines.give_back(more)
        return None
    return cells if cells is not _OPEN else None


_OPEN: list[str] = []
"""What stands for a record whose last cell is still open."""


def _closed(lines: list[str], shape: Shape) -> list[str] | None:
    """The cells of these lines; ``_OPEN`` while a quote is, None where one stands astray."""
    reader = csv.reader(
        ["".join(lines)], delimiter=shape.delimiter, quotechar=shape.quote, strict=True
    )
    try:
        return next(reader)
    except csv.Error as fault:
        return _OPEN if _STILL_OPEN in str(fault) else None
