"""What a contract file's header says: its subject, and what is missing, unknown or said twice."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pilotage.intake.column import Source
from pilotage.intake.contract import ORDER, Contract, recognised
from pilotage.intake.problem import Problem, Severity
from pilotage.intake.problem_table import tell
from pilotage.intake.raw import Layout, layout_of, letter, read_whole
from pilotage.intake.staging import source_of


def contract_of(connection: duckdb.DuckDBPyConnection, layout: Layout) -> Contract | None:
    """The contract a file follows; None, said in ``problems``, when it cannot be read under one."""
    for problem in layout.problems:
        tell(connection, problem)
    if layout.problems:
        return None
    contract, at = recognised(list(layout.labels)), layout.reading.header_row
    if contract is None:
        found = ", ".join(filter(None, layout.labels))
        tell(connection, Problem("subject-unknown", line=at, found=found))
        return None
    missing = contract.missing(list(layout.labels))
    for name in missing:
        tell(connection, Problem("missing-label", line=at, column_name=name))
    return None if _repeated_label(connection, layout, contract) or missing else contract


def in_loading_order(paths: Sequence[Path]) -> list[Path]:
    """The files in the order they refer to one another; one of no known subject comes last."""
    if len(paths) < 2:
        return list(paths)
    with TemporaryDirectory() as scratch:
        places = {path: _place(path, Path(scratch)) for path in paths}
    return sorted(paths, key=places.__getitem__)


def _place(path: Path, scratch: Path) -> int:
    layout = layout_of(path, scratch)
    contract = None if layout.problems else recognised(list(layout.labels))
    return ORDER.index(contract.subject) if contract else len(ORDER)


def contract_source(
    connection: duckdb.DuckDBPyConnection, layout: Layout, contract: Contract
) -> Source | None:
    """The rows of a contract file, read whole; None when it has none or one has no title."""
    raw = read_whole(connection, layout, "raw_0")
    for problem in raw.problems:
        tell(connection, problem)
    if raw.rows == 0:
        if not any(problem.severity == Severity.ERROR for problem in raw.problems):
            tell(connection, Problem("no-rows", line=1))
        return None
    for index, label in enumerate(layout.labels):
        filled = f"select 1 from {raw.table} where trim(c{index}) <> '' limit 1"
        if not label and connection.execute(filled).fetchone():
            tell(connection, Problem("blank-label", 1, letter(index), ""))
            return None
    return source_of(raw.table, layout.labels, contract, layout.delimiter)


def _repeated_label(
    connection: duckdb.DuckDBPyConnection, layout: Layout, contract: Contract
) -> bool:
    """Tell the columns that are not ours, and those named twice; True for the latter."""
    seen: set[str] = set()
    repeated = False
    for index, label in enumerate(layout.labels):
        known = contract.field_of(label) if label else None
        place = Problem("extra-label", layout.reading.header_row, letter(index), label)
        if label and known is None:
            tell(connection, place)
        elif known and known.name in seen:
            tell(connection, replace(place, code="duplicate-label"))
            repeated = True
        seen |= {known.name} if known else set()
    return repeated
