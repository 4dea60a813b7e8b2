"""A rate written as a fraction: 0.85 where the unit says 85 %."""

from pathlib import Path

import duckdb

from pilotage.intake.staging import Stage

_FEWEST = 3
_RATES = "select indicator_key from ref_indicators where unit = '%' and coalesce(maximum, 100) > 1"


def tell_fractions(
    connection: duckdb.DuckDBPyConnection, made: Stage, path: Path, first_line: int | None = None
) -> None:
    """Warn once for each percentage series of which every value, three at least, lies in 0…1.

    ``first_line``: physical line of the first row where lines are positions.
    """
    if made.contract.subject != "mesures" or "valeur" not in made.source.columns:
        return
    rates = connection.execute(f"{_RATES} limit 1").fetchone()
    if rates is None:
        return
    sound = f"flags & {made.error_mask} = 0 and indicator_key in ({_RATES})"
    connection.execute(_suspects(path, sound, first_line))
    place = made.source.labels["valeur"]
    connection.execute(_TOLD, [*place])


def _suspects(path: Path, sound: str, first_line: int | None) -> str:
    """Values in 0…1 first, which are few; then the series among them with no other value."""
    line, file = "load_line", "load_file"
    if first_line is not None:
        line, file = f"(file_row_number + {first_line})::integer", "null::varchar"
    scan = f"read_parquet('{path}', file_row_number = true)"
    return (
        "create or replace temp table fractions as with inside as ("
        "select indicator_key, organisation_key,"
        f" min({{'line': {line}, 'file': {file}, 'value': value}}) as first_row"
        f" from {scan} where value between 0 and 1 and {sound} group by all"
        f" having count(*) >= {_FEWEST} and count(*) filter (value > 0 and value < 1) > 0)"
        " select i.first_row from inside i anti join"
        f" (select indicator_key, organisation_key from {scan}"
        f" where (value < 0 or value > 1) and {sound}) o"
        " on o.indicator_key = i.indicator_key and o.organisation_key = i.organisation_key"
    )


_TOLD = """
    insert into problems select first_row.file, first_row.line, ?, ?, 'rate-as-fraction', 'warning',
        replace(first_row.value::varchar, '.', ','), null
    from fractions
"""
