"""The table of problems: filled while a file is checked, kept as Parquet, counted."""

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pilotage.intake.problem import Problem, from_row

PROBLEMS_SQL = (
    "create or replace temp table problems (load_file varchar, line integer,"
    " column_letter varchar, column_name varchar, code varchar, severity varchar, found varchar,"
    " detail varchar)"
)
_COLUMNS = "load_file, line, column_letter, column_name, code, severity, found, detail"
_FIRST = 200


@dataclass(frozen=True)
class Told:
    """What a table holds: how many of each severity and code, and the first problems."""

    path: Path
    errors: int
    warnings: int
    notices: int
    codes: dict[str, int]
    first: tuple[Problem, ...]


def tell(connection: duckdb.DuckDBPyConnection, problem: Problem, file: str | None = None) -> None:
    """Add one problem."""
    connection.execute(
        "insert into problems values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            file,
            problem.line,
            problem.column_letter,
            problem.column_name,
            problem.code,
            str(problem.severity),
            problem.found,
            json.dumps(problem.detail, ensure_ascii=False) if problem.detail else None,
        ],
    )


def mark(connection: duckdb.DuckDBPyConnection) -> None:
    """Remember what is told so far, for ``forget``."""
    connection.execute("create or replace temp table problems_before as select * from problems")


def forget(connection: duckdb.DuckDBPyConnection) -> None:
    """Take back what was told since ``mark``: the staging that told it is done again."""
    connection.execute("delete from problems")
    connection.execute("insert into problems select * from problems_before")


def keep(connection: duckdb.DuckDBPyConnection, path: Path) -> Told:
    """Write the table to ``path``, errors first, in file order; what it holds."""
    order = "severity, load_file nulls first, line nulls first, column_letter"
    connection.execute(
        f"copy (select {_COLUMNS} from problems order by {order}) to '{path}' (format parquet)"
    )
    first = pq.read_table(path).slice(0, _FIRST).to_pylist()
    counted = connection.execute(
        "select severity, code, count(*) from problems group by all order by all"
    ).fetchall()
    errors, warnings, notices = (
        sum(n for severity, _, n in counted if severity == name)
        for name in ("error", "warning", "notice")
    )
    codes = {code: n for _, code, n in counted}
    return Told(path, errors, warnings, notices, codes, tuple(from_row(row) for row in first))
