"""A delimited file as a table of text, every row with its physical line.

Two readers give the same table. The engine's own is fast and is used when counting shows that one
record is one line: no quote at all, or as many records as lines. The patient one reads record by
record, carries the line of each and reports every structural fault.
"""

import csv
import io
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa

from pilotage.intake.contract import recognised
from pilotage.intake.encoding import text_of
from pilotage.intake.patient import LONGEST_LINE, Shape, records
from pilotage.intake.problem import Problem

DELIMITERS = (";", ",", "\t", "|")
_BLOCK = 1 << 22
_MOST_COLUMNS = 1_000
_BATCH = 100_000
_PIECES, _PIECE = 64, 1 << 14


@dataclass(frozen=True)
class Reading:
    """How a file is to be read; None is decided from the file."""

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int = 1
    quote: str = '"'


@dataclass(frozen=True)
class Layout:
    """How a file lies: its UTF-8 text, its encoding and delimiter, its header; or what stops it."""

    path: Path
    encoding: str
    delimiter: str
    labels: tuple[str, ...]
    reading: Reading
    problems: tuple[Problem, ...] = ()

    @property
    def first_line(self) -> int:
        """Physical line of the first record after the header."""
        return self.reading.header_row + 1


@dataclass(frozen=True)
class RawTable:
    """Text columns named ``c0…cn`` in ``table``, with ``_line``."""

    table: str
    rows: int
    problems: tuple[Problem, ...] = ()


@dataclass
class _Counts:
    lines: int = 0
    quotes: int = 0
    returns: int = 0
    ends_open: bool = False
    longest: int = 0


def letter(index: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def layout_of(path: Path, scratch: Path, reading: Reading | None = None) -> Layout:
    """Encoding, delimiter and header of a file, decided from its head where not declared."""
    reading = reading or Reading()
    text = text_of(path, scratch, reading.encoding)
    if text.problems:
        return Layout(path, text.encoding, "", (), reading, text.problems)
    head = _head(text.path, reading.header_row)
    too_large = _too_large(head)
    if too_large:
        problem = Problem("table-dimensions", line=reading.header_row, found=too_large)
        return Layout(text.path, text.encoding, "", (), reading, (problem,))
    delimiter = reading.delimiter or _delimiter(head)
    labels = tuple(_cells(head, delimiter, reading.quote))
    return Layout(text.path, text.encoding, delimiter, labels, reading)


def _too_large(head: str) -> str | None:
    """What is too large in a header, before anything is made of it."""
    if len(head) > LONGEST_LINE:
        return f"> {LONGEST_LINE} caractères"
    columns = 1 + max(head.count(delimiter) for delimiter in DELIMITERS)
    return f"{columns} colonnes" if columns > _MOST_COLUMNS else None


def read_whole(connection: duckdb.DuckDBPyConnection, layout: Layout, table: str) -> RawTable:
    """Read a file into ``table``, each record with its physical line."""
    if _read_fast(connection, layout, table):
        return _without_blanks(connection, table, layout)
    rows, problems = _read_patiently(connection, layout, table)
    return RawTable(table, rows, tuple(problems))


def open_in_one_pass(connection: duckdb.DuckDBPyConnection, layout: Layout, table: str) -> None:
    """``table`` as a view that reads the file anew, ``<table>_sample`` as records spread over it.

    The view has no lines: record n stands on line n only while ``lines_of`` finds as many lines as
    records.
    """
    connection.execute(f"create temp view {table} as select * from {_scan(layout)}")
    sampled = [r for r in _spread(layout) if len(r) == len(layout.labels)]
    names = [f"c{index}" for index in range(len(layout.labels))]
    columns = {
        n: pa.array([r[i] or None for r in sampled], pa.string()) for i, n in enumerate(names)
    }
    connection.register("spread", pa.table(columns))
    connection.execute(f"create temp table {table}_sample as select * from spread")
    connection.unregister("spread")


def lines_of(layout: Layout) -> int | None:
    """Physical lines after the header; None where line ends are not all of one kind."""
    counts = _count(layout.path)
    if counts.returns and counts.returns != counts.lines:
        return None
    return counts.lines + counts.ends_open - layout.reading.header_row


def _spread(layout: Layout) -> list[list[str]]:
    size = layout.path.stat().st_size
    found: list[list[str]] = []
    with layout.path.open("rb") as stream:
        for index in range(_PIECES):
            stream.seek(size * index // _PIECES)
            lines = stream.read(_PIECE).split(b"\n")[1:-1]
            text = b"\n".join(lines).decode("utf-8", errors="ignore")
            found += csv.reader(io.StringIO(text), delimiter=layout.delimiter)
    return found


def _scan(layout: Layout) -> str:
    """The engine's reader with everything declared; it decides nothing."""
    columns = {f"c{index}": "VARCHAR" for index in range(len(layout.labels))}
    reading = layout.reading
    quoted = {
        name: value.replace("'", "''")
        for name, value in (("quote", reading.quote), ("delim", layout.delimiter))
    }
    path = str(layout.path).replace("'", "''")
    return (
        f"read_csv('{path}', delim = '{quoted['delim']}', quote = '{quoted['quote']}',"
        f" escape = '{quoted['quote']}', header = false, skip = {reading.header_row},"
        f" auto_detect = false, columns = {columns}, null_padding = false,"
        f" max_line_size = {LONGEST_LINE})"
    )


def _head(path: Path, header_row: int) -> str:
    with path.open(encoding="utf-8", newline="") as stream:
        for _ in range(header_row - 1):
            stream.readline()
        record = stream.readline(LONGEST_LINE + 1)
        while record.count('"') % 2 and len(record) <= LONGEST_LINE:
            more = stream.readline(LONGEST_LINE + 1)
            if not more:
                break
            record += more
    return record.lstrip("\ufeff").rstrip("\r\n")


def _cells(record: str, delimiter: str, quote: str) -> list[str]:
    cells = next(
        csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, quotechar=quote), []
    )
    return [" ".join(cell.replace("\ufeff", "").split()) for cell in cells]


def _delimiter(head: str) -> str:
    """The delimiter under which the header says most: known columns first, then columns at all."""

    def score(delimiter: str) -> tuple[int, int]:
        labels = _cells(head, delimiter, '"')
        contract = recognised(labels)
        known = sum(contract.field_of(label) is not None for label in labels) if contract else 0
        return known, len(labels)

    return max(DELIMITERS, key=score)


def _count(path: Path) -> _Counts:
    counts, tail = _Counts(), b"\n"
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            counts.lines += block.count(b"\n")
            counts.quotes += block.count(b'"')
            counts.returns += block.count(b"\r")
            counts.longest = max(counts.longest, 0 if b"\n" in block else len(block))
            tail = block[-1:]
    counts.ends_open = tail != b"\n"
    return counts


def _without_blanks(connection: duckdb.DuckDBPyConnection, table: str, layout: Layout) -> RawTable:
    """The rows of ``<table>_rows`` that say something, with their lines; the others are told."""
    said = f"{first_filled(f'c{index}' for index in range(len(layout.labels)))} is not null"
    line = f"(rowid + {layout.first_line})::integer"
    connection.execute(
        f"create temp view {table} as select *, {line} as _line from {table}_rows where {said}"
    )
    blank = connection.execute(
        f"select {line} from {table}_rows where not ({said}) order by all"
    ).fetchall()
    (rows,) = connection.execute(f"select count(*) from {table}_rows").fetchone() or (0,)
    problems = tuple(Problem("blank-row", line=row[0]) for row in blank)
    return RawTable(table, rows - len(blank), problems)


def first_filled(cells: Iterable[str]) -> str:
    """SQL for the first cell that says something; null in a blank row."""
    trimmed = ", ".join(f"nullif(trim({cell}), '')" for cell in cells)
    return f"coalesce({trimmed})"


def _read_fast(connection: duckdb.DuckDBPyConnection, layout: Layout, table: str) -> bool:
    """Make ``<table>_rows`` when every record is one line, else nothing."""
    with ThreadPoolExecutor(1) as pool:
        counting = pool.submit(lines_of, layout)
        try:
            connection.execute(f"create temp table {table}_rows as select * from {_scan(layout)}")
        except duckdb.Error:
            connection.execute(f"drop table if exists {table}_rows")
            return False
        lines = counting.result()
    (rows,) = connection.execute(f"select count(*) from {table}_rows").fetchone() or (0,)
    if rows != lines:
        connection.execute(f"drop table {table}_rows")
        return False
    return True


def _read_patiently(
    connection: duckdb.DuckDBPyConnection, layout: Layout, table: str
) -> tuple[int, list[Problem]]:
    """Every record with its first physical line; faults of structure are told and left out."""
    problems: list[Problem] = []
    width, total = len(layout.labels), 0
    names = [f"c{index}" for index in range(width)]
    fields = ", ".join(f"{name} varchar" for name in names)
    connection.execute(f"create temp table {table} ({fields}, _line integer)")
    reading = layout.reading
    shape = Shape(layout.delimiter, reading.quote, width, reading.header_row)
    with layout.path.open(encoding="utf-8", newline="") as stream:
        found = records(stream, shape, problems)
        while batch := list(islice(found, _BATCH)):
            total += _append(connection, table, names, batch)
    return total, problems


def _append(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    names: list[str],
    batch: list[tuple[int, list[str]]],
) -> int:
    columns = {
        name: pa.array([cells[i] or None for _, cells in batch], pa.string())
        for i, name in enumerate(names)
    }
    columns["_line"] = pa.array([line for line, _ in batch], pa.int32())
    staged = pa.table(columns)
    connection.register("patient_batch", staged)
    connection.execute(f"insert into {table} select * from patient_batch")
    connection.unregister("patient_batch")
    return len(batch)
