"""What is not text: workbooks are read, the rest is named."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import python_calamine

from pilotage.intake.problem import Problem
from pilotage.intake.reader.fault import Unreadable
from pilotage.intake.reader.record import BLANKS, Record

_MAGIC = (
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BZh", "bzip2"),
    (b"7z\xbc\xaf", "7z"),
    (b"\xfd7zXZ", "xz"),
    (b"(\xb5/\xfd", "zstd"),
    (b"Rar!", "rar"),
    (b"PAR1", "parquet"),
    (b"SQLite format 3", "sqlite"),
    (b"{\\rtf", "rtf"),
    (b"MZ", "exe"),
    (b"\x7fELF", "exe"),
)
_PAGE = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<?xml", b"<!--")
_HEAD = 1 << 14
_MOST_UNPACKED = 100 << 20
_MOST_RATIO = 200
_MOST_CELLS = 5_000_000
_BINARY_SHARE = 0.1
_PLACE = re.compile(rb"[\"']([A-Za-z]{1,3})(\d{1,7})[\"']|<(?:\w+:)?row[^>]*\br=[\"'](\d{1,7})")


@dataclass(frozen=True)
class Sheet:
    """A workbook's first sheet as records of text, and what was left out of it."""

    records: list[Record]
    problems: tuple[Problem, ...]
    name: str


def sheet_of(data: bytes) -> Sheet | None:
    """The first sheet of a workbook; None for text. Raises Unreadable for any other document."""
    if data.startswith(b"PK\x03\x04"):
        return _workbook(data)
    for magic, kind in _MAGIC:
        if data.startswith(magic) and (len(magic) > 2 or b"\0" in data[:_HEAD]):
            raise Unreadable("format-error", kind)
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_PAGE):
        raise Unreadable("format-error", "xml" if head.startswith(b"<?xml") else "html")
    if head.startswith((b"{", b"[{")) and _is_object(data):
        raise Unreadable("format-error", "json")
    if _is_binary(data[:_HEAD]):
        raise Unreadable("format-error", "binaire")
    return None


def _is_object(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _is_binary(head: bytes) -> bool:
    """True where control bytes abound and are not the zeros of UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or not head:
        return False
    zeros = max(head[0::2].count(0), head[1::2].count(0))
    if zeros > 0.8 * len(head) / 2 and head.count(0) < 1.1 * zeros + 2:
        return False
    controls = sum(byte < 9 or 13 < byte < 32 or byte == 127 for byte in head)
    return controls > _BINARY_SHARE * len(head)


def _workbook(data: bytes) -> Sheet:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
        raise Unreadable("format-error", "zip") from fault
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    if unpacked > _MOST_UNPACKED or (unpacked > 10 << 20 and unpacked / packed > _MOST_RATIO):
        raise Unreadable("table-dimensions", f"zip : {unpacked >> 20} Mio")
    names = {info.filename for info in infos}
    if not any(name.startswith("xl/") for name in names):
        raise Unreadable("format-error", "zip")
    _measured(data)
    return _first_sheet(data, any(name.endswith("vbaProject.bin") for name in names))


def _measured(data: bytes) -> None:
    """Refuse a workbook where two far cells would make a sheet of billions."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                # A relation may name any part a sheet: all of them are looked at.
                _bounded(archive.read(info))
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, EOFError) as fault:
        raise Unreadable("format-error", "xlsx") from fault


def _bounded(sheet: bytes) -> None:
    columns = rows = 1
    for found in _PLACE.finditer(sheet):
        columns = max(columns, _number((found[1] or b"").upper()))
        rows = max(rows, int(found[2] or found[3]))
    if columns * rows > _MOST_CELLS:
        raise Unreadable("table-dimensions", f"{rows} × {columns}")


def _number(name: bytes) -> int:
    """The number of a column, from 1, by its letters."""
    count = 0
    for byte in name:
        count = 26 * count + byte - 64
    return count


def _first_sheet(data: bytes, has_macros: bool) -> Sheet:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except Exception as fault:  # the library's own errors share no parent with its panics
        raise Unreadable("format-error", "xlsx") from fault
    if sum(map(len, rows)) > _MOST_CELLS:
        raise Unreadable("table-dimensions", f"{len(rows)} lignes")
    return Sheet(list(_records(rows)), tuple(_left_out(names, has_macros)), names[0])


def _left_out(names: list[str], has_macros: bool) -> Iterator[Problem]:
    for name in names[1:]:
        yield Problem("extra-sheet", found=name)
    if has_macros:
        yield Problem("macro", found="vbaProject.bin")


def _records(rows: Sequence[Sequence[object]]) -> Iterator[Record]:
    for line, row in enumerate(rows, start=1):
        yield Record(line, line, [_text(cell).strip(BLANKS) for cell in row])


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
