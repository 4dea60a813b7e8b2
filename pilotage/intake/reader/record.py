"""Physical lines to records: quotes, escapes, line breaks in cells, and the strays among them."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import repeat
from typing import NamedTuple, TypeVar

from pilotage.intake.reader.fields import BLANKS, Dialect, Fields, blanks_of, fields
from pilotage.intake.reader.line import Lines

_MOST_LINES = 200
_MOST_CHARACTERS = 1 << 20
_MOST_TRIES = 24
_LONG = 20_000
_PATIENCE = 50
_LAST_PATIENCE = 2_000
_SPARE = 100_000
_BLOCK = 128
_SHORT = 200
_MOST_KEPT = 20_000
_WIDTH_SAMPLE = 20_000
_WIDTH_CHARACTERS = 500_000


Read = TypeVar("Read")


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


class Record(NamedTuple):
    """Cells with their first and last physical line (from 1), and the code of what was odd."""

    line: int
    last: int
    cells: list[str]
    fault: str | None = None


# A tuple made into a record: what its constructor does, without a call for each.
_record_of = partial(tuple.__new__, Record)


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


def records(lines: Lines, dialect: Dialect, width: int, first: int = 0) -> list[Record]:
    """Every record from line index ``first``, blank ones included.

    A quote left open joins the lines that follow only if the joined row has the usual width
    (0: any width does). Records may share one list of cells: it is not to be changed.
    """
    texts, number, total = lines.texts, first, len(lines)
    delimiter, quote, blanks = dialect.delimiter, dialect.quote, blanks_of(dialect.delimiter)
    found: list[Record] = []
    patience, readings = _Patience(lines), _Readings(dialect)
    while number < total:
        # Looked at many lines at once: most files hardly have a quote, or blanks to take off.
        stop = min(number + _BLOCK, total)
        block = texts[number:stop]
        together = "\n".join(block)
        if quote not in together:
            ordinals = range(number + 1, stop + 1)
            rows = _plain_cells(block, together, delimiter)
            found += map(_record_of, zip(ordinals, ordinals, rows, repeat(None)))
            number = stop
        while number < stop:
            text = texts[number]
            if quote in text:
                record = _record(lines, number, readings, width, patience)
                patience.failed += record.fault is not None
                number = record.last
            else:
                number += 1
                cells = [cell.strip(blanks) for cell in text.split(delimiter)]
                record = _record_of((number, number, cells, None))
            found.append(record)
    return found


def _plain_cells(texts: Sequence[str], together: str, delimiter: str) -> list[list[str]]:
    """The cells of lines without quotes; ``together`` is all of them in one."""
    blanks = blanks_of(delimiter)
    if any(blank in together for blank in blanks):
        return [[cell.strip(blanks) for cell in text.split(delimiter)] for text in texts]
    return [text.split(delimiter) for text in texts]


class _Kept(dict[str, Read]):
    """What a way of reading makes of lines; short ones are read once, however often they come."""

    def __init__(self, way: Callable[[str], Read]) -> None:
        self._way = way

    def __missing__(self, text: str) -> Read:
        read = self._way(text)
        if len(text) < _SHORT and len(self) < _MOST_KEPT:
            self[text] = read
        return read


class _Readings:
    """How single lines read: as their quotes say, and with the last one, left open, as text."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.plain = _Kept(lambda text: fields(text, dialect))
        self.bare = _Kept(lambda text: _as_text(text, dialect, self.plain[text].starts[-1]))


def _record(
    lines: Lines, number: int, readings: _Readings, width: int, patience: _Patience
) -> Record:
    text, line, dialect = lines.texts[number], number + 1, readings.dialect
    read = readings.plain[text]
    if not read.is_open:
        if not read.odd or not width or len(read.cells) == width:
            return Record(line, line, read.cells, "stray-quote" if read.odd else None)
        better = _settled(text, read, dialect, width, patience)
        return Record(line, line, (better or read).cells, "stray-quote")
    tries, depth = patience.bounds(text)
    if not tries:
        return Record(line, line, readings.bare[text], "unclosed-quote")
    joined, cost = _joined(lines, number, dialect, read, depth, patience.left)
    if joined and width and len(joined.cells) != width:
        joined = None
    if joined and joined.fault is None:
        return joined
    patience.left -= cost
    alone = _settled(text, read, dialect, width, patience)
    if alone:
        return Record(line, line, alone.cells, "unclosed-quote")
    return joined or Record(line, line, readings.bare[text], "unclosed-quote")


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
