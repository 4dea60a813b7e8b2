"""Two rows of one file with the same key: identical ones count once, different ones are refused."""

import duckdb
import numpy as np

from pilotage.intake.contract import Contract
from pilotage.intake.exclusion import REFUSED, REPEATED

_MOST_CELLS = 400_000_000
_IGNORED = {"load_line", "load_file", "flags", "found", "period_no", "file_row_number"}


def has_repeats(connection: duckdb.DuckDBPyConnection, staged: str, columns: list[str]) -> bool:
    """True when a key of whole numbers may stand twice; exact, by counting in a dense grid.

    ``staged`` is a table or Parquet scan; ``columns`` small non-negative whole numbers. Falls back
    on the engine where the grid would be too large.
    """
    names = ", ".join(columns)
    cells = connection.execute(f"select {names} from {staged} where flags = 0").fetchnumpy()
    arrays = [np.ma.filled(cells[name], 0).astype(np.int32) for name in columns]
    if not len(arrays[0]):
        return False
    code = np.zeros(len(arrays[0]), np.int32)
    for array in arrays:
        width = int(array.max()) + 1
        if (int(code.max()) + 1) * width > _MOST_CELLS:
            return _asked(connection, staged, names)
        code = code * width + array
        if array is not arrays[-1]:
            code = _renumbered(code)
    seen = np.zeros(int(code.max()) + 1, bool)
    seen[code] = True
    return int(seen.sum()) < len(code)


def _renumbered(
    code: np.ndarray[tuple[int], np.dtype[np.int32]],
) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    present = np.zeros(int(code.max()) + 1, bool)
    present[code] = True
    return (np.cumsum(present, dtype=np.int32) - 1)[code]


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
