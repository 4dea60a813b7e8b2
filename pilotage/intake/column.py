"""What the reading of one column needs and gives, in SQL.

Texts of few kinds (periods, dates, lists, keys) are read once each, in Python, into a small table
that the rows are joined with; numbers are cast by the engine, and the few texts its cast does not
read are looked up the same way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa
import sqlalchemy as sa

from pilotage.intake.cell import Parser, parser
from pilotage.intake.contract import Contract, Field
from pilotage.store import tables

TABLES = {
    "organisations": tables.organisations,
    "plans": tables.plans,
    "objectifs": tables.objectives,
    "indicateurs": tables.indicators,
    "liens": tables.indicator_links,
    "cibles": tables.targets,
    "mesures": tables.measurements,
    "bloquants": tables.blockers,
    "actions": tables.actions,
}
Lists = Mapping[str, tuple[Sequence[Any], pa.DataType]]
"""Column → its values and their type."""
_DUCK = {
    sa.Integer: "integer",
    sa.SmallInteger: "smallint",
    sa.Date: "date",
    sa.DateTime: "timestamp",
    sa.Double: "double",
    sa.Boolean: "boolean",
}


@dataclass(frozen=True)
class Source:
    """A table of text: its SQL name, the column of each field, and where texts are learnt from.

    ``sample`` is the table itself when it is at hand; of a file read in one pass it is a sample,
    and then a text met later may be flagged although it is sound (``Stage`` is made again).
    """

    table: str
    columns: dict[str, str]
    labels: dict[str, tuple[str, str]]
    has_file: bool
    sample: str
    delimiter: str

    @property
    def is_whole(self) -> bool:
        """True when every text has been seen before the rows are read."""
        return self.sample == self.table


@dataclass(frozen=True)
class Reading:
    """What reading one column depends on."""

    connection: duckdb.DuckDBPyConnection
    contract: Contract
    source: Source
    now: datetime
    fiscal_month: int
    odd: frozenset[str]


@dataclass(frozen=True)
class Column:
    """One field in SQL: ``select`` and ``extra`` give columns of the first level, ``bad`` is said
    in their names and in ``raw_<field>``.
    """

    field: Field
    raw: str
    select: dict[str, str]
    bad: str
    join: str = ""
    extra: tuple[str, ...] = ()
    decimal: str = ","
    months_first: bool = False


def read_of(reading: Reading, column: Column) -> Parser:
    """The reading of one cell of this column, in Python."""
    return parser(
        column.field, column.decimal, reading.fiscal_month, months_first=column.months_first
    )


def stored_type(subject: str, described: Field) -> str:
    """The engine's type of a stored column."""
    column = TABLES[subject].c.get(described.store)
    if described.store == "indicator_ids":
        return "varchar[]"
    return _DUCK.get(type(column.type), "varchar") if column is not None else "varchar"


def register(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Lists,
) -> None:
    """A small temp table from Python lists."""
    built = pa.table({key: pa.array(values, kind) for key, (values, kind) in columns.items()})
    connection.register("built_here", built)
    connection.execute(f"create or replace temp table {name} as select * from built_here")
    connection.unregister("built_here")


def distinct_texts(reading: Reading, raw: str) -> list[str]:
    """Every text of a raw column, once."""
    asked = f"select distinct {raw} from {reading.source.sample} where {raw} is not null"
    return [row[0] for row in reading.connection.execute(asked).fetchall()]
