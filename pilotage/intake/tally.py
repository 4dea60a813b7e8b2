"""How many rows of a staged subject load, are refused or say nothing."""

from pathlib import Path

import duckdb

from pilotage.intake.exclusion import EXCLUDED, REFUSED
from pilotage.intake.reference import extend_reference
from pilotage.intake.report import Staged
from pilotage.intake.staging import Stage


def counted(
    connection: duckdb.DuckDBPyConnection, made: Stage, path: Path, first_line: int | None = None
) -> Staged:
    """The staged rows with their counts; from here on, later subjects may refer to them."""
    mask = made.error_mask | made.skip_mask | EXCLUDED
    wrong = made.error_mask | REFUSED
    total, sound, refused = connection.execute(
        f"select count(*), count(*) filter (where flags & {mask} = 0),"
        f" count(*) filter (where flags & {wrong} <> 0) from read_parquet('{path}')"
    ).fetchone() or (0, 0, 0)
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
