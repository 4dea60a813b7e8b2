"""A small .xlsx made by hand: what a workbook must have to be one, and nothing else."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from xml.sax.saxutils import escape

_NS = "http://schemas.openxmlformats.org/"
SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
_MAIN, _REL = f"{_NS}spreadsheetml/2006/main", f"{_NS}officeDocument/2006/relationships"


def workbook(sheets: Mapping[str, Sequence[Sequence[str | float | None]]]) -> bytes:
    """A workbook of those sheets, in that order; numbers as numbers, texts as texts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _types(len(sheets)))
        archive.writestr("_rels/.rels", _relations({"rId1": ("officeDocument", "xl/workbook.xml")}))
        listed = "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
            for n, name in enumerate(sheets, 1)
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{listed}</sheets></workbook>',
        )
        places = {
            f"rId{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)
        }
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(places))
        for n, rows in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", _sheet(rows))
    return held.getvalue()


def changed(book: bytes, change: Callable[[str], str], part: str = SHEET) -> bytes:
    """The workbook with the text of one part written otherwise."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as read, zipfile.ZipFile(held, "w") as archive:
        for name in read.namelist():
            text = read.read(name)
            archive.writestr(name, change(text.decode()) if name == part else text)
    return held.getvalue()


def added(book: bytes, name: str, content: str | bytes) -> bytes:
    """The workbook with one part more."""
    held = io.BytesIO(book)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return held.getvalue()


def styles(*formats: str) -> str:
    """The styles 1, 2… of number formats; 0 is the usual one."""
    codes = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for n, code in enumerate(formats)
    )
    used = "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(formats)))
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts>{codes}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{used}</cellXfs></styleSheet>'
    )


def _sheet(rows: Sequence[Sequence[str | float | None]]) -> str:
    lines = "".join(
        f'<row r="{n}">{"".join(_cell(cell, n, c) for c, cell in enumerate(row))}</row>'
        for n, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def _cell(value: str | float | None, row: int, column: int) -> str:
    if value is None:
        return ""
    place = f"{chr(65 + column)}{row}"
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def _relations(places: Mapping[str, tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{_REL}/{kind}" Target="{target}"/>'
        for name, (kind, target) in places.items()
    )
    space = f"{_NS}package/2006/relationships"
    return f'<Relationships xmlns="{space}">{listed}</Relationships>'


def _types(sheets: int) -> str:
    spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {"/xl/workbook.xml": "sheet.main"} | {
        f"/xl/worksheets/sheet{n}.xml": "worksheet" for n in range(1, sheets + 1)
    }
    listed = "".join(
        f'<Override PartName="{name}" ContentType="{spreadsheet}.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_NS}package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>{listed}</Types>'
    )
