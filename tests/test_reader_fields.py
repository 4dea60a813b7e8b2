"""Quoted cells read at once by a pattern are what reading them quote by quote makes of them."""

from hypothesis import given
from hypothesis import strategies as st

from pilotage.intake.reader.fields import Dialect, fields

PIECES = ['"', '"', '""', ";", "a", " ", "\t", "b;", "é"]


def quote_by_quote(text: str, position: int) -> tuple[str, int, bool]:
    """The rest of a cell opened at ``position``: a slow reading of the rule, one quote a time."""
    said, is_odd = "", False
    while (found := text.find('"', position)) >= 0:
        said += text[position:found]
        after = text[found + 1 :]
        if after.startswith('"'):
            said, position = said + '"', found + 2
            continue
        rest = after.lstrip(" \t")
        if not rest or rest.startswith(";"):
            return said, found + 1 + len(after) - len(rest), is_odd
        said, position, is_odd = said + '"', found + 1, True
    return said + text[position:], -1, is_odd


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_a_cell_ends_at_the_same_quote_with_the_same_text(rest: str) -> None:
    cell, end, is_odd = quote_by_quote(f'"{rest}', 1)
    read = fields(f'"{rest}', Dialect(";"))
    assert read.cells[0] == cell
    assert (0 in read.odd) == is_odd
    assert (read.is_open and len(read.cells) == 1) == (end < 0)
