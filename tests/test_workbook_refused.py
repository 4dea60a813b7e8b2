"""A file that is no workbook to be read gets one clear sentence, whatever its name says."""

import io
import json
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from pilotage.cli import main
from pilotage.intake.problem import sentence
from pilotage.intake.reader.read import read_bytes
from tests.workbook import added, changed, workbook

BOOK = workbook({"M": [["code", "valeur"], ["A", 1], ["B", 2], ["C", 3]]})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
PAGE = b"<html><body><table><tr><td>code</td></tr></table></body></html>"


def bomb() -> bytes:
    """A sheet of a gibibyte of spaces, in a file of one mebibyte."""
    held = io.BytesIO(BOOK)
    block = b" " * (1 << 20)
    with (
        zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet2.xml", "w") as part,
    ):
        for _ in range(1 << 10):
            part.write(block)
    return held.getvalue()


def lying() -> bytes:
    """A bomb whose directory says it is small: the sum is right for what it says it holds."""
    start = b"<worksheet><sheetData>"
    packed = added(BOOK, "xl/sharedStrings.xml", start + b" " * (64 << 20))
    true = struct.pack("<I", zlib.crc32(start + b" " * (64 << 20)))
    said = struct.pack("<I", zlib.crc32(start))
    full = struct.pack("<I", len(start) + (64 << 20))
    return packed.replace(true, said).replace(full, struct.pack("<I", len(start)))


REFUSED = {
    "bomb": (bomb(), "table-dimensions"),
    "lying bomb": (lying(), None),
    "cut in the middle": (BOOK[: len(BOOK) // 2], "format-error"),
    "cut at the end": (BOOK[:-30], "format-error"),
    "zeroed inside": (BOOK[:200] + bytes(60) + BOOK[260:], "format-error"),
    "no sheet": (changed(BOOK, lambda _: "<worksheet"), "format-error"),
    "binary workbook": (added(BOOK, "xl/workbook.bin", b"\x83\x01\x00"), "format-error"),
    "other archive": (added(b"PK\x05\x06" + bytes(18), "a.txt", "a;b"), "format-error"),
    "old workbook": (OLE, "format-error"),
    "page": (PAGE, "format-error"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n", "format-error"),
}


@pytest.mark.parametrize(
    ("content", "code"),
    [given for given in REFUSED.values() if given[1]],
    ids=[k for k, v in REFUSED.items() if v[1]],
)
def test_each_is_refused_in_one_sentence(content: bytes, code: str) -> None:
    table = read_bytes(content)
    assert [problem.code for problem in table.problems] == [code]
    assert table.rows == ()
    assert sentence(table.problems[0], "fr").endswith(".")


@pytest.mark.parametrize("name", ["bomb", "lying bomb"])
def test_a_bomb_is_never_unpacked(name: str) -> None:
    content = REFUSED[name][0]
    tracemalloc.start()
    try:
        read_bytes(content)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 32 << 20


@pytest.mark.parametrize("tag", ["<row ", "<c ", "<f ", "<c r='A1'><f>", "<sheet ", "<xf "])
def test_tags_that_never_close_are_read_once(tag: str) -> None:
    # Looked for again from each of them, they would be an hour's reading.
    end = "</sheetData>"
    noted = changed(BOOK, lambda text: text.replace(end, f"<!-- {tag * (1 << 20)} -->{end}"))
    assert read_bytes(noted).header or read_bytes(noted).problems
    assert read_bytes(changed(BOOK, lambda text: text.replace(end, tag * (1 << 20)))).problems


@pytest.mark.parametrize("name", ["old workbook", "page", "pdf", "cut at the end"])
def test_the_command_says_it_in_one_line_under_a_csv_name(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out, report = tmp_path / "mesures.csv", tmp_path / "net.csv", tmp_path / "r.json"
    file.write_bytes(REFUSED[name][0])
    assert main(["read", str(file), "--out", str(out), "--report", str(report)]) == 1
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (told["state"], told["rows"], len(told["problems"])) == ("refused", 0, 1)
    assert out.read_bytes() == b""
    assert "Traceback" not in capsys.readouterr().err


def test_a_workbook_under_a_csv_name_is_read_as_the_workbook_it_is(tmp_path: Path) -> None:
    file, out, report = tmp_path / "mesures.csv", tmp_path / "net.csv", tmp_path / "r.json"
    file.write_bytes(BOOK)
    assert main(["read", str(file), "--out", str(out), "--report", str(report)]) == 0
    assert out.read_text(encoding="utf-8").splitlines() == ["code,valeur", "A,1", "B,2", "C,3"]
    assert json.loads(report.read_text(encoding="utf-8"))["dialect"]["encoding"] == "xlsx"
