"""One cell's text, read as the contract says, or the problem it has. Repairs nothing in silence."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

from pilotage.domain.period import (
    NoSuchDayError,
    PeriodError,
    SkippedHourError,
    local_hour,
    parse_day,
    parse_period,
)
from pilotage.i18n import N_
from pilotage.intake.contract import Field, plain_label

SPREADSHEET_ERRORS = re.compile(
    r"#(REF|N/A|NA|VALUE|VALEUR|DIV/0|NAME|NOM|NUM|NOMBRE|NULL|NUL|SPILL|CALC)[!?]?$", re.IGNORECASE
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
FORMULA = re.compile(r"[=@]|[+-](?!\s*[\d.,])")
SPACES = re.compile("[ \u00a0\u202f\u2009']")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?$")
_GROUPED = re.compile(r"[+-]?\d{1,3}([ \u00a0\u202f\u2009'])\d{3}(\1\d{3})*([.,]\d*)?$")
_POINT_GROUPS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d*)?$")
_COMMA_GROUPS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?$")
_SLASHED = re.compile(r"\s*(\d{1,2})([/-])(\d{1,2})\2\d{4}\b")
_THREE = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}$")


@dataclass(frozen=True)
class Cell:
    """What a cell says: a stored value (None: nothing), or the code of its problem."""

    value: Any = None
    code: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)


_A_NUMBER = {"expected": N_("un nombre"), "example": "1234,5"}
_A_WHOLE = {"expected": N_("un nombre entier"), "example": "12"}
_A_DAY = {"expected": N_("une date"), "example": "2026-03-31"}
_A_REAL_DAY = {
    "expected": N_("un jour du calendrier, écrit année-mois-jour ou jour/mois/année"),
    "example": "2026-03-31",
}
_AN_HOUR = {
    "expected": N_("une heure de ce jour-là, où l'on avance l'heure"),
    "example": "2025-03-09T03",
}
_A_PERIOD = {
    "expected": N_("une période"),
    "example": "2026-03, 2025-2026-T1, 2026-S14, 2026-03-31",
}


def number(text: str, decimal: str) -> Cell:
    """A number as people write it: thin spaces between thousands, a trailing %, comma or point.

    ``decimal`` is the mark of the column. A single group of three digits after the other mark can
    be read two ways and is refused.
    """
    plain = text.strip()
    if SPREADSHEET_ERRORS.match(plain):
        return Cell(code="spreadsheet-error")
    plain = plain.removesuffix("%").strip().replace("\u2212", "-")
    if _GROUPED.match(plain):
        plain = SPACES.sub("", plain)
    other = "," if decimal == "." else "."
    groups = _POINT_GROUPS if other == "." else _COMMA_GROUPS
    if groups.match(plain) and (plain.count(other) > 1 or decimal in plain):
        plain = plain.replace(other, "")
    elif _THREE.match(plain) and other in plain:
        return Cell(code="ambiguous-number")
    if not _NUMBER.match(plain):
        return Cell(code="type-error", detail=_A_NUMBER)
    value = float(plain.replace(",", "."))
    if other in plain:
        return Cell(value, "mixed-decimal", {"read": plain})
    return Cell(value)


def whole(text: str, decimal: str) -> Cell:
    """A number without decimals."""
    read = number(text, decimal)
    if read.value is not None and read.value != int(read.value):
        return Cell(code="type-error", detail=_A_WHOLE)
    if read.code == "type-error":
        return Cell(code="type-error", detail=_A_WHOLE)
    return read


def puts_month_first(text: str) -> bool:
    """True for « 11/25/2026 »: whoever wrote it puts months before days."""
    met = _SLASHED.match(text)
    return met is not None and int(met[1]) <= 12 < int(met[3])


def reads_both_ways(text: str) -> bool:
    """True for « 11/10/2026 », in October or in November."""
    met = _SLASHED.match(text)
    return met is not None and met[1] != met[3] and int(met[1]) <= 12 and int(met[3]) <= 12


def day(text: str) -> Cell:
    """A day, or a moment where a publication time is given; the time of day is kept."""
    plain = text.strip()
    try:
        return Cell(datetime.combine(parse_day(plain), datetime.min.time()))
    except NoSuchDayError:
        return Cell(code="type-error", detail=_A_REAL_DAY)
    except PeriodError:
        pass
    try:
        moment = datetime.fromisoformat(plain)
    except ValueError:
        return Cell(code="type-error", detail=_A_DAY)
    return Cell(moment.replace(tzinfo=None) if moment.tzinfo is None else _utc(moment))


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


UNDATED = frozenset({"indeterminee", "indetermine", "undated", "sans_echeance", "no_date"})


def period(text: str, fiscal_month: int) -> Cell:
    """A period of any kind; the word « indéterminée » is a period with no dates."""
    if plain_label(text) in UNDATED:
        return Cell((None, None, None))
    try:
        read = parse_period(text, fiscal_month)
    except SkippedHourError:
        return Cell(code="type-error", detail=_AN_HOUR)
    except NoSuchDayError:
        return Cell(code="type-error", detail=_A_REAL_DAY)
    except PeriodError:
        return Cell(code="type-error", detail=_A_PERIOD)
    return Cell((int(read.kind), read.start, read.end))


def choice(text: str, values: dict[str, str]) -> Cell:
    """One of a list, in either language."""
    stored = values.get(plain_label(text))
    if stored is not None:
        return Cell(stored)
    nearest = get_close_matches(plain_label(text), values, 1)
    shown = sorted({k for k in values if not k.isdigit()})[:12]
    return Cell(
        code="constraint-error",
        detail={"expected": " · ".join(nearest or shown)},
    )


def written(text: str, longest: int | None) -> Cell:
    """Free text: kept as written; control characters refused, formulas told."""
    plain = text.strip()
    if SPREADSHEET_ERRORS.match(plain):
        return Cell(code="spreadsheet-error")
    if CONTROL.search(plain):
        return Cell(code="control-char")
    if longest and len(plain) > longest:
        return Cell(code="constraint-error", detail={"expected": f"≤ {longest}"})
    if FORMULA.match(plain):
        return Cell(plain, "formula-text")
    return Cell(plain)


_BOOLEANS = {
    "oui": "true",
    "non": "false",
    "yes": "true",
    "no": "false",
    "1": "true",
    "0": "false",
    "true": "true",
    "false": "false",
    "vrai": "true",
    "faux": "false",
}


Parser = Callable[[str], Cell]


def parser(
    described: Field, decimal: str, fiscal_month: int, *, months_first: bool = False
) -> Parser:
    """The reading of one column's cells, bounds included.

    ``months_first``: the column holds dates written so, and those that read both ways are refused.
    """
    if months_first:
        plain = parser(described, decimal, fiscal_month)
        doubtful = Cell(code="ambiguous-date")
        return lambda text: doubtful if reads_both_ways(text) else plain(text)
    if described.kind == "number":
        return lambda text: _bounded(number(text, decimal), described)
    if described.kind == "integer":
        return lambda text: _bounded(whole(text, decimal), described)
    if described.kind == "date":
        return day
    if described.kind == "period":
        return lambda text: period(text, fiscal_month)
    if described.kind == "boolean":
        return lambda text: choice(text, _BOOLEANS)
    if described.values:
        return lambda text: choice(text, described.values)
    return lambda text: written(text, described.max_length)


def _bounded(read: Cell, described: Field) -> Cell:
    if read.value is None:
        return read
    low, high = described.minimum, described.maximum
    if low is not None and read.value < low:
        return Cell(code="constraint-error", detail={"expected": f"≥ {low:g}"})
    if high is not None and read.value > high:
        return Cell(code="constraint-error", detail={"expected": f"≤ {high:g}"})
    return read


def period_shown(kind: int | None, start: datetime | None) -> str:
    """A short writing of a stored period for messages."""
    if start is None:
        return "—"
    return (local_hour(start) if kind == 1 else start).isoformat(timespec="minutes")
