"""Why flagged rows are flagged: one problem per cell or rule, with its line, column and remedy."""

import json
from difflib import get_close_matches

import duckdb
import pyarrow as pa

from pilotage.i18n import N_
from pilotage.intake.cell import Cell, Parser
from pilotage.intake.code import RULES
from pilotage.intake.column import Column, Lists, Reading, read_of, register
from pilotage.intake.reference import KEYS
from pilotage.intake.rule import Rule
from pilotage.intake.staging import Stage

_SUGGESTED = 50
_SIMILAR = 0.72

EXPECTATIONS = {
    "hourly": N_("l'indicateur est horaire ; écrivez par exemple 2026-03-31T13"),
    "daily": N_("l'indicateur est quotidien ; écrivez par exemple 2026-03-31"),
    "weekly": N_("l'indicateur est hebdomadaire ; écrivez par exemple 2026-S14"),
    "monthly": N_("l'indicateur est mensuel ; écrivez par exemple 2026-03"),
    "quarterly": N_("l'indicateur est trimestriel ; écrivez par exemple 2026-T1 ou 2025-2026-T4"),
    "annual": N_("l'indicateur est annuel ; écrivez par exemple 2025-2026 ou 2026"),
    "at_most": N_("au plus : remplissez cible_max"),
    "at_least": N_("au moins : remplissez cible_min"),
}
"""What a rule expects, by the word the reference holds."""


def diagnose(reading: Reading, made: Stage, flagged: str) -> frozenset[str]:
    """Add to ``problems`` what the rows of ``flagged`` have; fields that must be staged again.

    ``flagged`` has load_line, load_file, flags and the ``found_…`` cells. A field must be staged
    again when a cell that the engine could not read turns out to be sound.
    """
    again: set[str] = set()
    for bit, column in enumerate(made.columns):
        again |= _cells(reading, made, column, bit, flagged)
    for bit, rule in made.rules:
        _broken(reading.connection, made, rule, bit, flagged)
    return frozenset(again)


def _broken(
    connection: duckdb.DuckDBPyConnection, made: Stage, rule: Rule, bit: int, flagged: str
) -> None:
    place = made.source.labels.get(rule.column, (None, rule.column))
    found = f"f.found_{rule.column}" if rule.column in made.source.columns else "null"
    expected, joined = "null::varchar", ""
    if rule.expected:
        expected = _EXPECTED[rule.expected]
        joined = "left join m_indicateur_id m on f.found_indicateur_id = m.text"
    connection.execute(
        f"insert into problems select f.load_file, f.load_line, ?, ?, ?, ?, {found},"
        f" case when {expected} is not null then json_object('expected', {expected}) end"
        f" from {flagged} f {joined} where f.flags & ? <> 0",
        [*place, rule.code, rule.severity, 1 << bit],
    )


def _spoken(column: str, words: tuple[str, ...]) -> str:
    cases = (f"when '{w}' then '{EXPECTATIONS[w].replace(chr(39), chr(39) * 2)}'" for w in words)
    return f"(case m.{column} {' '.join(cases)} end)"


_EXPECTED = {
    "frequency": _spoken(
        "frequency", ("hourly", "daily", "weekly", "monthly", "quarterly", "annual")
    ),
    "direction": _spoken("direction", ("at_most", "at_least")),
    "ratio": (
        "(case when m.unit in ('%', 'pourcentage', 'percent') then 100.0"
        " when m.unit = '‰' then 1000.0 else 1.0 end"
        " * try_cast(regexp_replace(replace(f.found_numerateur, ',', '.'), '[^0-9.-]', '', 'g')"
        " as double) / try_cast("
        "regexp_replace(replace(f.found_denominateur, ',', '.'), '[^0-9.-]', '', 'g') as double))"
    ),
    "bounds": "(coalesce(m.minimum::varchar, '−∞') || ' … ' || coalesce(m.maximum::varchar, '∞'))",
}


def _cells(reading: Reading, made: Stage, column: Column, bit: int, flagged: str) -> set[str]:
    name = column.field.name
    asked = f"select distinct found_{name} from {flagged} where flags & ? <> 0"
    texts = [row[0] for row in reading.connection.execute(asked, [1 << bit]).fetchall()]
    if not texts:
        return set()
    read = _reader(reading, column)
    told = [Cell(code="required-value") if text is None else read(text) for text in texts]
    _record(reading.connection, made, column, bit, flagged, list(zip(texts, told, strict=True)))
    return {name} if any(cell.value is not None for cell in told) else set()


def _record(
    connection: duckdb.DuckDBPyConnection,
    made: Stage,
    column: Column,
    bit: int,
    flagged: str,
    told: list[tuple[str | None, Cell]],
) -> None:
    wrong = [(text, cell) for text, cell in told if cell.code]
    details = [json.dumps(c.detail, ensure_ascii=False) if c.detail else None for _, c in wrong]
    columns: Lists = {
        "text": ([text for text, _ in wrong], pa.string()),
        "code": ([c.code for _, c in wrong], pa.string()),
        "severity": ([str(RULES[c.code or ""][0]) for _, c in wrong], pa.string()),
        "detail": (details, pa.string()),
    }
    register(connection, "told", columns)
    found = f"f.found_{column.field.name}"
    connection.execute(
        f"insert into problems select f.load_file, f.load_line, ?, ?, t.code, t.severity, {found},"
        f" t.detail from {flagged} f join told t on t.text is not distinct from {found}"
        " where f.flags & ? <> 0",
        [*made.source.labels[column.field.name], 1 << bit],
    )


def _reader(reading: Reading, column: Column) -> Parser:
    reference = reading.contract.foreign_keys.get(column.field.name)
    if not reference or reference[0] not in KEYS:
        return read_of(reading, column)
    table, key = KEYS[reference[0]]
    rows = reading.connection.execute(f"select {key}, loadable from ref_{table}").fetchall()
    known = {row[0] for row in rows}
    # Only one's own identifiers are suggested: a typing error must not list other people's.
    mine = [row[0] for row in rows if row[1]]
    asked = 0

    def unknown(text: str) -> Cell:
        nonlocal asked
        if text.strip() in known:
            return Cell(text.strip())
        asked += 1
        nearest = get_close_matches(text.strip(), mine, 1, _SIMILAR) if asked <= _SUGGESTED else []
        return Cell(code="foreign-key", detail={"suggestion": nearest[0] if nearest else ""})

    return unknown
