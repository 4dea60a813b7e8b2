"""The table of states: every row adds up, whatever states occur."""

from dataclasses import replace

from dash import html
from hypothesis import given
from hypothesis import strategies as st

from layouts import government
from layouts.below import COLUMNS, heat
from pilotage.domain.status import Standing
from tests.component_text import found, text_of
from tests.room_case import a_branch, a_government_room, at

ROOM = at("/gouvernement")
STANDINGS = st.lists(st.sampled_from(Standing), min_size=1, max_size=40)


def counts(row: html.Tr) -> list[int]:
    """The numbers of a row, in order; a void cell counts for nothing."""
    counted = [cell for cell in found(row, html.Td) if getattr(cell, "className", "") != "rate"]
    cells = [text_of(cell) for cell in counted]
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


def test_a_share_is_counted_among_figures_with_a_status() -> None:
    off, on, late = Standing.OFF_TARGET, Standing.ON_TRACK, Standing.STALE
    table = heat([a_branch("A", off, on, on, on, late, late)], ROOM, is_grouped=False)
    assert [
        text_of(cell) for cell in found(table, html.Td) if getattr(cell, "className", "") == "rate"
    ] == ["25\N{NO-BREAK SPACE}%"] * 2


def test_the_largest_share_off_target_comes_first_where_it_is_asked_for() -> None:
    off, on = Standing.OFF_TARGET, Standing.ON_TRACK
    branches = [a_branch("MANY", off, off, on, on, on, on), a_branch("FEW", off), a_branch("NONE")]
    room = a_government_room(*branches)
    by_gap = at("/gouvernement", "?tri=ecart")
    names = [text_of(one) for one in found(government.body(room, by_gap), html.Th)]
    assert [name for name in names if name.startswith("Direction ")] == [
        "Direction FEW",
        "Direction MANY",
        "Direction NONE",
    ]
    assert "pas un classement" in text_of(government.body(room, by_gap))
    assert "pas un classement" not in text_of(government.body(room, ROOM))


def test_the_sentences_of_a_partial_view_are_parted() -> None:
    room = replace(a_government_room(a_branch("A", Standing.ON_TRACK)), is_partial=True)
    assert "du gouvernement. 100" in text_of(government.body(room, ROOM))


def test_organisations_whose_function_is_out_of_sight_are_under_no_empty_group() -> None:
    alone = heat([a_branch("A", Standing.ON_TRACK)], ROOM, is_grouped=True)
    assert [one for one in found(alone, html.Th) if getattr(one, "scope", "") == "rowgroup"] == []
    some = [a_branch("A", Standing.ON_TRACK), a_branch("B", Standing.ON_TRACK, function="Santé")]
    groups = found(heat(some, ROOM, is_grouped=True), html.Th)
    assert [one.children for one in groups if getattr(one, "scope", "") == "rowgroup"] == [
        "Santé",
        "—",
    ]
