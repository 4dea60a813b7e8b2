"""What people wrote says its language, so that a screen reader pronounces it right."""

import csv
from datetime import date
from pathlib import Path

import pytest
from dash import html

from layouts.blocker import blocker_item
from layouts.level import side
from layouts.parts import named
from layouts.post import prose
from layouts.wall import wall_store
from pilotage.domain.indicator import Level
from pilotage.i18n import tongue
from pilotage.rooms.address import parse_address
from pilotage.rooms.card import Account, OffTarget, Said
from tests.component_text import found
from tests.room_case import a_blocker, a_card, a_level_room, month

POOLS = Path(__file__).parent.parent / "pilotage" / "sample" / "pools"
ENGLISH = parse_address("/strategique/MSSS", "?lang=en")


def pool(name: str, *columns: str) -> list[str]:
    with (POOLS / name).open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter=";")
        return [row[column] for row in rows for column in columns if row[column]]


def test_every_text_of_the_sample_is_known_for_what_it_is() -> None:
    french = pool("ecrits.csv", "texte", "action", "pratique") + pool(
        "actions.csv", "titre", "note"
    )
    french += pool("bloquants.csv", "titre", "note")
    assert len(french) > 100
    assert [one for one in french if tongue(one) != "fr"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The beds are full and nobody came.", "en", id="english"),
        pytest.param("Les lits sont pleins.", "fr", id="french"),
        pytest.param("12 345", "fr", id="nothing tells"),
        pytest.param("Le « dashboard » est en panne", "fr", id="a borrowed word"),
        pytest.param("", "fr", id="empty"),
    ],
)
def test_a_text_is_of_the_language_of_its_small_words(text: str, expected: str) -> None:
    assert tongue(text) == expected


def test_a_title_without_english_is_told_as_french_on_an_english_page() -> None:
    assert named("Salles fermées", "Closed rooms", "en") == "Closed rooms"
    assert named("Salles fermées", None, "fr") == "Salles fermées"
    drawn = named("Salles fermées", None, "en")
    assert isinstance(drawn, html.Span)
    assert drawn.to_plotly_json()["props"]["lang"] == "fr"


def test_people_words_on_an_english_page_carry_their_language() -> None:
    assert prose("Les lits sont pleins.").to_plotly_json()["props"]["lang"] == "fr"
    drawn = [blocker_item(a_blocker(), ENGLISH), side(a_level_room(), ENGLISH)]
    spoken = [one.children for one in found(drawn, html.Span) if getattr(one, "lang", "") == "fr"]
    assert spoken.count("Salles fermées") >= 2
    assert "Ouvrir des lits" in spoken


def test_a_card_carries_the_language_of_its_explanation_and_of_its_name() -> None:
    told = Said("Les lits sont pleins.", date(2026, 11, 8), month(10), is_current=True)
    card = a_card(title_en=None, account=Account(OffTarget(month(9), is_longer=False), told))
    (english,) = wall_store([card], Level.STRATEGIC, ENGLISH)["cards"]
    (french,) = wall_store([card], Level.STRATEGIC, parse_address("/strategique/MSSS", ""))["cards"]
    assert (english["t"], english["nl"]) == ("fr", "fr")
    assert not {"t", "nl"} & set(french)
