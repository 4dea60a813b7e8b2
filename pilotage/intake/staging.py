"""One subject's rows, from text to typed columns, every row flagged with what is wrong with it.

A *flag* is one bit: one for each column that cannot be read, one for each rule of the subject. The
table is staged in one pass, and the text of flagged rows alone goes with it, to say why.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pilotage.intake.column import Column, Reading, Source, stored_type
from pilotage.intake.contract import Contract
from pilotage.intake.field_column import column_of
from pilotage.intake.lookup import Lookup, looked_up, prepared
from pilotage.intake.raw import letter
from pilotage.intake.reference import KEYS, OWNED_BY
from pilotage.intake.rule import Rule, formula_rule, invisible_rule, mixed_rule, rules_of

_DEFAULTS = {
    ("mesures", "state"): "0",
    ("indicateurs", "visibility"): "'government'",
    ("indicateurs", "time_aggregation"): "'last'",
    ("indicateurs", "roll_up"): "'none'",
    ("bloquants", "state"): "'open'",
    ("bloquants", "level_since"): "raised_on",
    ("actions", "state"): "'to_do'",
    ("actions", "kind"): "'action'",
}
"""What an empty cell means, by subject and stored column."""


@dataclass
class Stage:
    """How one subject is staged: its columns, each with the bit of its position, and its rules."""

    contract: Contract
    source: Source
    columns: list[Column] = field(default_factory=list)
    rules: list[tuple[int, Rule]] = field(default_factory=list)
    lookups: list[Lookup] = field(default_factory=list)

    @property
    def error_mask(self) -> int:
        """The flags that refuse a row."""
        mask = (1 << len(self.columns)) - 1
        return mask + sum(1 << bit for bit, rule in self.rules if rule.severity == "error")

    @property
    def skip_mask(self) -> int:
        """The flags of rows that say nothing."""
        return sum(1 << bit for bit, rule in self.rules if rule.skips)


def source_of(
    table: str,
    labels: Iterable[str],
    contract: Contract,
    delimiter: str,
    sample: str | None = None,
    has_file: bool = False,
) -> Source:
    """Where each field of the contract stands in a raw table whose columns are ``c0…cn``."""
    columns, shown = {}, {}
    for index, label in enumerate(labels):
        known = contract.field_of(label)
        if known and known.name not in columns:
            columns[known.name] = f"c{index}"
            shown[known.name] = (letter(index), label)
    return Source(table, columns, shown, has_file, sample or table, delimiter)


def stage(reading: Reading, owns_all: bool) -> Stage:
    """How every row of the source is typed and judged; ``select`` says it in SQL."""
    contract, source = reading.contract, reading.source
    made = Stage(contract, source)
    for described in contract.fields:
        raw = source.columns.get(described.name)
        if raw:
            made.columns.append(column_of(reading, described, raw))
    present = set(source.columns)
    rules = [rule for rule in rules_of(contract.subject, owns_all) if rule.needs <= present]
    rules += [rule for column in made.columns for rule in _doubts(column)]
    made.rules = [(len(contract.fields) + index, rule) for index, rule in enumerate(rules)]
    if not source.is_whole:
        joined = [(c.join.split()[2], c.raw) for c in made.columns if c.join]
        made.lookups = [prepared(reading.connection, table, raw) for table, raw in joined]
    return made


def _doubts(column: Column) -> tuple[Rule, ...]:
    """What is kept as it is but told: formulas, invisible characters, another decimal mark."""
    described = column.field
    if described.kind in {"number", "integer"}:
        return (mixed_rule(described.name, described.store, column.decimal),)
    if described.kind == "string" and not column.join:
        return formula_rule(described.name), invisible_rule(described.name)
    return ()


def select(made: Stage) -> str:
    """The SELECT that types every row: stored columns, load_line, load_file, flags, found.

    ``found`` holds the cells of flagged rows, in the order of the columns. Of a file read in one
    pass only what it says is written: lines are positions, and absent columns are absent.
    """
    kept = [*_stored(made), "load_line", "load_file"]
    if not made.source.is_whole:
        told = {name: True for c in made.columns for name in c.select}
        kept = [*told, *(n for s, n in _DEFAULTS if s == made.contract.subject and n not in told)]
    cells = ", ".join(f"raw_{c.field.name}" for c in made.columns)
    return (
        f"select {', '.join(kept)}, flags, case when flags <> 0 then [{cells}] end as found"
        f" from (select *, {_flags(made)} as flags from ({_typed(made)}))"
    )


def _typed(made: Stage) -> str:
    """First level: raw cells, stored columns and what rules compare with."""
    stored = _stored(made)
    present = {c.field.name: c.raw for c in made.columns}
    cells = [
        f"{f'r.{present[f.name]}' if f.name in present else 'null::varchar'} as raw_{f.name}"
        for f in made.contract.fields
    ]
    parts = [f"{sql} as {name}" for name, sql in stored.items()]
    extra = [part for c in made.columns for part in c.extra]
    # A file read in one pass counts its lines where it is written: position in the Parquet file.
    line = "r._line" if made.source.is_whole else "null::integer"
    file = "r._file" if made.source.has_file else "null::varchar"
    columns = ", ".join([*cells, *parts, *extra, *_references(made)])
    typed = f"select {columns}, {line} as load_line, {file} as load_file from"
    if made.source.is_whole:
        return f"{typed} {made.source.table} r {' '.join(c.join for c in made.columns)}"
    return looked_up(f"{typed} {{rows}} r", made.source.table, made.lookups)


def _stored(made: Stage) -> dict[str, str]:
    """Stored column → SQL; columns that the file does not have are nulls of their type."""
    subject = made.contract.subject
    stored = {
        f.store: f"null::{stored_type(subject, f)}"
        for f in made.contract.fields
        if f.kind != "period"
    }
    for column in made.columns:
        stored.update(column.select)
    for (owner, name), default in _DEFAULTS.items():
        if owner == subject:
            meant = stored.get(default, default)
            stored[name] = f"coalesce({stored[name]}, {meant})"
    return stored


def _flags(made: Stage) -> str:
    """One test for sound rows, which are nearly all; the bits only for the others."""
    conditions = [(bit, c.bad) for bit, c in enumerate(made.columns)]
    conditions += [(bit, rule.condition) for bit, rule in made.rules]
    bits = " | ".join(f"(case when {said} then {1 << bit} else 0 end)" for bit, said in conditions)
    some = " or ".join(said for _, said in conditions)
    return f"(case when {some} then {bits} else 0 end)::bigint"


def _references(made: Stage) -> list[str]:
    """Reference columns that rules compare with; not kept."""
    names, subject = set(made.source.columns), made.contract.subject
    parts = []
    if subject in {"mesures", "cibles"} and "indicateur_id" in names:
        parts += [
            f"m_indicateur_id.{name} as ref_{name}"
            for name in ("minimum", "maximum", "direction", "unit", "kinds", "frequency")
        ]
    owner = OWNED_BY[subject]
    parts.append(f"{f'm_{owner}.loadable' if owner in names else 'false'} as ref_loadable")
    if subject in KEYS:
        table, key = KEYS[subject]
        own = made.source.columns[made.contract.primary_key[0]]
        parts.append(
            f"(select any_value(k.loadable) from ref_{table} k"
            f" where k.{key} = trim(r.{own})) as ref_own"
        )
    return parts
