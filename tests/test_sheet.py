"""What is on screen is what is taken away: figures stay figures, holes holes, text text."""

import csv
import io
from datetime import date

import pytest
from dash import html
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from layouts import measure
from layouts.bowling import bowling_tables
from layouts.level import TABLES, side
from layouts.parts import data, row, status, table
from layouts.sheet import ASIDE, grids, href
from layouts.wall import wall_table
from pilotage.domain.status import Standing
from pilotage.intake.neutral import neutral
from pilotage.reports.separated import decimal, separated
from pilotage.reports.sheet import Amount, Cell, Grid, Sheet, with_units
from pilotage.reports.workbook import workbook
from tests.component_text import text_of
from tests.room_case import NASTY, TODAY, a_card, a_level_room, at, recents

PAGE = at("/strategique/MSSS")
HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", NASTY, "<b>gras</b>"]


def drawn(*rows: html.Tr, heads: tuple[str, ...] = ("Quoi", "Combien")) -> html.Div:
    return table(heads, rows, "Essai", name="essai")


def grid(*rows: html.Tr) -> Grid:
    (found,) = grids([html.P("avant"), html.Div(drawn(*rows))], "essai", at("/gouvernement"))
    return found


def a_sheet(*rows: tuple[Cell, ...], lang: str = "fr") -> Sheet:
    heads = tuple(f"colonne {n}" for n in range(len(rows[0])))
    return Sheet("Salle", "salle", lang, (("Page", "Salle"),), (Grid("Essai", heads, rows),))


def read(content: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def lines(content: bytes, separator: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=separator))


def test_a_figure_leaves_with_its_value_and_its_unit_apart() -> None:
    found = grid(row("Séjour", [measure.quantity(17.4, "h", 1, "fr")]))
    assert found.heads == ("Quoi", "Combien", "unité (Combien)")
    assert found.rows == (("Séjour", Amount(17.4, "h", 1), "h"),)


def test_no_value_is_a_hole_and_zero_is_zero() -> None:
    found = grid(
        row("rien", [measure.quantity(None, "h", 1, "fr")]),
        row("zéro", [measure.count(0, "fr")]),
        row("point", [measure.amount(0, ["·", html.Span("0 hors cible", className="unseen")])]),
    )
    assert [one[1] for one in found.rows] == [None, Amount(0, "", 0), Amount(0)]


def test_a_state_leaves_in_words_with_what_qualifies_it() -> None:
    found = grid(row("Séjour", [[status(Standing.OFF_TARGET, "fr"), " provisoire"]]))
    assert found.rows == (("Séjour", "hors cible provisoire"),)


def test_what_only_serves_to_act_stays_on_the_page() -> None:
    title = [html.A("Séjour", href="/x"), html.Span([" · ", html.A("comment aider")], **ASIDE)]
    assert grid(row(title, ["1"])).rows == (("Séjour", "1"),)


def test_a_quiet_line_is_set_apart() -> None:
    title = [html.A("Séjour", href="/x"), html.Span("Santé", className="quiet")]
    assert grid(row(title, ["1"])).rows[0][0] == "Séjour · Santé"


def test_a_figure_among_words_is_said_in_words() -> None:
    found = grid(row("Retard", [[measure.count(3, "fr"), " jours"]]))
    assert found.rows[0][1] == "3 jours"


def test_a_day_leaves_as_a_day() -> None:
    found = grid(row("Échéance", [measure.day(date(2027, 3, 31), "fr")]))
    assert found.rows[0][1] == date(2027, 3, 31)


def test_a_group_of_rows_becomes_a_column() -> None:
    group = html.Tbody([html.Tr(html.Th("Santé", scope="rowgroup")), row("A", ["1"])])
    made = html.Table([html.Caption("c"), html.Thead(html.Tr([html.Th("q"), html.Th("n")])), group])
    frame = html.Div(made, **data(table="x"))
    (found,) = grids(frame, "x", at("/gouvernement"))
    assert found.heads == ("Groupe", "q", "n")
    assert found.rows == (("Santé", "A", "1"),)


def test_a_name_nobody_drew_finds_nothing() -> None:
    assert grids(drawn(row("a", ["1"])), "autre", at("/gouvernement")) == ()


@pytest.mark.parametrize("standing", [Standing.STALE, Standing.MISSING, Standing.IN_ERROR])
def test_a_figure_withheld_on_screen_is_withheld_in_the_file(standing: Standing) -> None:
    (found,) = grids(
        wall_table([a_card(standing)], at("/strategique/MSSS")), "indicateurs", at("/")
    )
    assert found.rows[0][found.heads.index("Valeur")] is None


def test_cards_leave_with_figure_target_and_chance() -> None:
    drawn = wall_table([a_card()], at("/strategique/MSSS"), is_sheet=True)
    (found,) = grids(drawn, "indicateurs", at("/"))
    said = dict(zip(found.heads, found.rows[0], strict=True))
    assert said["Valeur"] == Amount(17.4, "h", 1)
    assert str(said["Cible"]).replace("\N{NO-BREAK SPACE}", " ") == "≤ 14,0 h au 31 mars"
    assert (said["Au moins"], said["Au plus"]) == (None, Amount(14.0, "h", 1))
    assert said["Échéance"] == date(2027, 3, 31)
    assert said["Chances"] == Amount(4.0, "%", 0)


def test_periods_leave_with_their_state_and_their_figure() -> None:
    card = a_card(recents=recents(15, None, 0))
    (found,) = grids(bowling_tables([card], at("/strategique/MSSS")), "periodes", at("/"))
    said = dict(zip(found.heads, found.rows[0], strict=True))
    assert said["janvier 2026"] == Amount(15, "", 1)
    assert said["février 2026"] is None
    assert said["mars 2026"] == Amount(0, "", 1)
    assert said["mars 2026 : état"] == "hors cible"


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("value", [0.0, -12.5, 1e-9, 1e15, 0.1 + 0.2, 17.4, 123456789.25])
def test_a_number_is_read_back_as_it_was(value: float, lang: str) -> None:
    sheet = a_sheet((Amount(value, "h", 1),), lang=lang)
    written = lines(separated(sheet), ";" if lang == "fr" else ",")[-1][0]
    assert float(written.replace(",", ".")) == pytest.approx(value, rel=1e-14)
    assert written == decimal(value, lang)
    assert ("," if lang == "en" else ".") not in written
    assert read(workbook(sheet, "Source")).get_sheet_by_index(0).to_python()[1] == [
        pytest.approx(value, rel=1e-14)
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_can_run(text: str) -> None:
    sheet = a_sheet((text, "x"))
    cell = lines(separated(sheet))[-1][0]
    assert cell == neutral(text)
    rows = read(workbook(sheet, "Source")).get_sheet_by_index(0).to_python()
    assert rows[1][0] == text


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_any_text_makes_a_workbook_that_opens(texts: list[str]) -> None:
    sheet = a_sheet(tuple(texts))
    opened = read(
        workbook(Sheet(texts[0], "x", "fr", (("Page", texts[0]),), sheet.grids), "Source")
    )
    assert len(opened.sheet_names) == 2


def test_tables_of_one_caption_get_worksheets_of_their_own() -> None:
    one = Grid("De janvier à mars [2026]: tout / rien", ("a",), (("x",),))
    sheet = Sheet("t", "t", "fr", (("Page", "t"),), (one, one, Grid("Source", ("a",), (("x",),))))
    names = read(workbook(sheet, "Source")).sheet_names
    assert names[-1] == "Source"
    assert len({name.casefold() for name in names}) == 4
    assert all(len(name) <= 31 for name in names)


def test_a_worksheets_name_keeps_its_apostrophes_and_whole_words() -> None:
    captions = ["Valeurs de l'indicateur", "Organisations et états de leurs indicateurs", "x" * 40]
    found = tuple(Grid(one, ("a",), (("x",),)) for one in captions)
    names = read(workbook(Sheet("t", "t", "fr", (("Page", "t"),), found), "Source")).sheet_names
    assert names[:3] == ["Valeurs de l'indicateur", "Organisations et états", "x" * 31]


def test_actions_leave_with_their_dates() -> None:
    (found,) = grids(TABLES["actions"](a_level_room(), at("/strategique/MSSS")), "actions", PAGE)
    cells = dict(zip(found.heads, found.rows[0], strict=True))
    assert cells["Action"] == "Ouvrir des lits"
    assert (cells["Échéance"], cells["En retard"], cells["État"]) == (TODAY, "non", "à faire")
    page = text_of(side(a_level_room(), PAGE))
    assert "CSV · XLSX" in page


def test_the_file_says_what_it_is_before_its_rows_and_in_a_worksheet() -> None:
    sheet = a_sheet(("x",))
    assert lines(separated(sheet))[:2] == [["Page", "Salle"], []]
    told = read(workbook(sheet, "Source")).get_sheet_by_name("Source").to_python()
    assert told == [["Page", "Salle"]]


def test_a_column_without_unit_gets_no_column_of_units() -> None:
    plain = Grid("", ("n",), ((Amount(1.0),), (None,)))
    assert with_units(plain, "unité ({column})") == plain


def test_the_link_carries_the_page_whole() -> None:
    address = at("/strategique/MSSS", "?au=2026-03-31&lang=en&tout=1")
    assert href(address, "indicateurs", "csv") == (
        "/telecharger?page=%2Fstrategique%2FMSSS%3Fau%3D2026-03-31%26lang%3Den%26tout%3D1"
        "&table=indicateurs&format=csv&lang=en"
    )
