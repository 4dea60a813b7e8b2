"""One subject's rows, from text to typed columns, every row flagged with what is wrong with it.

A *flag* is one bit: one for each column that cannot be read, one for each rule of the subject. The
whole table is staged in one pass; only flagged rows are looked at again to say why.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb
import pyarrow as pa
import sqlalchemy as sa

from pilotage.intake.cell import SPREADSHEET_ERRORS, Cell, parser
from pilotage.intake.contract import Contract, Field
from pilotage.intake.raw import letter
from pilotage.intake.reference import KEYS, KINDS_MASK, OWNED_BY
from pilotage.intake.rule import Rule, rules_of
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
_DEFAULTS = {
    ("mesures", "state"): "0",
    ("indicateurs", "visibility"): "'government'",
    ("indicateurs", "time_aggregation"): "'last'",
    ("indicateurs", "roll_up"): "'none'",
    ("bloquants", "state"): "'open'",
    ("actions", "state"): "'to_do'",
    ("actions", "kind"): "'action'",
}
_CONTROL_SQL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"


@dataclass(frozen=True)
class Source:
    """A raw table: its SQL name, the column that holds each field, and whether rows name a file."""

    table: str
    columns: dict[str, str]
    labels: dict[str, tuple[str, str]]
    has_file: bool


@dataclass(frozen=True)
class Column:
    """How one field becomes one or several stored columns."""

    field: Field
    raw: str
    bit: int
    select: dict[str, str]
    join: str
    bad: str
    decimal: str = ","


@dataclass
class Stage:
    """What staging one subject found and made."""

    contract: Contract
    source: Source
    columns: list[Column] = field(default_factory=list)
    rules: list[tuple[int, Rule]] = field(default_factory=list)

    @property
    def error_mask(self) -> int:
        """The flags that refuse a row."""
        mask = sum(1 << column.bit for column in self.columns)
        return mask + sum(1 << bit for bit, rule in self.rules if rule.severity == "error")

    @property
    def skip_mask(self) -> int:
        """The flags of rows that say nothing."""
        return sum(1 << bit for bit, rule in self.rules if rule.skips)


def source_of(table: str, labels: Iterable[str], contract: Contract, has_file: bool) -> Source:
    """Where each field of the contract stands in a raw table whose columns are ``c0…cn``."""
    columns, shown = {}, {}
    for index, label in enumerate(labels):
        known = contract.field_of(label)
        if known and known.name not in columns:
            columns[known.name] = f"c{index}"
            shown[known.name] = (letter(index), label)
    return Source(table, columns, shown, has_file)


def stage(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    source: Source,
    delimiter: str,
    context: dict[str, Any],
) -> Stage:
    """How every row of the source is typed and judged; ``select`` says it in SQL."""
    made = Stage(contract, source)
    for described in contract.fields:
        raw = source.columns.get(described.name)
        if raw:
            made.columns.append(
                _column(
                    connection,
                    contract,
                    described,
                    raw,
                    len(made.columns),
                    source,
                    delimiter,
                    context,
                )
            )
    first = len(contract.fields)
    present = set(source.columns)
    made.rules = [
        (first + index, rule)
        for index, rule in enumerate(rules_of(contract.subject, context["owns_all"]))
        if rule.needs <= present
    ]
    return made


def select(made: Stage) -> str:
    """The SELECT that types every row; columns as stored, then load_line, load_file, flags."""
    subject = made.contract.subject
    told = {name: sql for c in made.columns for name, sql in c.select.items()}
    stored = {**_silent(made), **told}
    for (owner, name), default in _DEFAULTS.items():
        if owner == subject:
            stored[name] = f"coalesce({stored[name]}, {default})"
    parts = [f"{sql} as {name}" for name, sql in stored.items()]
    flags = [f"(case when {c.bad} then {1 << c.bit} else 0 end)::bigint" for c in made.columns]
    inner = (
        f"select {', '.join(parts)}, r._line as load_line,"
        f" {'r._file' if made.source.has_file else 'null::varchar'} as load_file,"
        f" {' | '.join(flags) or '0::bigint'} as flags{_compared(made)}{_extras(made)}"
        f" from {made.source.table} r {' '.join(c.join for c in made.columns)}"
    )
    checks = [
        f"(case when {rule.condition} then {1 << bit} else 0 end)::bigint"
        for bit, rule in made.rules
    ]
    kept = ", ".join([*stored, "load_line", "load_file"])
    return f"select {kept}, {' | '.join(['flags', *checks])} as flags from ({inner})"


def _silent(made: Stage) -> dict[str, str]:
    """Columns of the contract that the file does not have, as nulls of their type."""
    present = {c.field.name for c in made.columns}
    silent = {}
    for described in made.contract.fields:
        if described.name not in present and described.kind != "period":
            silent[described.store] = f"null::{stored_type(made.contract.subject, described)}"
    return silent


def stored_type(subject: str, described: Field) -> str:
    """The engine's type of a stored column."""
    column = TABLES[subject].c.get(described.store)
    if described.store == "indicator_ids":
        return "varchar[]"
    return _DUCK.get(type(column.type), "varchar") if column is not None else "varchar"


def _compared(made: Stage) -> str:
    """Raw cells that rules look at, as ``raw_<field>``; null where the file has no such column."""
    conditions = " ".join(rule.condition for _, rule in made.rules)
    present = {c.field.name: c.raw for c in made.columns}
    return "".join(
        f", {'r.' + present[f.name] if f.name in present else 'null::varchar'} as raw_{f.name}"
        for f in made.contract.fields
        if f"raw_{f.name} " in conditions + " "
    )


def _extras(made: Stage) -> str:
    """Reference columns that rules compare with; not kept."""
    names, subject = {column.field.name for column in made.columns}, made.contract.subject
    parts = []
    if subject in {"mesures", "cibles"} and "indicateur_id" in names:
        parts += [
            f"m_indicateur_id.{name} as ref_{name}"
            for name in ("minimum", "maximum", "direction", "unit", "kinds")
        ]
    if OWNED_BY[subject] in names:
        parts.append(f"m_{OWNED_BY[subject]}.loadable as ref_loadable")
    if subject in KEYS:
        table, key = KEYS[subject]
        own = f"(select any_value(k.loadable) from ref_{table} k where k.{key} = trim(r.{made.source.columns[made.contract.primary_key[0]]}))"
        parts.append(f"{own} as ref_own")
    if "periode" in names:
        parts.append("m_periode.future as ref_future")
    return "".join(f", {part}" for part in parts)


def _column(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    described: Field,
    raw: str,
    bit: int,
    source: Source,
    delimiter: str,
    context: dict[str, Any],
) -> Column:
    cell = f"r.{raw}"
    needed = f"{cell} is null or " if described.required else ""
    decimal = (
        _decimal(connection, source.table, raw, delimiter)
        if described.kind in {"number", "integer"}
        else ","
    )
    read = parser(described, decimal, context["fiscal_month"])
    blank = Column(described, raw, bit, {}, "", "false", decimal)
    if described.kind in {"number", "integer"}:
        return _number(connection, blank, source, cell, needed, read, context)
    reference = contract.foreign_keys.get(described.name)
    if reference and KEYS.get(reference[0]):
        return _reference(connection, contract, blank, source, cell, needed, reference[0], context)
    if described.kind == "period":
        return _period(connection, blank, source, cell, read, context)
    if described.kind == "date" or described.values or described.kind == "boolean":
        return _mapped(connection, contract, blank, source, cell, needed, read)
    return _written(blank, described, cell, needed)


def _decimal(connection: duckdb.DuckDBPyConnection, table: str, raw: str, delimiter: str) -> str:
    """The decimal mark a column's cells show; comma, as in French, when none shows any."""
    for limit in (f"limit {_SAMPLE}", ""):
        asked = (
            "select count(*) filter (contains(v, ',')), count(*) filter (contains(v, '.')),"
            r" count(*) filter (regexp_full_match(v, '[+-]?[1-9]\d{0,2}(,\d{3})+'))"
            f" from (select {raw} as v from {table} where {raw} is not null {limit})"
        )
        commas, points, groups = connection.execute(asked).fetchone() or (0, 0, 0)
        if commas or points:
            break
    if commas and commas == groups and (delimiter == "," or points):
        return "."
    return "," if commas >= points else "."


def _distinct(connection: duckdb.DuckDBPyConnection, table: str, raw: str) -> list[str]:
    asked = f"select distinct {raw} from {table} where {raw} is not null"
    return [row[0] for row in connection.execute(asked).fetchall()]


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


def _number(
    connection: duckdb.DuckDBPyConnection,
    blank: Column,
    source: Source,
    cell: str,
    needed: str,
    read: Any,
    context: dict[str, Any],
) -> Column:
    marks = "translate({c}, ',.', '.,')" if blank.decimal == "," else "{c}"
    expression = f"try_cast({marks.format(c=cell)} as double)"
    kind = "::integer" if blank.field.kind == "integer" else ""
    low, high = blank.field.minimum, blank.field.maximum
    limits = "".join(
        [
            f" or {expression} < {low}" if low is not None else "",
            f" or {expression} > {high}" if high is not None else "",
        ]
    )
    fixes = _fixes(connection, blank, source, expression.replace("r.", ""), read, context)
    name = f"fix_{blank.field.name}"
    if fixes:
        register(
            connection,
            name,
            {
                "text": ([f[0] for f in fixes], pa.string()),
                "value": ([f[1] for f in fixes], pa.float64()),
            },
        )
        expression = f"coalesce({expression}, {name}.value)"
    join = f"left join {name} on {cell} = {name}.text" if fixes else ""
    odd = f"({cell} is not null and ({expression} is null or not isfinite({expression}){limits}))"
    whole = f" or {expression} <> floor({expression})" if kind else ""
    return replace(
        blank,
        select={blank.field.store: f"{f'trunc({expression})' if kind else expression}{kind}"},
        join=join,
        bad=f"{needed}{odd}{whole}",
    )


def _fixes(
    connection: duckdb.DuckDBPyConnection,
    blank: Column,
    source: Source,
    expression: str,
    read: Any,
    context: dict[str, Any],
) -> list[tuple[str, float]]:
    """Texts the engine's cast does not read but the contract admits, with what they say.

    Looked for in the head; in the whole once a first staging met one further down.
    """
    limit = "" if blank.field.name in context["odd"] else f" limit {_SAMPLE}"
    asked = (
        f"select distinct {blank.raw} from (select {blank.raw} from {source.table}{limit})"
        f" where {blank.raw} is not null and {expression} is null"
    )
    told: list[tuple[str, Cell]] = [
        (row[0], read(row[0])) for row in connection.execute(asked).fetchall()
    ]
    found = [(text, cell.value) for text, cell in told if cell.value is not None]
    if found and limit:
        context["odd"].add(blank.field.name)
        return _fixes(connection, blank, source, expression, read, context)
    return found


def _reference(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    blank: Column,
    source: Source,
    cell: str,
    needed: str,
    subject: str,
    context: dict[str, Any],
) -> Column:
    """A foreign key: known in the store, or named by the file itself where a subject refers to itself."""
    table, key = KEYS[subject]
    name = f"m_{blank.field.name}"
    texts = _distinct(connection, source.table, blank.raw)
    register(connection, "asked", {"text": (texts, pa.string())})
    connection.execute(
        f"create or replace temp table {name} as select a.text, k.*"
        f"{_kinds() if table == 'indicators' else ''} from asked a"
        f" left join ref_{table} k on trim(a.text) = k.{key}"
    )
    known = f"{name}.{key} is not null"
    if subject == contract.subject:
        own = source.columns.get(contract.primary_key[0])
        if own:
            known = f"({known} or trim({cell}) in (select trim({own}) from {source.table}))"
    stored = blank.field.store
    value = f"{name}.{stored}" if stored.endswith("_key") else f"trim({cell})"
    return replace(
        blank,
        select={stored: value},
        join=f"left join {name} on {cell} = {name}.text",
        bad=f"{needed}({cell} is not null and not {known})",
    )


def _kinds() -> str:
    cases = " ".join(f"when '{frequency}' then {mask}" for frequency, mask in KINDS_MASK.items())
    return f", (case k.frequency {cases} else 0 end)::integer as kinds"


def _period(
    connection: duckdb.DuckDBPyConnection,
    blank: Column,
    source: Source,
    cell: str,
    read: Any,
    context: dict[str, Any],
) -> Column:
    texts = _distinct(connection, source.table, blank.raw)
    cells = [read(text) for text in texts]
    spans = [c.value or (None, None, None) for c in cells]
    now = context["now"]
    register(
        connection,
        "m_periode",
        {
            "text": (texts, pa.string()),
            "ok": ([c.code is None for c in cells], pa.bool_()),
            "kind": ([s[0] for s in spans], pa.int16()),
            "start": ([s[1] for s in spans], pa.timestamp("us")),
            "stop": ([s[2] for s in spans], pa.timestamp("us")),
            "no": (list(range(len(texts))), pa.int32()),
            "future": ([s[1] is not None and s[1] > now for s in spans], pa.bool_()),
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
        join=f"left join m_periode on {cell} = m_periode.text",
        bad=f"({cell} is null or not m_periode.ok)",
    )


_DUCK = {
    sa.Integer: "integer",
    sa.SmallInteger: "smallint",
    sa.Date: "date",
    sa.DateTime: "timestamp",
    sa.Double: "double",
    sa.Boolean: "boolean",
}


def _mapped(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    blank: Column,
    source: Source,
    cell: str,
    needed: str,
    read: Any,
) -> Column:
    texts = _distinct(connection, source.table, blank.raw)
    cells = [read(text) for text in texts]
    name = f"m_{blank.field.name}"
    register(
        connection,
        name,
        {
            "text": (texts, pa.string()),
            "value": ([None if c.value is None else str(c.value) for c in cells], pa.string()),
        },
    )
    return replace(
        blank,
        select={blank.field.store: f"{name}.value::{stored_type(contract.subject, blank.field)}"},
        join=f"left join {name} on {cell} = {name}.text",
        bad=f"{needed}({cell} is not null and {name}.value is null)",
    )


def _written(blank: Column, described: Field, cell: str, needed: str) -> Column:
    longest = f" or length({cell}) > {described.max_length}" if described.max_length else ""
    pattern = SPREADSHEET_ERRORS.pattern.removesuffix("$").replace("'", "''")
    value = f"nullif(trim({cell}), '')"
    if described.store == "indicator_ids":
        value = f"list_filter(string_split_regex(coalesce(trim({cell}), ''), '[\\s|,;]+'), x -> x <> '')"
    return replace(
        blank,
        select={described.store: value},
        bad=(
            f"{needed}({cell} is not null and (regexp_matches({cell}, '{_CONTROL_SQL}')"
            f" or (left({cell}, 1) = '#' and regexp_full_match({cell}, '{pattern}', 'i')){longest}))"
        ),
    )
