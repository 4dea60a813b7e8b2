"""Whatever the bytes: no crash, a clean file that says what was read, one place for each line."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotage.intake.reader.clean import write_clean
from pilotage.intake.reader.read import ReadTable, read_bytes
from tests.bench.pollution_case import Writing, table, written

CALM = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
MARKS = [";", ";", ",", "\t", "|", '"', '""', "'", "\\", "\n", "\n", "\r\n", "\r", " "]
WORDS = ["a", "é", "12", "1,5", "\0", "\u200b", "\ufeff", "Ã©", "#REF!", "Total", "2026-03-31", "="]
PIECES = st.sampled_from([*MARKS, *MARKS, *WORDS])
JUMBLES = st.lists(PIECES, max_size=200).map(lambda pieces: "".join(pieces).encode())
DAMAGED = st.tuples(st.binary(max_size=30), st.integers(0, 3000), st.integers(0, 40)).map(
    lambda drawn: _damaged(*drawn)
)
ANY = st.one_of(st.binary(max_size=1500), JUMBLES, DAMAGED)


def _damaged(damage: bytes, at: int, length: int) -> bytes:
    data = written(table()[:25], Writing()).encode()
    return data[:at] + damage + data[at + length :]


def rows_of(read: ReadTable) -> list[list[str]]:
    head = [list(read.header)] if read.header else []
    return [*head, *(row.cells for row in read.rows)]


def clean_of(read: ReadTable) -> bytes:
    with TemporaryDirectory() as place:
        out = Path(place) / "clean.csv"
        write_clean(read, out)
        return out.read_bytes()


@CALM
@given(ANY)
def test_the_clean_file_says_every_cell_as_it_was_read(data: bytes) -> None:
    read = read_bytes(data)
    text = clean_of(read).decode("utf-8")
    given_back = list(csv.reader(io.StringIO(text, newline="")))
    # A row of one empty cell is written as "" and a character UTF-8 does not have as « ? ».
    expected = [
        [cell.encode("utf-8", errors="replace").decode() for cell in row] for row in rows_of(read)
    ]
    assert given_back == expected


@CALM
@given(ANY)
def test_every_cell_is_in_the_text_and_every_line_is_in_one_place(data: bytes) -> None:
    read = read_bytes(data)
    if not read.dialect or read.is_refused:
        return
    lines = [row.line for row in read.rows]
    assert lines == sorted(set(lines))
    aside = {*read.preamble, *read.footer, *read.header_lines}
    assert aside.isdisjoint(lines)


@CALM
@given(st.integers(0, 24), st.integers(0, 8), st.text(st.sampled_from("abé01 -"), max_size=8))
def test_a_cell_written_otherwise_is_the_only_one_that_changes(
    row: int, column: int, cell: str
) -> None:
    before = table()[:26]
    after = [list(cells) for cells in before]
    after[row + 1][column] = cell.strip()
    read = read_bytes(written(after, Writing()).encode())
    assert rows_of(read) == after
