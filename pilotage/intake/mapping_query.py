"""The SQL of a mapping rule."""

import re
from collections.abc import Collection
from fnmatch import translate

from pilotage.intake.contract import contracts
from pilotage.intake.declaration import ProfileError
from pilotage.intake.mapping import Cell, KeepLast, LeaveOut, MappingRule, Wide
from pilotage.intake.sql_text import quoted_name, quoted_text, quoted_texts

_NUMBERS = frozenset({"number", "integer"})
_WRITINGS = {
    "moment": "strftime({m}, '%Y-%m-%dT%H:%M:%S')",
    "hour": "strftime({m}, '%Y-%m-%dT%H')",
    "day": "strftime({m}, '%Y-%m-%d')",
    "week": "strftime({m}, '%G-S%V')",
    "month": "strftime({m}, '%Y-%m')",
    "quarter": "year({m}) || '-T' || quarter({m})",
    "year": "strftime({m}, '%Y')",
    "fiscal_year": "year({f}) || '-' || (year({f}) + 1)",
    "fiscal_quarter": "year({f}) || '-' || (year({f}) + 1) || '-T' || quarter({f})",
}
_SPACES = "' \u00a0\u202f\u2009'"
_GROUPED = r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?"
_A_NUMBER = r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?"


def rule_query(
    rule: MappingRule,
    place: str,
    columns: Collection[str],
    decimal: str,
    fiscal_month: int,
) -> str:
    """One SELECT of contract columns, ``_file`` and ``_line`` from the view ``place``.

    ``columns`` are the view's; a rule that names another one raises ProfileError.
    """
    narrowed = f"select * from {place}{_where(rule)}"
    rows = [_long(wide, narrowed, columns) for wide in rule.wide] or [narrowed]
    made = {*columns, "_file", *(n for w in rule.wide for n in (w.name, w.value))}
    contract = contracts()[rule.subject]
    kinds = {field.name: field.kind for field in contract.fields}
    parts = []
    for name, cell in rule.cells.items():
        _known(cell.column, made, rule)
        mark = (cell.decimal or decimal) if kinds[name] in _NUMBERS else None
        parts.append(f"{cell_query(cell, mark, fiscal_month)} as {quoted_name(name)}")
    selected = ", ".join([*parts, "_file", "_line"])
    union = " union all by name ".join(rows)
    query = f"select {selected}{_order(rule, made, fiscal_month)} from ({union}) r"
    return _kept(rule.keep_last, query) if rule.keep_last else query


def cell_query(cell: Cell, decimal: str | None, fiscal_month: int) -> str:
    """The expression of one cell of the row ``r``; ``decimal`` reads a number, None leaves text."""
    text = f"r.{quoted_name(cell.column)}" if cell.column else quoted_text(cell.constant or "")
    if cell.extract:
        text = f"nullif(regexp_extract({text}, {quoted_text(cell.extract)}, 1), '')"
    if cell.dates:
        moment = f"try_strptime({text}, [{quoted_texts(cell.dates)}])"
        fiscal = f"({moment} - to_months({fiscal_month - 1}))"
        text = f"coalesce({_WRITINGS[cell.period].format(m=moment, f=fiscal)}, {text})"
    if cell.values:
        pairs = " ".join(f"when {quoted_text(k)} then {quoted_text(v)}" for k, v in cell.values)
        text = f"case {text} {pairs} else {text} end"
    if cell.lookup:
        found = f"max(t.{quoted_name(cell.lookup.value)})"
        where = f"t.{quoted_name(cell.lookup.key)} = {text}"
        text = (
            f"coalesce((select {found} from shipped.{cell.lookup.table} t where {where}), {text})"
        )
    if decimal:
        text = _number(text, decimal, cell.scale)
    if cell.around:
        before, after = cell.around.split("{}")
        text = f"{quoted_text(before)} || {text} || {quoted_text(after)}"
    return text


def _number(text: str, decimal: str, scale: float | None) -> str:
    """A number with a point; any other writing is left for the checker to name."""
    plain = f"rtrim(translate({text}, {_SPACES}, ''), '%')"
    if decimal == ",":
        plain = f"translate({plain}, ',.', '.,')"
        grouped = f"regexp_full_match({plain}, {quoted_text(_GROUPED)})"
        plain = f"(case when {grouped} then replace({plain}, ',', '') else {plain} end)"
    read = f"regexp_full_match({plain}, {quoted_text(_A_NUMBER)})"
    if scale:
        plain = f"format('{{:.15g}}', try_cast({plain} as double) * {scale!r})"
    return f"case when {read} then coalesce({plain}, {text}) else {text} end"


def _where(rule: MappingRule) -> str:
    conditions = [f"not coalesce({_left_out(rows)}, false)" for rows in rule.leave_out]
    if rule.files:
        patterns = "|".join(_glob(pattern) for pattern in rule.files)
        conditions.append(f"regexp_full_match(_file, {quoted_text(f'({patterns})([.]gz)?')})")
    return " where " + " and ".join(conditions) if conditions else ""


def _glob(pattern: str) -> str:
    """A glob as a pattern of the engine, which knows no ``\\Z``."""
    found = re.match(r"\(\?s:(.*)\)\\[Zz]$", translate(pattern), re.DOTALL)
    return f"(?:{found[1] if found else re.escape(pattern)})"


def _left_out(rows: LeaveOut) -> str:
    column = quoted_name(rows.column)
    parts = [f"{column} in ({quoted_texts(rows.equals)})"] if rows.equals else []
    if rows.matching:
        parts.append(f"regexp_matches({column}, {quoted_text(rows.matching)})")
    if rows.is_empty:
        parts.append(f"{column} is null")
    return " or ".join(parts) or "false"


def _long(wide: Wide, rows: str, columns: Collection[str]) -> str:
    chosen = [column for column in columns if _is_wide(wide, column)]
    absent = [column for column in wide.columns if column not in columns]
    if absent or not chosen:
        raise _no_column(absent[0] if absent else wide.matching or "*", columns)
    listed = ", ".join(map(quoted_name, chosen))
    name, value = quoted_name(wide.name), quoted_name(wide.value)
    return f"select * from (unpivot ({rows}) on {listed} into name {name} value {value})"


def _is_wide(wide: Wide, column: str) -> bool:
    if column in wide.besides:
        return False
    if wide.columns:
        return column in wide.columns
    return wide.matching is None or re.search(wide.matching, column) is not None


def _order(rule: MappingRule, made: Collection[str], fiscal_month: int) -> str:
    if rule.keep_last is None:
        return ""
    _known(rule.keep_last.by.column, made, rule)
    return f", {cell_query(rule.keep_last.by, None, fiscal_month)} as _by"


def _kept(keep: KeepLast, query: str) -> str:
    per = ", ".join(map(quoted_name, keep.per))
    last = f"row_number() over (partition by {per} order by _by desc, _line desc) = 1"
    return f"select * exclude (_by) from ({query}) qualify {last}"


def _known(column: str | None, columns: Collection[str], rule: MappingRule) -> None:
    if column is not None and column not in columns:
        raise _no_column(column, columns, rule.subject)


def _no_column(column: str, columns: Collection[str], subject: str = "") -> ProfileError:
    shown = ", ".join(sorted(columns)[:12])
    return ProfileError(
        f"Le profil lit la colonne « {column} »{subject and f' pour « {subject} »'}, absente du "
        f"fichier (colonnes lues : {shown}). Vérifiez le fichier, ou le profil.",
        f"The profile reads the column “{column}”{subject and f' for “{subject}”'}, absent from "
        f"the file (columns read: {shown}). Check the file, or the profile.",
    )
