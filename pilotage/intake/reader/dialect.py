"""Delimiter, quote and escape: the candidate that makes a table of the head is kept."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pilotage.intake.reader.fields import Dialect
from pilotage.intake.reader.line import Lines
from pilotage.intake.reader.record import records, usual_width

_PRIOR = {
    ";": 1.0,
    ",": 1.0,
    "\t": 1.0,
    "|": 0.98,
    "¦": 0.9,
    "\x1f": 0.9,
    "§": 0.85,
    "^": 0.7,
    "~": 0.7,
    ":": 0.55,
    " ": 0.5,
}
_HEAD_LINES = 200
_HEAD_CHARACTERS = 60_000
_SEP = re.compile(r'"?sep=(.)"?$', re.IGNORECASE)
_GAP = "[ ]{0,40}"  # bounded: a run of a million spaces would be searched from each of them
_LEAST = 0.2
_LEAST_NEIGHBOURS = 5
_TYPED = re.compile(
    r"[-+(]?[\d \u00a0\u202f.,']*\d[\d.,]*\)?\s*[%$€£]?|[$€£]\s?[\d.,]+"  # a number
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]\d{1,2}:\d{2}(:\d{2})?)?|\d{1,2}[:h]\d{2}"  # a moment
    r"|\d{4}-[TQSW]?\d{1,4}"  # a period
)
_DECIMAL_LINE = re.compile(r"\s*-?\d+,\d+\s*%?$")


@dataclass(frozen=True)
class Choice:
    """A dialect, how sure (0–1), and how many leading lines only declare it (``sep=;``)."""

    dialect: Dialect
    confidence: float
    skipped: int = 0


def chosen(lines: Lines) -> Choice:
    """The dialect of a text, from its head."""
    declared = _SEP.match(lines.texts[0].strip(" \ufeff")) if lines.texts else None
    if declared:
        dialect = _with_quote(lines, Dialect(declared[1]), 1)
        return Choice(_with_escape(lines, dialect), 1.0, 1)
    scored = sorted(
        ((_score(lines, _with_quote(lines, Dialect(d))), d) for d in _PRIOR), reverse=True
    )
    (best, delimiter), (second, _) = scored[0], scored[1]
    if best < _LEAST:
        delimiter, best, second = _fallback(lines), 0.5, 0.0
    dialect = _with_escape(lines, _with_quote(lines, Dialect(delimiter)))
    sure = 1 - 0.5 * second / best if best else 0.5
    return Choice(dialect, round(min(0.99, sure), 2))


def _head(lines: Lines, first: int = 0) -> Lines:
    last, size = first, 0
    while last < len(lines) and last - first < _HEAD_LINES and size < _HEAD_CHARACTERS:
        size += len(lines.texts[last])
        last += 1
    # One line of a million characters says no more than its beginning.
    texts = [text[:_HEAD_CHARACTERS] for text in lines.texts[first:last]]
    return Lines(texts, lines.ends[first:last], lines.kind)


def _fallback(lines: Lines) -> str:
    """Nothing makes a table: the delimiter of a header alone, or none that would cut a sentence."""
    text = next((line for line in lines.texts if line.strip()), "")
    counts = Counter(character for character in text if character in ";\t|")
    if counts:
        return counts.most_common(1)[0][0]
    return "," if len(lines) == 1 or text.count(",") > 1 else ";"


def _with_quote(lines: Lines, dialect: Dialect, first: int = 0) -> Dialect:
    """The quote that opens and closes whole cells most often."""
    text = "\n".join(_head(lines, first).texts)
    mark = re.escape(dialect.delimiter)
    counts = {}
    for quote in ('"', "'"):
        opened = len(re.findall(rf"(?:^|{mark}){_GAP}{quote}", text, re.MULTILINE))
        closed = len(re.findall(rf"{quote}{_GAP}(?:$|{mark})", text, re.MULTILINE))
        counts[quote] = min(opened, closed)
    quote = "'" if counts["'"] >= 2 and counts["'"] > 2 * counts['"'] else '"'
    return replace(dialect, quote=quote)


def _with_escape(lines: Lines, dialect: Dialect) -> Dialect:
    """A backslash escapes where reading it so leaves fewer faults than reading it as text."""
    head = _head(lines)
    if not any("\\" + dialect.quote in text for text in head.texts):
        return dialect
    escaped = replace(dialect, escape="\\")
    plain_faults, escaped_faults = _faults(head, dialect), _faults(head, escaped)
    return escaped if escaped_faults < plain_faults else dialect


def _faults(lines: Lines, dialect: Dialect) -> int:
    width = usual_width(lines, dialect)
    return sum(
        (len(record.cells) != width) + (record.fault is not None)
        for record in records(lines, dialect, width)
        if any(record.cells)
    )


def _score(lines: Lines, dialect: Dialect) -> float:
    """Share of the head's rows that have the usual width, times how well their cells read."""
    head = _head(lines)
    if not any(dialect.delimiter in text for text in head.texts):
        return 0.0
    if dialect.delimiter == "," and _only_decimals(head.texts):
        return 0.0
    width = usual_width(head, dialect)
    if width < 2:
        return 0.0
    rows = [record.cells for record in records(head, dialect, width) if any(record.cells)]
    if not rows:
        return 0.0
    usual = [cells for cells in rows if len(cells) == width]
    share = len(usual) / len(rows)
    cells = [cell for cells in usual for cell in cells if cell]
    read = sum(map(_cleanness, cells)) / len(cells) if cells else 0.5
    prior = _PRIOR[dialect.delimiter] * _between_quotes(head, dialect)
    return prior * share * (1 - 1 / width) * read**2


def _between_quotes(head: Lines, dialect: Dialect) -> float:
    """More than 1 for the character that stands between nearly all neighbours in quotes."""
    quote = re.escape(dialect.quote)
    found = Counter(
        re.findall(rf"{quote}{_GAP}([^{quote}\w]){_GAP}{quote}(?!{quote})", "\n".join(head.texts))
    )
    if found.total() < _LEAST_NEIGHBOURS:
        return 1.0
    return 4.0 if found[dialect.delimiter] > 0.9 * found.total() else 1.0


def _only_decimals(texts: Sequence[str]) -> bool:
    split = [text for text in texts if "," in text]
    return bool(split) and all(_DECIMAL_LINE.match(text) for text in split)


def _cleanness(cell: str) -> float:
    """How much a cell looks like one value: 1 for a number or a date, less where marks remain."""
    if len(cell) < 40 and _TYPED.fullmatch(cell):
        return 1.0
    if any(mark in cell for mark in ";\t|"):
        return 0.4
    if '"' in cell:
        return 0.6
    if cell.endswith((",", ":")) or cell.startswith((",", "//")):
        return 0.5
    return 0.8 if "," in cell and ", " not in cell else 0.95
