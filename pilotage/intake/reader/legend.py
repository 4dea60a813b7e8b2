"""A legend of symbols or numbered notes below a table: a title alone, then rows of two cells."""

import re
from collections.abc import Sequence

from pilotage.intake.reader.column_kind import Kind
from pilotage.intake.reader.record import Record
from pilotage.intake.reader.value import day, number

_MOST_ROWS = 40
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s+[^\W\d]")


def legend_start(
    rest: Sequence[Record], end: int, kinds: Sequence[Kind], width: int, blank: set[int]
) -> int:
    """The index at which a legend that stops before ``end`` begins; ``end`` where there is none.

    It begins with a lone cell, or a numbered note, under a blank line; its rows explain in words,
    under no column.
    """
    if width < 3:
        return end
    for index in range(end - 1, max(0, end - _MOST_ROWS), -1):
        record = rest[index]
        is_note = len(record.cells) < width and bool(_NUMBERED.match(record.cells[0]))
        if record.line - 1 in blank:
            if is_note:
                return index
            titled = bool(record.cells[0]) and not any(record.cells[1:])
            return index if titled and index < end - 1 else end
        if not is_note and not _explains(record, kinds, width):
            return end
    return end


def _explains(record: Record, kinds: Sequence[Kind], width: int) -> bool:
    """True for a sign and its meaning, which cannot be a row of the table."""
    second = record.cells[1] if len(record.cells) > 1 else ""
    if not record.cells[0] or not second or any(record.cells[2:]):
        return False
    if number(second) is not None or day(second) is not None:
        return False
    typed = len(kinds) > 1 and kinds[1].is_typed
    return typed or len(record.cells) < width - 1
