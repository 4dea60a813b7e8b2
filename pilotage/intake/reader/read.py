"""Read any delimited file: decide from its head, confirm on the whole, say how sure."""

import gc
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pilotage.intake.problem import Problem, Severity
from pilotage.intake.reader.column import Cells, Column, cell_problems, cells_of, columns_of
from pilotage.intake.reader.dialect import Choice, chosen
from pilotage.intake.reader.document import sheet_of
from pilotage.intake.reader.encoding import decoded
from pilotage.intake.reader.fault import Unreadable
from pilotage.intake.reader.fields import Dialect
from pilotage.intake.reader.header import header_problems
from pilotage.intake.reader.line import Lines, lines_of
from pilotage.intake.reader.ragged import (
    evened,
    fault_problems,
    mended,
    trimmed,
    width_problems,
)
from pilotage.intake.reader.record import Record, records, usual_width
from pilotage.intake.reader.repeated import key_problems
from pilotage.intake.reader.table import Parts, parts_of
from pilotage.intake.reader.told import Told
from pilotage.intake.reader.workbook import Sheet
from pilotage.intake.reader.wrapped import unwrapped

_MOST_BYTES = 64 << 20
_LONGEST_LINE = 1 << 20
_MOST_COLUMNS = 1_000
_MOST_PADDING = 2_000_000
_SHORTEST = 16


class Row(NamedTuple):
    """One row's cells, and the physical line (from 1) it begins on."""

    line: int
    cells: list[str]


_row_of = partial(tuple.__new__, Row)  # what its constructor does, without a call for each


@dataclass(frozen=True)
class Declared:
    """What a person has said of a file; None is decided from the file.

    ``header_line``: the physical line (from 1) of the one header row.
    """

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header_line: int | None = None


@dataclass(frozen=True)
class ReadTable:
    """A file as a table of text.

    ``header`` is empty where the file has none. Rows have as many cells as the header, more where
    the file gives more (told as extra-cell). ``confidence`` is in 0–1. ``preamble``, ``footer`` and
    ``header_lines`` are physical lines. Problems are in the order of lines, the first thousand of
    each code; ``left_off`` counts the others by code.
    """

    header: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    columns: tuple[Column, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_off: Mapping[str, int] = field(default_factory=dict)
    encoding: str = ""
    encoding_confidence: float = 0.0
    line_ends: str = ""
    dialect: Dialect | None = None
    confidence: float = 0.0
    header_lines: tuple[int, ...] = ()
    preamble: tuple[int, ...] = ()
    footer: tuple[int, ...] = ()
    sheet: str | None = None

    @property
    def is_refused(self) -> bool:
        """True where a problem is an error: the table is given, not to be loaded as it is."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def problem_count(self) -> int:
        """How many problems there are, listed or not."""
        return len(self.problems) + sum(self.left_off.values())


def read(path: Path, declared: Declared | None = None) -> ReadTable:
    """The table in a file. A file that cannot be read is a table without rows, and its problem."""
    if path.stat().st_size > _MOST_BYTES:
        found = f"> {_MOST_BYTES >> 20} Mio"
        return ReadTable(problems=(Problem("table-dimensions", found=found),))
    return read_bytes(path.read_bytes(), declared)


def read_bytes(data: bytes, declared: Declared | None = None) -> ReadTable:
    """The table in a file's bytes; never raises, whatever they are."""
    with _uncollected():
        return _read_bytes(data, declared)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles: it would look at every row again and again, for none."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _read_bytes(data: bytes, declared: Declared | None) -> ReadTable:
    try:
        if not data.strip(b"\xef\xbb\xbf\xff\xfe\r\n\t \x00"):
            raise Unreadable("source-error")
        sheet = sheet_of(data)
        if sheet is not None:
            return _of_sheet(sheet, declared)
        return _of_text(data, declared)
    except Unreadable as fault:
        return ReadTable(problems=(fault.problem,))


def _of_text(data: bytes, declared: Declared | None) -> ReadTable:
    told = Told()
    text = decoded(data, told, declared.encoding if declared else None)
    lines = lines_of(text.text)
    _checked(lines)
    lines = unwrapped(lines, told)
    choice = _declared(chosen(lines), declared)
    width = usual_width(lines, choice.dialect)
    if width > _MOST_COLUMNS:
        raise Unreadable("table-dimensions", f"{width} colonnes")
    found = records(lines, choice.dialect, width, choice.skipped)
    widest = max([len(record.cells) for record in found], default=0)
    if widest > _MOST_COLUMNS:
        line = next(record.line for record in found if len(record.cells) == widest)
        raise Unreadable("table-dimensions", f"{widest} colonnes", line)
    found = mended(found, lines, choice.dialect, width)
    if len(text.text) < _SHORTEST and sum(any(r.cells) for r in found) < 2 and width < 2:
        raise Unreadable("source-error", text.text.strip())
    fault_problems(found, told)
    table = _table(found, width, told, declared)
    return replace(
        table,
        encoding=text.encoding,
        encoding_confidence=text.confidence,
        line_ends=lines.kind,
        dialect=choice.dialect,
        confidence=round(min(text.confidence, choice.confidence, table.confidence), 2),
    )


def _checked(lines: Lines) -> None:
    if not lines.texts:
        raise Unreadable("source-error")
    if max(map(len, lines.texts)) <= _LONGEST_LINE:
        return
    for number, text in enumerate(lines.texts, start=1):
        if len(text) > _LONGEST_LINE:
            raise Unreadable("table-dimensions", f"{len(text)} caractères", line=number)


def _declared(choice: Choice, declared: Declared | None) -> Choice:
    if declared is None:
        return choice
    dialect = choice.dialect
    if declared.delimiter:
        dialect = replace(dialect, delimiter=declared.delimiter)
    if declared.quote:
        dialect = replace(dialect, quote=declared.quote)
    return replace(choice, dialect=dialect)


def _of_sheet(sheet: Sheet, declared: Declared | None) -> ReadTable:
    filled = [record for record in sheet.records if any(record.cells)]
    if not filled:
        raise Unreadable("source-error")
    width = max(len(record.cells) for record in filled)
    if width > _MOST_COLUMNS:
        raise Unreadable("table-dimensions", f"{width} colonnes")
    told = Told()
    for problem in sheet.problems:
        told.add(problem)
    table = _table(sheet.records, width, told, declared)
    return replace(table, encoding="xlsx", encoding_confidence=1.0, sheet=sheet.name)


def _table(found: Sequence[Record], width: int, told: Told, declared: Declared | None) -> ReadTable:
    parts = parts_of(found, width, told, declared.header_line if declared else None)
    labels, body = trimmed(parts.labels, parts.body)
    wanted = len(labels) or width
    widths = Counter(map(len, [record.cells for record in body]))
    if sum((wanted - w) * count for w, count in widths.items() if w < wanted) > _MOST_PADDING:
        # A wide header above a million short lines would be billions of empty cells.
        raise Unreadable("table-dimensions", f"{len(body)} × {wanted}")
    texts, lines = evened(wanted, body), [record.line for record in body]
    rows = tuple(map(_row_of, zip(lines, texts, strict=True)))
    # Cells past the usual width are told row by row: a column of them would be empty elsewhere.
    count = len(labels) or min(width, max(map(len, texts), default=0))
    cells = cells_of(texts, lines, count)
    columns = columns_of([*labels, *[""] * (count - len(labels))], cells)
    _tell(told, parts, body, width, rows, columns, cells)
    usual = [len(record.cells) for record in parts.body].count(width)
    return ReadTable(
        header=labels,
        rows=rows,
        columns=tuple(columns),
        problems=told.in_order,
        left_off=told.left_off,
        confidence=round(usual / len(body), 2) if body else 1.0,
        header_lines=tuple(r.line for r in parts.header),
        preamble=parts.preamble,
        footer=parts.footer,
    )


def _tell(
    told: Told,
    parts: Parts,
    body: Sequence[Record],
    width: int,
    rows: Sequence[Row],
    columns: Sequence[Column],
    cells: Sequence[Cells],
) -> None:
    labels = parts.labels[: len(columns)]
    if labels:
        header_problems(labels, parts.header[-1].line, [c.texts for c in cells], told)
    if not rows:
        told.add(Problem("no-rows"))
    width_problems(labels, body, width, told)
    cell_problems(labels, columns, cells, told)
    key_problems(labels, [row.cells for row in rows], [row.line for row in rows], told)
