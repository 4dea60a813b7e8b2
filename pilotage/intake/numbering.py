"""The whole-number keys of organisations and indicators, by which facts name them."""

from pathlib import Path

import duckdb

NUMBERED = {"organisations": "organisation", "indicateurs": "indicator"}
"""Subjects whose rows are given a key."""


def number_rows(connection: duckdb.DuckDBPyConnection, subject: str, path: Path) -> None:
    """Give each organisation or indicator its key: the one it ever had, or the next ones in order.

    The projection replays loads in order, so the same keys come out of a rebuild.
    """
    name, fresh = NUMBERED[subject], path.with_suffix(".again")
    connection.execute(
        f"copy (with known as (select id, max(key) as key from ref_{name}_keys group by all),"
        f" ids as (select {name}_id as id, min((load_file, load_line)) as place"
        f" from read_parquet('{path}') group by all),"
        " fresh as (select id, row_number() over (order by place)"
        " + (select coalesce(max(key), 0) from known) as key"
        " from ids where id not in (select id from known))"
        f" select coalesce(k.key, f.key)::integer as {name}_key, s.* from read_parquet('{path}') s"
        f" left join known k on s.{name}_id = k.id left join fresh f on s.{name}_id = f.id"
        f" order by s.load_file, s.load_line) to '{fresh}' (format parquet, compression lz4)"
    )
    fresh.replace(path)
