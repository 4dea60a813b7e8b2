"""Check what was received: every problem of every line, and the sound rows as Parquet. Loads nothing.

Runs in a process of its own (``checker.py``) on an in-memory DuckDB that can read nothing but the
files it is given.
"""

import gzip
import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from pilotage.intake.column import Reading, Source
from pilotage.intake.contract import Contract, contracts, recognised
from pilotage.intake.declaration import ProfileError
from pilotage.intake.diagnosis import PROBLEMS_SQL, diagnose
from pilotage.intake.duplicate import has_repeats, tell_repeats
from pilotage.intake.exclusion import EXCLUDED, flag_excluded, open_exclusions
from pilotage.intake.hierarchy import tell_cycles
from pilotage.intake.problem import Problem, from_row
from pilotage.intake.profile import contract_rows, load_profile, reading_of
from pilotage.intake.raw import (
    Layout,
    layout_of,
    letter,
    lines_of,
    open_in_one_pass,
    read_whole,
)
from pilotage.intake.reference import open_reference
from pilotage.intake.staging import Stage, select, source_of, stage

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
    first_line: int | None = None


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
_LARGE_BYTES = 32 << 20
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
        sources, layout = _profiled(connection, request, progress)
    else:
        layout = layout_of(request.inputs[0].path, request.out)
        contract = _contract(connection, layout)
        quick = _in_one_pass(connection, layout, contract, request) if contract else None
        if quick:
            return _report(connection, request, [quick], layout)
        sources = _contracted(connection, layout, contract) if contract else []
    staged = []
    for number, source in enumerate(sources):
        progress(0.4 + 0.5 * number / len(sources))
        staged.append(_staged(connection, *source, request))
    progress(0.95)
    return _report(connection, request, staged, layout)


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
    connection.execute("set enable_progress_bar = false")
    if not request.profile:
        # Small tables are written on the right; without statistics of a CSV file the engine
        # would guess, and build its hash table on the five million rows instead.
        connection.execute("set disabled_optimizers = 'join_order,build_side_probe_side'")
    connection.execute("set lock_configuration = true")
    return connection


def _contract(connection: duckdb.DuckDBPyConnection, layout: Layout) -> Contract | None:
    """The contract a file follows; None, said in ``problems``, when it cannot be read under one."""
    for problem in layout.problems:
        _tell(connection, problem)
    if layout.problems:
        return None
    contract = recognised(list(layout.labels))
    if contract is None:
        _tell(connection, Problem("subject-unknown", line=1, found=", ".join(layout.labels)))
        return None
    missing = contract.missing(list(layout.labels))
    for name in missing:
        _tell(connection, Problem("missing-label", line=1, column_name=name))
    return None if _repeated_label(connection, layout, contract) or missing else contract


def _repeated_label(
    connection: duckdb.DuckDBPyConnection, layout: Layout, contract: Contract
) -> bool:
    """Tell the columns that are not ours, and those named twice; True for the latter."""
    seen: set[str] = set()
    repeated = False
    for index, label in enumerate(layout.labels):
        known = contract.field_of(label) if label else None
        place = Problem("extra-label", 1, letter(index), label)
        if label and known is None:
            _tell(connection, place)
        elif known and known.name in seen:
            _tell(connection, replace(place, code="duplicate-label"))
            repeated = True
        seen |= {known.name} if known else set()
    return repeated


def _contracted(
    connection: duckdb.DuckDBPyConnection, layout: Layout, contract: Contract
) -> list[tuple[Contract, Source]]:
    """The rows of a contract file, read whole; nothing when it has none or one has no title."""
    raw = read_whole(connection, layout, "raw_0")
    for problem in raw.problems:
        _tell(connection, problem)
    if raw.rows == 0:
        if not raw.problems:
            _tell(connection, Problem("no-rows", line=1))
        return []
    for index, label in enumerate(layout.labels):
        filled = f"select 1 from {raw.table} where trim(c{index}) <> '' limit 1"
        if not label and connection.execute(filled).fetchone():
            _tell(connection, Problem("blank-label", 1, letter(index), ""))
            return []
    return [(contract, source_of(raw.table, layout.labels, contract, layout.delimiter))]


def _in_one_pass(
    connection: duckdb.DuckDBPyConnection, layout: Layout, contract: Contract, request: Request
) -> Staged | None:
    """A large, plain file staged while it is read; None when it needs to be read whole.

    Plain: measurements, one record a line, every text read as its sample said, no key twice.
    """
    large = request.inputs[0].size_bytes >= _LARGE_BYTES
    if not large or contract.subject != "mesures" or "" in layout.labels:
        return None
    open_in_one_pass(connection, layout, "raw_once")
    source = source_of(
        "raw_once", layout.labels, contract, layout.delimiter, sample="raw_once_sample"
    )
    reading = Reading(connection, contract, source, request.now, request.fiscal_month, frozenset())
    path = request.out / f"{contract.subject}.parquet"
    with ThreadPoolExecutor(1) as pool:
        counting = pool.submit(lines_of, layout)
        try:
            made = _write(reading, request.owns_all, path)
        except duckdb.Error:
            return None
        lines = counting.result()
    (rows,) = connection.execute(f"select count(*) from read_parquet('{path}')").fetchone() or (0,)
    if rows != lines or has_repeats(connection, f"read_parquet('{path}')", list(_GRID)):
        return None
    connection.execute("create or replace temp table problems_before as select * from problems")
    if diagnose(reading, made, _flagged(connection, made, path, layout.first_line)):
        _forget(connection)
        return None
    return _counted(connection, made, path, layout.first_line)


def _forget(connection: duckdb.DuckDBPyConnection) -> None:
    """Take back what a staging told, since it is done again."""
    connection.execute("delete from problems")
    connection.execute("insert into problems select * from problems_before")


def _profiled(
    connection: duckdb.DuckDBPyConnection, request: Request, progress: Callable[[float], None]
) -> tuple[list[tuple[Contract, Source]], Layout | None]:
    """Every subject a profile makes of the files, in the order they refer to one another."""
    assert request.profile is not None
    profile = load_profile(request.profile)
    tables: dict[str, str] = {}
    layout = None
    for number, given in enumerate(request.inputs):
        progress(0.02 + 0.38 * number / len(request.inputs))
        reading = reading_of(profile, given.name)
        if reading is None:
            _tell(connection, Problem("unused-file", found=given.name), given.name)
            continue
        layout = layout_of(_plain(given, request.out), request.out, reading)
        problems = layout.problems
        if not problems:
            problems = read_whole(connection, layout, f"raw_{number}").problems
            connection.execute(_named(layout, number, given.name))
            tables[given.name] = f"input_{number}"
        for problem in problems:
            _tell(connection, problem, given.name)
    try:
        made = contract_rows(connection, profile, tables)
    except ProfileError as fault:
        _tell(connection, Problem("profile-error", found=fault.fr))
        return [], layout
    sources = [
        (contract, _profile_source(connection, made[subject], contract))
        for subject, contract in contracts().items()
        if subject in made
    ]
    return sources, layout


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


def _named(layout: Layout, number: int, name: str) -> str:
    """The raw table under its own header labels, as a profile's SELECTs name them."""
    quoted = name.replace("'", "''")
    seen: Counter[str] = Counter()
    parts = []
    for index, label in enumerate(layout.labels):
        shown = label or letter(index)
        seen[shown.lower()] += 1
        if seen[shown.lower()] > 1:
            shown = f"{shown}_{seen[shown.lower()]}"
        parts.append(f"c{index} as {_quoted(shown)}")
    return (
        f"create temp view input_{number} as select {', '.join(parts)},"
        f" '{quoted}' as _file, _line from raw_{number}"
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _profile_source(
    connection: duckdb.DuckDBPyConnection, table: str, contract: Contract
) -> Source:
    described = connection.execute(f"describe {table}").fetchall()
    labels = [row[0] for row in described if row[0] not in {"_file", "_line"}]
    columns = ", ".join(f"{_quoted(label)} as c{index}" for index, label in enumerate(labels))
    rows = f"rows_{contract.subject}"
    connection.execute(f"create temp table {rows} as select {columns}, _file, _line from {table}")
    return source_of(rows, labels, contract, ";", has_file=True)


def _staged(
    connection: duckdb.DuckDBPyConnection, contract: Contract, source: Source, request: Request
) -> Staged:
    """Type, flag, diagnose and write one subject."""
    reading = Reading(connection, contract, source, request.now, request.fiscal_month, frozenset())
    path = request.out / f"{contract.subject}.parquet"
    connection.execute("create or replace temp table problems_before as select * from problems")
    made = _write(reading, request.owns_all, path)
    again = diagnose(reading, made, _flagged(connection, made, path, None))
    if again:
        _forget(connection)
        reading = replace(reading, odd=again)
        made = _write(reading, request.owns_all, path)
        diagnose(reading, made, _flagged(connection, made, path, None))
    _repeats(connection, made, path)
    if contract.subject == "organisations":
        tell_cycles(connection, path)
    if contract.subject in _NUMBERED:
        _number_rows(connection, contract.subject, path)
    return _counted(connection, made, path)


def _write(reading: Reading, owns_all: bool, path: Path) -> Stage:
    made = stage(reading, owns_all)
    reading.connection.execute(
        f"copy ({select(made)}) to '{path}' (format parquet, compression lz4)"
    )
    return made


def _flagged(
    connection: duckdb.DuckDBPyConnection, made: Stage, path: Path, first_line: int | None
) -> str:
    """The rows with a flag and their cells; of a file read in one pass the line is the position."""
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


def _counted(
    connection: duckdb.DuckDBPyConnection, made: Stage, path: Path, first_line: int | None = None
) -> Staged:
    mask = made.error_mask | made.skip_mask | EXCLUDED
    total, sound, refused = connection.execute(
        f"select count(*), count(*) filter (where flags & {mask} = 0),"
        f" count(*) filter (where flags & {made.error_mask} <> 0) from read_parquet('{path}')"
    ).fetchone() or (0, 0, 0)
    if first_line is None:
        repeated = _refused_later(connection, made, path)
        refused += repeated
    _extend_reference(connection, made.contract.subject, path, mask)
    return Staged(
        made.contract.subject,
        path,
        total,
        sound,
        refused,
        total - sound - refused,
        mask,
        first_line,
    )


def _refused_later(connection: duckdb.DuckDBPyConnection, made: Stage, path: Path) -> int:
    """Rows that are sound by themselves and were refused for what another row says."""
    (count,) = connection.execute(
        f"select count(*) from read_parquet('{path}')"
        f" where flags & {EXCLUDED} <> 0 and flags & {made.error_mask} = 0"
        " and (load_line, coalesce(load_file, '')) in"
        " (select (line, coalesce(load_file, '')) from problems where severity = 'error')"
    ).fetchone() or (0,)
    return int(count)


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
    layout: Layout | None,
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
        encoding=layout.encoding if layout else "",
        delimiter=layout.delimiter if layout else "",
        published_at=profile.published_at if profile else None,
        codes={code: n for _, code, n in told},
    )
