"""Raw tables as the checker hands them to a profile, made from rows or from real files."""

import gzip
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from pilotage.intake.profile import Profile, contract_rows, load_profile, reading_of
from pilotage.intake.raw import read_raw
from pilotage.intake.sql_text import quoted_name, quoted_text

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
    connection: duckdb.DuckDBPyConnection, profile: Profile, paths: Iterable[Path], scratch: Path
) -> dict[str, str]:
    """The raw tables of the real files a profile has a use for; a file without text is left out."""
    tables = {}
    for number, path in enumerate(paths):
        reading = reading_of(profile, path.name)
        if reading is None:
            continue
        plain = path
        if path.suffix == ".gz":
            plain = scratch / path.stem
            plain.write_bytes(gzip.decompress(path.read_bytes()))
        raw = read_raw(connection, plain, f"raw_{number}", scratch, reading)
        if raw.labels:
            named = ", ".join(
                f"c{index} as {quoted_name(label)}" for index, label in enumerate(raw.labels)
            )
            tables[path.name] = f"named_{number}"
            connection.execute(
                f"create temp view named_{number} as"
                f" select {named}, {quoted_text(path.name)} as _file, _line from raw_{number}"
            )
    return tables


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
