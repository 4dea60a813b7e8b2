"""One subject from its raw table to its staged file: typed, flagged, told, counted."""

from dataclasses import replace
from pathlib import Path

import duckdb

from pilotage.intake.column import Reading, Source
from pilotage.intake.contract import Contract
from pilotage.intake.diagnosis import diagnose
from pilotage.intake.duplicate import has_repeats, tell_repeats
from pilotage.intake.exclusion import flag_excluded, open_exclusions
from pilotage.intake.fraction import tell_fractions
from pilotage.intake.hierarchy import tell_cycles
from pilotage.intake.numbering import NUMBERED, number_rows
from pilotage.intake.problem_table import forget, mark
from pilotage.intake.report import Request, Staged
from pilotage.intake.staging import Stage, select, stage
from pilotage.intake.tally import counted

GRID = ("indicator_key", "organisation_key", "period_no")
_DICTIONARY = 10_000
"""The key of a measurement in whole numbers."""


def staged(
    connection: duckdb.DuckDBPyConnection, contract: Contract, source: Source, request: Request
) -> Staged:
    """Type, flag, diagnose and write one subject."""
    reading = Reading(connection, contract, source, request.now, request.fiscal_month, frozenset())
    path = request.out / f"{contract.subject}.parquet"
    mark(connection)
    made = written(reading, request.owns_all, path)
    again = diagnose(reading, made, flagged(connection, made, path, None))
    if again:
        forget(connection)
        reading = replace(reading, odd=again)
        made = written(reading, request.owns_all, path)
        diagnose(reading, made, flagged(connection, made, path, None))
    _repeats(connection, made, path)
    tell_fractions(connection, made, path)
    if contract.subject == "organisations":
        tell_cycles(connection, path, made.source.labels.get("parent_id", (None, "parent_id")))
    if contract.subject in NUMBERED:
        number_rows(connection, contract.subject, path)
    return counted(connection, made, path)


def written(reading: Reading, owns_all: bool, path: Path) -> Stage:
    """Stage every row of a source into ``path``."""
    made = stage(reading, owns_all)
    # Values are nearly all different: no use in trying a dictionary for long.
    reading.connection.execute(
        f"copy ({select(made)}) to '{path}'"
        f" (format parquet, compression lz4, dictionary_size_limit {_DICTIONARY})"
    )
    return made


def flagged(
    connection: duckdb.DuckDBPyConnection, made: Stage, path: Path, first_line: int | None
) -> str:
    """A table of the rows with a flag and their cells; in one pass the line is the position."""
    line, file = "load_line", "load_file"
    if first_line is not None:
        line, file = f"(file_row_number + {first_line})::integer", "null::varchar"
    cells = "".join(
        f", found[{place}] as found_{column.field.name}"
        for place, column in enumerate(made.columns, start=1)
    )
    connection.execute(
        f"create or replace temp table flagged as select {line} as load_line, {file} as load_file,"
        f" flags{cells} from read_parquet('{path}', file_row_number = true) where flags <> 0"
    )
    return "flagged"


def _repeats(connection: duckdb.DuckDBPyConnection, made: Stage, path: Path) -> None:
    """Tell repeated keys and flag the rows that may not load because of them."""
    subject = made.contract.subject
    scan = f"read_parquet('{path}', file_row_number = true)"
    dated = "publie_le" in made.source.columns
    if subject == "mesures" and not dated and not has_repeats(connection, scan, list(GRID)):
        return
    open_exclusions(connection)
    columns = [row[0] for row in connection.execute(f"describe select * from {scan}").fetchall()]
    key = made.contract.primary_key[0]
    place = made.source.labels.get(key, ("", key))
    tell_repeats(connection, scan, made.contract, columns, place)
    flag_excluded(connection, path)
