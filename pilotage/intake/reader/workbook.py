"""A workbook's first filled sheet as records of text, and what of the workbook is left out.

Everything is unpacked once, within bounds; the library is given those very bytes and no others.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import python_calamine
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pilotage.intake.problem import Problem
from pilotage.intake.reader.fault import Unreadable
from pilotage.intake.reader.fields import BLANKS
from pilotage.intake.reader.record import Record
from pilotage.intake.reader.sheet_mark import Marks, column_number, marks_of

_MOST_UNPACKED = 100 << 20
_MOST_RATIO = 200
_MOST_CELLS = 5_000_000
_READ_PARTS = (".xml", ".rels")
_PLACE = re.compile(rb"[\"']([A-Za-z]{1,3})(\d{1,7})[\"']|<(?:\w+:)?row\b[^<>]*?\br=[\"'](\d{1,7})")


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook as records of text, and what was left out of the workbook."""

    records: list[Record]
    problems: tuple[Problem, ...]
    name: str


def sheet_of_workbook(data: bytes) -> Sheet:
    """The first visible sheet with something in it. Raises Unreadable for any other archive."""
    infos = _infos(data)
    names = {info.filename for info in infos}
    if not any(name.startswith("xl/") for name in names):
        raise Unreadable("format-error", "zip")
    if "xl/workbook.bin" in names:
        # Its cells in error cannot be told from empty ones.
        raise Unreadable("format-error", "xlsb")
    parts = _unpacked(data, infos)
    sheet = _first_filled(parts)
    if any(name.endswith("vbaProject.bin") for name in names):
        macro = Problem("macro", found="vbaProject.bin")
        return Sheet(sheet.records, (*sheet.problems, macro), sheet.name)
    return sheet


def _infos(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
        # A hostile directory makes the library seek before the file, or ask for a later version.
        raise Unreadable("format-error", "zip") from fault
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    if unpacked > _MOST_UNPACKED or (unpacked > 10 << 20 and unpacked / packed > _MOST_RATIO):
        raise Unreadable("table-dimensions", f"zip : {unpacked >> 20} Mio")
    return infos


def _unpacked(data: bytes, infos: Sequence[zipfile.ZipInfo]) -> dict[str, bytes]:
    """The parts a sheet is made of; refuses one where two far cells would make billions."""
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in infos:
                if info.filename.endswith(_READ_PARTS):
                    # A relation may name any part a sheet: all of them are looked at.
                    with archive.open(info) as stream:
                        # Never more than it says: a bomb may lie in the directory.
                        parts[info.filename] = stream.read(info.file_size + 1)
                    _bounded(parts[info.filename])
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        OSError,
        RuntimeError,
        EOFError,
    ) as fault:
        raise Unreadable("format-error", "xlsx") from fault
    return parts


def _bounded(part: bytes) -> None:
    columns = rows = 1
    for found in _PLACE.finditer(part):
        columns = max(columns, column_number((found[1] or b"").decode()))
        rows = max(rows, int(found[2] or found[3]))
    if columns * rows > _MOST_CELLS:
        raise Unreadable("table-dimensions", f"{rows} × {columns}")


def _first_filled(parts: Mapping[str, bytes]) -> Sheet:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(_packed(parts)))
        sheets = book.sheets_metadata
        seen = [
            index
            for index, sheet in enumerate(sheets)
            if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
        ]
        for index in seen or range(len(sheets)):
            rows = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
            marks = marks_of(parts, index)
            records = _records(rows, marks)
            if any(any(record.cells) for record in records):
                return Sheet(records, tuple(_left_out(sheets, index, marks)), sheets[index].name)
    except Unreadable:
        raise
    except Exception as fault:  # the library's own errors share no parent with its panics
        raise Unreadable("format-error", "xlsx") from fault
    raise Unreadable("source-error")


def _packed(parts: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return held.getvalue()


def _left_out(
    sheets: Sequence[python_calamine.SheetMetadata], index: int, marks: Marks
) -> Iterator[Problem]:
    for n, sheet in enumerate(sheets):
        if n != index:
            yield Problem("extra-sheet", found=sheet.name)
    if marks.hidden:
        yield Problem("hidden-row", line=marks.hidden[0], found=str(len(marks.hidden)))


def _records(rows: Sequence[Sequence[object]], marks: Marks) -> list[Record]:
    if sum(map(len, rows)) > _MOST_CELLS:
        raise Unreadable("table-dimensions", f"{len(rows)} lignes")
    far = max((line for line, _ in marks.texts), default=0)
    wide = max((column for _, column in marks.texts), default=0)
    if far * wide > _MOST_CELLS:
        raise Unreadable("table-dimensions", f"{far} × {wide}")
    texts = [[_text(cell).strip(BLANKS) for cell in row] for row in rows]
    for (line, column), text in marks.texts.items():
        texts += [[] for _ in range(line - len(texts))]
        cells = texts[line - 1]
        cells += [""] * (column - len(cells))
        cells[column - 1] = text
    return [Record(line, line, cells) for line, cells in enumerate(texts, start=1)]


def _text(cell: object) -> str:
    """A cell as it would be typed: exact digits, ISO dates."""
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < 1e15
        return str(int(cell)) if whole else format(Decimal(repr(cell)), "f")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return "" if cell is None else str(cell)
