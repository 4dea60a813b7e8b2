"""Rows left out after staging, for what another row or the store says; by their position."""

from pathlib import Path

import duckdb

REPEATED = 1 << 60
"""Flag of a row that says again what another row says."""
REFUSED = 1 << 61
"""Flag of a row that is sound by itself and refused for what stands elsewhere."""
EXCLUDED = REPEATED | REFUSED


def open_exclusions(connection: duckdb.DuckDBPyConnection) -> None:
    """An empty ``excluded`` table: those who tell why add the row's position and a flag."""
    connection.execute("create or replace temp table excluded (row_no bigint, flag bigint)")


def flag_excluded(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Write the staged rows again with the rows of ``excluded`` flagged; how many rows it names."""
    (count,) = connection.execute("select count(distinct row_no) from excluded").fetchone() or (0,)
    if not count:
        return 0
    fresh = path.with_suffix(".again")
    connection.execute(
        "copy (select s.* exclude (flags, file_row_number),"
        " s.flags | coalesce(e.flag, 0)::bigint as flags"
        f" from read_parquet('{path}', file_row_number = true) s"
        " left join (select row_no, bit_or(flag) as flag from excluded group by row_no) e"
        " on s.file_row_number = e.row_no order by s.file_row_number)"
        f" to '{fresh}' (format parquet, compression lz4)"
    )
    fresh.replace(path)
    return int(count)
