"""Rules of a mapping profile: how one kind of foreign row becomes rows of one contract.

A rule names where it reads (an input or a shipped table), says which rows it leaves out, turns wide
columns into rows where asked, and makes each contract column from a *cell*: a column, a constant or
the name of the file, then in this order: the part a pattern picks, a date, values exchanged, a
number, a text around it.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from pilotage.intake.contract import contracts
from pilotage.intake.declaration import Declaration

PERIOD_WRITINGS = frozenset(
    {
        "hour",
        "day",
        "week",
        "month",
        "quarter",
        "fiscal_quarter",
        "fiscal_year",
        "year",
        "moment",
    }
)
"""What a date can be written as; ``moment`` keeps the time of day."""


@dataclass(frozen=True)
class Lookup:
    """A shipped table in which ``key`` names what is read and ``value`` what is written."""

    table: str
    key: str
    value: str


@dataclass(frozen=True)
class Cell:
    """How one contract column is made; what cannot be read is left as it is, for the checker."""

    column: str | None = None
    constant: str | None = None
    extract: str | None = None
    dates: tuple[str, ...] = ()
    period: str = "day"
    values: tuple[tuple[str, str], ...] = ()
    lookup: Lookup | None = None
    decimal: str | None = None
    scale: float | None = None
    around: str | None = None


@dataclass(frozen=True)
class Wide:
    """Columns of one measure each: their label goes to ``name``, their cells to ``value``."""

    columns: tuple[str, ...]
    matching: str | None
    besides: tuple[str, ...]
    name: str
    value: str


@dataclass(frozen=True)
class LeaveOut:
    """Rows that say nothing: a column equal to a text, matching a pattern, or empty."""

    column: str
    equals: tuple[str, ...]
    matching: str | None
    is_empty: bool


@dataclass(frozen=True)
class KeepLast:
    """Of rows that make the same ``per`` columns, keep the one whose ``by`` is written last."""

    per: tuple[str, ...]
    by: Cell


@dataclass(frozen=True)
class MappingRule:
    """One kind of row. ``files`` narrows the input to some of its files; empty means all."""

    subject: str
    source: str
    files: tuple[str, ...]
    wide: tuple[Wide, ...]
    leave_out: tuple[LeaveOut, ...]
    keep_last: KeepLast | None
    cells: dict[str, Cell]


def read_rules(
    declared: tuple[Declaration, ...], sources: Collection[str]
) -> tuple[MappingRule, ...]:
    """The ``[[rows]]`` tables; ``sources`` are inputs and shipped tables. Raises ProfileError."""
    return tuple(_rule(rule, sources) for rule in declared)


def _rule(declared: Declaration, sources: Collection[str]) -> MappingRule:
    subject = declared.one_of("subject", contracts())
    rule = MappingRule(
        subject=subject,
        source=declared.one_of("from", sources),
        files=declared.texts("files", ()),
        wide=tuple(_wide(wide) for wide in declared.sections("wide")),
        leave_out=tuple(_leave_out(rows) for rows in declared.sections("leave_out")),
        keep_last=_keep_last(declared.section("keep_last")) if declared.has("keep_last") else None,
        cells=_cells(declared.section("columns"), subject),
    )
    declared.finish()
    return rule


def _cells(declared: Declaration, subject: str) -> dict[str, Cell]:
    contract = contracts()[subject]
    written = declared.everything()
    cells: dict[str, Cell] = {}
    for label in written:
        field = contract.field_of(label)
        if field is None:
            raise declared.fault(
                f"« {label} » n'est pas une colonne du contrat « {subject} ». Corrigez son nom.",
                f"“{label}” is not a column of the contract “{subject}”. Correct its name.",
            )
        cells[field.name] = _cell(Declaration(written, declared.place), label)
    if missing := contract.missing(list(cells)):
        listed = ", ".join(missing)
        raise declared.fault(
            f"colonnes obligatoires sans recette : {listed}. Ajoutez-les.",
            f"required columns without a recipe: {listed}. Add them.",
        )
    return cells


def _cell(holder: Declaration, label: str) -> Cell:
    """A text alone is the name of a column."""
    written = holder.everything()[label]
    if isinstance(written, str):
        return Cell(column=written)
    declared = Declaration({label: written}, holder.place).section(label)
    cell = read_cell(declared)
    declared.finish()
    return cell


def read_cell(declared: Declaration) -> Cell:
    """One recipe. Raises ProfileError."""
    column, constant = declared.optional_text("column"), declared.optional_text("constant")
    if declared.switch("file", False):
        column = "_file"
    if (column is None) == (constant is None):
        raise declared.fault(
            "écrivez « column », « constant » ou « file = true », et un seul des trois.",
            "write “column”, “constant” or “file = true”, and only one of the three.",
        )
    return Cell(
        column=column,
        constant=constant,
        extract=_pattern(declared, "extract", groups=1),
        dates=declared.texts("date", ()),
        period=declared.one_of("period", PERIOD_WRITINGS, "day"),
        values=tuple(
            (key, str(value)) for key, value in declared.section("values").everything().items()
        ),
        lookup=_lookup(declared.section("lookup")) if declared.has("lookup") else None,
        decimal=declared.one_of("decimal", {".", ","}) if declared.has("decimal") else None,
        scale=declared.number("scale"),
        around=_around(declared),
    )


def _around(declared: Declaration) -> str | None:
    text = declared.optional_text("around")
    if text is not None and text.count("{}") != 1:
        raise declared.fault(
            "« around » contient « {} » une fois, là où va la valeur.",
            "“around” holds “{}” once, where the value goes.",
        )
    return text


def _lookup(declared: Declaration) -> Lookup:
    lookup = Lookup(declared.text("table"), declared.text("key"), declared.text("value"))
    declared.finish()
    return lookup


def _wide(declared: Declaration) -> Wide:
    wide = Wide(
        columns=declared.texts("columns", ()),
        matching=_pattern(declared, "matching"),
        besides=declared.texts("besides", ()),
        name=declared.text("name"),
        value=declared.text("value"),
    )
    declared.finish()
    return wide


def _leave_out(declared: Declaration) -> LeaveOut:
    rows = LeaveOut(
        column=declared.text("column"),
        equals=declared.texts("equals", ()),
        matching=_pattern(declared, "matching"),
        is_empty=declared.switch("is_empty", False),
    )
    declared.finish()
    return rows


def _keep_last(declared: Declaration) -> KeepLast:
    per, by = declared.texts("per"), declared.everything()
    return KeepLast(per, _cell(Declaration(by, declared.place), "by"))


def _pattern(declared: Declaration, key: str, groups: int | None = None) -> str | None:
    text = declared.optional_text(key)
    if text is None:
        return None
    try:
        found = re.compile(text).groups
    except re.error as fault:
        raise declared.fault(
            f"« {key} » n'est pas une expression régulière ({fault}). Corrigez-la.",
            f"“{key}” is not a regular expression ({fault}). Correct it.",
        ) from None
    if groups is not None and found != groups:
        raise declared.fault(
            f"« {key} » doit avoir un seul groupe entre parenthèses.",
            f"“{key}” must have one group in parentheses.",
        )
    return text
