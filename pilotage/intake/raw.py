"""A delimited file as a table of text, every row with its physical line.

Two readers give the same table. The engine's own is fast and is used when counting shows that one
record is one line: no quote at all, or as many records as lines. The patient one reads record by
record, carries the line of each and reports every structural fault.
"""

import csv
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from pilotage.intake.contract import recognised
from pilotage.intake.encoding import text_of
from pilotage.intake.problem import Problem

DELIMITERS = (";", ",", "\t", "|")
_BLOCK = 1 << 22
_MOST_COLUMNS = 1_000
_LONGEST_LINE = 1 << 20
_LONGEST_RECORD = 64
_BATCH = 100_000


@dataclass(frozen=True)
class Reading:
    """How a file is to be read; None is decided from the file."""

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int = 1
    quote: str = '"'


@dataclass(frozen=True)
class RawTable:
    """Text columns named ``c0…cn`` in ``table``, with ``_line``; ``labels`` as in the header."""

    table: str
    labels: tuple[str, ...]
    encoding: str
    delimiter: str
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


def read_raw(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    table: str,
    scratch: Path,
    reading: Reading | None = None,
) -> RawTable:
    """Read a file into ``table``; what stops it is in ``problems`` and then there is no table."""
    reading = reading or Reading()
    text = text_of(path, scratch, reading.encoding)
    if text.problems:
        return RawTable(table, (), text.encoding, "", 0, text.problems)
    head = _head(text.path, reading.header_row)
    if len(head) > _LONGEST_LINE:
        return _refused(
            table,
            text.encoding,
            Problem("table-dimensions", line=1, found=f"{len(head):_}".replace("_", " ")),
        )
    delimiter = reading.delimiter or _delimiter(head)
    labels = tuple(_cells(head, delimiter, reading.quote))
    if len(labels) > _MOST_COLUMNS:
        return _refused(
            table,
            text.encoding,
            Problem("table-dimensions", line=1, found=f"{len(labels)} colonnes"),
        )
    fast = _read_fast(connection, text.path, table, labels, delimiter, reading)
    if fast is not None:
        return RawTable(table, labels, text.encoding, delimiter, fast)
    rows, problems = _read_patiently(connection, text.path, table, labels, delimiter, reading)
    return RawTable(table, labels, text.encoding, delimiter, rows, tuple(problems))


def _refused(table: str, encoding: str, problem: Problem) -> RawTable:
    return RawTable(table, (), encoding, "", 0, (problem,))


def _head(path: Path, header_row: int) -> str:
    with path.open(encoding="utf-8", newline="") as stream:
        for _ in range(header_row - 1):
            stream.readline()
        record = stream.readline(_LONGEST_LINE + 1)
        while record.count('"') % 2 and len(record) <= _LONGEST_LINE:
            more = stream.readline(_LONGEST_LINE + 1)
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


def _read_fast(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    table: str,
    labels: tuple[str, ...],
    delimiter: str,
    reading: Reading,
) -> int | None:
    """Rows read when every record is one line, else None and no table."""
    columns = {f"c{index}": "VARCHAR" for index in range(len(labels))}
    with ThreadPoolExecutor(1) as pool:
        counting = pool.submit(_count, path)
        try:
            connection.execute(
                f"create temp table {table}_rows as select * from read_csv(?, delim = ?, quote = ?,"
                f" escape = ?, header = false, skip = {reading.header_row}, auto_detect = false,"
                f" columns = {columns}, null_padding = false, max_line_size = {_LONGEST_LINE})",
                [str(path), delimiter, reading.quote, reading.quote],
            )
        except duckdb.Error:
            connection.execute(f"drop table if exists {table}_rows")
            return None
        counts = counting.result()
    (rows,) = connection.execute(f"select count(*) from {table}_rows").fetchone() or (0,)
    lines = counts.lines + counts.ends_open - reading.header_row
    if rows != lines or (counts.returns and counts.returns != counts.lines):
        connection.execute(f"drop table {table}_rows")
        return None
    connection.execute(
        f"create temp view {table} as"
        f" select *, (rowid + {reading.header_row + 1})::integer as _line from {table}_rows"
    )
    return int(rows)


def _read_patiently(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    table: str,
    labels: tuple[str, ...],
    delimiter: str,
    reading: Reading,
) -> tuple[int, list[Problem]]:
    """Every record with its first physical line; faults of structure are told and left out."""
    problems: list[Problem] = []
    width, total = len(labels), 0
    names = [f"c{index}" for index in range(width)]
    fields = ", ".join(f"{name} varchar" for name in names)
    connection.execute(f"create temp table {table} ({fields}, _line integer)")
    batch: list[tuple[int, list[str]]] = []
    for line, cells in _records(path, delimiter, reading, width, problems):
        batch.append((line, cells))
        if len(batch) >= _BATCH:
            total += _append(connection, table, names, batch)
            batch = []
    total += _append(connection, table, names, batch)
    return total, problems


def _append(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    names: list[str],
    batch: list[tuple[int, list[str]]],
) -> int:
    if not batch:
        return 0
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


def _records(
    path: Path, delimiter: str, reading: Reading, width: int, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8", newline="") as stream:
        for _ in range(reading.header_row):
            next(stream, None)
        yield from _parsed(stream, delimiter, reading, width, problems)


def _parsed(
    source: Iterator[str], delimiter: str, reading: Reading, width: int, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    line = reading.header_row
    reader = csv.reader(source, delimiter=delimiter, quotechar=reading.quote)
    while True:
        start = line + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            problems.append(Problem("unclosed-quote", line=start))
            return
        span = line + reader.line_num - start + 1
        if span > _LONGEST_RECORD or (span > 1 and len(cells) != width):
            problems.append(
                Problem("unclosed-quote", line=start, found=cells[0] if cells else None)
            )
        elif not any(cell.strip() for cell in cells):
            problems.append(Problem("blank-row", line=start))
        elif len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            yield start, cells[:width]
        elif len(cells) > width:
            problems.append(Problem("extra-cell", line=start, found=delimiter.join(cells[width:])))
        elif len(cells) < width:
            problems.append(Problem("missing-cell", line=start, found=delimiter.join(cells)))
        else:
            yield start, cells
