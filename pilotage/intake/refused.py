"""The refused rows of a checked file, cell by cell, for a person to correct them in place.

Read again from the file, in the checking process: what staging keeps of a row is what could be
read of it.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pilotage.intake.automatic import layout_of_table
from pilotage.intake.column import Source
from pilotage.intake.contract import Contract, recognised
from pilotage.intake.profile import load_profile
from pilotage.intake.profiled import profile_sources
from pilotage.intake.raw import Layout, layout_of, read_whole
from pilotage.intake.reader.read import read
from pilotage.intake.report import Request
from pilotage.intake.staging import source_of

_BLOCK_BYTES = 1 << 20
_LINE_FEED, _RETURN = 10, 13
MOST_KEPT = 5_000
"""Rows kept for correction in place; a file with more is corrected at its source."""
_SCHEMA = pa.schema(
    [
        ("subject", pa.string()),
        ("load_file", pa.string()),
        ("line", pa.int32()),
        ("fields", pa.list_(pa.string())),
        ("cells", pa.list_(pa.string())),
    ]
)


@dataclass(frozen=True)
class RefusedRow:
    """A row's place, and its text under each column of its contract that the file has."""

    subject: str
    load_file: str | None
    line: int
    fields: tuple[str, ...]
    cells: tuple[str, ...]


def write_refused(
    connection: duckdb.DuckDBPyConnection, request: Request, problems: Path, *, is_automatic: bool
) -> Path:
    """The rows told as errors in ``problems``, as a Parquet file beside it."""
    places = connection.execute(
        "select distinct load_file, line from read_parquet(?)"
        " where severity = 'error' and line is not null order by all limit ?",
        [str(problems), MOST_KEPT],
    ).fetchall()
    if request.profile:
        found = _of_profile(connection, request, places)
    else:
        lines = {line for _, line in places}
        reads = _of_table if is_automatic else _of_plain_file
        found = reads(connection, request, lines)
    path = request.out / "refused.parquet"
    pq.write_table(pa.Table.from_pylist([_row(one) for one in found], schema=_SCHEMA), path)
    return path


def _row(one: RefusedRow) -> dict[str, object]:
    return {**one.__dict__, "fields": list(one.fields), "cells": list(one.cells)}


def _of_profile(
    connection: duckdb.DuckDBPyConnection,
    request: Request,
    places: Sequence[tuple[str | None, int]],
) -> list[RefusedRow]:
    profile = load_profile(request.profile) if request.profile else None
    if profile is None:
        return []
    sources, _ = profile_sources(connection, profile, request, lambda _: None)
    connection.execute("create or replace temp table asked (load_file varchar, line integer)")
    connection.executemany("insert into asked values (?, ?)", list(places) or [(None, None)])
    found: list[RefusedRow] = []
    for contract, source in sources:
        fields = _fields(contract, source)
        cells = ", ".join(f"coalesce(r.{source.columns[name]}, '')" for name in fields)
        rows = connection.execute(
            f"select r._file, r._line, [{cells}] from {source.table} r join asked a"
            " on a.line = r._line and a.load_file is not distinct from r._file"
            " order by all limit ?",
            [MOST_KEPT],
        ).fetchall()
        found += [
            RefusedRow(contract.subject, file, line, fields, tuple(texts))
            for file, line, texts in rows
        ]
    return found[:MOST_KEPT]


def _of_plain_file(
    connection: duckdb.DuckDBPyConnection, request: Request, lines: set[int]
) -> list[RefusedRow]:
    layout = layout_of(request.inputs[0].path, request.out)
    contract = recognised(list(layout.labels))
    if layout.problems or contract is None:
        return []
    # Nearly every record is one line, and a line is found a hundred times faster than it is read.
    texts = _texts(layout, lines)
    cells = {line: _cut(text, layout) for line, text in texts.items() if _is_closed(text, layout)}
    rest = lines - set(cells)
    if rest:
        cells |= _read_among(connection, layout, rest)
        cells |= {line: _cut(texts[line], layout) for line in rest - set(cells) if line in texts}
    return _mapped(contract, layout, cells)


def _read_among(
    connection: duckdb.DuckDBPyConnection, layout: Layout, lines: set[int]
) -> dict[int, list[str]]:
    """The records that begin on these lines, as the engine reads the whole file."""
    raw = read_whole(connection, layout, "raw_0")
    columns = ", ".join(f"coalesce(c{n}, '')" for n in range(len(layout.labels)))
    asked = pa.table({"_line": pa.array(sorted(lines), pa.int64())})
    connection.register("asked_lines", asked)
    rows = connection.execute(
        f"select _line, [{columns}] from {raw.table} semi join asked_lines using (_line)"
    ).fetchall()
    connection.unregister("asked_lines")
    return dict(rows)


def _of_table(
    connection: duckdb.DuckDBPyConnection, request: Request, lines: set[int]
) -> list[RefusedRow]:
    del connection
    path = request.inputs[0].path
    table = read(path)
    layout = layout_of_table(table, path)
    contract = recognised(list(layout.labels))
    cells = {row.line: row.cells for row in table.rows if row.line in lines}
    return _mapped(contract, layout, cells) if contract else []


def _mapped(
    contract: Contract, layout: Layout, cells: Mapping[int, Sequence[str]]
) -> list[RefusedRow]:
    source = source_of("raw_0", layout.labels, contract, layout.delimiter)
    fields = _fields(contract, source)
    places = [int(source.columns[name][1:]) for name in fields]
    return [
        RefusedRow(contract.subject, None, line, fields, tuple(_at(texts, n) for n in places))
        for line, texts in sorted(cells.items())
    ]


def _fields(contract: Contract, source: Source) -> tuple[str, ...]:
    return tuple(field.name for field in contract.fields if field.name in source.columns)


def _at(texts: Sequence[str], place: int) -> str:
    return texts[place] if place < len(texts) else ""


def _texts(layout: Layout, lines: Iterable[int]) -> dict[int, str]:
    """The text of these physical lines below the header."""
    wanted = sorted(line for line in lines if line > layout.reading.header_row)
    if not wanted:
        return {}
    ends = _line_ends(layout.path, wanted)
    if ends is None:
        return _texts_one_by_one(layout.path, wanted)
    found: dict[int, str] = {}
    with layout.path.open("rb") as stream:
        for line in wanted:
            start = ends.get(line - 1, -1) + 1
            stream.seek(start)
            size = ends[line] - start if line in ends else -1
            text = stream.read(size).decode("utf-8", errors="replace")
            found[line] = text.rstrip("\r\n")
    return found


def _line_ends(path: Path, wanted: Sequence[int]) -> dict[int, int] | None:
    """Where the lines wanted, and those before them, end; None where CR alone ends some."""
    asked = np.unique(np.array([(line - 1, line) for line in wanted]).ravel())
    found: dict[int, int] = {}
    counted, offset, last = 0, 0, b""
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            read = np.frombuffer(block, np.uint8)
            feeds = read == _LINE_FEED
            if last == b"\r" and not feeds[0]:
                return None
            if b"\r" in block and np.any((read[:-1] == _RETURN) & ~feeds[1:]):
                return None
            places = np.flatnonzero(feeds)
            here = asked[(asked > counted) & (asked <= counted + len(places))]
            ends = (offset + places[here - counted - 1]).tolist()
            found.update(zip(here.tolist(), ends, strict=True))
            counted, offset, last = counted + len(places), offset + len(block), block[-1:]
            if counted >= wanted[-1]:
                break
    return found


def _texts_one_by_one(path: Path, wanted: Sequence[int]) -> dict[int, str]:
    """The same where lines end in more than one way."""
    found: dict[int, str] = {}
    with path.open(encoding="utf-8", newline=None) as stream:
        at = 0
        for line in wanted:
            text = next(islice(stream, line - at - 1, None), "")
            at = line
            found[line] = text.rstrip("\n")
    return found


def _is_closed(text: str, layout: Layout) -> bool:
    """False for a line whose record goes on below: a quote is left open."""
    quote = layout.reading.quote
    return not quote or text.count(quote) % 2 == 0


def _cut(text: str, layout: Layout) -> list[str]:
    reader = csv.reader([text], delimiter=layout.delimiter, quotechar=layout.reading.quote)
    try:
        return next(reader, [])
    except csv.Error:
        return text.split(layout.delimiter)
