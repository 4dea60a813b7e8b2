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
    texts = {cell for cell in {record.cells[0] for record in body} if _TOTAL.match(cell)}
    totals = [
        record
        for record in (body if texts else ())
        if record.cells[0] in texts
        and filled_count(record) < usual - 1
        and not kinds[0].has_shape(record.cells[0])
    ]
    if usual > 2:
        totals += _of_page(body, {_lone(record.cells) for record in titles} - {""})
    if len(kinds) > 2:
        totals += _group_titles(body, kinds)
    if not totals:
        return body, []
    lines = {record.line for record in totals}
    kept = [record for record in body if record.line not in lines]
    return kept, [record for record in body if record.line in lines]


def _group_titles(body: Sequence[Record], kinds: Sequence[Kind]) -> list[Record]:
    """The title of each group of rows: alone on its row, the first above all of them."""
    if not _is_title(body[0], kinds) or _is_title(body[-1], kinds):
        return []
    at = [
        n
        for n, record in enumerate(body)
        if record.cells[0]
        and len(record.cells) - record.cells.count("") == 1
        and _is_title(record, kinds)
    ]
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


def _of_page(body: Sequence[Record], titles: set[str]) -> list[Record]:
    """The rows that say nothing but a title again, or the number of a page."""
    lone = [r for r in body if len(r.cells) - r.cells.count("") == 1]
    texts = [r.cells[0] or next(filter(None, r.cells)) for r in lone]
    pages = {text for text in set(texts) if text in titles or _PAGE.match(text)}
    return [r for r, text in zip(lone, texts, strict=True) if text in pages] if pages else []
