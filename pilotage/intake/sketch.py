"""The first rows of a file as the automatic reader sees them, for a person to correct."""

from dataclasses import dataclass
from pathlib import Path

from pilotage.intake.automatic import layout_of_table
from pilotage.intake.contract import recognised
from pilotage.intake.profiled import column_names
from pilotage.intake.reader.read import Declared, ReadTable, read, read_bytes

_HEAD_BYTES = 256 << 10
_ROWS = 8
_LONGEST_CELL = 60


@dataclass(frozen=True)
class SketchColumn:
    """One column: the name profiles give it, what most of its cells are, the marks of nothing."""

    name: str
    kind: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Sketch:
    """How the file is read, and its first rows.

    ``confidence`` is in 0–1; ``decimal`` is None where columns differ or say nothing; ``subject``
    is the contract the header comes nearest to, None where it resembles none.
    """

    encoding: str
    delimiter: str
    quote: str
    decimal: str | None
    header_line: int | None
    confidence: float
    subject: str | None
    columns: tuple[SketchColumn, ...]
    rows: tuple[tuple[str, ...], ...]


def sketch(path: Path, declared: Declared | None = None) -> Sketch | None:
    """The head of a file, read as declared; None where it gives no table at all."""
    table = _head(path, declared)
    if not table.rows and not table.header:
        return None
    layout = layout_of_table(table, path)
    names = list(column_names(layout.labels))
    marks = {column.decimal for column in table.columns if column.decimal}
    contract = recognised(list(layout.labels))
    return Sketch(
        encoding=table.encoding,
        delimiter=layout.delimiter,
        quote=table.dialect.quote if table.dialect else "",
        decimal=marks.pop() if len(marks) == 1 else None,
        header_line=table.header_lines[-1] if table.header_lines else None,
        confidence=table.confidence,
        subject=contract.subject if contract else None,
        columns=tuple(
            SketchColumn(name, column.kind, tuple(column.missing))
            for name, column in zip(names, table.columns, strict=False)
        ),
        rows=tuple(
            tuple(cell[:_LONGEST_CELL] for cell in row.cells[: len(names)])
            for row in table.rows[:_ROWS]
        ),
    )


def _head(path: Path, declared: Declared | None) -> ReadTable:
    """A workbook is read whole: its parts make sense together only."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    if head.startswith(b"PK") or len(head) < _HEAD_BYTES:
        return read(path, declared)
    return read_bytes(head[: head.rfind(b"\n") + 1] or head, declared)
