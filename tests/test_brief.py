"""A room on one sheet: the words of its page, one page whatever it holds, and nothing that runs."""

import re
import zlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from layouts.brief import government_brief, level_brief
from layouts.wall import wall_table
from pilotage.domain.status import Standing
from pilotage.errors import Unavailable
from pilotage.reports import pdf
from pilotage.reports.brief import FITS, MOST, Brief, pages, shortened
from pilotage.rooms.card import Account, OffTarget, Said
from pilotage.rooms.level import LevelRoom, Task
from pilotage.rooms.waiting import Waiting
from tests.component_text import text_of
from tests.room_case import (
    NASTY,
    TODAY,
    a_blocker,
    a_branch,
    a_card,
    a_government_room,
    a_level_room,
    at,
    month,
)

HERE = at("/strategique/MSSS")
LONG = ("Durée moyenne de séjour aux urgences des personnes sur civière " * 5)[:200]
SOLID = "W" * 200


def library() -> bool:
    try:
        pdf._library()
    except Unavailable:
        return False
    return True


def unpacked(made: bytes) -> bytes:
    """The objects of a PDF as they read once inflated."""
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL)
    return made + b"".join(zlib.decompress(one) for one in found if one[:1] == b"x")


needs_pango = pytest.mark.skipif(
    not library(), reason="WeasyPrint cannot load Pango on this machine"
)


def sheet(room: LevelRoom, lang: str = "fr") -> Brief:
    return level_brief(room, at("/strategique/MSSS", f"?lang={lang}"), ["Source : essai"])


def full_room(title: str, count: int) -> LevelRoom:
    """As many of everything as asked, each with that title."""
    kinds = list(Standing)
    cards = [
        a_card(kinds[n % len(kinds)], indicator_id=f"I{n}", title_fr=title, title_en=title)
        for n in range(count)
    ]
    blockers = tuple(a_blocker(f"B-{n}", title=title, owner=title) for n in range(count))
    tasks = tuple(
        Task(title, title, "decision", "to_do", title, TODAY, None, True) for _ in range(count)
    )
    return a_level_room(*cards, blockers=Waiting(here=blockers), tasks=tasks)


def test_the_most_urgent_cards_come_as_the_page_orders_them() -> None:
    cards = [a_card(indicator_id=f"I{n}", title_fr=f"Indicateur {n}") for n in range(7)]
    said = sheet(a_level_room(*cards))
    assert [row.title for row in said.rows] == [f"Indicateur {n}" for n in range(MOST)]
    assert said.rows_title == "Ce qui presse, parmi 7 indicateurs"


@pytest.mark.parametrize("standing", list(Standing))
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_line_says_what_the_table_of_the_page_says(standing: Standing, lang: str) -> None:
    card = a_card(standing)
    address = at("/strategique/MSSS", f"?lang={lang}")
    said = level_brief(a_level_room(card), address, []).rows[0]
    shown = text_of(wall_table([card], address))
    for words in (said.value, said.target, said.word.split(" (")[0], said.chance):
        assert words in shown


def test_a_withheld_figure_is_withheld_on_paper_and_named_as_doubtful() -> None:
    said = sheet(a_level_room(a_card(Standing.STALE)))
    assert said.rows[0].value == "—"
    assert said.rows[0].chance == ""
    doubtful = next(part for part in said.parts if "contesté" in part.title)
    assert doubtful.entries[0].standing == "stale"


def test_a_blocker_says_its_age_against_its_allowance_and_its_owner() -> None:
    room = a_level_room(blockers=Waiting(here=(a_blocker(owner="Mme Roy"),)))
    (one,) = sheet(room).parts[0].entries
    assert one.is_over
    assert one.under.startswith("dépassé : 15 j ouvrables, permis : 10 · Mme Roy · ")


def test_decisions_come_first_then_what_is_due_first() -> None:
    def task(name: str, kind: str, due: date | None) -> Task:
        return Task(name, None, kind, "to_do", None, due, None, False)

    tasks = (
        task("sans date", "action", None),
        task("plus tard", "action", date(2027, 2, 1)),
        task("bientôt", "action", date(2026, 12, 1)),
        task("décider", "decision", date(2027, 3, 1)),
    )
    found = sheet(a_level_room(tasks=tasks)).parts[2].entries
    assert [one.title for one in found] == ["décider", "bientôt", "plus tard", "sans date"]


def test_an_off_target_line_gives_its_explanation_or_says_that_there_is_none() -> None:
    told = Said("Les lits sont pleins.", date(2026, 11, 8), month(10), is_current=True)
    explained = a_card(account=Account(OffTarget(month(9), is_longer=False), told))
    silent = a_card(account=Account(OffTarget(month(9), is_longer=False), None))
    first, second = sheet(a_level_room(explained, silent)).rows
    assert first.account.startswith("Les lits sont pleins. · explication du 8 nov")
    assert second.account.startswith("aucune explication donnée")
    assert "Les lits sont pleins." in next(pages(sheet(a_level_room(explained))))


@needs_pango
def test_a_sheet_leaves_nothing_off_while_there_is_room() -> None:
    import weasyprint

    text = ""
    for text in pages(sheet(full_room("Titre de longueur moyenne, comme on en écrit", 5))):
        if len(weasyprint.HTML(string=text).render(pdf_variant="pdf/ua-1").pages) == 1:
            break
    assert "de plus dans la salle" not in text
    assert "…" not in text


def test_empty_parts_say_so() -> None:
    said = sheet(a_level_room(blockers=Waiting(), tasks=()))
    assert said.rows == ()
    assert said.nothing == "Aucun indicateur n'est suivi dans cette salle."
    assert all(part.nothing and not part.entries for part in said.parts)


def test_what_is_left_off_is_counted() -> None:
    text = next(pages(sheet(full_room("Titre", 40))))
    assert f"{40 - FITS[0].entries} de plus dans la salle" in text


def test_the_government_sheet_begins_with_the_largest_share_off_target() -> None:
    off, on = Standing.OFF_TARGET, Standing.ON_TRACK
    room = a_government_room(a_branch("A", off, on), a_branch("B", off, off), a_branch("C", on))
    said = government_brief(room, at("/gouvernement"), [])
    assert [row.title for row in said.rows] == ["Direction B", "Direction A", "Direction C"]
    assert [row.chance.replace("\N{NO-BREAK SPACE}", " ") for row in said.rows] == [
        "100 %",
        "50 %",
        "0 %",
    ]


@pytest.mark.parametrize("text", [NASTY, "</style><script>x</script>", "&amp;<i>b</i>", "<!--"])
def test_no_text_becomes_markup(text: str) -> None:
    for page in pages(sheet(full_room(text, 3))):
        assert text not in page
        assert escape(text) in page


def test_no_text_is_a_template() -> None:
    assert "{{ 7*7 }}" in next(pages(sheet(full_room("{{ 7*7 }}", 3))))


def test_two_sheets_that_say_the_same_bear_the_same_mark_and_others_do_not() -> None:
    assert sheet(a_level_room(a_card())).mark == sheet(a_level_room(a_card())).mark
    assert sheet(a_level_room(a_card())).mark != sheet(a_level_room(a_card(value=17.5))).mark


@given(st.text(max_size=60), st.integers(1, 40))
def test_what_is_shortened_is_never_longer(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= most


@needs_pango
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("title", "count"), [("Titre", 0), ("Titre", 1), (LONG, 12), (LONG, 500), (SOLID, 500)]
)
def test_one_letter_page_whatever_the_room_holds(title: str, count: int, lang: str) -> None:
    import weasyprint

    sizes = []
    for text in pages(sheet(full_room(title, count), lang)):
        sizes = weasyprint.HTML(string=text).render(pdf_variant="pdf/ua-1").pages
        if len(sizes) == 1:
            break
    assert len(sizes) == 1
    # CSS pixels: Letter is 8.5 × 11 inches.
    assert (sizes[0].width, sizes[0].height) == (816, 1056)


@needs_pango
@settings(max_examples=3, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_any_title_makes_a_sheet(title: str) -> None:
    assert pdf.one_page(pages(sheet(full_room(title, 2)))).startswith(b"%PDF-")


@needs_pango
def test_the_file_is_tagged_titled_and_in_its_language() -> None:
    made = pdf.one_page(pages(sheet(a_level_room(a_card()), "en")))
    said = unpacked(made)
    assert b"/StructTreeRoot" in said
    assert b"/Lang (en)" in said
    assert b"/MarkInfo" in said
    assert "Santé — As of November 10, 2026".encode("utf-16-be") in said or b"pdfuaid" in said
    assert made == pdf.one_page(pages(sheet(a_level_room(a_card()), "en")))


@needs_pango
def test_nothing_is_fetched_to_make_a_sheet(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("canari")
    text = f'<p>x</p><img src="{secret.as_uri()}"><link rel="attachment" href="{secret.as_uri()}">'
    assert b"canari" not in pdf.one_page([text])
    assert b"secret" not in pdf.one_page([text])


def test_without_the_library_one_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    with pytest.raises(Unavailable, match="libpango") as refused:
        pdf.one_page(["<p>x</p>"])
    assert refused.value.status == 503
