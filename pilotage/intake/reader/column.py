"""What each column holds, and what is wrong with its cells."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import NamedTuple

from pilotage.i18n import N_
from pilotage.intake.cell import INVISIBLE
from pilotage.intake.problem import Problem
from pilotage.intake.reader.column_kind import kind_of
from pilotage.intake.reader.fault import at_cell
from pilotage.intake.reader.told import MOST_LISTED, Told
from pilotage.intake.reader.value import (
    SPREADSHEET_ERROR,
    Day,
    Number,
    day,
    is_missing,
    is_simple_number,
    number,
)

_SAMPLE = 1000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_FORMULA = re.compile(r"[=@+\-\uff1d\uff0b\uff0d\uff20]")
_A_NUMBER = {"expected": N_("un nombre"), "example": "1234,5"}
_A_DAY = {"expected": N_("une date"), "example": "2026-03-31"}


@dataclass(frozen=True)
class Column:
    """One column: ``kind`` is number, date, text or empty.

    ``decimal`` and ``group`` are the marks its numbers show (empty: none); ``is_mixed`` where both
    marks are decimal. ``order`` is day or month, whichever its dates put first (empty: undecided).
    ``missing`` are the ways it writes that there is no value.
    """

    name: str
    kind: str
    decimal: str = ""
    group: str = ""
    is_mixed: bool = False
    order: str = ""
    missing: tuple[str, ...] = ()


class Cells(NamedTuple):
    """One column's texts from top to bottom, and the line of the row each stands in."""

    texts: list[str]
    lines: Sequence[int]


class _Place(NamedTuple):
    line: int
    column: int
    text: str
    detail: dict[str, str]


def cells_of(rows: Sequence[Sequence[str]], lines: Sequence[int], count: int) -> list[Cells]:
    """The cells of each of ``count`` columns; rows too short for a column are not in it."""
    found: list[Cells] = []
    shortest = min(map(len, rows), default=0)
    for n in range(count):
        if n >= shortest:
            # One row of a thousand cells among a million short ones costs its own cells only.
            lines = [line for row, line in zip(rows, lines, strict=True) if len(row) > n]
            rows = [row for row in rows if len(row) > n]
            shortest = min(map(len, rows), default=count)
        found.append(Cells([row[n] for row in rows], lines))
    return found


def columns_of(labels: Sequence[str], cells: Sequence[Cells]) -> list[Column]:
    """What each column is; one whose numbers show no mark takes that of the others."""
    read = [_column(label, here.texts) for label, here in zip(labels, cells, strict=True)]
    marks = Counter(c.decimal for c in read if c.decimal and not c.is_mixed)
    if len(marks) != 1:
        return read
    (mark,) = marks
    return [
        replace(c, decimal=mark) if c.kind == "number" and not c.decimal and not c.group else c
        for c in read
    ]


def _column(label: str, cells: Sequence[str]) -> Column:
    said = sorted(set(cells) - {""})
    missing = tuple(cell for cell in said if is_missing(cell))[:20]
    if len(missing) == len(said) and len(said) < 20:
        return Column(label, "text" if said else "empty", missing=missing)
    kind = kind_of(list(islice(filter(None, cells), _SAMPLE))).name
    if kind == "number":
        return _numeric(Column(label, kind, missing=missing), said)
    if kind == "date":
        days = [read for read in map(day, said) if read and not read.is_iso]
        return Column(label, kind, order=_order(days), missing=missing)
    return Column(label, "text", missing=missing)


def _numeric(column: Column, said: Sequence[str]) -> Column:
    read = [n for n in map(number, said) if n]
    decimals = Counter(n.mark for n in read if n.mark and n.other is None)
    groups = Counter(n.group for n in read if n.group)
    # French first where both are as many.
    decimal = max(decimals, key=lambda mark: (decimals[mark], mark == ","), default="")
    group = max(groups, key=lambda mark: groups[mark], default="")
    return replace(column, decimal=decimal, group=group, is_mixed=len(decimals) > 1)


def _order(days: Sequence[Day]) -> str:
    first = sum(d.may_be_day_first and not d.may_be_month_first for d in days)
    second = sum(d.may_be_month_first and not d.may_be_day_first for d in days)
    if bool(first) == bool(second):
        return ""
    return "day" if first else "month"


def value_of(column: Column, text: str) -> tuple[Decimal | None, str | None]:
    """The exact number a cell of a numeric column says, and the code of what is wrong with it."""
    if is_missing(text):
        return None, None
    if SPREADSHEET_ERROR.match(text):
        return None, "spreadsheet-error"
    read = number(text)
    if read is None:
        return None, "type-error"
    if read.other is not None:
        return _decided(column, read)
    odd = column.is_mixed and read.mark and read.mark != column.decimal
    return read.value, "mixed-decimal" if odd else None


def _decided(column: Column, read: Number) -> tuple[Decimal | None, str | None]:
    """1,234 is read as the rest of its column says, or not at all."""
    if column.is_mixed or (column.decimal == column.group == ""):
        return None, "ambiguous-number"
    if read.mark == column.group or (column.decimal and read.mark != column.decimal):
        return read.other, None
    if read.mark == column.decimal:
        return read.value, None
    return None, "ambiguous-number"


def numbers(column: Column, texts: Sequence[str]) -> list[Decimal | None]:
    """The exact numbers of a column; None where there is none, or where it cannot be decided."""
    return [value_of(column, text)[0] for text in texts]


def cell_problems(
    header: tuple[str, ...],
    columns: Sequence[Column],
    cells: Sequence[Cells],
    told: Told,
) -> None:
    """Every problem of every cell; each text of a column is looked at once."""
    places: dict[str, list[_Place]] = {}
    beyond: Counter[str] = Counter()
    for n, (column, (texts, lines)) in enumerate(zip(columns, cells, strict=True)):
        faults = _faulty(column, set(texts) - {""})
        if not faults:
            continue
        here: Counter[str] = Counter()
        for text, count in Counter(filter(faults.__contains__, texts)).items():
            here.update({code: count for code, _ in faults[text]})
        listed: Counter[str] = Counter()
        left = sum(min(count, MOST_LISTED) for count in here.values())
        for line, text in zip(lines, texts, strict=True):
            if text not in faults:
                continue
            for code, detail in faults[text]:
                if listed[code] < MOST_LISTED:
                    listed[code] += 1
                    left -= 1
                    places.setdefault(code, []).append(_Place(line, n, text, detail))
            if not left:
                break
        beyond += Counter({code: max(0, count - MOST_LISTED) for code, count in here.items()})
    for code, found in places.items():
        told.add_all(code, sorted(found, key=_position), partial(_problem_at, code, header))
        told.count(code, beyond[code])


def _position(place: _Place) -> tuple[int, int]:
    return place.line, place.column


def _problem_at(code: str, header: tuple[str, ...], place: _Place) -> Problem:
    return at_cell(code, place.line, place.column, header, place.text, **place.detail)


def _faulty(column: Column, texts: set[str]) -> dict[str, list[tuple[str, dict[str, str]]]]:
    """The texts of a column in which something is wrong, and what."""
    bare = _without_percent(texts) if column.kind == "number" else ()
    if column.kind == "number" and not column.is_mixed:
        texts = {text for text in texts if not is_simple_number(text)}
    # All the texts at once: a file that has no such character at all is not searched cell by cell.
    joined = "\n".join(texts)
    may_be_odd = bool(_CONTROL.search(joined) or INVISIBLE.search(joined))
    read = {text: list(_faults(column, text, may_be_odd)) for text in texts}
    for text in bare:
        read.setdefault(text, []).append(("mixed-percent", {}))
    return {text: found for text, found in read.items() if found}


def _without_percent(texts: set[str]) -> list[str]:
    """Where most say « % », those that do not and may be a share: 0,9 or 90 %?"""
    percent = sum(text.endswith("%") for text in texts)
    if not percent or 2 * percent < sum(not is_missing(text) for text in texts):
        return []
    read = [(text, number(text)) for text in texts if not text.endswith("%")]
    return [text for text, said in read if said and 0 < abs(said.value) <= 1]


def _faults(column: Column, text: str, may_be_odd: bool) -> Iterator[tuple[str, dict[str, str]]]:
    if may_be_odd and _CONTROL.search(text):
        yield "control-char", {}
    if may_be_odd and INVISIBLE.search(text):
        yield "invisible-char", {}
    if SPREADSHEET_ERROR.match(text):
        yield "spreadsheet-error", {}
    elif column.kind == "number":
        code = value_of(column, text)[1]
        if code:
            yield code, _A_NUMBER if code == "type-error" else {}
    elif column.kind == "date":
        yield from _date_faults(column, text)
    if column.kind == "text" and _is_formula(text):
        yield "formula-text", {}


def _is_formula(text: str) -> bool:
    return bool(_FORMULA.match(text)) and not is_missing(text) and number(text) is None


def _date_faults(column: Column, text: str) -> Iterator[tuple[str, dict[str, str]]]:
    if is_missing(text):
        return
    read = day(text)
    if read is None or not (read.may_be_day_first or read.may_be_month_first):
        yield "type-error", _A_DAY
    elif read.is_iso:
        if not read.may_be_day_first:
            yield "type-error", _A_DAY
    elif not column.order:
        # No row decides between day first and month first, or they contradict each other.
        if read.first != read.second:
            yield "ambiguous-date", {}
    elif not (read.may_be_day_first if column.order == "day" else read.may_be_month_first):
        yield "type-error", _A_DAY
