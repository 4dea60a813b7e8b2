"""Records to one table: preamble, header rows, body, footer, second table, empty columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise

from pilotage.intake.contract import plain_label
from pilotage.intake.problem import Problem
from pilotage.intake.reader.column_kind import Kind, kinds_of, says_label, says_value
from pilotage.intake.reader.fault import at_cell
from pilotage.intake.reader.header import is_header, is_known, said_at
from pilotage.intake.reader.legend import legend_start
from pilotage.intake.reader.record import Record
from pilotage.intake.reader.told import Told
from pilotage.intake.reader.total import filled_count, usual_count, without_totals

_SEARCHED = 60
_FULL = 0.6
_FOOT_ROWS = 40
_LONG_LABEL = 100
_MARK = "\ufeff"  # files put end to end keep theirs
_FOOTER = re.compile(
    r"(grand[ -]?)?total\b|totaux\b|somme\b|sous[ -]total|ensemble\s*$|source\b|sources\b|notes?\b"
    r"|légende|legende|remarques?\b|\*|\(\d\)|nota\b|mise? à jour|généré|extrait|exporté"
    r"|generated|exported|last update|footnote|fin du|end of",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Parts:
    """Where things stand: header labels and rows; the body; what was set aside, by line."""

    labels: tuple[str, ...]
    header: tuple[Record, ...]
    body: list[Record]
    preamble: tuple[int, ...] = ()
    footer: tuple[int, ...] = ()


def parts_of(
    records: Sequence[Record], width: int, told: Told, header_line: int | None = None
) -> Parts:
    """The table in a list of records; ``width`` is their usual number of cells.

    ``header_line`` is where somebody says that the one header row stands.
    """
    filled = [record for record in records if any(record.cells)]
    if not filled:
        return Parts((), (), [])
    said = said_at(filled, header_line)
    first = _header_at(filled, width) if said is None else said
    header = _header_rows(filled, first, width) if said is None else [filled[said]]
    kinds = kinds_of(filled[header_end(filled, header) :], width)
    is_said = said is not None
    if not is_said and not is_header(header[0], filled[header_end(filled, header) :], kinds):
        told.add(Problem("no-header", line=header[0].line, found=_shown(header[0])))
        rest, header = filled[first:], []
    else:
        rest = filled[header_end(filled, header) :]
    labels = _labels(header) if header else ()
    if len(labels) == width + 1 and labels.count("") == 1:
        # One delimiter too many in the header: no row has a cell for the column without a name.
        blank_at = labels.index("")
        told.add(at_cell("blank-label", header[-1].line, blank_at, labels, ""))
        labels = tuple(label for label in labels if label)
    if len(header) > 1:
        told.add(Problem("multi-header", line=header[0].line, found=_shown(header[-1])))
    start = header[0].line if header else rest[0].line
    has_blank = len(filled) < len(records)
    blank = _blank_lines(records, header[-1].last if header else start) if has_blank else set()
    body, foot = _without_footer(rest, kinds, width, blank)
    titles = [record for record in filled if record.line < start]
    body, totals = without_totals(body, kinds, titles)
    foot = sorted([*totals, *foot])
    told.add_all("footer-row", foot, partial(_problem, "footer-row"))
    body, second = _one_table(body, labels, kinds, blank)
    told.add_all("multi-table", second, partial(_problem, "multi-table"))
    last = body[-1].last if body else start
    among = [n for n in sorted(blank) if n <= last or not foot]
    told.add_all("blank-row", among, lambda n: Problem("blank-row", line=n))
    preamble = tuple(r.line for r in titles)
    return Parts(labels, tuple(header), body, preamble, tuple(r.line for r in foot))


def _problem(code: str, record: Record) -> Problem:
    return Problem(code, line=record.line, found=_shown(record))


def header_end(filled: Sequence[Record], header: Sequence[Record]) -> int:
    """The index of the first record after the header."""
    return next((n for n, r in enumerate(filled) if r.line > header[-1].line), len(filled))


def _shown(record: Record) -> str:
    return " | ".join(cell for cell in record.cells if cell)[:120]


def _blank_lines(records: Sequence[Record], after: int) -> set[int]:
    return {r.line for r in records if not any(r.cells) and r.line > after}


def _header_at(filled: Sequence[Record], width: int) -> int:
    """The index of the (first) header row: a known header, else the first row that is full."""
    if width == 1:
        return 0
    searched = filled[:_SEARCHED]
    usual = [filled_count(r) for r in filled[:2000] if len(r.cells) == width] or [1]
    typical = sorted(usual)[len(usual) // 2]
    for index, record in enumerate(searched):
        if filled_count(record) >= 2 and is_known(record.cells):
            return index
    for index, record in enumerate(searched):
        if filled_count(record) >= max(2, _FULL * typical) and not _introduces(
            searched, index, width
        ):
            return index
    return 0


def _introduces(searched: Sequence[Record], index: int, width: int) -> bool:
    """True for a short « key: value » line above wider rows that is not a header."""
    record = searched[index]
    if index + 1 >= len(searched) or filled_count(record) > 2 or width <= 3:
        return False
    following = searched[index + 1]
    return filled_count(following) > 2 and says_label(following.cells)


def _header_rows(filled: Sequence[Record], first: int, width: int) -> list[Record]:
    """The header row with those of the same header just above and just below it."""
    header = [filled[first]]
    for position in range(first + 1, min(first + 5, len(filled))):
        record, below = filled[position], filled[position + 1 : position + 201]
        repeated = _same(record.cells, header[0].cells)
        if not repeated and not _continues(record, kinds_of(below, width), header[-1]):
            break
        header.append(record)
    while first and _names_twice(header[0]):
        first -= 1
        above = filled[first]
        if filled_count(above) < 2 or len(above.cells) <= 2:
            break
        header.insert(0, above)
    return header


def _names_twice(record: Record) -> bool:
    labels = [cell for cell in record.cells if cell]
    return len(set(labels)) < len(labels)


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    if len(one) != len(other):
        return False
    return all(a == b or _plain(a) == _plain(b) for a, b in zip(one, other, strict=True))


def _plain(cell: str) -> str:
    return _short_plain(cell) if len(cell) < _LONG_LABEL else plain_label(cell)


@lru_cache(maxsize=4096)
def _short_plain(cell: str) -> str:
    return plain_label(cell)


def _continues(record: Record, kinds: Sequence[Kind], above: Record) -> bool:
    """True for a second row of labels: words where the body has numbers or dates."""
    if record.line - above.last > 3:
        return False
    typed = [n for n, kind in enumerate(kinds) if kind.is_typed]
    worded = [n for n in typed if n < len(record.cells) and says_label([record.cells[n]])]
    blank = [n for n in typed if n >= len(record.cells) or not record.cells[n]]
    if not worded or len(worded) + len(blank) < len(typed):
        return False
    if any(says_value(cell) for cell in record.cells if cell):
        return False
    # One lone word among typed columns may be a value somebody wrote as a word.
    starts_blank = not record.cells[0] or any(not c for c in above.cells)
    return len(worded) >= 2 or (starts_blank and len(typed) == 1 and not record.cells[0])


def _labels(header: Sequence[Record]) -> tuple[str, ...]:
    """One label a column: the rows' labels one after the other, a group's carried to its right."""
    width = max(len(r.cells) for r in header)
    rows = [[" ".join(c.split()) for c in r.cells] + [""] * (width - len(r.cells)) for r in header]
    rows = [row for n, row in enumerate(rows) if row not in rows[:n]]
    for above, below in reversed(list(pairwise(rows))):
        carried = ""
        for n in range(width):
            if above[n]:
                carried = above[n] if below[n] else ""
            elif below[n]:
                above[n] = carried
            else:
                carried = ""
    return tuple(" ".join(row[n] for row in rows if row[n]) for n in range(width))


def _without_footer(
    rest: Sequence[Record], kinds: Sequence[Kind], width: int, blank: set[int]
) -> tuple[list[Record], list[Record]]:
    """The body, and the totals, sources and notes that stand below it."""
    end = len(rest)
    while end > 1 and len(rest) - end < _FOOT_ROWS:
        is_foot = _is_foot(rest, end - 1, kinds, width, blank)
        start = end - 1 if is_foot else legend_start(rest, end, kinds, width, blank)
        if start == end:
            break
        end = start
    return list(rest[:end]), list(rest[end:])


def _is_foot(
    rest: Sequence[Record], index: int, kinds: Sequence[Kind], width: int, blank: set[int]
) -> bool:
    record = rest[index]
    first = next(cell for cell in record.cells if cell)
    worded = bool(_FOOTER.match(first)) and filled_count(record) < max(2, usual_count(rest))
    if width == 1:
        return worded and record.line - 1 in blank
    alone = filled_count(record) == 1 and bool(record.cells[0])
    if kinds and kinds[0].has_shape(first) and not worded:
        return False
    if alone and worded:
        return True
    apart = record.line - 1 in blank
    if alone and width > 2:
        return apart or len(first.split()) > 3 or len(record.cells) == width > 3
    if alone:
        return apart
    return worded


def _one_table(
    body: list[Record], labels: tuple[str, ...], kinds: Sequence[Kind], blank: set[int]
) -> tuple[list[Record], list[Record]]:
    """The first table's rows, and each header come again or row that begins another table.

    A header come again is left out; another table is set aside.
    """
    if not any(labels):
        return body, []
    said = _said(labels)
    again: list[int] = []
    header: list[str] = []
    end = len(body)
    for index in _unusual(body, len(labels), said[0], blank):
        cells = body[index].cells
        may_be_again = said[0] in cells or cells[0] == _MARK + said[0]
        if may_be_again and (cells == header or _same(_said(cells), said)):
            again.append(index)
            header = cells
        elif index > len(again) and _may_begin(body, index, labels, kinds, blank):
            end = index
            break
    second, left_out = [body[n] for n in again], set(again)
    kept = [r for n, r in enumerate(body[:end]) if n not in left_out] if again else body[:end]
    if end == len(body):
        return kept, second
    while kept and kept[-1].last >= body[end].line - 3 and filled_count(kept[-1]) == 1:
        if kinds and kinds[0].has_shape(kept[-1].cells[0]):
            break
        kept.pop()
    return kept, [*second, body[end]]


def _unusual(body: Sequence[Record], own: int, first: str, blank: set[int]) -> list[int]:
    """The few rows at which the header may come again or another table begin.

    Those that hold the header's first label, are of a width of their own, or come after a blank
    line or the row below it.
    """
    rows, marked = [record.cells for record in body], _MARK + first
    found = {n for n, cells in enumerate(rows) if first in cells or cells[0] == marked}
    widths = list(map(len, rows))
    found.update(n for n, (a, b) in enumerate(pairwise(widths), 1) if b not in (own, a))
    if blank:
        below = [n for n, record in enumerate(body) if record.line - 1 in blank]
        found.update(below, [n + 1 for n in below if n + 1 < len(body)])
    return sorted(found)


def _said(cells: Sequence[str]) -> list[str]:
    return [cell.removeprefix(_MARK) for cell in cells if cell]


def _may_begin(
    body: Sequence[Record],
    index: int,
    labels: tuple[str, ...],
    kinds: Sequence[Kind],
    blank: set[int],
) -> bool:
    width = len(body[index].cells)
    is_odd = width != len(labels) and width != len(body[index - 1].cells)
    if not is_odd and not _is_apart(body, index, blank):
        return False
    return _begins_another(body, index, labels, kinds, blank)


def _begins_another(
    body: Sequence[Record],
    index: int,
    labels: tuple[str, ...],
    kinds: Sequence[Kind],
    blank: set[int],
) -> bool:
    """True for a row of labels below which the rows are no longer those of the first table."""
    record, following = body[index], body[index + 1 : index + 21]
    if filled_count(record) < 2 or not following or any(says_value(c) for c in record.cells if c):
        return False
    typed = [n for n, kind in enumerate(kinds) if kind.is_typed and n < len(record.cells)]
    if any(record.cells[n] and kinds[n].takes(record.cells[n]) for n in typed):
        return False
    apart = _is_apart(body, index, blank)
    width, own = len(record.cells), len(labels)
    shifted = width != own and all(len(r.cells) == width for r in following)
    if shifted and (apart or _shares(record, labels)):
        return True
    worded = [n for n in typed if record.cells[n]]
    return apart and bool(worded) and says_label(record.cells)


def _shares(record: Record, labels: tuple[str, ...]) -> bool:
    known = {plain_label(label) for label in labels}
    return sum(plain_label(cell) in known for cell in record.cells if cell) > 1


def _is_apart(body: Sequence[Record], index: int, blank: set[int]) -> bool:
    """True where a blank line stands just above, or above a title just above."""
    line = body[index].line
    if line - 1 in blank:
        return True
    before = body[index - 1]
    return before.last == line - 1 and filled_count(before) == 1 and before.line - 1 in blank
