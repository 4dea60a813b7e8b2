"""Rows one cell short because a delimiter is missing, where there is only one place for it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pilotage.intake.reader.fields import Dialect, fields
from pilotage.intake.reader.record import Record

_SAMPLE = 500
_USUAL = 0.9


@dataclass(frozen=True)
class Mould:
    """How the cells of one column are written: an expression they all match; None for free text."""

    pattern: re.Pattern[str] | None

    def takes(self, cell: str) -> bool:
        """True where the cell may be one of this column."""
        return self.pattern is None or not cell or bool(self.pattern.fullmatch(cell))


def moulds_of(records: Sequence[Record], width: int) -> list[Mould]:
    """The mould of each column, from rows of the usual width."""
    sample = [r.cells for r in records if len(r.cells) == width][:_SAMPLE]
    return [_mould([cells[n] for cells in sample if cells[n]]) for n in range(width)]


def _mould(cells: Sequence[str]) -> Mould:
    if len(cells) < 4:
        return Mould(None)
    shapes: Counter[str] = Counter()
    for cell, count in Counter(cells).items():
        if len(cell) < 60:
            shapes[_shape(cell)] += count
    kept = [shape for shape, count in shapes.most_common(6) if count > 0.02 * len(cells)]
    if sum(shapes[shape] for shape in kept) < _USUAL * len(cells) or "\\d" not in "".join(kept):
        return Mould(None)
    return Mould(re.compile("|".join(kept)))


def _shape(cell: str) -> str:
    """An expression for cells written like this one, to the number of digits."""
    runs = re.findall(r"\d+|[^\W\d_]+|.", cell, re.DOTALL)
    return "".join(
        rf"\d{{{len(run)}}}"
        if run.isdigit()
        else rf"[^\W\d_]{{{len(run)}}}"
        if run.isalpha()
        else re.escape(run)
        for run in runs
    )


def parted(
    record: Record, text: str, dialect: Dialect, moulds: Sequence[Mould]
) -> list[str] | None:
    """The row's cells with the one delimiter it lacks; None where there is no one place for it."""
    found: set[tuple[str, ...]] = set()
    if len(record.cells) == len(moulds) - 1:
        found = {tuple(cells) for cells in _splits(record.cells, moulds)}
    found = found or {tuple(cells) for cells in _between_quotes(text, dialect, moulds)}
    return list(found.pop()) if len(found) == 1 else None


def _splits(cells: list[str], moulds: Sequence[Mould]) -> list[list[str]]:
    """Every way to cut one cell in two so that each column with a mould takes its cell."""
    found = []
    for n, cell in enumerate(cells):
        left, right = moulds[n], moulds[n + 1]
        if left.pattern is None or right.pattern is None or len(cell) > 200:
            continue
        for cut in range(1, len(cell)):
            row = [*cells[:n], cell[:cut].rstrip(), cell[cut:].lstrip(), *cells[n + 1 :]]
            if row[n] and row[n + 1] and _all_take(row, moulds):
                found.append(row)
    return found


def _between_quotes(text: str, dialect: Dialect, moulds: Sequence[Mould]) -> list[list[str]]:
    """A delimiter put where a quoted cell touches its neighbour."""
    quote, found = dialect.quote, []
    for place in re.finditer(re.escape(quote), text):
        at = place.start()
        if not 0 < at < len(text) - 1:
            continue
        read = fields(text[:at] + dialect.delimiter + text[at:], dialect)
        is_sound = not read.is_open and not read.is_odd
        if is_sound and not any(quote in c for c in read.cells) and _all_take(read.cells, moulds):
            found.append(read.cells)
    return found


def _all_take(cells: Sequence[str], moulds: Sequence[Mould]) -> bool:
    return len(cells) == len(moulds) and all(
        mould.takes(cell) for mould, cell in zip(moulds, cells, strict=True)
    )
