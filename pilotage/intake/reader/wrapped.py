"""Lines that are each one cell in quotes: a table that was exported twice."""

import re
from dataclasses import replace

from pilotage.intake.problem import Problem
from pilotage.intake.reader.fields import Dialect, fields
from pilotage.intake.reader.line import Lines
from pilotage.intake.reader.told import Told

_WHOLE = re.compile(r'\s*"((?:[^"]|"")*)"\s*')
_LEAST_LINES = 3


def unwrapped(lines: Lines, told: Told) -> Lines:
    """The lines without the quotes that make one cell of each, and told; else as they are."""
    inner: list[str] = []
    for text in lines.texts:
        found = _WHOLE.fullmatch(text)
        if not found and text.strip():
            return lines
        inner.append(found[1].replace('""', '"') if found else text)
    filled = [text for text in inner if text.strip()]
    if len(filled) < _LEAST_LINES or not any(map(_is_table, [filled] * 4, ";,\t|")):
        return lines
    told.add(Problem("quoted-row", line=1, found=lines.texts[0]))
    return replace(lines, texts=inner)


def _is_table(texts: list[str], delimiter: str) -> bool:
    if delimiter not in texts[0]:
        return False
    return len({len(fields(text, Dialect(delimiter)).cells) for text in texts}) == 1
