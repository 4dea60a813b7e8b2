"""Small tables looked up by position instead of joined: rows stay in the order of the file.

The engine's hash join does not keep the order of a CSV file read by several threads, whatever its
settings; a projection does. And in a file read in one pass, a row's line *is* its position.
"""

import re
from dataclasses import dataclass

import duckdb


@dataclass(frozen=True)
class Lookup:
    """One small table: the raw column whose text is looked up, and what each other column says.

    ``said`` gives SQL over ``r.at_<table>``, the place of the row's text; null where it has none.
    """

    table: str
    raw: str
    said: dict[str, str]

    @property
    def place(self) -> str:
        """The place of a row's text in the table, from 1."""
        return f"enum_code(try_cast({self.raw} as e_{self.table})) + 1"


def prepared(connection: duckdb.DuckDBPyConnection, table: str, raw: str) -> Lookup:
    """Make an enumeration of a table's texts, and a list per column that is not all the same."""
    connection.execute(f"create type e_{table} as enum (select text from {table} order by rowid)")
    described = connection.execute(f"describe {table}").fetchall()
    said = {}
    for column, kind in ((row[0], row[1]) for row in described if row[0] != "text"):
        at = f"r.at_{table}"
        (kinds, nulls, one) = connection.execute(
            f"select count(distinct {column}), count(*) - count({column}),"
            f" any_value({column})::varchar from {table}"
        ).fetchone() or (0, 0, None)
        if kinds == 0:
            said[column] = f"null::{kind}"
        elif kinds == 1 and nulls == 0:
            said[column] = f"(case when {at} is not null then '{one}'::{kind} end)"
        else:
            listed = f"select list({column} order by rowid) from {table}"
            connection.execute(f"set variable {table}_{column} = ({listed})")
            said[column] = f"getvariable('{table}_{column}')[{at}]"
    return Lookup(table, raw, said)


def looked_up(typed: str, table: str, lookups: list[Lookup]) -> str:
    """The SELECT ``typed`` over ``{rows} r``, each ``m_x.column`` said by position."""
    for lookup in lookups:

        def said(match: re.Match[str], of: Lookup = lookup) -> str:
            return of.said[match[1]]

        typed = re.sub(rf"\b{lookup.table}\.(\w+)", said, typed)
    places = "".join(f", {lookup.place} as at_{lookup.table}" for lookup in lookups)
    return typed.replace("{rows}", f"(select *{places} from {table})")
