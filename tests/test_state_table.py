"""The table of states: every row adds up, whatever states occur."""

from dash import html
from hypothesis import given
from hypothesis import strategies as st

from layouts.below import COLUMNS, heat
from pilotage.domain.status import Standing
from tests.component_text import found, text_of
from tests.room_case import a_branch, at

ROOM = at("/gouvernement")
STANDINGS = st.lists(st.sampled_from(Standing), min_size=1, max_size=40)


def counts(row: html.Tr) -> list[int]:
    """The numbers of a row, in order; a void cell counts for nothing."""
    cells = [text_of(cell) for cell in found(row, html.Td)]
    return [0 if cell.startswith("·") else int(cell) for cell in cells]


def test_every_standing_has_its_column() -> None:
    assert sorted(COLUMNS) == sorted(Standing)


@given(rows=st.lists(STANDINGS, min_size=1, max_size=4))
def test_a_row_of_states_adds_up_to_its_total(rows: list[list[Standing]]) -> None:
    branches = [a_branch(f"O{rank}", *standings) for rank, standings in enumerate(rows)]
    for is_grouped in (False, True):
        table = heat(branches, ROOM, is_grouped=is_grouped)
        lines = [counts(row) for row in found(table, html.Tr)]
        added = [line for line in lines if line]
        assert len(added) == len(rows) + 1
        assert all(sum(line[:-1]) == line[-1] for line in added)
