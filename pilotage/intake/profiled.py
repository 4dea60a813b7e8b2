"""Files read under a profile: their raw tables, and the contract rows the profile makes of them."""

import gzip
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from pilotage.intake.automatic import (
    fill_raw,
    is_damaged,
    layout_of_table,
    structure_problems,
)
from pilotage.intake.column import Source
from pilotage.intake.contract import Contract, contracts
from pilotage.intake.declaration import ProfileError
from pilotage.intake.problem import Problem
from pilotage.intake.problem_table import tell
from pilotage.intake.profile import Profile, contract_rows, reading_of
from pilotage.intake.raw import Layout, layout_of, letter, read_whole
from pilotage.intake.reader.read import Declared, read
from pilotage.intake.report import Input, Request
from pilotage.intake.sql_text import quoted_name, quoted_text
from pilotage.intake.staging import source_of

_MOST_UNPACKED = 4 << 30


def profile_sources(
    connection: duckdb.DuckDBPyConnection,
    profile: Profile,
    request: Request,
    progress: Callable[[float], None],
) -> tuple[list[tuple[Contract, Source]], Layout | None]:
    """Every subject a profile makes of the files, in the order they refer to one another."""
    tables: dict[str, str] = {}
    layout = None
    for number, given in enumerate(request.inputs):
        progress(0.02 + 0.38 * number / len(request.inputs))
        opened = _opened(connection, profile, given, number, request.out)
        if opened and not opened.problems:
            tables[given.name] = f"input_{number}"
        layout = opened or layout
    try:
        made = contract_rows(connection, profile, tables)
    except ProfileError as fault:
        said = {"fr": fault.fr, "en": fault.en}
        tell(connection, Problem("profile-error", detail={"found": said}))
        return [], layout
    ordered = [(c, made[subject]) for subject, c in contracts().items() if subject in made]
    return [(c, _source(connection, table, c)) for c, table in ordered], layout


def _opened(
    connection: duckdb.DuckDBPyConnection,
    profile: Profile,
    given: Input,
    number: int,
    scratch: Path,
) -> Layout | None:
    """Read one input into ``raw_<number>`` and name its columns; None when it is not used."""
    reading = reading_of(profile, given.name)
    if reading is None:
        tell(connection, Problem("unused-file", found=given.name), given.name)
        return None
    plain, fault = _plain(given, scratch)
    if fault:
        tell(connection, fault, given.name)
        return None
    described = profile.input_of(given.name)
    if described and described.automatic:
        return _opened_automatically(connection, described.automatic, plain, given, number)
    layout = layout_of(plain, scratch, reading)
    problems = layout.problems
    if not problems:
        raw = read_whole(connection, layout, f"raw_{number}")
        nothing = not raw.rows and not raw.problems
        problems = (Problem("no-rows", line=1),) if nothing else raw.problems
        connection.execute(_named(layout, number, given.name))
    for problem in problems:
        tell(connection, problem, given.name)
    return layout


def _opened_automatically(
    connection: duckdb.DuckDBPyConnection, declared: Declared, path: Path, given: Input, number: int
) -> Layout:
    table = read(path, declared)
    layout = layout_of_table(table, path)
    if is_damaged(table):
        layout = replace(layout, problems=(Problem("source-error"),))
    for problem in layout.problems or structure_problems(table):
        tell(connection, problem, given.name)
    if not layout.problems:
        fill_raw(connection, table, f"raw_{number}")
        connection.execute(_named(layout, number, given.name))
    return layout


def _plain(given: Input, scratch: Path) -> tuple[Path, Problem | None]:
    """The file itself, or its content where it is compressed and a profile asks for it."""
    if not given.name.endswith(".gz"):
        return given.path, None
    plain, size = scratch / f"{given.sha256 or given.path.name}.plain", 0
    try:
        with gzip.open(given.path, "rb") as source, plain.open("wb") as target:
            while block := source.read(1 << 20):
                size += len(block)
                if size > _MOST_UNPACKED:
                    return plain, Problem("table-dimensions", found=f"> {_MOST_UNPACKED} octets")
                target.write(block)
    except (OSError, EOFError, zlib.error):
        return plain, Problem("source-error")
    return plain, None


def _named(layout: Layout, number: int, name: str) -> str:
    """The raw table under its own header labels, as a profile's SELECTs name them."""
    parts = [
        f"c{index} as {quoted_name(shown)}"
        for index, shown in enumerate(column_names(layout.labels))
    ]
    return (
        f"create temp view input_{number} as select {', '.join(parts)},"
        f" {quoted_text(name)} as _file, _line from raw_{number}"
    )


def column_names(labels: Sequence[str]) -> Iterator[str]:
    """What a profile calls columns: the label, the letter where blank; numbered if said twice."""
    seen: Counter[str] = Counter()
    for index, label in enumerate(labels):
        shown = label or letter(index)
        seen[shown.lower()] += 1
        times = seen[shown.lower()]
        yield shown if times == 1 else f"{shown}_{times}"


def _source(connection: duckdb.DuckDBPyConnection, table: str, contract: Contract) -> Source:
    described = connection.execute(f"describe {table}").fetchall()
    labels = [row[0] for row in described if row[0] not in {"_file", "_line"}]
    columns = ", ".join(f"{quoted_name(label)} as c{index}" for index, label in enumerate(labels))
    rows = f"rows_{contract.subject}"
    connection.execute(f"create temp table {rows} as select {columns}, _file, _line from {table}")
    return source_of(rows, labels, contract, ";", has_file=True)
