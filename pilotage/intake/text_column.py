"""Texts: those of a list or of a calendar, read once each, and free ones, kept as written."""

from dataclasses import replace

import pyarrow as pa

from pilotage.intake.cell import SPREADSHEET_ERRORS, puts_month_first
from pilotage.intake.column import (
    Column,
    Lists,
    Reading,
    distinct_texts,
    read_of,
    register,
    stored_type,
)

_CONTROL_SQL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"


def listed_column(reading: Reading, blank: Column) -> Column:
    """A list's value, a date or a yes/no: each text read once, rows joined with what it says."""
    texts = distinct_texts(reading, blank.raw)
    if blank.field.kind == "date":
        blank = replace(blank, months_first=any(map(puts_month_first, texts)))
    cells = list(map(read_of(reading, blank), texts))
    name, store = blank.field.name, blank.field.store
    values = [None if cell.value is None else str(cell.value) for cell in cells]
    columns: Lists = {"text": (texts, pa.string()), "value": (values, pa.string())}
    register(reading.connection, f"m_{name}", columns)
    kind = stored_type(reading.contract.subject, blank.field)
    return replace(
        blank,
        select={store: f"m_{name}.value::{kind}"},
        extra=(f"m_{name}.value is not null as known_{name}",),
        join=f"left join m_{name} on r.{blank.raw} = m_{name}.text",
        bad=f"(raw_{name} is not null and not known_{name})",
    )


def free_column(blank: Column) -> Column:
    """Free text, trimmed and kept as written."""
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
