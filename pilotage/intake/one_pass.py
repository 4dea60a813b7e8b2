"""A large, plain file of measurements, staged while it is read: no raw table in between."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import duckdb

from pilotage.intake.cell import puts_month_first
from pilotage.intake.column import Reading
from pilotage.intake.contract import Contract
from pilotage.intake.diagnosis import diagnose
from pilotage.intake.duplicate import has_repeats
from pilotage.intake.fraction import tell_fractions
from pilotage.intake.number_column import decimal_mark
from pilotage.intake.problem_table import forget, mark
from pilotage.intake.raw import Layout, first_filled, lines_of, open_in_one_pass
from pilotage.intake.report import Request, Staged
from pilotage.intake.staging import Stage, source_of
from pilotage.intake.subject import GRID, flagged, written
from pilotage.intake.tally import counted

LARGE_BYTES = 32 << 20
"""From here on, reading a file once instead of twice is worth a guess that may fail."""


def staged_in_one_pass(
    connection: duckdb.DuckDBPyConnection, layout: Layout, contract: Contract, request: Request
) -> Staged | None:
    """The staged file; None, and nothing told, when the file needs to be read whole.

    Plain: measurements, one record a line, every text read as its sample said, no key twice.
    """
    large = request.inputs[0].size_bytes >= LARGE_BYTES
    if not large or contract.subject != "mesures" or "" in layout.labels:
        return None
    reading = _reading(connection, layout, contract, request)
    path, first = request.out / f"{contract.subject}.parquet", layout.first_line
    made = _plainly_written(reading, layout, request, path)
    if made is None:
        return None
    mark(connection)
    wrong = flagged(connection, made, path, first)
    odd = _has_blanks(reading, made, wrong) or diagnose(reading, made, wrong)
    if odd or not _marks_hold(reading, made) or _turns_dates(reading, made):
        forget(connection)
        return None
    tell_fractions(connection, made, path, first)
    return counted(connection, made, path, first)


def _plainly_written(
    reading: Reading, layout: Layout, request: Request, path: Path
) -> Stage | None:
    """Stage the file into ``path``; None unless one record is one line and no key stands twice."""
    with ThreadPoolExecutor(1) as pool:
        counting = pool.submit(lines_of, layout)
        try:
            made = written(reading, request.owns_all, path)
        except duckdb.Error:
            return None
        lines = counting.result()
    connection, scan = reading.connection, f"read_parquet('{path}')"
    (rows,) = connection.execute(f"select count(*) from {scan}").fetchone() or (0,)
    if not rows or rows != lines or has_repeats(connection, scan, list(GRID)):
        return None
    return made


def _has_blanks(reading: Reading, made: Stage, wrong: str) -> bool:
    """True when a flagged row says nothing at all: it is no error, and is not counted."""
    said = first_filled(f"found_{column.field.name}" for column in made.columns)
    blank = f"select 1 from {wrong} where {said} is null limit 1"
    return reading.connection.execute(blank).fetchone() is not None


def _marks_hold(reading: Reading, made: Stage) -> bool:
    """False when a column of both decimal marks would be read otherwise from its beginning.

    Whatever a number was told for, even unreadable, its marks count when read whole.
    """
    numbers = [c for c in made.columns if c.field.kind in {"number", "integer"}]
    shown = [made.source.labels[column.field.name][1] for column in numbers]
    told = (
        "select 1 from problems"
        " where list_contains(?, column_name) and regexp_matches(found, '[,.]') limit 1"
    )
    if reading.connection.execute(told, [shown]).fetchone() is None:
        return True
    whole = replace(reading, source=replace(reading.source, sample=reading.source.table))
    return all(decimal_mark(whole, column.raw) == column.decimal for column in numbers)


def _turns_dates(reading: Reading, made: Stage) -> bool:
    """True when a date told of puts months first, in a column whose sample showed none."""
    dated = [c for c in made.columns if c.field.kind in {"date", "period"} and not c.months_first]
    shown = [made.source.labels[column.field.name][1] for column in dated]
    told = "select found from problems where list_contains(?, column_name) and found is not null"
    found = reading.connection.execute(told, [shown]).fetchall()
    return any(puts_month_first(text) for (text,) in found)


def _reading(
    connection: duckdb.DuckDBPyConnection, layout: Layout, contract: Contract, request: Request
) -> Reading:
    table, sample = "raw_once", "raw_once_sample"
    open_in_one_pass(connection, layout, table)
    source = source_of(table, layout.labels, contract, layout.delimiter, sample=sample)
    return Reading(connection, contract, source, request.now, request.fiscal_month, frozenset())
