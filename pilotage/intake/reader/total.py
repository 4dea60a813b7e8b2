"""What stands among the rows and is none: totals, titles of groups, what printed pages add."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

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
    if usual > 3:
        totals += _group_titles(body, kinds)
    lines = {record.line for record in totals}
    kept = [record for record in body if record.line not in lines]
    return kept, [record for record in body if record.line in lines] if lines else []


def _group_titles(body: Sequence[Record], kinds: Sequence[Kind]) -> list[Record]:
    """The title of each group of rows: alone on its row, the first above all of them."""
    if not _is_title(body[0], kinds) or _is_title(body[-1], kinds):
        return []
    at = [n for n, record in enumerate(body) if _is_title(record, kinds)]
    apart = all(after - before > 1 for before, after in pairwise(at))
    return [body[n] for n in at] if len(at) > 1 and apart else []


def _is_title(record: Record, kinds: Sequence[Kind]) -> bool:
    first, *others = record.cells[:2]
    if not first or any(others) or any(record.cells[1:]):
        return False
    return len(record.cells) == len(kinds) and not kinds[0].has_shape(first)


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
