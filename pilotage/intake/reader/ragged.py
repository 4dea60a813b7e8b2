"""Rows that do not have the table's width: written with another delimiter, too short, too long."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pilotage.intake.problem import Problem
from pilotage.intake.reader.column_kind import Kind, kinds_of, says_label
from pilotage.intake.reader.line import Lines
from pilotage.intake.reader.record import Dialect, Record, fields

_OTHERS = (";", ",", "\t", "|", " ")
_LEAST_WIDTH = 3


def mended(records: list[Record], lines: Lines, dialect: Dialect, width: int) -> list[Record]:
    """The records, short ones read under another delimiter where that fits the table exactly."""
    if width < _LEAST_WIDTH:
        return records
    kinds = kinds_of(records, width)
    first = next((n for n, record in enumerate(records) if any(record.cells)), 0)
    return [
        _mended(record, lines, dialect, kinds, index == first)
        if len(record.cells) < width and any(record.cells) and record.line == record.last
        else record
        for index, record in enumerate(records)
    ]


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


def fault_problems(records: Sequence[Record]) -> Iterator[Problem]:
    """What was odd in the writing of each record."""
    for record in records:
        if record.fault:
            shown = next((cell for cell in record.cells if cell), "")
            yield Problem(record.fault, line=record.line, found=shown[:80])


def trimmed(
    labels: tuple[str, ...], body: Sequence[Record]
) -> tuple[tuple[str, ...], list[Record]]:
    """Without the columns at the right that have neither label nor cell."""
    used = _used(labels)
    used = max([used, *(_used(r.cells) for r in body)], default=used)
    if labels and used >= len(labels):
        used = max(len(labels), used)
    kept = [r if len(r.cells) <= used else r._replace(cells=r.cells[:used]) for r in body]
    return labels[:used], kept


def _used(cells: Sequence[str]) -> int:
    used = len(cells)
    while used and not cells[used - 1]:
        used -= 1
    return used


def width_problems(
    labels: tuple[str, ...], body: Sequence[Record], width: int
) -> Iterator[Problem]:
    """Rows with more cells than the header, or fewer; empty cells beyond it do not count."""
    wanted = len(labels) or width
    for record in body:
        if _used(record.cells) > wanted:
            beyond = " | ".join(record.cells[wanted:])
            yield Problem("extra-cell", line=record.line, found=beyond[:80])
        elif len(record.cells) < wanted:
            yield Problem("missing-cell", line=record.line, found=record.cells[0][:80])


def evened(labels: tuple[str, ...], record: Record, width: int) -> list[str]:
    """A row's cells: as many as the header where it has fewer; none that says something is lost."""
    wanted = len(labels) or width
    cells = record.cells[: max(wanted, _used(record.cells))]
    return cells + [""] * (wanted - len(cells))
