"""Rows that do not have the table's width: written with another delimiter, too short, too long."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pilotage.intake.problem import Problem
from pilotage.intake.reader.column_kind import Kind, kinds_of, says_label
from pilotage.intake.reader.fields import Dialect, fields
from pilotage.intake.reader.fused import moulds_of, parted
from pilotage.intake.reader.line import Lines
from pilotage.intake.reader.record import Record
from pilotage.intake.reader.told import Told

_OTHERS = (";", ",", "\t", "|", " ")
_LEAST_WIDTH = 3
_MOST_TRIES = 500
_LONGEST = 5_000
_MOST_STEPS = 2_000_000


def mended(records: list[Record], lines: Lines, dialect: Dialect, width: int) -> list[Record]:
    """The records, odd ones read under another delimiter, or with the one they lack.

    Only where that fits the table exactly; the record then bears its fault.
    """
    if width < _LEAST_WIDTH:
        return records
    kinds, moulds = kinds_of(records, width), moulds_of(records, width)
    first = next((n for n, record in enumerate(records) if any(record.cells)), 0)
    found, tries, left = list(records), 0, _MOST_STEPS
    for index in _lone(records, lines, width, dialect.quote):
        record = records[index]
        text, tries = lines.texts[record.line - 1], tries + 1
        if tries > _MOST_TRIES:
            break
        if len(text) > _LONGEST:
            continue
        if len(record.cells) < width:
            found[index] = _mended(record, lines, dialect, kinds, index == first)
        if found[index] is record and index != first and any(m.pattern for m in moulds):
            # A delimiter is tried at every place, and the whole row read each time.
            steps = len(text) * (width + text.count(dialect.quote))
            if steps > left or not _may_lack(record, width):
                continue
            left -= steps
            cells = parted(record, text, dialect, moulds)
            if cells:
                found[index] = record._replace(cells=cells, fault="missing-delimiter")
    return found


def _lone(records: Sequence[Record], lines: Lines, width: int, quote: str) -> Iterator[int]:
    """Where odd rows of one line stand among usual ones; odd together may be another table."""
    widths = [len(record.cells) for record in records]
    beside = [0, 0, *widths, 0, 0]  # no record has no cell
    for index, (own, *others) in enumerate(
        zip(widths, beside, beside[1:], beside[3:], beside[4:], strict=False)
    ):
        if own == width:
            record = records[index]
            # Its text first: that is one string to look into, and hardly any row goes further.
            if record.line != record.last or quote not in lines.texts[record.line - 1]:
                continue
            if any(quote in cell for cell in record.cells):
                yield index
        elif others.count(own) < 2:
            record = records[index]
            if record.line == record.last and any(record.cells):
                yield index


def _may_lack(record: Record, width: int) -> bool:
    return record.fault is not None or len(record.cells) >= width - 1


def _mended(
    record: Record, lines: Lines, dialect: Dialect, kinds: Sequence[Kind], is_first: bool
) -> Record:
    text = lines.texts[record.line - 1]
    for delimiter in _OTHERS:
        if delimiter == dialect.delimiter or delimiter not in text:
            continue
        read = fields(text, replace(dialect, delimiter=delimiter))
        if read.is_open or len(read.cells) != len(kinds):
            continue
        if _fits(read.cells, kinds) or (
            is_first and len(record.cells) == 1 and _titles(read.cells)
        ):
            return record._replace(cells=read.cells, fault="mixed-delimiter")
    return record


def _fits(cells: Sequence[str], kinds: Sequence[Kind]) -> bool:
    typed = [(kind, cell) for kind, cell in zip(kinds, cells, strict=True) if kind.is_typed]
    return any(cell for _, cell in typed) and all(kind.takes(cell) for kind, cell in typed)


def _titles(cells: Sequence[str]) -> bool:
    return says_label(cells) and all(cells) and len(set(cells)) == len(cells)


def fault_problems(records: Sequence[Record], told: Told) -> None:
    """What was odd in the writing of each record."""
    faulty: dict[str, list[Record]] = {}
    for record in records:
        if record.fault:
            faulty.setdefault(record.fault, []).append(record)
    for code, found in faulty.items():
        told.add_all(code, found, _faulty)


def _faulty(record: Record) -> Problem:
    shown = next((cell for cell in record.cells if cell), "")
    return Problem(record.fault or "", line=record.line, found=shown[:80])


def trimmed(
    labels: tuple[str, ...], body: Sequence[Record]
) -> tuple[tuple[str, ...], list[Record]]:
    """Without the columns at the right that have neither label nor cell."""
    used = widest = _used(labels)
    for cells in [record.cells for record in body]:
        if len(cells) > used:
            widest = max(widest, len(cells))
            used = max(used, _used(cells))
    if labels and used >= len(labels):
        used = max(len(labels), used)
    if widest <= used:
        return labels[:used], list(body)
    kept = [r if len(r.cells) <= used else r._replace(cells=r.cells[:used]) for r in body]
    return labels[:used], kept


def _used(cells: Sequence[str]) -> int:
    used = len(cells)
    while used and not cells[used - 1]:
        used -= 1
    return used


def width_problems(labels: tuple[str, ...], body: Sequence[Record], width: int, told: Told) -> None:
    """Rows with more cells than the header, or fewer; empty cells beyond it do not count."""
    wanted = len(labels) or width
    odd = [r for r in body if len(r.cells) != wanted]
    longer = [r for r in odd if len(r.cells) > wanted and any(r.cells[wanted:])]
    shorter = [r for r in odd if len(r.cells) < wanted]
    told.add_all("extra-cell", longer, lambda r: _odd("extra-cell", r, r.cells[wanted:]))
    told.add_all("missing-cell", shorter, lambda r: _odd("missing-cell", r, r.cells[:1]))


def _odd(code: str, record: Record, shown: Sequence[str]) -> Problem:
    return Problem(code, line=record.line, found=" | ".join(shown)[:80])


def evened(wanted: int, body: Sequence[Record]) -> list[list[str]]:
    """The rows' cells: ``wanted`` where there are fewer; none that says something is lost."""
    return [
        cells
        if len(cells) == wanted
        else cells + [""] * (wanted - len(cells))
        if len(cells) < wanted
        else cells[: max(wanted, _used(cells))]
        for cells in [record.cells for record in body]
    ]
