"""Physical lines to records: quotes, escapes, line breaks in cells, and the strays among them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pilotage.intake.reader.line import Lines

BLANKS = " \t\u00a0\u202f\u2009"
_MOST_LINES = 200
_MOST_CHARACTERS = 1 << 20
_MOST_TRIES = 24
_LONG = 20_000
_PATIENCE = 50
_LAST_PATIENCE = 2_000
_SPARE = 100_000
_BLANK = [""]
_WIDTH_SAMPLE = 20_000
_WIDTH_CHARACTERS = 500_000


@dataclass(frozen=True)
class Dialect:
    """How cells are marked off; ``escape`` is a backslash, or empty where a quote is doubled."""

    delimiter: str
    quote: str = '"'
    escape: str = ""


class _Patience:
    """How much may yet be read again for quotes that do not close, in a whole reading.

    A file where they hardly ever close is not searched two hundred lines deep each time; what is
    read again in vain is no more than half the file, and a little.
    """

    def __init__(self, lines: Lines) -> None:
        self.left = _SPARE + sum(map(len, lines.texts)) // 2
        self.failed = 0

    def bounds(self, text: str) -> tuple[int, int]:
        """How many other readings of this line, and how many lines after it, may be tried."""
        if self.left <= 0 or self.failed >= _LAST_PATIENCE:
            return 0, 0
        if self.failed >= _PATIENCE or len(text) >= _LONG:
            return 2, 1
        return min(_MOST_TRIES, 2 + self.left // (len(text) + 1)), _MOST_LINES


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


class Record(NamedTuple):
    """Cells with their first and last physical line (from 1), and the code of what was odd."""

    line: int
    last: int
    cells: list[str]
    fault: str | None = None


@lru_cache
def _blanks(delimiter: str) -> str:
    return BLANKS.replace(delimiter, "")


def fields(
    text: str, dialect: Dialect, literal: frozenset[int] = frozenset(), inside: bool = False
) -> Fields:
    """The cells of a text. A quote closes only before a delimiter or the end; else it is text.

    ``literal`` are positions of opening quotes to be read as text; ``inside`` says that the text
    begins within a quoted cell.
    """
    delimiter, quote = dialect.delimiter, dialect.quote
    blanks = _blanks(delimiter)
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
            end = text.find(delimiter, position)
            end = size if end < 0 else end
            cells.append(text[position:end].strip(blanks))
            position = end
        if position >= size:
            return Fields(cells, starts, False, odd)
        position += step


def _quoted(text: str, position: int, dialect: Dialect, blanks: str) -> tuple[str, int, bool]:
    """A quoted cell, where it ends (-1: it does not), and whether it holds bare quotes."""
    quote, escape, size = dialect.quote, dialect.escape, len(text)
    found = text.find(quote, position)
    if found >= 0 and not escape:
        after = found + 1
        if after == size or text.startswith(dialect.delimiter, after):
            return text[position:found], after, False
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


def _settled(
    text: str, read: Fields, dialect: Dialect, width: int, patience: _Patience
) -> Fields | None:
    """A reading of one line that has the usual width, some opening quotes taken as text.

    ``read`` is the plain reading of the line.
    """
    most, _ = patience.bounds(text)
    waiting = [frozenset({start}) for start in _doubtful(read)]
    seen: set[frozenset[int]] = set()
    while waiting and len(seen) < most:
        literal = waiting.pop(0)
        if literal in seen:
            continue
        seen.add(literal)
        patience.left -= len(text)
        other = fields(text, dialect, literal)
        if not other.is_open and len(other.cells) == width:
            return other
        waiting += [literal | {start} for start in _doubtful(other)]
    return None


def _doubtful(read: Fields) -> list[int]:
    """Where quotes open: those that swallowed other quotes first, then the last, then the rest."""
    last = read.starts[-1:] if read.is_open else []
    return [*last, *read.odd[:8], *read.starts[-8:][::-1], *read.starts[:-8][:8]]


def records(lines: Lines, dialect: Dialect, width: int, first: int = 0) -> Iterator[Record]:
    """Every record from line index ``first``, blank ones included.

    A quote left open joins the lines that follow only if the joined row has the usual width
    (0: any width does).
    """
    quote, number, total = dialect.quote, first, len(lines)
    patience = _Patience(lines)
    delimiter, blanks = dialect.delimiter, _blanks(dialect.delimiter)
    while number < total:
        text = lines.texts[number]
        if quote not in text:
            number += 1
            if delimiter in text:
                cells = [cell.strip(blanks) for cell in text.split(delimiter)]
                yield Record(number, number, cells)
            else:
                yield Record(number, number, [text.strip(blanks)] if text else _BLANK)
            continue
        record = _record(lines, number, dialect, width, patience)
        patience.failed += record.fault is not None
        yield record
        number = record.last


def _record(lines: Lines, number: int, dialect: Dialect, width: int, patience: _Patience) -> Record:
    text = lines.texts[number]
    read = fields(text, dialect)
    line = number + 1
    if not read.is_open:
        if not read.is_odd or not width or len(read.cells) == width:
            return Record(line, line, read.cells, "stray-quote" if read.is_odd else None)
        better = _settled(text, read, dialect, width, patience)
        return Record(line, line, (better or read).cells, "stray-quote")
    tries, depth = patience.bounds(text)
    if not tries:
        return Record(line, line, _as_text(text, dialect, read.starts[-1]), "unclosed-quote")
    joined, cost = _joined(lines, number, dialect, read, depth, patience.left)
    if joined and width and len(joined.cells) != width:
        joined = None
    if joined and joined.fault is None:
        return joined
    patience.left -= cost
    alone = _settled(text, read, dialect, width, patience)
    if alone:
        return Record(line, line, alone.cells, "unclosed-quote")
    return joined or Record(line, line, _as_text(text, dialect, read.starts[-1]), "unclosed-quote")


def _as_text(text: str, dialect: Dialect, start: int) -> list[str]:
    """The cells of a line whose last quote never closes: that quote is text."""
    bare = fields(text, dialect, frozenset({start}))
    if bare.is_open:
        return [c.strip(BLANKS) for c in text.split(dialect.delimiter)]
    return bare.cells


def _joined(
    lines: Lines, number: int, dialect: Dialect, opened: Fields, depth: int, most: int
) -> tuple[Record | None, int]:
    """The record that spans lines, where its quote closes; how many characters were weighed."""
    cells, pieces, is_odd = opened.cells[:-1], [opened.cells[-1]], opened.is_odd
    size = len(lines.texts[number])
    cost = 0
    quote, texts, ends = dialect.quote, lines.texts, lines.ends
    for last in range(number + 1, min(number + depth + 1, len(texts))):
        text = texts[last]
        size += len(text)
        if size > _MOST_CHARACTERS or cost > most:
            break
        pieces.append(ends[last - 1])
        if quote not in text:
            pieces.append(text)
            continue
        if not dialect.escape and text.find(quote) == len(text) - 1:
            cells.append("".join([*pieces, text[:-1]]))
            fault = "stray-quote" if is_odd else None
            return Record(number + 1, last + 1, cells, fault), cost
        cost += len(text)
        more = fields(text, dialect, inside=True)
        is_odd |= more.is_odd
        pieces.append(more.cells[0])
        if len(more.cells) > 1 or not more.is_open:
            cells.append("".join(pieces))
            pieces = []
            cells += more.cells[1:]
            if not more.is_open:
                fault = "stray-quote" if is_odd else None
                return Record(number + 1, last + 1, cells, fault), cost
            pieces = [cells.pop()]
    return None, cost


def usual_width(lines: Lines, dialect: Dialect) -> int:
    """The number of cells most rows have; 1 where hardly any has more."""
    counts: Counter[int] = Counter()
    sample = lines.head(_WIDTH_SAMPLE, _WIDTH_CHARACTERS)
    for record in records(sample, dialect, 0):
        if record.fault != "unclosed-quote" and any(record.cells):
            counts[len(record.cells)] += 1
    wide = {width: count for width, count in counts.items() if width > 1}
    if not wide or sum(wide.values()) < 0.3 * counts.total():
        return 1
    return max(wide, key=lambda width: (wide[width], width))
