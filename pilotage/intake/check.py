"""Check what was received: every problem of every line, the sound rows as Parquet. Loads nothing.

Runs in a process of its own (``checker.py``) on an in-memory DuckDB that can read nothing but the
files it is given.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb

from pilotage.intake.automatic import (
    fill_raw,
    layout_of_table,
    structure_problems,
    table_instead,
)
from pilotage.intake.column import Source
from pilotage.intake.contract import Contract
from pilotage.intake.header import contract_of, contract_source
from pilotage.intake.one_pass import staged_in_one_pass
from pilotage.intake.problem_table import PROBLEMS_SQL, keep, tell
from pilotage.intake.profile import load_profile
from pilotage.intake.profiled import profile_sources
from pilotage.intake.raw import Layout, layout_of
from pilotage.intake.reader.read import ReadTable
from pilotage.intake.reference import extend_reference, open_reference
from pilotage.intake.refused import write_refused
from pilotage.intake.report import CheckReport, Input, Request, Staged
from pilotage.intake.staging import source_of
from pilotage.intake.subject import staged

Progress = Callable[[float], None]


def check_files(request: Request, progress: Progress = lambda _: None) -> CheckReport:
    """Check the request's files as one load. Never raises for what a file can contain."""
    connection = _ready(request)
    progress(0.02)
    profile = load_profile(request.profile) if request.profile else None
    if profile is None:
        return _contract_report(connection, request, progress)
    sources, layout = profile_sources(connection, profile, request, progress)
    rows = _staged(connection, sources, request, progress)
    progress(0.95)
    report = _report(connection, request, rows, layout)
    return replace(report, published_at=profile.published_at)


def _ready(request: Request) -> duckdb.DuckDBPyConnection:
    connection = _locked(request)
    connection.execute(PROBLEMS_SQL)
    open_reference(connection, request.reference)
    for before in request.earlier:
        extend_reference(connection, before.subject, before.path, before.mask)
    return connection


def _contract_report(
    connection: duckdb.DuckDBPyConnection, request: Request, progress: Progress
) -> CheckReport:
    """A contract file, read plainly; where that fails, as the automatic reader sees it."""
    path = request.inputs[0].path
    layout = layout_of(path, request.out)
    contract = contract_of(connection, layout)
    rows = _plain_rows(connection, layout, contract, request, progress) if contract else []
    table = table_instead(connection, path, has_contract=contract is not None)
    if table is not None:
        connection.close()
        connection = _ready(request)
        layout = layout_of_table(table, path)
        rows = _table_rows(connection, table, layout, request, progress)
    progress(0.95)
    report = _report(connection, request, rows, layout)
    return replace(report, is_automatic=table is not None)


def refused_rows(request: Request, problems: Path, is_automatic: bool) -> Path:
    """The rows a check refused, cell by cell: the Parquet file of ``refused.write_refused``."""
    request.out.mkdir(parents=True, exist_ok=True)
    with _locked(request) as connection:
        connection.execute(PROBLEMS_SQL)
        return write_refused(connection, request, problems, is_automatic=is_automatic)


def _plain_rows(
    connection: duckdb.DuckDBPyConnection,
    layout: Layout,
    contract: Contract,
    request: Request,
    progress: Progress,
) -> list[Staged]:
    quick = staged_in_one_pass(connection, layout, contract, request)
    if quick:
        return [quick]
    source = contract_source(connection, layout, contract)
    return _staged(connection, [(contract, source)] if source else [], request, progress)


def _table_rows(
    connection: duckdb.DuckDBPyConnection,
    table: ReadTable,
    layout: Layout,
    request: Request,
    progress: Progress,
) -> list[Staged]:
    for problem in structure_problems(table):
        tell(connection, problem)
    contract = contract_of(connection, layout)
    if contract is None or not fill_raw(connection, table, "raw_0"):
        return []
    source = source_of("raw_0", layout.labels, contract, layout.delimiter)
    return _staged(connection, [(contract, source)], request, progress)


def _staged(
    connection: duckdb.DuckDBPyConnection,
    sources: list[tuple[Contract, Source]],
    request: Request,
    progress: Progress,
) -> list[Staged]:
    rows = []
    for number, (contract, source) in enumerate(sources):
        progress(0.4 + 0.5 * number / len(sources))
        rows.append(staged(connection, contract, source, request))
    return rows


def _locked(request: Request) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(
        config={
            "memory_limit": request.memory_limit,
            "temp_directory": str(request.out / "spill"),
            "threads": 2,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )
    allowed = [str(request.out), str(request.reference)]
    allowed += [str(i.path.parent) for i in request.inputs]
    allowed += [str(s.path.parent) for s in request.earlier]
    if request.profile:
        allowed.append(str(request.profile))
    connection.execute(f"set allowed_directories = {sorted(set(allowed))!r}")
    connection.execute("set enable_external_access = false")
    connection.execute("set enable_progress_bar = false")
    if not request.profile:
        # Small tables are written on the right; without statistics of a CSV file the engine
        # would guess, and build its hash table on the five million rows instead.
        connection.execute("set disabled_optimizers = 'join_order,build_side_probe_side'")
    connection.execute("set lock_configuration = true")
    return connection


def _report(
    connection: duckdb.DuckDBPyConnection,
    request: Request,
    rows: list[Staged],
    layout: Layout | None,
) -> CheckReport:
    told = keep(connection, request.out / "problems.parquet")
    return CheckReport(
        inputs=request.inputs,
        profile=request.profile.name if request.profile else None,
        staged=tuple(rows),
        problems_path=told.path,
        errors=told.errors,
        warnings=told.warnings,
        notices=told.notices,
        problems=told.first,
        encoding=layout.encoding if layout else "",
        delimiter=layout.delimiter if layout else "",
        codes=told.codes,
    )


__all__ = ["CheckReport", "Input", "Request", "Staged", "check_files"]
