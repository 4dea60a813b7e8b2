"""Why flagged rows are flagged: one problem per cell or rule, with its line, column and remedy."""

import json
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

import duckdb
import pyarrow as pa

from pilotage.i18n import N_
from pilotage.intake.cell import Cell, parser
from pilotage.intake.problem import RULES
from pilotage.intake.reference import KEYS
from pilotage.intake.staging import Column, Stage, register

_SUGGESTED = 50
_SIMILAR = 0.72

FREQUENCIES = {
    "hourly": N_("l'indicateur est horaire ; écrivez par exemple 2026-03-31T13"),
    "daily": N_("l'indicateur est quotidien ; écrivez par exemple 2026-03-31"),
    "weekly": N_("l'indicateur est hebdomadaire ; écrivez par exemple 2026-S14"),
    "monthly": N_("l'indicateur est mensuel ; écrivez par exemple 2026-03"),
    "quarterly": N_("l'indicateur est trimestriel ; écrivez par exemple 2026-T1 ou 2025-2026-T4"),
    "annual": N_("l'indicateur est annuel ; écrivez par exemple 2025-2026 ou 2026"),
    "at_most": N_("au plus"),
    "at_least": N_("au moins"),
}

PROBLEMS_SQL = (
    "create temp table problems (load_file varchar, line integer, column_letter varchar,"
    " column_name varchar, code varchar, severity varchar, found varchar, detail varchar)"
)


def diagnose(
    connection: duckdb.DuckDBPyConnection, made: Stage, flagged: str, context: dict[str, Any]
) -> set[str]:
    """Add to ``problems`` what the rows of ``flagged`` have; names of fields that must be staged again.

    A field must be staged again when a cell the engine could not read turns out to be sound.
    """
    again: set[str] = set()
    for column in made.columns:
        again |= _cells(connection, made, column, flagged, context)
    for bit, rule in made.rules:
        expected = _EXPECTED.get(rule.expected or "", "null")
        raw = made.source.columns.get(rule.column)
        place = made.source.labels.get(rule.column, (None, rule.column))
        joined = (
            f"left join m_indicateur_id on r.{made.source.columns['indicateur_id']} = m_indicateur_id.text"
            if rule.expected
            else ""
        )
        connection.execute(
            f"insert into problems select f.load_file, f.load_line, ?, ?, ?, ?, {f'r.{raw}' if raw else 'null'},"
            f" case when {expected} is null then null else json_object('expected', {expected}) end"
            f" from {flagged} f join {made.source.table} r on {_same_row(made)} {joined} where f.flags & ? <> 0",
            [*place, rule.code, rule.severity, 1 << bit],
        )
    return again


_EXPECTED = {
    "frequency": "(case m_indicateur_id.frequency "
    + " ".join(
        "when '{}' then '{}'".format(k, v.replace("'", "''")) for k, v in FREQUENCIES.items()
    )
    + " end)",
    "direction": "(case m_indicateur_id.direction when 'at_most' then 'au plus' else 'au moins' end)",
    "bounds": "(coalesce(m_indicateur_id.minimum::varchar, '−∞') || ' … '"
    " || coalesce(m_indicateur_id.maximum::varchar, '∞'))",
}


def _same_row(made: Stage) -> str:
    file = " and f.load_file is not distinct from r._file" if made.source.has_file else ""
    return f"f.load_line = r._line{file}"


def _cells(
    connection: duckdb.DuckDBPyConnection,
    made: Stage,
    column: Column,
    flagged: str,
    context: dict[str, Any],
) -> set[str]:
    texts = [
        row[0]
        for row in connection.execute(
            f"select distinct r.{column.raw} from {flagged} f join {made.source.table} r on {_same_row(made)}"
            " where f.flags & ? <> 0",
            [1 << column.bit],
        ).fetchall()
    ]
    if not texts:
        return set()
    read = _reader(connection, made, column, context)
    told = [Cell(code="required-value") if text is None else read(text) for text in texts]
    again = {column.field.name} if any(cell.value is not None for cell in told) else set()
    _record(connection, made, column, flagged, list(zip(texts, told, strict=True)))
    return again


def _record(
    connection: duckdb.DuckDBPyConnection,
    made: Stage,
    column: Column,
    flagged: str,
    told: list[tuple[str | None, Cell]],
) -> None:
    wrong = [(text, cell) for text, cell in told if cell.code]
    details = [json.dumps(c.detail, ensure_ascii=False) if c.detail else None for _, c in wrong]
    register(
        connection,
        "told",
        {
            "text": ([text for text, _ in wrong], pa.string()),
            "code": ([c.code for _, c in wrong], pa.string()),
            "severity": ([str(RULES[c.code or ""][0]) for _, c in wrong], pa.string()),
            "detail": (details, pa.string()),
        },
    )
    connection.execute(
        f"insert into problems select f.load_file, f.load_line, ?, ?, t.code, t.severity, r.{column.raw}, t.detail"
        f" from {flagged} f join {made.source.table} r on {_same_row(made)}"
        f" join told t on t.text is not distinct from r.{column.raw} where f.flags & ? <> 0",
        [*made.source.labels[column.field.name], 1 << column.bit],
    )


def _reader(
    connection: duckdb.DuckDBPyConnection, made: Stage, column: Column, context: dict[str, Any]
) -> Callable[[str], Cell]:
    reference = made.contract.foreign_keys.get(column.field.name)
    if not reference or reference[0] not in KEYS:
        return parser(column.field, column.decimal, context["fiscal_month"])
    table, key = KEYS[reference[0]]
    # Only one's own identifiers are suggested: a typing error must not list other people's.
    known = [
        row[0]
        for row in connection.execute(f"select {key} from ref_{table} where loadable").fetchall()
    ]
    asked = 0

    def unknown(text: str) -> Cell:
        nonlocal asked
        asked += 1
        nearest = get_close_matches(text.strip(), known, 1, _SIMILAR) if asked <= _SUGGESTED else []
        return Cell(code="foreign-key", detail={"suggestion": nearest[0] if nearest else ""})

    return unknown


def warn(connection: duckdb.DuckDBPyConnection, made: Stage) -> None:
    """Tell what is kept but looked odd: text that starts as a formula, a mixed decimal mark."""
    for column in made.columns:
        if column.join.startswith(f"left join fix_{column.field.name}"):
            _mixed(connection, made, column)
        if column.field.kind == "string" and not column.join:
            connection.execute(
                "insert into problems select "
                f"{'r._file' if made.source.has_file else 'null'}, r._line, ?, ?, 'formula-text', 'warning', r.{column.raw}, null"
                f" from {made.source.table} r where left(r.{column.raw}, 1) in ('=', '@', '+', '-')"
                f" and not regexp_matches(r.{column.raw}, '^[+-]\\s*[0-9.,]')",
                list(made.source.labels[column.field.name]),
            )


def _mixed(connection: duckdb.DuckDBPyConnection, made: Stage, column: Column) -> None:
    read = parser(column.field, column.decimal, 4)
    texts = [
        row[0] for row in connection.execute(f"select text from fix_{column.field.name}").fetchall()
    ]
    mixed = [(text, cell) for text in texts if (cell := read(text)).code == "mixed-decimal"]
    if not mixed:
        return
    register(
        connection,
        "told",
        {
            "text": ([t for t, _ in mixed], pa.string()),
            "detail": ([json.dumps(c.detail) for _, c in mixed], pa.string()),
        },
    )
    connection.execute(
        f"insert into problems select {'r._file' if made.source.has_file else 'null'}, r._line, ?, ?,"
        f" 'mixed-decimal', 'warning', r.{column.raw}, t.detail"
        f" from {made.source.table} r join told t on t.text = r.{column.raw}",
        list(made.source.labels[column.field.name]),
    )
