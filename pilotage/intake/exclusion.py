"""Rows left out after staging: another row says the same key, or they make a cycle."""

from pathlib import Path

import duckdb

EXCLUDED = 1 << 60
"""Flag of a row left out because another one says the same key, or makes a cycle."""


def open_exclusions(connection: duckdb.DuckDBPyConnection) -> None:
    """An empty ``excluded`` table, filled by those who tell why."""
    connection.execute(
        "create or replace temp table excluded (load_line integer, load_file varchar)"
    )


def flag_excluded(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write the staged rows again with the rows of ``excluded`` flagged as such."""
    (count,) = connection.execute("select count(*) from excluded").fetchone() or (0,)
    if not count:
        return
    fresh = path.with_suffix(".again")
    connection.execute(
        "copy (select s.* exclude (flags), s.flags"
        f" | (case when e.load_line is null then 0 else {EXCLUDED} end)::bigint as flags"
        f" from read_parquet('{path}') s left join (select distinct * from excluded) e"
        " on s.load_line = e.load_line and s.load_file is not distinct from e.load_file"
        f" order by s.load_file, s.load_line) to '{fresh}' (format parquet, compression lz4)"
    )
    fresh.replace(path)
