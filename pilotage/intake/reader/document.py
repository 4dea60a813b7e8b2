"""What is not text: workbooks are read, the rest is named."""

import json

from pilotage.intake.reader.fault import Unreadable
from pilotage.intake.reader.workbook import Sheet, sheet_of_workbook

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
_BINARY_SHARE = 0.1


def sheet_of(data: bytes) -> Sheet | None:
    """The first sheet of a workbook; None for text. Raises Unreadable for any other document."""
    if data.startswith(b"PK\x03\x04"):
        return sheet_of_workbook(data)
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
