"""Numbers: one decimal mark a column; a cell with the other mark is looked up, never guessed."""

from dataclasses import replace

import pyarrow as pa

from pilotage.intake.cell import Cell
from pilotage.intake.column import Column, Lists, Reading, read_of, register

_SAMPLE = 100_000


def _only_by(mark: str, other: str) -> str:
    """SQL: the text ``v`` can only be read with ``mark`` before its decimals."""
    groups = rf"[+-]?[1-9]\d{{0,2}}(\{mark}\d{{3}})+"  # thousands, or three decimals
    alone = rf"contains(v, '{mark}') and not contains(v, '{other}')"
    after_groups = rf"\s*[+-]?\d{{1,3}}(\{other}\d{{3}})+\{mark}\d*%?\s*"
    many = rf"\s*[+-]?\d{{1,3}}(\{other}\d{{3}}){{2,}}%?\s*"
    return (
        rf"({alone} and regexp_full_match(v, '[^\{mark}]*\{mark}[^\{mark}]*')"
        rf" and not regexp_full_match(v, '\s*{groups}%?\s*'))"
        f" or regexp_full_match(v, '{after_groups}') or regexp_full_match(v, '{many}')"
    )


_COUNTED = (
    "count(*) filter (contains(v, ',')), count(*) filter (contains(v, '.')),"
    f" count(*) filter ({_only_by(',', '.')}), count(*) filter ({_only_by('.', ',')}),"
    r" count(*) filter (regexp_full_match(v, '[+-]?[1-9]\d{0,2}(,\d{3})+'))"
)


def decimal_mark(reading: Reading, raw: str) -> str:
    """The decimal mark a column's cells show; comma, as in French, when none shows any.

    A cell that can only be read one way decides for those that can be read two: beside « 62,5 »,
    « 1.104 » is no decimal; beside « 1,061.2 », « 1,104 » is none either.
    """
    found = (0, 0, 0, 0, 0)
    for limit in (f"limit {_SAMPLE}", ""):
        asked = (
            f"select {_COUNTED} from (select {raw} as v from {reading.source.sample}"
            f" where {raw} is not null {limit})"
        )
        found = reading.connection.execute(asked).fetchone() or found
        if found[0] or found[1]:
            break
    commas, points, by_comma, by_point, groups = found
    if by_comma or by_point:
        return "," if by_comma >= by_point else "."
    if commas and commas == groups and (reading.source.delimiter == "," or points):
        return "."
    return "," if commas >= points else "."


def number_column(reading: Reading, blank: Column) -> Column:
    """A number under one decimal mark; text with the other mark is looked up, never guessed."""
    name, store = blank.field.name, blank.field.store
    cell, other = f"r.{blank.raw}", "." if blank.decimal == "," else ","
    pointed = f"replace({cell}, ',', '.')" if blank.decimal == "," else cell
    expression, join, fixed = f"try_cast({pointed} as double)", "", ""
    fixes = _fixes(reading, blank, expression.replace("r.", ""), other)
    if fixes:
        texts, values = [f[0] for f in fixes], [f[1] for f in fixes]
        columns: Lists = {"text": (texts, pa.string()), "value": (values, pa.float64())}
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
