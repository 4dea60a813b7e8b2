"""Whether a row is a header, and what is wrong with it: no name, or a name that comes twice."""

import re
from collections.abc import Sequence

from pilotage.intake.contract import plain_label, recognised
from pilotage.intake.reader.column_kind import Kind
from pilotage.intake.reader.fault import at_cell
from pilotage.intake.reader.record import Record
from pilotage.intake.reader.told import Told

_YEAR = re.compile(r"(19|20)\d\d")


def header_problems(
    labels: tuple[str, ...], line: int, texts: Sequence[Sequence[str]], told: Told
) -> None:
    """Blank labels above data, and labels already seen; ``texts`` are the columns' cells."""
    seen: set[str] = set()
    for n, label in enumerate(labels):
        plain = plain_label(label)
        if not plain:
            if any(texts[n]):
                shown = next(cell for cell in texts[n] if cell)
                told.add(at_cell("blank-label", line, n, labels, shown))
        elif plain in seen:
            told.add(at_cell("duplicate-label", line, n, labels, label))
        seen.add(plain)


def is_known(cells: Sequence[str]) -> bool:
    """True for the complete header of a contract."""
    labels = [cell for cell in cells if cell]
    contract = recognised(labels)
    return contract is not None and not contract.missing(labels)


def said_at(filled: Sequence[Record], line: int | None) -> int | None:
    """The index of the record that stands on a line; None where none begins or goes on there."""
    if line is None:
        return None
    return next((n for n, r in enumerate(filled) if r.line <= line <= r.last), None)


def is_header(first: Record, body: Sequence[Record], kinds: Sequence[Kind]) -> bool:
    """False where the first full row reads as the rows below it do."""
    if is_known(first.cells) or not body:
        return True
    for_, against = 0, 0
    for n, cell in enumerate(first.cells[: len(kinds)]):
        kind = kinds[n]
        if not cell:
            continue
        if kind.is_typed and _YEAR.fullmatch(cell) and not kind.has_shape(cell):
            continue
        if kind.is_typed:
            for_, against = (for_, against + 1) if kind.takes(cell) else (for_ + 1, against)
        elif kind.has_shape(cell):
            against += 1
    return against <= for_
