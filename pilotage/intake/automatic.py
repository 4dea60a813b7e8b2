"""A second look at a file that is no plain contract file: the automatic reader's table of it.

The engine reads plain files fast; whatever else people send (a title above the header, totals
below, another encoding, a workbook) is read by ``reader``, slower, and every liberty is told.
"""

from bisect import bisect_right
from pathlib import Path

import duckdb
import pyarrow as pa

from pilotage.intake.contract import recognised
from pilotage.intake.problem import Problem, Severity
from pilotage.intake.raw import Layout, Reading
from pilotage.intake.reader.read import ReadTable, Row, read
from pilotage.intake.report import UNREADABLE_ROW

_MOST_BYTES = 16 << 20
_HEAD_LINES, _FOOT_LINES = 60, 45
_SET_ASIDE = frozenset(
    {
        "encoding-error",
        "extra-sheet",
        "footer-row",
        "missing-delimiter",
        "mixed-delimiter",
        "mojibake",
        "multi-header",
        "multi-table",
        "quoted-row",
        "stray-quote",
    }
)
"""What only the automatic reader tells: where it tells none, the plain reading stands."""
_OF_STRUCTURE = {"blank-label", "blank-row", "hidden-row", "macro", "no-header"}
_STRUCTURE = _SET_ASIDE | UNREADABLE_ROW | _OF_STRUCTURE
"""What it tells of how a file lies; of what cells say, the contract is the judge."""


def table_instead(
    connection: duckdb.DuckDBPyConnection, path: Path, *, has_contract: bool
) -> ReadTable | None:
    """The table to check in place of the plain reading, whose problems ``connection`` holds.

    None where the plain reading stands: without errors, or no worse than this one.
    """
    if not _is_doubtful(connection, has_contract):
        return None
    if has_contract and path.stat().st_size > _MOST_BYTES:
        return None
    table = read(path)
    if not table.header or not table.rows or _hides_rows(table) or is_damaged(table):
        return None
    if not has_contract:
        return table
    labels = list(table.header)
    contract = recognised(labels)
    if contract is None or contract.missing(labels):
        return None
    is_other = any(problem.code in _SET_ASIDE for problem in table.problems)
    return table if is_other or table.preamble else None


def layout_of_table(table: ReadTable, path: Path) -> Layout:
    """How the file lies, as the reader found it; with its problem where it gives no row."""
    dialect = table.dialect
    fatal = () if table.rows else tuple(p for p in table.problems if p.severity is Severity.ERROR)
    return Layout(
        path=path,
        encoding=table.encoding,
        delimiter=dialect.delimiter if dialect else "",
        labels=tuple(" ".join(label.split()) for label in table.header) or ("",) * width_of(table),
        reading=Reading(header_row=table.header_lines[-1] if table.header_lines else 1),
        problems=fatal,
    )


def structure_problems(table: ReadTable) -> tuple[Problem, ...]:
    """What the reader tells of how the file lies, in the order of lines."""
    return tuple(problem for problem in table.problems if problem.code in _STRUCTURE)


def fill_raw(connection: duckdb.DuckDBPyConnection, table: ReadTable, name: str) -> int:
    """Make the raw table ``name`` (``c0…cn``, ``_line``) of the rows that hold together; how many.

    A row told as an error of structure is left out: it is refused, and never read as it could be.
    """
    width, kept = width_of(table), _sound(table)
    columns = {
        f"c{n}": pa.array([row.cells[n] or None for row in kept], pa.string()) for n in range(width)
    }
    columns["_line"] = pa.array([row.line for row in kept], pa.int32())
    connection.register("read_rows", pa.table(columns))
    connection.execute(f"create temp table {name} as select * from read_rows")
    connection.unregister("read_rows")
    return len(kept)


def width_of(table: ReadTable) -> int:
    """How many columns the table has, with a header or without."""
    return len(table.header) or len(table.columns)


def _is_doubtful(connection: duckdb.DuckDBPyConnection, has_contract: bool) -> bool:
    """True where errors may come from how the file lies: by their code, or near its ends."""
    (errors,) = connection.execute(
        "select count(*) from problems where severity = 'error'"
    ).fetchone() or (0,)
    if not errors or not has_contract:
        return bool(errors)
    codes = sorted(UNREADABLE_ROW | {"blank-label"})
    (told,) = connection.execute(
        "select count(*) from problems where severity = 'error' and"
        " (code in (select unnest(?)) or line is null or line <= ?"
        " or line >= (select max(line) from problems) - ?)",
        [codes, _HEAD_LINES, _FOOT_LINES],
    ).fetchone() or (0,)
    return bool(told)


def is_damaged(table: ReadTable) -> bool:
    """True for a file whose bytes are cut or zeroed: what is left of it is not to be loaded."""
    cut = table.encoding.startswith("utf-16") and any(
        problem.code == "encoding-error" for problem in table.problems
    )
    return cut or any("\0" in cell for row in table.rows for cell in row.cells)


def _hides_rows(table: ReadTable) -> bool:
    """True where rows in error are too many to be listed, and so to be left out one by one."""
    return any(code in UNREADABLE_ROW for code in table.left_off)


def _sound(table: ReadTable) -> list[Row]:
    lines, aside = [row.line for row in table.rows], {*table.footer, *table.preamble}
    refused = {
        bisect_right(lines, problem.line) - 1
        for problem in table.problems
        if problem.line and problem.code in UNREADABLE_ROW and problem.line not in aside
    }
    width = width_of(table)
    return [row for n, row in enumerate(table.rows) if n not in refused and len(row.cells) == width]
