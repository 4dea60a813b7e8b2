"""The vintages that stand: those of now, or those published by a day."""

from datetime import date, datetime, timedelta

import duckdb

_KEYS = "indicator_key, organisation_key, period_start, period_end"


def standing(duck: duckdb.DuckDBPyConnection, table: str, published_by: date | None) -> str:
    """What to select from: the rows of ``table`` (measurements or targets) that stand.

    ``published_by``: only what was published by the end of that day, for the keys of the temp table
    ``batch_keys``; None for what stands now.
    """
    if published_by is None:
        return f"(select * from {table} where superseded_seq is null)"
    name = f"{table}_by"
    by = datetime.combine(published_by, datetime.min.time()) + timedelta(days=1)
    duck.execute(
        f"create or replace temp table {name} as select t.* from {table} t"
        " semi join batch_keys using (indicator_key, organisation_key) where published_at < $by"
        " and load_seq not in (select load_seq from loads where withdrawn_seq is not null)"
        f" qualify row_number() over (partition by {_KEYS}"
        " order by published_at desc, load_seq desc, load_line desc) = 1",
        {"by": by},
    )
    return name
