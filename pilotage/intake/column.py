"""How one field of a contract becomes stored columns: the SQL that reads it and says it is sound.

Texts of few kinds (periods, dates, lists, keys) are read once each, in Python, into a small table
that the rows are joined with; numbers are cast by the engine, and the few texts its cast does not
read are looked up the same way.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import sqlalchemy as sa

from pilotage.domain.period import Period, PeriodKind, following, period_containing
from pilotage.intake.cell import SPREADSHEET_ERRORS, Cell, Parser, parser
from pilotage.intake.contract import Contract, Field
from pilotage.intake.reference import KEYS, KINDS_MASK
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
_SAMPLE = 100_000
_CONTROL_SQL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
_MOST_PERIODS = 20_000
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


def column_of(reading: Reading, described: Field, raw: str) -> Column:
    """The column that reads a field standing in raw column ``raw``."""
    made = _made(reading, Column(described, raw, {}, "false"))
    if described.required and described.kind != "period":
        return replace(made, bad=f"(raw_{described.name} is null or {made.bad})")
    return made


def _made(reading: Reading, blank: Column) -> Column:
    described, contract = blank.field, reading.contract
    if described.kind in {"number", "integer"}:
        return _number(reading, replace(blank, decimal=_decimal(reading, blank.raw)))
    reference = contract.foreign_keys.get(described.name)
    if reference and reference[0] in KEYS:
        return _reference(reading, blank, reference[0])
    if described.kind == "period":
        return _period(reading, blank)
    if described.kind in {"date", "boolean"} or described.values:
        return _mapped(reading, blank)
    return _written(blank)


def read_of(reading: Reading, column: Column) -> Parser:
    """The reading of one cell of this column, in Python."""
    return parser(column.field, column.decimal, reading.fiscal_month)


def stored_type(subject: str, described: Field) -> str:
    """The engine's type of a stored column."""
    column = TABLES[subject].c.get(described.store)
    if described.store == "indicator_ids":
        return "varchar[]"
    return _DUCK.get(type(column.type), "varchar") if column is not None else "varchar"


def register(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: dict[str, tuple[list[Any], pa.DataType]],
) -> None:
    """A small temp table from Python lists."""
    built = pa.table({key: pa.array(values, kind) for key, (values, kind) in columns.items()})
    connection.register("built_here", built)
    connection.execute(f"create or replace temp table {name} as select * from built_here")
    connection.unregister("built_here")


def _distinct(reading: Reading, raw: str) -> list[str]:
    asked = f"select distinct {raw} from {reading.source.sample} where {raw} is not null"
    return [row[0] for row in reading.connection.execute(asked).fetchall()]


def _decimal(reading: Reading, raw: str) -> str:
    """The decimal mark a column's cells show; comma, as in French, when none shows any."""
    commas = points = groups = 0
    for limit in (f"limit {_SAMPLE}", ""):
        asked = (
            "select count(*) filter (contains(v, ',')), count(*) filter (contains(v, '.')),"
            r" count(*) filter (regexp_full_match(v, '[+-]?[1-9]\d{0,2}(,\d{3})+'))"
            f" from (select {raw} as v from {reading.source.sample}"
            f" where {raw} is not null {limit})"
        )
        found = reading.connection.execute(asked).fetchone()
        commas, points, groups = found or (0, 0, 0)
        if commas or points:
            break
    if commas and commas == groups and (reading.source.delimiter == "," or points):
        return "."
    return "," if commas >= points else "."


def _number(reading: Reading, blank: Column) -> Column:
    """A number under one decimal mark; text with the other mark is looked up, never guessed."""
    name, store = blank.field.name, blank.field.store
    cell, other = f"r.{blank.raw}", "." if blank.decimal == "," else ","
    pointed = f"replace({cell}, ',', '.')" if blank.decimal == "," else cell
    expression, join, fixed = f"try_cast({pointed} as double)", "", ""
    fixes = _fixes(reading, blank, expression.replace("r.", ""), other)
    if fixes:
        texts, values = [f[0] for f in fixes], [f[1] for f in fixes]
        columns = {"text": (texts, pa.string()), "value": (values, pa.float64())}
        register(reading.connection, f"fix_{name}", columns)
        expression = f"coalesce(fix_{name}.value, {expression})"
        join = f"left join fix_{name} on {cell} = fix_{name}.text"
        fixed = f" and fixed_{name} is null"
    outside = [f"{store} is null", f"not isfinite({store})"]
    outside.append(f"(contains(raw_{name}, '{other}'){fixed})")
    if blank.field.minimum is not None:
        outside.append(f"{store} < {blank.field.minimum}")
    if blank.field.maximum is not None:
        outside.append(f"{store} > {blank.field.maximum}")
    if blank.field.kind == "integer":
        outside.append(f"{store} <> floor({store})")
    bad = f"(raw_{name} is not null and ({' or '.join(outside)}))"
    extra = (f"fix_{name}.value as fixed_{name}",) if fixes else ()
    return replace(blank, select={store: expression}, bad=bad, join=join, extra=extra)


def _fixes(reading: Reading, blank: Column, expression: str, other: str) -> list[tuple[str, float]]:
    """Texts the engine's cast does not read but the contract admits, with what they say.

    Looked for in the head; in the whole once a first staging met one further down.
    """
    limit = "" if blank.field.name in reading.odd else f" limit {_SAMPLE}"
    asked = (
        f"select distinct {blank.raw} from (select {blank.raw} from {reading.source.sample}{limit})"
        f" where {blank.raw} is not null and ({expression} is null or contains({blank.raw}, ?))"
    )
    read = read_of(reading, blank)
    texts = [row[0] for row in reading.connection.execute(asked, [other]).fetchall()]
    told: list[tuple[str, Cell]] = [(text, read(text)) for text in texts]
    found = [(text, cell.value) for text, cell in told if cell.value is not None]
    if found and limit:
        wider = replace(reading, odd=reading.odd | {blank.field.name})
        return _fixes(wider, blank, expression, other)
    return found


def _reference(reading: Reading, blank: Column, subject: str) -> Column:
    """A foreign key: known in the store, or named by the file where a subject names itself."""
    table, key = KEYS[subject]
    name, store = blank.field.name, blank.field.store
    _known_keys(reading, blank, table, key)
    known = f"m_{name}.{key} is not null"
    own = reading.source.columns.get(reading.contract.primary_key[0])
    if subject == reading.contract.subject and own:
        mine = f"select trim({own}) from {reading.source.table}"
        known = f"({known} or trim(r.{blank.raw}) in ({mine}))"
    value = f"m_{name}.{store}" if store.endswith("_key") else f"trim(r.{blank.raw})"
    return replace(
        blank,
        select={store: value},
        extra=(f"{known} as known_{name}",),
        join=f"left join m_{name} on r.{blank.raw} = m_{name}.text",
        bad=f"(raw_{name} is not null and not known_{name})",
    )


def _known_keys(reading: Reading, blank: Column, table: str, key: str) -> None:
    """``m_<field>``: each text and the reference row it names.

    Every text seen; of a file read in one pass, every known key under its own writing.
    """
    kinds = ""
    if table == "indicators":
        cases = " ".join(f"when '{f}' then {mask}" for f, mask in KINDS_MASK.items())
        kinds = f", (case k.frequency {cases} else 0 end)::integer as kinds"
    texts = f"select {key} as text from ref_{table}"
    if reading.source.is_whole:
        texts = f"select distinct {blank.raw} as text from {reading.source.table}"
    reading.connection.execute(
        f"create or replace temp table m_{blank.field.name} as select a.text, k.*{kinds}"
        f" from ({texts}) a left join ref_{table} k on trim(a.text) = k.{key}"
        " where a.text is not null"
    )


def _period(reading: Reading, blank: Column) -> Column:
    texts = _distinct(reading, blank.raw)
    cells = dict(zip(texts, map(read_of(reading, blank), texts), strict=True))
    if not reading.source.is_whole:
        cells |= _neighbours(reading, blank, cells)
    spans = [cell.value or (None, None, None) for cell in cells.values()]
    future = [span[1] is not None and span[1] > reading.now for span in spans]
    register(
        reading.connection,
        "m_periode",
        {
            "text": (list(cells), pa.string()),
            "ok": ([cell.code is None for cell in cells.values()], pa.bool_()),
            "kind": ([span[0] for span in spans], pa.int16()),
            "start": ([span[1] for span in spans], pa.timestamp("us")),
            "stop": ([span[2] for span in spans], pa.timestamp("us")),
            "no": (list(range(len(cells))), pa.int32()),
            "future": (future, pa.bool_()),
        },
    )
    return replace(
        blank,
        select={
            "period_kind": "m_periode.kind",
            "period_start": "m_periode.start",
            "period_end": "m_periode.stop",
            "period_no": "m_periode.no",
        },
        extra=("coalesce(m_periode.ok, false) as known_periode", "m_periode.future as ref_future"),
        join=f"left join m_periode on r.{blank.raw} = m_periode.text",
        bad="not known_periode",
    )


_WRITINGS = {"-": "%Y-%m-%d", "/": "%d/%m/%Y"}


def _neighbours(reading: Reading, blank: Column, cells: dict[str, Cell]) -> dict[str, Cell]:
    """The days between the first and the last one sampled, in the writing of the sample."""
    days = [c.value for c in cells.values() if c.value and c.value[0] == PeriodKind.DAY]
    if not days:
        return {}
    text = next(t for t, c in cells.items() if c.value and c.value[0] == PeriodKind.DAY)
    writing = "%d-%m-%Y" if text[2:3] == "-" else _WRITINGS["/" if "/" in text else "-"]
    first, last = min(d[1] for d in days), max(d[1] for d in days)
    margin = (last - first) / 8 + timedelta(days=31)  # a sample may miss both ends
    day, last, found = period_containing(PeriodKind.DAY, first - margin), last + margin, {}
    read = read_of(reading, blank)
    while day.start <= last and len(found) < _MOST_PERIODS:
        written = _written_day(day, writing)
        if written not in cells:
            found[written] = read(written)
        day = following(day)
    return found


def _written_day(day: Period, writing: str) -> str:
    return day.start.strftime(writing)


def _mapped(reading: Reading, blank: Column) -> Column:
    texts = _distinct(reading, blank.raw)
    cells = list(map(read_of(reading, blank), texts))
    name, store = blank.field.name, blank.field.store
    values = [None if cell.value is None else str(cell.value) for cell in cells]
    columns = {"text": (texts, pa.string()), "value": (values, pa.string())}
    register(reading.connection, f"m_{name}", columns)
    kind = stored_type(reading.contract.subject, blank.field)
    return replace(
        blank,
        select={store: f"m_{name}.value::{kind}"},
        extra=(f"m_{name}.value is not null as known_{name}",),
        join=f"left join m_{name} on r.{blank.raw} = m_{name}.text",
        bad=f"(raw_{name} is not null and not known_{name})",
    )


def _written(blank: Column) -> Column:
    name, longest = f"raw_{blank.field.name}", blank.field.max_length
    pattern = SPREADSHEET_ERRORS.pattern.removesuffix("$").replace("'", "''")
    wrong = [
        f"regexp_matches({name}, '{_CONTROL_SQL}')",
        f"(left({name}, 1) = '#' and regexp_full_match({name}, '{pattern}', 'i'))",
    ]
    if longest:
        wrong.append(f"length({name}) > {longest}")
    value = f"nullif(trim(r.{blank.raw}), '')"
    if blank.field.store == "indicator_ids":
        cell = f"coalesce(trim(r.{blank.raw}), '')"
        value = f"list_filter(string_split_regex({cell}, '[\\s|,;]+'), x -> x <> '')"
    bad = f"({name} is not null and ({' or '.join(wrong)}))"
    return replace(blank, select={blank.field.store: value}, bad=bad)
