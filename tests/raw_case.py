"""Raw tables as the checker hands them to a profile, made from rows or from real files."""

import csv
import gzip
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from pilotage.intake.profile import Profile, contract_rows, load_profile
from pilotage.intake.sql_text import quoted_name

Rows = Sequence[Sequence[str | None]]


def raw_table(
    connection: duckdb.DuckDBPyConnection, file_name: str, header: Sequence[str], rows: Rows
) -> dict[str, str]:
    """A table of text under those labels, its rows numbered from line 2; by the file's name."""
    table = f"raw {file_name}"
    columns = ", ".join(f"{quoted_name(label)} varchar" for label in header)
    connection.execute(
        f"create table {quoted_name(table)} ({columns}, _file varchar, _line integer)"
    )
    places = ", ".join("?" * (len(header) + 2))
    for line, row in enumerate(rows, 2):
        connection.execute(
            f"insert into {quoted_name(table)} values ({places})", [*row, file_name, line]
        )
    return {file_name: table}


def raw_files(
    connection: duckdb.DuckDBPyConnection, profile: Profile, paths: Iterable[Path]
) -> dict[str, str]:
    """The raw tables of the real files a profile has a use for, under the checker's promise."""
    tables = {}
    for number, path in enumerate(paths):
        if profile.input_of(path.name) is None:
            continue
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        tables[path.name] = f"raw_{number}"
        connection.register("read_here", _records(_text(content), path.name))
        connection.execute(f"create table raw_{number} as select * from read_here")
        connection.unregister("read_here")
    return tables


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _records(text: str, file_name: str) -> pa.Table:
    """Records of the header's width, each with the physical line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""))
    labels = [" ".join(cell.split()) for cell in next(reader)]
    records, start = [], reader.line_num + 1
    for cells in reader:
        if len(cells) == len(labels):
            records.append((*cells, start))
        start = reader.line_num + 1
    columns = list(zip(*records, strict=True)) or [()] * (len(labels) + 1)
    named = {
        label: pa.array(cells, pa.string())
        for label, cells in zip(labels, columns[:-1], strict=True)
    }
    lines = pa.array(columns[-1], pa.int32())
    return pa.table({**named, "_file": pa.array([file_name] * len(lines)), "_line": lines})


def written_profile(folder: Path, toml: str, **files: str) -> Profile:
    """A profile made of those texts; ``mesures_sql`` is the file ``mesures.sql``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "profile.toml").write_text(toml, "utf-8")
    for name, text in files.items():
        stem, _, suffix = name.rpartition("_")
        (folder / f"{stem}.{suffix}").write_text(text, "utf-8")
    return load_profile(folder)


def rows_of(
    connection: duckdb.DuckDBPyConnection,
    profile: Profile,
    tables: dict[str, str],
    subject: str,
    *columns: str,
) -> list[tuple[str | int | None, ...]]:
    """The contract rows a profile makes of one subject, in the order of their lines."""
    made = contract_rows(connection, profile, tables)
    listed = ", ".join(map(quoted_name, columns))
    return connection.execute(
        f"select {listed} from {made[subject]} order by _file, _line, {listed}"
    ).fetchall()
