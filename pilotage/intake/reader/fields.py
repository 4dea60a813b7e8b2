"""One line's cells, as its quotes and escapes mark them off."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

BLANKS = " \t\u00a0\u202f\u2009"


@dataclass(frozen=True)
class Dialect:
    """How cells are marked off; ``escape`` is a backslash, or empty where a quote is doubled."""

    delimiter: str
    quote: str = '"'
    escape: str = ""


class Fields(NamedTuple):
    """Cells of a text; where quotes open; whether the last stays open; which hold bare quotes."""

    cells: list[str]
    starts: list[int]
    is_open: bool
    odd: list[int]

    @property
    def is_odd(self) -> bool:
        """True where a quote inside a quoted cell is neither doubled nor closing."""
        return bool(self.odd)


@lru_cache
def blanks_of(delimiter: str) -> str:
    """The blanks taken off a cell's ends: all but the one that marks cells off."""
    return BLANKS.replace(delimiter, "")


def fields(
    text: str, dialect: Dialect, literal: frozenset[int] = frozenset(), inside: bool = False
) -> Fields:
    """The cells of a text. A quote closes only before a delimiter or the end; else it is text.

    ``literal`` are positions of opening quotes to be read as text; ``inside`` says that the text
    begins within a quoted cell.
    """
    delimiter, quote = dialect.delimiter, dialect.quote
    blanks = blanks_of(delimiter)
    if quote not in text and not inside:
        return Fields([c.strip(blanks) for c in text.split(delimiter)], [], False, [])
    cells: list[str] = []
    starts: list[int] = []
    odd: list[int] = []
    position, size = 0, len(text)
    if inside:
        cell, position, is_odd = _quoted(text, 0, dialect, blanks)
        odd += [-1] * is_odd
        cells.append(cell)
        if not 0 <= position < size:
            return Fields(cells, starts, position < 0, odd)
        position += len(delimiter)
    step, is_plain = len(delimiter), not dialect.escape
    while True:
        opening = position
        while opening < size and text[opening] in blanks:
            opening += 1
        if opening < size and text.startswith(quote, opening) and opening not in literal:
            starts.append(opening)
            end = text.find(quote, opening + 1) if is_plain else -1
            if end >= 0 and (end + 1 == size or text.startswith(delimiter, end + 1)):
                cells.append(text[opening + 1 : end])
                position = end + 1
            else:
                cell, position, is_odd = _quoted(text, opening + 1, dialect, blanks)
                if is_odd:
                    odd.append(opening)
                cells.append(cell)
                if position < 0:
                    return Fields(cells, starts, True, odd)
        else:
            end = _end_of_plain(text, position, dialect)
            cells += [cell.strip(blanks) for cell in text[position:end].split(delimiter)]
            position = end
        if position >= size:
            return Fields(cells, starts, False, odd)
        position += step


def _end_of_plain(text: str, position: int, dialect: Dialect) -> int:
    """Where cells that open with no quote end: all those that lie before the next quote.

    Where the first of them holds that quote, it alone.
    """
    ahead = text.find(dialect.quote, position)
    if ahead < 0:
        return len(text)
    end = text.rfind(dialect.delimiter, position, ahead)
    end = end if end >= 0 else text.find(dialect.delimiter, ahead)
    return end if end >= 0 else len(text)


@lru_cache
def _closed(quote: str, delimiter: str, blanks: str) -> re.Pattern[str]:
    """The rest of a quoted cell up to the quote that closes it, blanks after it included.

    Two quotes are one that is meant; a quote that neither closes nor is doubled is text.
    """
    mark, end = re.escape(quote), rf"[{re.escape(blanks)}]*+(?:{re.escape(delimiter)}|\Z)"
    inside = rf"(?:[^{mark}]++|{mark}{mark}|{mark}(?!{end}))*+"
    return re.compile(rf"({inside}){mark}[{re.escape(blanks)}]*+(?={re.escape(delimiter)}|\Z)")


def _quoted(text: str, position: int, dialect: Dialect, blanks: str) -> tuple[str, int, bool]:
    """A quoted cell, where it ends (-1: it does not), and whether it holds bare quotes."""
    quote, escape, size = dialect.quote, dialect.escape, len(text)
    if not escape and (closed := _closed(quote, dialect.delimiter, blanks).match(text, position)):
        cell = closed[1]
        if quote not in cell:
            return cell, closed.end(), False
        doubled = quote + quote
        return cell.replace(doubled, quote), closed.end(), quote in cell.replace(doubled, "")
    found = text.find(quote, position)
    pieces: list[str] = []
    is_odd, first = False, position
    if found < 0:
        return text[position:], -1, False
    while True:
        found = text.find(quote, position)
        if found < 0:
            pieces.append(text[position:])
            return "".join(pieces), -1, is_odd
        if escape and _is_escaped(text, found, first, escape):
            pieces.append(text[position : found - 1] + quote)
            position = found + 1
            continue
        if text.startswith(quote, found + 1):
            pieces.append(text[position:found] + quote)
            position = found + 2
            continue
        after = found + 1
        while after < size and text[after] in blanks:
            after += 1
        if after == size or text.startswith(dialect.delimiter, after):
            pieces.append(text[position:found])
            cell = "".join(pieces)
            return cell.replace("\\\\", "\\") if escape else cell, after, is_odd
        pieces.append(text[position : found + 1])
        is_odd, position = True, found + 1


def _is_escaped(text: str, at: int, first: int, escape: str) -> bool:
    count = 0
    while at - 1 - count >= first and text[at - 1 - count] == escape:
        count += 1
    return count % 2 == 1
