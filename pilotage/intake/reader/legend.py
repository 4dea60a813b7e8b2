"""A legend of symbols or numbered notes below a table: a title alone, then rows of two cells."""

from collections.abc import Sequence

from pilotage.intake.reader.column_kind import Kind, says_value
from pilotage.intake.reader.record import Record

_MOST_ROWS = 40


def legend_start(
    rest: Sequence[Record], end: int, kinds: Sequence[Kind], width: int, blank: set[int]
) -> int:
    """The index at which a legend that stops before ``end`` begins; ``end`` where there is none.

    It begins with a lone cell under a blank line; its rows explain in words, under no column.
    """
    if width < 3:
        return end
    for index in range(end - 1, max(0, end - _MOST_ROWS), -1):
        record = rest[index]
        if record.line - 1 in blank:
            titled = bool(record.cells[0]) and not any(record.cells[1:])
            return index if titled and index < end - 1 else end
        if not _explains(record, kinds, width):
            return end
    return end


def _explains(record: Record, kinds: Sequence[Kind], width: int) -> bool:
    """True for a sign and its meaning, which cannot be a row of the table."""
    second = record.cells[1] if len(record.cells) > 1 else ""
    if not record.cells[0] or not second or any(record.cells[2:]) or says_value(second):
        return False
    typed = len(kinds) > 1 and kinds[1].is_typed
    return typed or len(record.cells) < width - 1
