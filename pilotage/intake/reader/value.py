"""What one cell's text says on its own: missing, number, date, or text. Nothing is guessed here."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

SPREADSHEET_ERROR = re.compile(
    r"#(REF|N/A|NA|VALUE|VALEUR|DIV/0|NAME|NOM|NUM|NOMBRE|NULL|NUL|SPILL|CALC|GETTING_DATA)[!?]?$"
    r"|#{3,}$|Err:\d{3}$",
    re.IGNORECASE,
)
MISSING = frozenset(
    {"", "na", "n/a", "n.a.", "n.a", "nd", "n.d.", "n.d", "n/d", "s.o.", "s.o", "so", "s/o", "nan"}
    | {"null", "none", "nil", "-", "–", "—", "−", "--", ".", "..", "...", "…", "\\n", "(vide)", "?"}
    | {"non disponible", "not available", "sans objet", "aucun", "vide", "missing"}
)
_CURRENCY = re.compile(r"(?:CA|US|C|CAN)?\s?\$\s?(?:CA|US|C|CAN)?|€|£|¥|\b(?:CAD|USD|EUR|GBP)\b")
_SPACES = " \u00a0\u202f\u2009\u2007"
_DASHES = ("\u2010", "\u2011", "\u2013")
_ENDS = _SPACES + "\t"
_STARTS = frozenset("0123456789+-.,($€£¥CUEG")
# No mark of thousands, and not three decimals, which may be thousands.
_SIMPLE = re.compile(r"[+-]?[0-9]+(?:([.,])(?:[0-9]{1,2}|[0-9]{4,}))?")
_SPACED = re.compile(f"([+-]?[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+)(?:([.,])([0-9]+))?")
_MONEY = re.compile("[$€£¥A-Z]")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}$")
_FIGURE = re.compile("[0-9]")
_GAPS = re.compile(f"(?<=\\d)([{_SPACES}'’])(?=\\d{{3}}(?!\\d))")
_PLAIN = re.compile(r"[+-]?(\d[\d.,]*|[.,]\d+)([eE][+-]?\d{1,4})?$")
_MINUS_LAST = re.compile(rf"\d[\d.,{_SPACES}]*[.,]\d{{2,}}\s?-$")
_LEADING_ZERO = re.compile(r"0\d+$")
_DAY_FIRST = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$"
)
_YEAR_FIRST = re.compile(
    r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]\d{1,2}[:h]\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")
_MOST_DIGITS = 400


class Number(NamedTuple):
    """A number as written: its two readings where its one mark may be either, else ``value`` alone.

    ``mark`` is the decimal mark it shows, ``group`` its mark of thousands; empty where it shows
    none. ``other`` is the value if its mark is of thousands, where nothing in the cell decides.
    """

    value: Decimal
    mark: str = ""
    group: str = ""
    other: Decimal | None = None


def is_missing(text: str) -> bool:
    """True for an empty cell and for the usual ways of writing that there is no value."""
    return text.strip().casefold() in MISSING


def number(text: str) -> Number | None:
    """A number as people write it, exactly; None for anything else (« 3 M$ » is not a number)."""
    plain = text.strip(_ENDS).replace("\u2212", "-")
    if plain[:1] in _DASHES and plain[1:2].isdigit():
        plain = "-" + plain[1:]
    if plain[:1] not in _STARTS or len(plain) > _MOST_DIGITS or not _FIGURE.search(plain):
        return None
    simple = _SIMPLE.fullmatch(plain)
    if simple:
        return Number(Decimal(plain.replace(",", ".")), simple[1] or "")
    plain = _without_currency(plain)
    if plain.endswith("-") and _MINUS_LAST.match(plain):
        # As SAP writes it; « 65- » may be an age and more, and is left alone.
        plain = "-" + plain[:-1].rstrip(_SPACES)
    spaced_out = _SPACED.fullmatch(plain)
    if spaced_out:
        figures, mark, decimals = spaced_out.groups()
        whole = "".join(figures.split())
        return _number(f"{whole}.{decimals}" if mark else whole, mark or "", "")
    negative = plain.startswith("(") and plain.endswith(")")
    plain = _without_currency(plain[1:-1].strip(_SPACES)) if negative else plain
    plain = plain.removesuffix("%").strip(_SPACES)
    if plain[:1] in "+-":
        plain = plain[:1] + plain[1:].lstrip(_SPACES)
    bare, spaced = _GAPS.subn("", plain)
    if not _PLAIN.match(bare) or not bare.isascii():
        return None
    return _read("-" + bare if negative else bare, bool(spaced))


def _without_currency(text: str) -> str:
    return _CURRENCY.sub("", text, count=1).strip(_SPACES) if _MONEY.search(text) else text


def _read(text: str, spaced: bool) -> Number | None:
    commas, points = text.count(","), text.count(".")
    if commas and points:
        mark = "," if text.rfind(",") > text.rfind(".") else "."
        group = "." if mark == "," else ","
        if text.count(mark) > 1 or not _grouped(text, group, mark):
            return None
        return _number(text.replace(group, "").replace(mark, "."), mark, group)
    mark = "," if commas else "." if points else ""
    if not mark:
        return _number(text, "", "")
    if commas + points > 1:
        return (
            _number(text.replace(mark, ""), "", mark)
            if not spaced and _grouped(text, mark, "")
            else None
        )
    read = _number(text.replace(mark, "."), mark, "")
    if read and not spaced and _THOUSANDS.match(text):
        return Number(read.value, mark, "", Decimal(text.replace(mark, "")))
    return read


def _grouped(text: str, group: str, mark: str) -> bool:
    whole = re.split("[eE]", text.lstrip("+-"))[0].split(mark)[0] if mark else text.lstrip("+-")
    return bool(re.match(rf"\d{{1,3}}({re.escape(group)}\d{{3}})+$", whole))


def _number(text: str, mark: str, group: str) -> Number | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return Number(value, mark, group)


def is_simple_number(text: str) -> bool:
    """True for a number that can be read in one way only, whatever its column's marks are."""
    return bool(_SIMPLE.fullmatch(text) or _SPACED.fullmatch(text))


def is_code(text: str) -> bool:
    """True for digits that are an identifier: a leading zero is part of it."""
    return bool(_LEADING_ZERO.match(text.strip()))


@dataclass(frozen=True)
class Day:
    """A date as written: ``first`` and ``second`` are its two small numbers; ISO where decided."""

    is_iso: bool
    first: int
    second: int
    year: int

    @property
    def may_be_day_first(self) -> bool:
        """True where day/month/year is a date."""
        return _exists(self.year, self.second, self.first)

    @property
    def may_be_month_first(self) -> bool:
        """True where month/day/year is a date."""
        return _exists(self.year, self.first, self.second)


def day(text: str) -> Day | None:
    """A date in figures, whether or not it exists; None for anything else."""
    plain = text.strip()
    if not plain[:1].isdigit() or len(plain) > 30:
        return None
    iso = _YEAR_FIRST.match(plain)
    if iso:
        return Day(True, int(iso[4]), int(iso[3]), int(iso[1]))
    told = _DAY_FIRST.match(plain)
    if not told:
        return None
    year = int(told[4])
    year += 0 if len(told[4]) == 4 else 2000 if year < 70 else 1900
    return Day(False, int(told[1]), int(told[3]), year)


def _exists(year: int, month: int, day_of_month: int) -> bool:
    try:
        date(year, month, day_of_month)
    except ValueError:
        return False
    return True


def shape(text: str) -> str:
    """Letters as a, digits as 9, each run once: IND-001 is a-9."""
    return _DIGITS.sub("9", _LETTERS.sub("a", text.strip()))
