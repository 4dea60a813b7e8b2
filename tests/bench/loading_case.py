"""One way of loading one file, alone in its process; prints one line of JSON."""

import json
import resource
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import sqlalchemy as sa

from pilotage.access.operator import OPERATOR
from pilotage.intake import loading
from pilotage.store import tables
from pilotage.store.warehouse import Warehouse, open_warehouse
from tests.bench.figure import seconds

_PANDAS_ROWS = 1_000_000
_CHUNK = 50_000
_ROWS = 5_000_000
_TYPED = """
    create table bare as select * from read_csv(
        '{file}', delim = ';', quote = '"', escape = '"', header = true, auto_detect = false,
        decimal_separator = ',', dateformat = '%d/%m/%Y', {faults},
        columns = {{'i': 'VARCHAR', 'o': 'VARCHAR', 'p': 'DATE', 'v': 'DOUBLE'}})
"""


def typed(file: Path) -> dict[str, Any]:
    """DuckDB's own read into a table: bad rows dropped unsaid, and once with its rejects kept."""

    def read(faults: str) -> float:
        with tempfile.TemporaryDirectory() as place:
            connection = duckdb.connect(str(Path(place) / "bare.duckdb"))
            took = seconds(lambda: connection.execute(_TYPED.format(file=file, faults=faults)))
            connection.close()
            return took

    with_rejects = read("store_rejects = true, rejects_limit = 0")
    return {"seconds": read("ignore_errors = true"), "with_rejects": with_rejects}


def pandas(file: Path) -> dict[str, Any]:
    """The usual way: a frame, then ``to_sql`` into SQLite; a share of the rows, scaled.

    ``to_sql`` as it comes, through SQLAlchemy, as the peers' harness does; then in chunks, then
    through a bare ``sqlite3`` connection, which pandas allows for SQLite alone: both are faster.
    """
    with tempfile.TemporaryDirectory() as place:
        frames: list[pd.DataFrame] = []

        def read() -> None:
            frame = pd.read_csv(file, sep=";", decimal=",", nrows=_PANDAS_ROWS)
            frame["periode"] = pd.to_datetime(frame["periode"], format="%d/%m/%Y", errors="coerce")
            frames.append(frame)

        engine = sa.create_engine(f"sqlite:///{place}/pandas.db")
        bare = sqlite3.connect(f"{place}/bare.db")
        reading = seconds(read)
        usual = seconds(lambda: frames[0].to_sql("m", engine, index=False))
        chunks = seconds(lambda: frames[0].to_sql("n", engine, index=False, chunksize=_CHUNK))
        direct = seconds(lambda: frames[0].to_sql("m", bare, index=False))
        bare.close()
        engine.dispose()
    scale = _ROWS / _PANDAS_ROWS
    return {
        "seconds": (reading + usual) * scale,
        "chunks": (reading + chunks) * scale,
        "direct": (reading + direct) * scale,
        "rows": _PANDAS_ROWS,
    }


def ours(home: Path, *files: Path) -> dict[str, Any]:
    """The last file through the whole door, once the files before it are loaded."""
    warehouse = open_warehouse(home)
    for file in files[:-1]:
        _load(warehouse, file, {})
    steps: dict[str, float] = {}
    load_seq = _load(warehouse, files[-1], steps)
    wrong, found = _compare(warehouse, load_seq, files[-1].with_name("bad.json"))
    with warehouse.read() as connection:
        loaded = connection.execute(
            sa.select(sa.func.count()).select_from(tables.measurements)
        ).scalar()
    version = warehouse.version
    loading.stop_checking(warehouse)
    warehouse.close()
    return {
        "seconds": sum(steps.values()),
        "steps": {name: round(took, 2) for name, took in steps.items()},
        "bad_found": found,
        "bad_wrong": wrong,
        "rows_loaded": loaded,
        "version": version,
        "peak_bytes": _peak_bytes(),
    }


def _load(warehouse: Warehouse, file: Path, steps: dict[str, float]) -> int:
    told: dict[str, Any] = {}

    def step(name: str, action: Callable[[], Any]) -> None:
        steps[name] = seconds(lambda: told.update({name: action()}))

    step("receive", lambda: loading.receive(warehouse, file, file.name))
    step("check", lambda: loading.check(warehouse, OPERATOR, told["receive"]))
    step(
        "load",
        lambda: loading.load(
            warehouse,
            OPERATOR,
            told["check"],
            policy="quarantine",
            way_in="command",
            author="bench",
        ),
    )
    outcome = told["load"]
    if outcome.state != "loaded":
        raise RuntimeError(f"{file.name}: {outcome}")
    return int(outcome.version)


def _compare(warehouse: Warehouse, load_seq: int, expected: Path) -> tuple[int, int]:
    """Problems said that are none, and bad cells found at their line and column."""
    bad = {(int(line), column) for line, column in json.loads(expected.read_text()).items()}
    asked = sa.select(tables.problems.c.line, tables.problems.c.column_name).where(
        tables.problems.c.load_seq == load_seq, tables.problems.c.severity == "error"
    )
    with warehouse.read() as connection:
        said = {(row.line, row.column_name) for row in connection.execute(asked)}
    return len(said - bad), len(said & bad)


def _peak_bytes() -> int:
    """The peaks of this process and of its largest child, as if both came at once."""
    mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return 1024 * (mine + children)


if __name__ == "__main__":
    cases: dict[str, Callable[..., dict[str, Any]]]
    cases = {"typed": typed, "pandas": pandas, "ours": ours}
    case = cases[sys.argv[1]]
    print(json.dumps(case(*map(Path, sys.argv[2:]))))
