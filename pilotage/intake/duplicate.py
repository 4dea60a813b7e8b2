"""Two rows of one file with the same key: identical ones count once, different ones are refused."""

import math
from collections.abc import Iterator

import duckdb
import numpy as np

from pilotage.intake.contract import Contract
from pilotage.intake.exclusion import REFUSED, REPEATED

_MOST_CELLS = 400_000_000
_BLOCK_ROWS = 1_000_000
Indices = np.ndarray[tuple[int], np.dtype[np.int32]]
_IGNORED = {"load_line", "load_file", "flags", "found", "period_no", "file_row_number"}


def has_repeats(connection: duckdb.DuckDBPyConnection, staged: str, columns: list[str]) -> bool:
    """True when a key of whole numbers may stand twice; exact, by ticking a dense grid.

    ``staged`` is a table or Parquet scan; ``columns`` small non-negative whole numbers, the one of
    most values last. Read a block at a time: memory holds the grid, never the rows. Falls back on
    the engine where the grid would be too large.
    """
    *outer, last = columns
    widths = _widths(connection, staged, columns)
    place = _places(connection, staged, outer, widths)
    if place is None or (int(place.max(initial=-1)) + 1) * widths[last] > _MOST_CELLS:
        return _asked(connection, staged, ", ".join(columns))
    seen = np.zeros((int(place.max(initial=-1)) + 1) * widths[last], bool)
    rows = 0
    for cells in _blocks(connection, staged, columns):
        code = np.zeros(len(cells[last]), np.int64)
        for name in outer:
            code = code * widths[name] + cells[name]
        seen[place[code].astype(np.int64) * widths[last] + cells[last]] = True
        rows += len(code)
    return int(seen.sum()) < rows


def _widths(
    connection: duckdb.DuckDBPyConnection, staged: str, columns: list[str]
) -> dict[str, int]:
    """One more than the largest value of each column."""
    most = ", ".join(f"coalesce(max({name}), 0) + 1" for name in columns)
    found = connection.execute(f"select {most} from {staged} where flags = 0").fetchone()
    return dict(zip(columns, found or [1] * len(columns), strict=True))


def _places(
    connection: duckdb.DuckDBPyConnection, staged: str, outer: list[str], widths: dict[str, int]
) -> Indices | None:
    """The number of each combination of the outer columns that is there; None for too many."""
    cells = math.prod(widths[name] for name in outer)
    if cells > _MOST_CELLS // 4:
        return None
    names = ", ".join(f"coalesce({name}, 0) as {name}" for name in outer)
    asked = f"select distinct {names} from {staged} where flags = 0"
    found = connection.execute(asked).fetchnumpy()
    code = np.zeros(len(found[outer[0]]), np.int64)
    for name in outer:
        code = code * widths[name] + np.asarray(found[name], np.int64)
    place = np.full(cells, -1, np.int32)
    place[code] = np.arange(len(code), dtype=np.int32)
    return place


def _blocks(
    connection: duckdb.DuckDBPyConnection, staged: str, columns: list[str]
) -> Iterator[dict[str, Indices]]:
    names = ", ".join(f"coalesce({name}, 0)::integer as {name}" for name in columns)
    asked = connection.execute(f"select {names} from {staged} where flags = 0")
    for batch in asked.to_arrow_reader(_BLOCK_ROWS):
        yield {name: batch.column(name).to_numpy() for name in columns}


def _asked(connection: duckdb.DuckDBPyConnection, staged: str, names: str) -> bool:
    asked = f"select 1 from {staged} where flags = 0 group by {names} having count(*) > 1 limit 1"
    return connection.execute(asked).fetchone() is not None


def key_columns(contract: Contract) -> list[str]:
    """The stored columns that make a row's key, publication included where rows declare it."""
    if contract.subject in {"mesures", "cibles"}:
        return ["indicator_key", "organisation_key", "period_start", "period_end", "published_at"]
    stores = {f.name: f.store for f in contract.fields}
    return [*(stores[name] for name in contract.primary_key), "published_at"]


def tell_repeats(
    connection: duckdb.DuckDBPyConnection,
    staged: str,
    contract: Contract,
    columns: list[str],
    place: tuple[str, str],
) -> None:
    """Add to ``problems`` every repeated key, and to ``excluded`` the rows that may not load.

    Identical rows: all but the first are left out, with a notice. Different rows: all are refused.
    """
    keys = ", ".join(key_columns(contract))
    said = ", ".join(c for c in columns if c not in _IGNORED)
    connection.execute(
        "create or replace temp table repeats as select file_row_number, load_line, load_file,"
        f" count(*) over key as times, count(distinct hash({said})) over key as kinds,"
        f" min(load_line) over key as first_line, max(load_line) over key as last_line,"
        f" row_number() over (partition by {keys} order by file_row_number) as place"
        f" from {staged} where flags = 0 window key as (partition by {keys})"
    )
    connection.execute(_CONTRADICTED, list(place))
    connection.execute(_IDENTICAL, list(place))
    connection.execute(
        f"insert into excluded select file_row_number, if(kinds > 1, {REFUSED}, {REPEATED})"
        " from repeats where times > 1 and (kinds > 1 or place > 1)"
    )


_CONTRADICTED = """
    insert into problems select load_file, load_line, ?, ?, 'primary-key', 'error', null,
        json_object('other', case when place = 1 then last_line else first_line end)
    from repeats where times > 1 and kinds > 1
"""
_IDENTICAL = """
    insert into problems select load_file, load_line, ?, ?, 'duplicate-row', 'notice', null,
        json_object('other', first_line)
    from repeats where times > 1 and kinds = 1 and place > 1
"""
