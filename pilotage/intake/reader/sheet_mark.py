"""What a sheet shows and the library does not give: errors, formulas without a value, percents.

A cell in error would come out empty, 12.5 % as 0.125, the code 00123 as 123: each would be a
wrong figure that nobody sees.
"""

import html
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

# No part of a pattern crosses a « < »: a hostile sheet is read once, from one end to the other.
_CELL = re.compile(
    rb"<(?:\w+:)?(?:row\b([^<>]*)|c(?=[\s/>])([^<>]*)>"
    rb"(?:\s*<(?:\w+:)?(f)\b[^<>]*>([^<]*)(?:</(?:\w+:)?f>)?)?(?:\s*<(?:\w+:)?(v)\b[^<>]*>([^<]*))?)"
)
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^<>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^<>]*)>")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^<>]*)>")
_STYLE = re.compile(rb"<(?:\w+:)?xf\b([^<>]*)>")
_OF_STYLE = re.compile(rb"\bs=[\"'][1-9]")
_IN_ERROR = re.compile(rb"\bt=[\"']e[\"']")
_LITERAL = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]")
_PERCENTS = {9, 10}
_ZEROS = re.compile("0{2,}")


@dataclass(frozen=True)
class Marks:
    """Texts by row and column (from 1) to put in place of the library's; the hidden rows."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: tuple[int, ...] = ()


def column_number(letters: str) -> int:
    """The number of a column, from 1, by its letters."""
    count = 0
    for letter in letters.upper():
        count = 26 * count + ord(letter) - 64
    return count


def marks_of(parts: Mapping[str, bytes], index: int) -> Marks:
    """What the sheet of that index (from 0) shows and the library does not give."""
    sheet = _sheet(parts, index).partition(b"sheetData")[2].rpartition(b"sheetData")[0]
    styles = _styles(parts.get("xl/styles.xml", b""))
    if not (styles or b"<f" in sheet or b":f" in sheet or _may_show(sheet)):
        return Marks()
    texts: dict[tuple[int, int], str] = {}
    hidden: list[int] = []
    line = column = 0
    for found in _CELL.finditer(sheet):
        if found[1] is not None:
            row = _attributes(found[1])
            line, column = int(row.get("r") or line + 1), 0
            if row.get("hidden") in {"1", "true"}:
                hidden.append(line)
            continue
        column += 1
        style = _OF_STYLE.search(found[2]) if styles else None
        if (found[3] and not found[5]) or _IN_ERROR.search(found[2]) or style:
            cell = _attributes(found[2])
            text = _shown(cell, found, styles)
            if text is not None:
                texts[_place(cell.get("r", ""), line, column)] = text
    return Marks(texts, tuple(hidden))


def _place(name: str, line: int, column: int) -> tuple[int, int]:
    """Where a cell says it stands, or else where it comes."""
    letters = name.rstrip("0123456789")
    figures = name[len(letters) :]
    return (int(figures) if figures else line, column_number(letters) if letters else column)


def _may_show(sheet: bytes) -> bool:
    return b"hidden" in sheet or bool(_IN_ERROR.search(sheet))


def _shown(
    cell: Mapping[str, str], found: re.Match[bytes], styles: Mapping[int, str]
) -> str | None:
    """A cell's text where the library's is not what it shows; else None."""
    kind, value = cell.get("t", "n"), _plain(found[6]) if found[5] else None
    if kind == "e":
        return value or "#N/A"
    if value is None:
        return f"={_plain(found[4])}" if found[3] else None
    style = styles.get(int(cell.get("s") or 0)) if kind == "n" and value else None
    if style is None:
        return None
    number = Decimal(repr(float(value)))
    if style == "%":
        return format((number * 100).normalize(), "f") + "%"
    whole = number == number.to_integral_value() and number >= 0
    return str(int(number)).zfill(len(style)) if whole else None


def _plain(text: bytes) -> str:
    plain = text.decode("utf-8", errors="replace").strip()
    return html.unescape(plain) if "&" in plain else plain


def _attributes(text: bytes) -> dict[str, str]:
    return {
        name.decode().rpartition(":")[2]: _plain(double or single)
        for name, double, single in _ATTRIBUTE.findall(text)
    }


def _sheet(parts: Mapping[str, bytes], index: int) -> bytes:
    """The part that holds a sheet, by the workbook's own relations."""
    sheets = [_attributes(f[1]) for f in _SHEET.finditer(parts.get("xl/workbook.xml", b""))]
    relations = parts.get("xl/_rels/workbook.xml.rels", b"")
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in (_attributes(f[1]) for f in _RELATION.finditer(relations))
    }
    target = targets.get(sheets[index].get("id")) if index < len(sheets) else None
    place = posixpath.normpath(posixpath.join("/xl", target or f"worksheets/sheet{index + 1}.xml"))
    return parts.get(place.lstrip("/"), b"")


def _styles(part: bytes) -> dict[int, str]:
    """The styles that change what a number says: « % », or its zeros (« 00000 »)."""
    formats = {int(n): code for n, code in _formats(part)}
    pieces = part.split(b"cellXfs", 2)
    said = {}
    for n, style in enumerate(_STYLE.finditer(pieces[1]) if len(pieces) == 3 else ()):
        number = int(_attributes(style[1]).get("numFmtId") or 0)
        code = "%" if number in _PERCENTS else formats.get(number, "")
        code = _LITERAL.sub("", code.split(";")[0])
        if "%" in code:
            said[n] = "%"
        elif _ZEROS.fullmatch(code):
            said[n] = code
    return said


def _formats(part: bytes) -> Iterator[tuple[str, str]]:
    for found in _FORMAT.finditer(part):
        read = _attributes(found[1])
        yield read.get("numFmtId") or "0", read.get("formatCode", "")
