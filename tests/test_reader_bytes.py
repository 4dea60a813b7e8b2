"""Encodings, marks, zeros and line ends as machines leave them: read right, or said."""

import codecs
import gzip
import unicodedata

import pytest

from pilotage.intake.reader.read import ReadTable, read_bytes

TEXT = "région;période;valeur\r\nCôte-Nord;2025-01;1,5\r\nÎle;2025-02;2,5\r\nEst;2025-03;3,25\r\n"
ROWS = [["Côte-Nord", "2025-01", "1,5"], ["Île", "2025-02", "2,5"], ["Est", "2025-03", "3,25"]]


def cells(table: ReadTable) -> list[list[str]]:
    return [row.cells for row in table.rows]


def told(table: ReadTable) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.line) for problem in table.problems]


WIDE = TEXT.encode("utf-16-le")
MARKED = {
    "two marks of UTF-8": codecs.BOM_UTF8 * 2 + TEXT.encode(),
    "UTF-16 without a mark": WIDE,
    "UTF-16, the other way": TEXT.encode("utf-16-be"),
    "two marks of UTF-16": codecs.BOM_UTF16_LE * 2 + WIDE,
    "both marks": codecs.BOM_UTF8 + codecs.BOM_UTF16_LE + WIDE,
    "UTF-32": TEXT.encode("utf-32"),
}


@pytest.mark.parametrize("data", MARKED.values(), ids=MARKED)
def test_no_mark_is_part_of_the_first_label(data: bytes) -> None:
    table = read_bytes(data)
    assert table.header == ("région", "période", "valeur")
    assert (cells(table), table.problems) == (ROWS, ())


def test_files_put_end_to_end_keep_their_marks_and_are_told() -> None:
    again = TEXT.replace("2025", "2024")
    table = read_bytes(codecs.BOM_UTF8 + TEXT.encode() + codecs.BOM_UTF8 + again.encode())
    assert len(table.rows) == 6
    assert told(table) == [("multi-table", 5)]
    rest = codecs.BOM_UTF8 + b"Sud;2025-04;4,5\r\n"
    assert told(read_bytes(TEXT.encode() + rest)) == [("invisible-char", 5)]


def test_utf_16_that_lost_a_byte_is_told_from_there_on() -> None:
    data = TEXT.encode("utf-16")
    assert ("encoding-error", 2) in told(read_bytes(data[:60] + data[61:]))


def test_accents_written_in_two_characters_are_kept() -> None:
    text = unicodedata.normalize("NFD", TEXT)
    assert cells(read_bytes(text.encode()))[0][0] == unicodedata.normalize("NFD", "Côte-Nord")


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "iso8859-15", "mac_roman", "cp850"])
@pytest.mark.parametrize(
    "words",
    [
        ["région", "Québec", "relevé", "déjà", "forêt"],
        ["Hôpital", "Lévis", "équipe", "reçu", "façade"],
        ["QUÉBEC", "Montréal", "Témiscamingue", "Sainte-Adèle"],
    ],
)
def test_french_words_decide_between_encodings_of_one_byte(encoding: str, words: list[str]) -> None:
    text = "n;nom;valeur\n" + "".join(f"{n};{word};{n}\n" for n, word in enumerate(words))
    assert [row[1] for row in cells(read_bytes(text.encode(encoding)))] == words


@pytest.mark.parametrize(
    ("word", "encoding"),
    [("NOËL", "cp1252"), ("12,5 €", "iso8859-15"), ("12,5 €", "cp1252"), ("cœur", "iso8859-15")],
)
def test_one_rare_letter_does_not_make_another_encoding(word: str, encoding: str) -> None:
    text = f"région;période\nCôte-Nord;été\n{word};août\nÎle;hiver\n"
    assert cells(read_bytes(text.encode(encoding)))[1][0] == word


@pytest.mark.parametrize("half", ["½", "3½", "1½h"])
def test_a_half_stays_a_half(half: str) -> None:
    text = f"région;part\nCôte-Nord;été\nEst;{half}\n"
    assert cells(read_bytes(text.encode("latin-1")))[1][1] == half


def test_a_zero_byte_is_told_at_its_cell_and_not_taken_out() -> None:
    table = read_bytes(TEXT.replace("2,5", "2\0,5").encode())
    assert cells(table)[1][2] == "2\0,5"
    assert told(table) == [("control-char", 3)]


@pytest.mark.parametrize("data", [TEXT.encode() + bytes(500), bytes(64) + TEXT.encode()])
def test_a_block_of_zeros_is_no_text(data: bytes) -> None:
    assert told(read_bytes(data)) == [("format-error", None)]


def test_line_ends_of_three_kinds_in_one_file_are_all_line_ends() -> None:
    text = TEXT.replace("\r\n", "\n", 1).replace("\r\n", "\r", 1)
    table = read_bytes(text.encode())
    assert (cells(table), table.line_ends, table.problems) == (ROWS, "mixed", ())


def test_line_ends_inside_quotes_are_text_and_lines_are_still_counted() -> None:
    table = read_bytes(b'a;b\r\n1;"x\ny"\r\n2;"z\rw"\r\n3;#REF!\r\n')
    assert cells(table) == [["1", "x\ny"], ["2", "z\rw"], ["3", "#REF!"]]
    assert told(table) == [("spreadsheet-error", 6)]


def test_a_separator_of_unicode_is_no_line_end() -> None:
    for mark in ("\u2028", "\u0085", "\x0b", "\x0c"):
        table = read_bytes(TEXT.replace("Côte-Nord", f"Côte{mark}Nord").encode())
        assert [row.line for row in table.rows] == [2, 3, 4]
        assert cells(table)[0][0] == f"Côte{mark}Nord"


def test_a_compressed_bomb_is_named_and_not_unpacked() -> None:
    table = read_bytes(gzip.compress(b"a;b\n" * 5_000_000))
    assert [(p.code, p.found) for p in table.problems] == [("format-error", "gzip")]


def test_one_line_of_ten_megabytes_among_others_is_told_with_its_number() -> None:
    table = read_bytes(TEXT.encode() + b"x" * (10 << 20) + b";1;2\r\n")
    assert told(table) == [("table-dimensions", 5)]


def test_one_row_of_five_thousand_cells_is_told_with_its_number() -> None:
    table = read_bytes(TEXT.encode() + b";".join([b"1"] * 5_000) + b"\r\n")
    assert told(table) == [("table-dimensions", 5)]
