"""Which encoding a file is in, and the same text as UTF-8 where the engine needs it."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pilotage.i18n import N_
from pilotage.intake.problem import Problem

_BLOCK = 1 << 22
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"PK\x03\x04", N_("classeur Excel ou archive zip")),
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "image"),
)
_UNDEFINED_IN_1252 = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})


@dataclass(frozen=True)
class Text:
    """A file's text: its encoding, where its UTF-8 form lies, or why there is none."""

    encoding: str
    path: Path
    problems: tuple[Problem, ...] = ()


def _refused(code: str, path: Path, found: str | None = None, line: int | None = None) -> Text:
    return Text("", path, (Problem(code, line=line, found=found),))


def text_of(path: Path, scratch: Path, declared: str | None = None) -> Text:
    """The file as UTF-8 text: itself when it is, a transcoded copy in ``scratch`` otherwise."""
    with path.open("rb") as stream:
        head = stream.read(_BLOCK)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\r\n\t \x00"):
        return _refused("source-error", path)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return _refused("format-error", path, kind)
    if head.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
        return _refused("format-error", path, "html")
    encoding = declared or _encoding(head, path)
    if encoding == "utf-8" and b"\x00" in head:
        return _refused("format-error", path, "NUL")
    if encoding == "utf-8":
        return Text(encoding, path)
    if encoding == "":
        return _refused("encoding-error", path, line=_first_bad_line(path))
    return _transcoded(path, scratch, encoding)


def _encoding(head: bytes, path: Path) -> str:
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    if _is_utf8(path):
        return "utf-8"
    content = path.read_bytes()
    decoded = content.decode("utf-8", errors="surrogateescape")
    strays = sum(0xDC80 <= ord(c) <= 0xDCFF for c in decoded)
    accents = sum(ord(c) > 0x7F for c in decoded) - strays
    if accents > strays or _UNDEFINED_IN_1252 & set(content):
        return ""
    return "cp1252"


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            yield block


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _first_bad_line(path: Path) -> int:
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return 1


def _transcoded(path: Path, scratch: Path, encoding: str) -> Text:
    copy = scratch / f"{path.name}.utf8"
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with copy.open("w", encoding="utf-8", newline="") as target:
            for block in _blocks(path):
                target.write(decoder.decode(block).replace("\ufeff", ""))
            target.write(decoder.decode(b"", final=True))
    except UnicodeDecodeError:
        return _refused("encoding-error", path, line=1)
    return Text("utf-8-bom" if encoding == "utf-8-sig" else encoding, copy)
