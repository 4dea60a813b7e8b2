"""What holds for any table and any bytes: what was written comes back, and nothing is raised."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotage.intake.reader.fields import BLANKS
from pilotage.intake.reader.read import Declared, ReadTable, read_bytes
from tests.bench.pollution_case import HEADER, Writing, table, written

WORDS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_characters="\x7f\xad"), max_size=12
).filter(lambda text: text == text.strip() and not any(0x7F <= ord(c) < 0xA1 for c in text))
MARKS = st.sampled_from([";", ",", "\t", "|"])
ENDS = st.sampled_from(["\r\n", "\n", "\r"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
CALM = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def rows_of(read: ReadTable) -> list[list[str]]:
    head = [list(read.header)] if read.header else []
    return [*head, *(row.cells for row in read.rows)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_table_comes_back_under_any_dialect(
    delimiter: str, quote: str, encoding: str, end: str
) -> None:
    rows = table()[:30]
    how = Writing(delimiter, quote, quote, end)
    read = read_bytes(_quoted_text(rows, how).encode(encoding))
    assert rows_of(read) == rows
    assert {problem.code for problem in read.problems} <= {"stray-quote"}


def _quoted_text(rows: list[list[str]], how: Writing) -> str:
    def cell(text: str) -> str:
        if how.quote in text or how.delimiter in text:
            return how.quote + text.replace(how.quote, how.escape + how.quote) + how.quote
        return text

    return "".join(how.delimiter.join(map(cell, row)) + how.end for row in rows)


@CALM
@given(
    st.lists(st.tuples(WORDS, st.integers(-9999, 9999), WORDS), min_size=3, max_size=20),
    MARKS,
    ENDS,
    ENCODINGS,
)
def test_any_words_and_numbers_written_with_their_dialect_declared_come_back(
    given_rows: list[tuple[str, int, str]], delimiter: str, end: str, encoding: str
) -> None:
    rows = [["code", "nombre", "texte"]]
    rows += [[f"A-{n}", str(number), word] for n, (_, number, word) in enumerate(given_rows)]
    text = "".join(
        delimiter.join(f'"{c.replace(chr(34), 2 * chr(34))}"' for c in row) + end for row in rows
    )
    read = read_bytes(text.encode(encoding), Declared(delimiter=delimiter, quote='"'))
    assert [c.strip(BLANKS) for row in rows_of(read) for c in row] == [
        c for row in rows for c in row
    ]


@CALM
@given(st.binary(max_size=2000))
def test_no_bytes_raise(data: bytes) -> None:
    assert isinstance(read_bytes(data), ReadTable)


@CALM
@given(st.text(st.sampled_from("\",;\n\r\t|ab1 .\\'#-%/é\u200b\0"), max_size=600))
def test_no_jumble_of_marks_raises_or_loses_a_letter(text: str) -> None:
    read = read_bytes(text.encode("utf-8"))
    kept = "".join(cell for row in rows_of(read) for cell in row)
    aside = len(read.preamble) + len(read.footer)
    if (
        not aside
        and read.dialect
        and not any(p.code in {"multi-header", "multi-table"} for p in read.problems)
    ):
        assert kept.count("é") == text.count("é")


@CALM
@given(st.binary(min_size=1, max_size=40), st.integers(0, 5000), st.integers(1, 60))
def test_a_damaged_file_is_still_answered(damage: bytes, at: int, length: int) -> None:
    data = written(table()[:20], Writing()).encode()
    read = read_bytes(data[:at] + damage + data[at + length :])
    assert all(problem.code and problem.severity for problem in read.problems)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "source-error"),
        (b"\xef\xbb\xbf", "source-error"),
        (b"_id\r\n", "source-error"),
        (b"%PDF-1.7\n1 0 obj", "format-error"),
        (b"PK\x03\x04 nothing more", "format-error"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "format-error"),
        (b'{"error": "not found"}', "format-error"),
        (bytes(range(256)) * 40, "format-error"),
        (b";".join(b"c%d" % n for n in range(5000)) + b"\n", "table-dimensions"),
        (b"a;b\n" + b"x" * 10_000_000 + b";1\n", "table-dimensions"),
    ],
    ids=["empty", "mark", "download", "pdf", "zip", "html", "json", "binary", "columns", "line"],
)
def test_what_is_no_table_gets_one_sentence(data: bytes, code: str) -> None:
    read = read_bytes(data)
    assert [problem.code for problem in read.problems] == [code]
    assert read.rows == ()


def test_a_bomb_is_named_and_not_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (60 << 20))
    assert [p.code for p in read_bytes(packed.getvalue()).problems] == ["table-dimensions"]


def test_two_far_cells_do_not_make_a_sheet_of_billions() -> None:
    packed = io.BytesIO()
    cells = b'<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row>'
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<sheetData>" + cells + b"</sheetData>")
    assert [p.code for p in read_bytes(packed.getvalue()).problems] == ["table-dimensions"]


def test_a_header_made_of_two_rows_is_joined_under_its_groups() -> None:
    text = "code;nom;2025;;2026;\n;;réel;cible;réel;cible\nA;x;1;2;3;4\nB;y;5;6;7;8\nC;z;5;6;7;9\n"
    read = read_bytes(text.encode())
    groups = ("2025 réel", "2025 cible", "2026 réel", "2026 cible")
    assert read.header == ("code", "nom", *groups)
    assert [p.code for p in read.problems] == ["multi-header"]


def test_another_table_below_is_set_aside_and_named() -> None:
    text = "code;valeur\nA;1\nB;2\n\nAutre tableau\nprogramme;dépense\nP1;100\nP2;200\n"
    read = read_bytes(text.encode())
    assert [row.cells for row in read.rows] == [["A", "1"], ["B", "2"]]
    assert ("multi-table", 6) in {(p.code, p.line) for p in read.problems}


def test_a_total_among_the_rows_is_not_counted_twice() -> None:
    text = "code;période;valeur;note\nA-1;2025;1;x\nTotal;;3;\nA-2;2025;2;y\n"
    read = read_bytes(text.encode())
    assert [row.line for row in read.rows] == [2, 4]
    assert [(p.code, p.line) for p in read.problems] == [("footer-row", 3)]


def test_a_file_without_a_header_keeps_its_first_row() -> None:
    rows = table()[1:20]
    read = read_bytes(written(rows, Writing()).encode())
    assert rows_of(read) == rows
    assert "no-header" in {problem.code for problem in read.problems}
    assert len(rows[0]) == len(HEADER)


def test_a_header_of_quotes_alone_stops_nothing() -> None:
    assert read_bytes(b'"\n' * 50).is_refused
