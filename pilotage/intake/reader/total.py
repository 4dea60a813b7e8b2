"""What stands among the rows and is none: totals, page numbers, a title printed on every page."""

import re
from collections import Counter
from collections.abc import Sequence

from pilotage.intake.reader.column_kind import Kind
from pilotage.intake.reader.record import Record

_TOTAL = re.compile(r"(grand[ -]?|sous[ -])?tota(l|ux)\b|somme\b|subtotal\b", re.IGNORECASE)
_PAGE = re.compile(r"page\s{0,3}\d{1,6}(\s{0,3}(de|of|sur|/)\s{0,3}\d{1,6})?$", re.IGNORECASE)


def filled_count(record: Record) -> int:
    """How many cells say something."""
    return len(record.cells) - record.cells.count("")


def usual_count(rest: Sequence[Record]) -> int:
    """One more than the usual number of filled cells."""
    return Counter(map(filled_count, rest[:2000])).most_common(1)[0][0] + 1


def without_totals(
    body: list[Record], kinds: Sequence[Kind], titles: Sequence[Record]
) -> tuple[list[Record], list[Record]]:
    """The body without the totals among its rows, which would count twice, and what pages add.

    ``titles`` are the rows above the header.
    """
    if not body:
        return body, []
    usual = usual_count(body)
    said = {_lone(record.cells) for record in titles} - {""} if usual > 2 else set()
    totals = [
        record
        for record in body
        if (
            _TOTAL.match(record.cells[0])
            and filled_count(record) < usual - 1
            and not kinds[0].has_shape(record.cells[0])
        )
        or (usual > 2 and _is_of_page(record, said))
    ]
    lines = {record.line for record in totals}
    return [record for record in body if record.line not in lines], totals


def _lone(cells: Sequence[str]) -> str:
    """The one thing a row says; empty where it says more."""
    said = cells[0] or next((cell for cell in cells if cell), "")
    return said if len(cells) - cells.count("") == 1 else ""


def _is_of_page(record: Record, titles: set[str]) -> bool:
    first, cells = record.cells[0], record.cells
    if len(cells) > 1 and first and cells[1]:
        return False  # most rows: they cost no more
    said = _lone(cells)
    return bool(said) and (said in titles or bool(_PAGE.match(said)))
