"""A tree may not bite its tail."""

from pathlib import Path

import duckdb

from pilotage.intake.exclusion import REFUSED, flag_excluded, open_exclusions


def tell_cycles(
    connection: duckdb.DuckDBPyConnection, path: Path, place: tuple[str | None, str]
) -> None:
    """Add to ``problems`` every organisation that is its own ancestor; its row is flagged.

    ``place``: letter and label of the column of parents.
    """
    rows = connection.execute(
        "select organisation_id, parent_id, load_line, load_file, file_row_number"
        f" from read_parquet('{path}', file_row_number = true) where flags = 0"
    ).fetchall()
    known = dict(
        connection.execute("select organisation_id, parent_id from ref_organisations").fetchall()
    )
    parents = known | {row[0]: row[1] for row in rows}
    turning = [row for row in rows if _turns(row[0], parents)]
    if not turning:
        return
    open_exclusions(connection)
    for organisation_id, _, line, file, row_no in turning:
        connection.execute(
            "insert into problems values (?, ?, ?, ?, 'cycle', 'error', ?, null)",
            [file, line, *place, organisation_id],
        )
        connection.execute("insert into excluded values (?, ?)", [row_no, REFUSED])
    flag_excluded(connection, path)


def _turns(start: str, parents: dict[str, str | None]) -> bool:
    seen, current = {start}, parents.get(start)
    while current:
        if current in seen:
            return current == start
        seen.add(current)
        current = parents.get(current)
    return False
