"""How one field of a contract becomes stored columns: the SQL that reads and judges it."""

from dataclasses import replace

from pilotage.intake.column import Column, Reading
from pilotage.intake.contract import Field
from pilotage.intake.key_column import key_column
from pilotage.intake.number_column import decimal_mark, number_column
from pilotage.intake.period_column import period_column
from pilotage.intake.reference import KEYS
from pilotage.intake.text_column import free_column, listed_column


def column_of(reading: Reading, described: Field, raw: str) -> Column:
    """The column that reads a field standing in raw column ``raw``."""
    made = _made(reading, Column(described, raw, {}, "false"))
    if described.required and described.kind != "period":
        return replace(made, bad=f"(raw_{described.name} is null or {made.bad})")
    return made


def _made(reading: Reading, blank: Column) -> Column:
    described, contract = blank.field, reading.contract
    if described.kind in {"number", "integer"}:
        return number_column(reading, replace(blank, decimal=decimal_mark(reading, blank.raw)))
    reference = contract.foreign_keys.get(described.name)
    if reference and reference[0] in KEYS:
        return key_column(reading, blank, reference[0])
    if described.kind == "period":
        return period_column(reading, blank)
    if described.kind in {"date", "boolean"} or described.values:
        return listed_column(reading, blank)
    return free_column(blank)
