"""How many rows of a staged subject load, are refused or say nothing."""

from pathlib import Path

import duckdb

from pilotage.intake.exclusion import EXCLUDED
from pilotage.intake.reference import extend_reference
from pilotage.intake.report import Staged
from pilotage.intake.staging import Stage


def counted(
    connection: duckdb.DuckDBPyConnection, made: Stage, path: Path, first_line: int | None = None
) -> Staged:
    """The staged rows with their counts; from here on, later subjects may refer to them."""
    mask = made.error_mask | made.skip_mask | EXCLUDED
    total, sound, refused = connection.execute(
        f"select count(*), count(*) filter (where flags & {mask} = 0),"
        f" count(*) filter (where flags & {made.error_mask} <> 0) from read_parquet('{path}')"
    ).fetchone() or (0, 0, 0)
    if first_line is None:
        refused += _refused_later(connection, made, path)
    extend_reference(connection, made.contract.subject, path, mask)
    return Staged(
        subject=made.contract.subject,
        path=path,
        rows_read=total,
        rows_sound=sound,
        rows_refused=refused,
        rows_silent=total - sound - refused,
        mask=mask,
        first_line=first_line,
        labels=made.source.labels,
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
