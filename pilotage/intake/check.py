"""Check what was received: every problem of every line, and the sound rows as Parquet. Loads nothing.

Runs in a process of its own (``checker.py``) on an in-memory DuckDB that can read nothing but the
files it is given.
"""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from pilotage.intake.contract import Contract, contracts, recognised
from pilotage.intake.declaration import ProfileError
from pilotage.intake.diagnosis import PROBLEMS_SQL, diagnose, warn
from pilotage.intake.duplicate import has_repeats, tell_repeats
from pilotage.intake.exclusion import EXCLUDED, flag_excluded, open_exclusions
from pilotage.intake.hierarchy import tell_cycles
from pilotage.intake.problem import Problem, from_row
from pilotage.intake.profile import contract_rows, load_profile, reading_of
from pilotage.intake.raw import RawTable, letter, read_raw
from pilotage.intake.reference import open_reference
from pilotage.intake.staging import Source, Stage, select, source_of, stage

_NUMBERED = {"organisations": "organisation", "indicateurs": "indicator"}
_GRID = ("indicator_key", "organisation_key", "period_no")


@dataclass(frozen=True)
class Input:
    """One received file: where its bytes lie and the name it came under."""

    path: Path
    name: str
    sha256: str = ""
    size_bytes: int = 0


@dataclass(frozen=True)
class Request:
    """All a checking process needs to know."""

    inputs: tuple[Input, ...]
    reference: Path
    out: Path
    now: datetime
    profile: Path | None = None
    fiscal_month: int = 4
    owns_all: bool = False
    memory_limit: str = "1GB"


@dataclass(frozen=True)
class Staged:
    """One subject's rows: ``path`` holds those that may load where ``flags & refused_mask`` is 0."""

    subject: str
    path: Path
    rows_read: int
    rows_sound: int
    rows_refused: int
    rows_silent: int
    mask: int


@dataclass(frozen=True)
class CheckReport:
    """What a check found. ``problems`` are the first ones; all are in ``problems_path``."""

    inputs: tuple[Input, ...]
    profile: str | None
    staged: tuple[Staged, ...]
    problems_path: Path
    errors: int
    warnings: int
    notices: int
    problems: tuple[Problem, ...]
    encoding: str = ""
    delimiter: str = ""
    published_at: datetime | None = None
    reference_version: int = 0
    codes: dict[str, int] = field(default_factory=dict)

    @property
    def subject(self) -> str | None:
        """The subjects, joined: one for a contract file, several for a profile."""
        return ", ".join(s.subject for s in self.staged) or None

    @property
    def rows_read(self) -> int:
        """Rows of data read."""
        return sum(s.rows_read for s in self.staged)

    @property
    def rows_refused(self) -> int:
        """Rows that may not load."""
        return sum(s.rows_refused for s in self.staged)

    @property
    def loads_nothing(self) -> bool:
        """True when no row at all may load, under either policy."""
        return not any(s.rows_sound or s.rows_silent for s in self.staged)


_FIRST = 200
_MOST_UNPACKED = 4 << 30


def check_files(
    request: Request, progress: Callable[[float], None] = lambda _: None
) -> CheckReport:
    """Check the request's files as one load. Never raises for what a file can contain."""
    connection = _locked(request)
    connection.execute(PROBLEMS_SQL)
    open_reference(connection, request.reference)
    progress(0.02)
    if request.profile:
        sources, encoding, delimiter = _profiled(connection, request, progress)
    else:
        sources, encoding, delimiter = _contracted(connection, request)
    staged = []
    for number, (contract, source) in enumerate(sources):
        progress(0.4 + 0.5 * number / len(sources))
        made = _staged(connection, contract, source, delimiter, request)
        if made:
            staged.append(made)
    progress(0.95)
    return _report(connection, request, staged, encoding, delimiter)


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
    if request.profile:
        allowed.append(str(request.profile))
    connection.execute(f"set allowed_directories = {sorted(set(allowed))!r}")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _contracted(
    connection: duckdb.DuckDBPyConnection, request: Request
) -> tuple[list[tuple[Contract, Source]], str, str]:
    """The one contract file of the request."""
    given = request.inputs[0]
    raw = read_raw(connection, given.path, "raw_0", request.out)
    for problem in raw.problems:
        _tell(connection, problem)
    if not raw.labels:
        return [], raw.encoding, raw.delimiter
    contract = recognised(list(raw.labels))
    if contract is None:
        _tell(connection, Problem("subject-unknown", line=1, found=", ".join(raw.labels)))
        return [], raw.encoding, raw.delimiter
    stopped = _header(connection, raw, contract)
    if raw.rows == 0 and not raw.problems:
        _tell(connection, Problem("no-rows", line=1))
    if stopped or raw.rows == 0:
        return [], raw.encoding, raw.delimiter
    return (
        [(contract, source_of(raw.table, raw.labels, contract, False))],
        raw.encoding,
        raw.delimiter,
    )


def _header(connection: duckdb.DuckDBPyConnection, raw: RawTable, contract: Contract) -> bool:
    """Tell what the header lacks or has too much; True when nothing can be read under it."""
    stopped, seen = False, set()
    for index, label in enumerate(raw.labels):
        place = {"line": 1, "column_letter": letter(index), "column_name": label}
        known = contract.field_of(label) if label else None
        if not label:
            filled = connection.execute(
                f"select 1 from {raw.table} where trim(c{index}) <> '' limit 1"
            ).fetchone()
            if filled:
                _tell(connection, Problem("blank-label", **place))
                stopped = True
        elif known is None:
            _tell(connection, Problem("extra-label", **place))
        elif known.name in seen:
            _tell(connection, Problem("duplicate-label", **place))
            stopped = True
        if known:
            seen.add(known.name)
    for name in contract.missing(list(raw.labels)):
        _tell(connection, Problem("missing-label", line=1, column_name=name))
        stopped = True
    return stopped


def _profiled(
    connection: duckdb.DuckDBPyConnection, request: Request, progress: Callable[[float], None]
) -> tuple[list[tuple[Contract, Source]], str, str]:
    """Every subject a profile makes of the request's files, in the order they refer to one another."""
    assert request.profile is not None
    profile = load_profile(request.profile)
    tables: dict[str, str] = {}
    raw = None
    for number, given in enumerate(request.inputs):
        progress(0.02 + 0.38 * number / len(request.inputs))
        reading = reading_of(profile, given.name)
        if reading is None:
            _tell(connection, Problem("unused-file", found=given.name), given.name)
            continue
        raw = read_raw(
            connection, _plain(given, request.out), f"raw_{number}", request.out, reading
        )
        for problem in raw.problems:
            _tell(connection, problem, given.name)
        if raw.labels:
            connection.execute(_named(raw, number, given.name))
            tables[given.name] = f"input_{number}"
    try:
        made = contract_rows(connection, profile, tables)
    except ProfileError as fault:
        _tell(connection, Problem("profile-error", found=fault.fr))
        return [], "", ""
    sources = []
    for subject, contract in contracts().items():
        if subject in made:
            sources.append((contract, _profile_source(connection, made[subject], contract)))
    encoding, delimiter = (raw.encoding, raw.delimiter) if raw else ("", "")
    return sources, encoding, delimiter


def _plain(given: Input, scratch: Path) -> Path:
    """The file itself, or its content where it is compressed and a profile asks for it."""
    if not given.name.endswith(".gz"):
        return given.path
    plain = scratch / f"{given.sha256 or given.path.name}.plain"
    with gzip.open(given.path, "rb") as source, plain.open("wb") as target:
        size = 0
        while block := source.read(1 << 20):
            size += len(block)
            if size > _MOST_UNPACKED:
                break
            target.write(block)
    return plain


def _named(raw: RawTable, number: int, name: str) -> str:
    quoted = name.replace("'", "''")
    seen: dict[str, int] = {}
    parts = []
    for index, label in enumerate(raw.labels):
        shown = label or letter(index)
        seen[shown.lower()] = seen.get(shown.lower(), 0) + 1
        if seen[shown.lower()] > 1:
            shown = f"{shown}_{seen[shown.lower()]}"
        parts.append('c{} as "{}"'.format(index, shown.replace('"', '""')))
    return f"create temp view input_{number} as select {', '.join(parts)}, '{quoted}' as _file, _line from {raw.table}"


def _profile_source(
    connection: duckdb.DuckDBPyConnection, table: str, contract: Contract
) -> Source:
    described = connection.execute(f"describe {table}").fetchall()
    labels = [row[0] for row in described if row[0] not in {"_file", "_line"}]
    columns = ", ".join(
        '"{}" as c{}'.format(label.replace('"', '""'), i) for i, label in enumerate(labels)
    )
    connection.execute(
        f"create temp table rows_{contract.subject} as select {columns}, _file, _line from {table}"
    )
    return source_of(f"rows_{contract.subject}", labels, contract, True)


def _staged(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    source: Source,
    delimiter: str,
    request: Request,
) -> Staged | None:
    """Type, flag, diagnose and write one subject; None when it has no row."""
    context: dict[str, Any] = {
        "fiscal_month": request.fiscal_month,
        "now": request.now,
        "odd": set(),
        "owns_all": request.owns_all,
    }
    path = request.out / f"{contract.subject}.parquet"
    made, flagged = _typed(connection, contract, source, delimiter, context, path)
    connection.execute("create or replace temp table problems_before as select * from problems")
    again = diagnose(connection, made, flagged, context)
    if again - context["odd"]:
        connection.execute("delete from problems")
        connection.execute("insert into problems select * from problems_before")
        context["odd"] |= again
        made, flagged = _typed(connection, contract, source, delimiter, context, path)
        diagnose(connection, made, flagged, context)
    warn(connection, made)
    _repeats(connection, made, path)
    if contract.subject == "organisations":
        tell_cycles(connection, path)
    if contract.subject in _NUMBERED:
        _number_rows(connection, contract.subject, path)
    return _counted(connection, made, path)


def _typed(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    source: Source,
    delimiter: str,
    context: dict[str, Any],
    path: Path,
) -> tuple[Stage, str]:
    made = stage(connection, contract, source, delimiter, context)
    connection.execute(f"copy ({select(made)}) to '{path}' (format parquet, compression lz4)")
    connection.execute(
        f"create or replace temp table flagged as"
        f" select load_line, load_file, flags from read_parquet('{path}') where flags <> 0"
    )
    return made, "flagged"


def _repeats(connection: duckdb.DuckDBPyConnection, made: Stage, path: Path) -> None:
    """Tell repeated keys and flag the rows that may not load because of them."""
    subject = made.contract.subject
    scan = f"read_parquet('{path}')"
    dated = "publie_le" in made.source.columns
    if subject == "mesures" and not dated and not has_repeats(connection, scan, list(_GRID)):
        return
    open_exclusions(connection)
    columns = [row[0] for row in connection.execute(f"describe select * from {scan}").fetchall()]
    key = made.contract.primary_key[0]
    place = made.source.labels.get(key, ("", key))
    tell_repeats(connection, scan, made.contract, columns, place)
    flag_excluded(connection, path)


def _number_rows(connection: duckdb.DuckDBPyConnection, subject: str, path: Path) -> None:
    """Give each organisation or indicator its key: the one it has, or the next ones in file order.

    The projection replays loads in order, so the same keys come out of a rebuild.
    """
    name = _NUMBERED[subject]
    fresh = path.with_suffix(".again")
    connection.execute(
        f"copy (with known as (select {name}_id as id, max({name}_key) as key from ref_{name}s group by all),"
        f" ids as (select {name}_id as id, min((load_file, load_line)) as place from read_parquet('{path}') group by all),"
        f" fresh as (select id, row_number() over (order by place)"
        f" + (select coalesce(max(key), 0) from known) as key from ids where id not in (select id from known))"
        f" select coalesce(k.key, f.key)::integer as {name}_key, s.* from read_parquet('{path}') s"
        f" left join known k on s.{name}_id = k.id left join fresh f on s.{name}_id = f.id"
        f" order by s.load_file, s.load_line) to '{fresh}' (format parquet, compression lz4)"
    )
    fresh.replace(path)


def _counted(connection: duckdb.DuckDBPyConnection, made: Stage, path: Path) -> Staged:
    mask = made.error_mask | made.skip_mask | EXCLUDED
    total, sound, refused = connection.execute(
        f"select count(*), count(*) filter (where flags & {mask} = 0),"
        f" count(*) filter (where flags & {made.error_mask} <> 0) from read_parquet('{path}')"
    ).fetchone() or (0, 0, 0)
    (repeated,) = connection.execute(
        f"select count(*) from read_parquet('{path}') where flags & {EXCLUDED} <> 0 and flags & {made.error_mask} = 0"
        " and (load_line, coalesce(load_file, '')) in"
        " (select (line, coalesce(load_file, '')) from problems where severity = 'error')"
    ).fetchone() or (0,)
    _extend_reference(connection, made.contract.subject, path, mask)
    refused += repeated
    return Staged(made.contract.subject, path, total, sound, refused, total - sound - refused, mask)


def _extend_reference(
    connection: duckdb.DuckDBPyConnection, subject: str, path: Path, mask: int
) -> None:
    """What this subject brings is known to the subjects after it."""
    rows = f"read_parquet('{path}') where flags & {mask} = 0"
    if subject == "organisations":
        connection.execute(
            "insert into ref_organisations select organisation_id, organisation_key, parent_id, true"
            f" from {rows} and organisation_id not in (select organisation_id from ref_organisations)"
        )
    elif subject == "indicateurs":
        connection.execute(
            "insert into ref_indicators select indicator_id, indicator_key, organisation_id, frequency,"
            f" minimum, maximum, direction, unit, true from {rows}"
            " and indicator_id not in (select indicator_id from ref_indicators)"
        )
    elif subject == "plans":
        connection.execute(f"insert into ref_plans select plan_id, true from {rows}")
    elif subject == "objectifs":
        connection.execute(f"insert into ref_objectives select objective_id, true from {rows}")
    elif subject == "bloquants":
        connection.execute(f"insert into ref_blockers select blocker_id, true from {rows}")


def _tell(connection: duckdb.DuckDBPyConnection, problem: Problem, file: str | None = None) -> None:
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


def _report(
    connection: duckdb.DuckDBPyConnection,
    request: Request,
    staged: list[Staged],
    encoding: str,
    delimiter: str,
) -> CheckReport:
    ordered = (
        "select load_file, line, column_letter, column_name, code, severity, found, detail from problems"
        " order by severity, load_file nulls first, line nulls first, column_letter"
    )
    path = request.out / "problems.parquet"
    connection.execute(f"copy ({ordered}) to '{path}' (format parquet)")
    first: list[dict[str, Any]] = pq.read_table(path).slice(0, _FIRST).to_pylist()
    told = connection.execute(
        "select severity, code, count(*) from problems group by all order by all"
    ).fetchall()
    totals = {
        name: sum(n for s, _, n in told if s == name) for name in ("error", "warning", "notice")
    }
    profile = load_profile(request.profile) if request.profile else None
    return CheckReport(
        inputs=request.inputs,
        profile=request.profile.name if request.profile else None,
        staged=tuple(staged),
        problems_path=path,
        errors=totals["error"],
        warnings=totals["warning"],
        notices=totals["notice"],
        problems=tuple(from_row(row) for row in first),
        encoding=encoding,
        delimiter=delimiter,
        published_at=profile.published_at if profile else None,
        codes={code: n for _, code, n in told},
    )
