"""What a profile reads from: its inputs under clean names, and the small tables shipped beside it.

Inputs are views ``input.<name>``, shipped tables ``shipped.<name>``; both are text only, trimmed,
with null markers read as null, and carry ``_file`` and ``_line``.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pilotage.intake.contract import plain_label
from pilotage.intake.declaration import ProfileError
from pilotage.intake.source import Input
from pilotage.intake.sql_text import quoted_name, quoted_texts

_PROVENANCE = ("_file", "_line")
# What people cannot see at the ends of a cell: tabs, breaks, no-break and figure spaces, BOM.
_BLANKS = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8199) || chr(8239) || chr(65279)"


@dataclass(frozen=True)
class Shipped:
    """A small CSV of the profile: UTF-8, commas, one header line; ``lines`` are physical."""

    name: str
    file_name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    lines: tuple[int, ...]


def read_shipped(name: str, path: Path) -> Shipped:
    """Read a shipped table. Raises ProfileError when it is absent or not square."""
    if not path.is_file():
        raise ProfileError(
            f"Le profil annonce la table « {path.name} », qui manque. Ajoutez-la à son dossier.",
            f"The profile names the table “{path.name}”, which is missing. Add it to its folder.",
        )
    rows, lines, line = [], [], 1
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream)
        header = tuple(next(reader, []))
        for cells in reader:
            line, start = reader.line_num, line + 1
            if not cells:
                continue
            if len(cells) != len(header):
                raise _not_square(path.name, start)
            rows.append(tuple(cell.strip() or None for cell in cells))
            lines.append(start)
    return Shipped(name, path.name, header, tuple(rows), tuple(lines))


def open_shipped(connection: duckdb.DuckDBPyConnection, tables: Iterable[Shipped]) -> None:
    """Make every ``shipped.<name>``."""
    connection.execute("create schema if not exists shipped")
    for table in tables:
        place = f"shipped.{quoted_name(table.name)}"
        columns = ", ".join(f"{quoted_name(column)} varchar" for column in table.header)
        connection.execute(
            f"create or replace table {place} ({columns}, _file varchar, _line integer)"
        )
        places = ", ".join("?" * (len(table.header) + 2))
        filled = [
            [*row, table.file_name, line] for row, line in zip(table.rows, table.lines, strict=True)
        ]
        if filled:
            connection.executemany(f"insert into {place} values ({places})", filled)


def open_inputs(
    connection: duckdb.DuckDBPyConnection,
    inputs: Iterable[Input],
    raw_tables: Mapping[str, Sequence[str]],
) -> None:
    """Make every ``input.<name>`` over the raw tables of its files; with none, it is empty.

    Raises ProfileError when a required input or one of its columns is missing.
    """
    connection.execute("create schema if not exists input")
    for described in inputs:
        raws = raw_tables.get(described.name, ())
        if not raws and described.is_required:
            raise _missing_input(described)
        views = [_view(connection, described, raw) for raw in raws] or [_empty_view(described)]
        connection.execute(
            f"create or replace view input.{quoted_name(described.name)} as"
            f" {' union all by name '.join(views)}"
        )


def view_columns(connection: duckdb.DuckDBPyConnection, place: str) -> tuple[str, ...]:
    """The columns of a view or table, provenance left out."""
    found = connection.execute(f"select * from {place} limit 0").description or []
    return tuple(column[0] for column in found if column[0] not in _PROVENANCE)


def _view(connection: duckdb.DuckDBPyConnection, described: Input, raw: str) -> str:
    labels = view_columns(connection, quoted_name(raw))
    has_rows = connection.execute(f"select 1 from {quoted_name(raw)} limit 1").fetchone()
    chosen = [
        f"{_cleaned(label, described)} as {quoted_name(name)}"
        for name, label in _chosen(described, labels, bool(has_rows)).items()
    ]
    return f"select {', '.join([*chosen, *_PROVENANCE])} from {quoted_name(raw)}"


def _empty_view(described: Input) -> str:
    nothing = [f"null::varchar as {quoted_name(name)}" for name in described.columns]
    provenance = "null::varchar as _file, null::integer as _line"
    return f"select {', '.join([*nothing, provenance])} where false"


def _chosen(described: Input, labels: tuple[str, ...], has_rows: bool) -> dict[str, str | None]:
    """The profile's name of each column and the file's label for it.

    A column may be missing when it is optional, or when the file says nothing anyway: a failed
    download must not stop the sound files beside it.
    """
    if not described.columns:
        return {label: label for label in labels}
    by_plain = {plain_label(label): label for label in labels}
    chosen: dict[str, str | None] = {}
    for name, accepted in described.columns.items():
        found = [by_plain[plain_label(a)] for a in accepted if plain_label(a) in by_plain]
        if has_rows and not found and name not in described.optional_columns:
            raise _missing_column(described, accepted, labels)
        chosen[name] = found[0] if found else None
    return chosen


def _cleaned(label: str | None, described: Input) -> str:
    if label is None:
        return "null::varchar"
    trimmed = f"trim({quoted_name(label)}, {_BLANKS})"
    markers = quoted_texts(("", *described.null_markers))
    return f"case when {trimmed} not in ({markers}) then {trimmed} end"


def _missing_input(described: Input) -> ProfileError:
    if "*" in described.patterns:
        # Any file would do: the one that came holds nothing this profile can read.
        return ProfileError(
            "Sous ce profil, le fichier n'a aucune ligne à lire. Vérifiez-le, ou choisissez "
            "un autre profil.",
            "Under this profile the file has no row to read. Check the file, or choose another "
            "profile.",
        )
    listed = ", ".join(described.patterns)
    return ProfileError(
        f"Le profil attend aussi le fichier {listed}. Versez tous les fichiers ensemble.",
        f"The profile also expects the file {listed}. Load all the files together.",
    )


def _missing_column(
    described: Input, accepted: tuple[str, ...], labels: tuple[str, ...]
) -> ProfileError:
    wanted, shown = " / ".join(accepted), ", ".join(labels[:12])
    return ProfileError(
        f"La colonne « {wanted} » manque dans « {described.patterns[0]} » (colonnes lues : "
        f"{shown}). Vérifiez le fichier, ou le profil si la source a changé.",
        f"The column “{wanted}” is missing in “{described.patterns[0]}” (columns read: {shown}). "
        "Check the file, or the profile if the source has changed.",
    )


def _not_square(file_name: str, line: int) -> ProfileError:
    return ProfileError(
        f"{file_name}, ligne {line} : le nombre de cellules diffère de l'en-tête. Corrigez-la.",
        f"{file_name}, line {line}: the number of cells differs from the header. Correct it.",
    )
