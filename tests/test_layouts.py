"""Layouts are pure, their twins exist, and every identifier a callback names is drawn."""

import ast
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import orjson
import pytest
from dash import Dash
from dash.development.base_component import Component
from fastapi import FastAPI

import callbacks.blockers
import callbacks.data
import callbacks.government
import callbacks.indicator
import callbacks.level
import callbacks.shell
from layouts import card as words
from layouts import choice, government, ids, level, public, state
from layouts.everything import everything
from layouts.parts import STANDING_WORDS
from layouts.spark import spark
from layouts.wall import wall_store, wall_table
from pilotage.domain.indicator import Direction, Level
from pilotage.domain.status import Confidence, DataState, Standing
from pilotage.rooms.choice import Choice
from pilotage.rooms.publication import PublicRoom
from pilotage.rooms.waiting import Waiting
from pilotage.settings import Settings
from pilotage.store.warehouse import Warehouse
from tests.room_case import (
    NASTY,
    a_branch,
    a_card,
    a_government_room,
    a_level_room,
    a_signal,
    at,
    recents,
)

HOUSE = Path(__file__).parents[1]
ROOM = at("/strategique/MSSS")
ENGLISH = at("/strategique/MSSS", "?lang=en")


def plain(drawn: Any) -> Any:
    return orjson.loads(orjson.dumps(drawn, default=Component.to_plotly_json))


def texts(drawn: Any) -> Iterator[str]:
    """Every text a page shows, in order."""
    if isinstance(drawn, str):
        yield drawn
    elif isinstance(drawn, list):
        for one in drawn:
            yield from texts(one)
    elif isinstance(drawn, dict):
        yield from texts(drawn.get("props", {}).get("children"))


def said(drawn: Any) -> str:
    return " ".join("".join(texts(plain(drawn))).split()).replace("\xa0", " ")


def nodes(drawn: Any) -> Iterator[dict[str, Any]]:
    if isinstance(drawn, list):
        for one in drawn:
            yield from nodes(one)
    elif isinstance(drawn, dict) and "props" in drawn:
        yield drawn
        yield from nodes(drawn["props"].get("children"))


def test_a_callback_exists_only_beside_a_layout_of_the_same_name() -> None:
    layouts = {path.stem for path in (HOUSE / "layouts").glob("*.py")}
    twins = {path.stem for path in (HOUSE / "callbacks").glob("*.py")}
    assert twins <= layouts


def test_no_style_is_given_in_python() -> None:
    styled = [
        path.name
        for folder in ("layouts", "callbacks")
        for path in (HOUSE / folder).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "style"
    ]
    assert styled == []


def test_scripts_never_write_markup() -> None:
    writers = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")
    found = [
        (path.name, word)
        for path in (HOUSE / "layouts" / "assets").rglob("*.js")
        for word in writers
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_every_identifier_has_its_place_and_no_two_are_alike() -> None:
    named = [value for name, value in vars(ids).items() if name.isupper()]
    drawn = [node["props"]["id"] for node in nodes(plain(everything())) if "id" in node["props"]]
    assert len(set(drawn)) == len(drawn)
    assert set(drawn) <= set(named)


def test_a_level_room_draws_what_its_callback_redraws() -> None:
    room = a_level_room(a_card())
    drawn = {node["props"].get("id") for node in nodes(plain(level.layout(room, ROOM)))}
    named = {ids.ROOM_LEDE, ids.WALL, ids.ROOM_TABLE, ids.ROOM_REST, ids.ROOM_SIDE}
    assert named <= drawn


def test_drawing_twice_gives_the_same_page() -> None:
    room = a_level_room(a_card())
    assert plain(level.layout(room, ROOM)) == plain(level.layout(room, ROOM))


def test_the_room_opens_with_the_state_of_the_room() -> None:
    room = a_level_room(a_card(), a_card(Standing.ON_TRACK))
    assert said(level.opening(room, ROOM)).startswith("1 indicateur sur 2 est hors cible.")
    assert "Un bloquant attend une réponse de cette salle depuis 15 jours ouvrables." in said(
        level.opening(room, ROOM)
    )
    assert said(level.opening(room, ENGLISH)).startswith("1 indicator of 2 is off target.")


def test_a_room_steered_through_those_below_says_so() -> None:
    room = a_level_room(blockers=Waiting())
    assert "1 indicateur sur 2 est hors cible dans les organisations du dessous" in said(
        level.opening(room, ROOM)
    )


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_empty_room_has_a_sentence_in_every_zone(lang: str) -> None:
    room = a_level_room(blockers=Waiting(), tasks=(), branches=())
    address = at("/strategique/MSSS", f"?lang={lang}")
    empties = [
        node
        for node in nodes(plain(level.layout(room, address)))
        if node["props"].get("className") == "empty"
    ]
    assert len(empties) == 4


def test_a_card_says_value_target_state_period_source_and_origin() -> None:
    record = wall_store([a_card(signal=a_signal(variation=None))], Level.STRATEGIC, ROOM)["cards"][
        0
    ]
    assert record["v"] == "17,4\xa0h"
    assert record["g"] == "cible ≤\xa014,0\xa0h au 31 mars"
    assert (record["s"], record["w"]) == ("off_target", "hors cible")
    assert record["m"] == "en détérioration"
    told = wall_store([a_card()], Level.STRATEGIC, ROOM)["cards"][0]
    assert "m" not in told  # the whole series says more than two values
    assert record["r"] == "avancement −13\xa0%"
    assert record["f"] == "octobre 2026 · BDCU"
    assert record["o"] == "D'où vient ce chiffre : urgences.csv, ligne 214, versement 12."
    assert record["h"] == "/indicateurs/urg%2F01?org=MSSS"


def test_the_store_of_a_wall_stays_small() -> None:
    cards = [a_card(indicator_id=f"I-{n}") for n in range(200)]
    assert len(json.dumps(wall_store(cards, Level.STRATEGIC, ROOM))) < 200 * 1000


def test_a_title_is_kept_as_text_whatever_it_holds() -> None:
    record = wall_store([a_card(title_fr=NASTY)], Level.STRATEGIC, ROOM)["cards"][0]
    assert record["n"] == NASTY


def test_cards_and_their_table_say_the_same() -> None:
    card = a_card(signal=a_signal(variation=None))
    record = wall_store([card], Level.STRATEGIC, ROOM)["cards"][0]
    table = said(wall_table([card], ROOM))
    for key in ("n", "w", "m", "f"):
        assert record[key].replace("\xa0", " ") in table
    assert "17,4 h" in table


def test_each_period_of_a_row_has_a_sign_and_a_figure() -> None:
    store = wall_store([a_card()], Level.STRATEGIC, ROOM)
    group = store["bowling"][0]
    row = group["rows"][0]
    assert len(row["s"]) == len(row["v"]) == len(group["heads"]) == 6
    assert store["signs"][row["s"][-1]] == ["off_target", "hors cible"]
    assert row["v"][-1] == "17,4\xa0h"
    assert group["heads"][-1] == ("juin", "juin 2026")


def test_periods_after_a_stale_figure_are_drawn_as_owed() -> None:
    fresh = a_card(indicator_id="a", recents=recents(1, 2, 3))
    stale = a_card(Standing.STALE, indicator_id="b", recents=recents(1))
    rows = wall_store([fresh, stale], Level.STRATEGIC, ROOM)["bowling"][0]["rows"]
    assert [row["s"] for row in rows] == ["fff", "fmm"]


@pytest.mark.parametrize("standing", list(Standing))
def test_every_state_has_a_word_and_a_shape(standing: Standing) -> None:
    sheet = (HOUSE / "layouts" / "assets" / "room.css").read_text(encoding="utf-8")
    assert STANDING_WORDS[standing]
    assert f".shape.{standing.value}" in sheet or standing is Standing.ON_TRACK


@pytest.mark.parametrize("standing", sorted(words.HIDES_VALUE))
def test_a_stale_figure_is_not_shown_as_the_figure(standing: Standing) -> None:
    card = a_card(standing)
    assert words.headline(card, ROOM) == ("—", "")
    assert words.movement(card, ROOM) == "dernière valeur : 17,4\xa0h (octobre 2026)"


def test_a_figure_that_never_came_says_so() -> None:
    card = a_card(Standing.MISSING, value=None, period=None, recents=())
    assert words.movement(card, ROOM) == "aucune valeur reçue"
    assert spark(card) is None


def test_a_provisional_figure_is_annotated_not_replaced() -> None:
    card = a_card(data_state=DataState.PROVISIONAL, is_to_confirm=True)
    assert words.note(card, ROOM) == "provisoire, à confirmer"


def test_what_is_declared_appears_only_where_the_figures_disagree() -> None:
    assert words.disagreement(a_card(confidence=Confidence.SECURED), ROOM)
    agreed = a_card(Standing.ON_TRACK, confidence=Confidence.SECURED)
    assert words.disagreement(agreed, ROOM) == ""


def test_a_curve_lies_between_zero_and_a_hundred_and_keeps_its_holes() -> None:
    shape = spark(a_card())
    assert shape is not None
    assert shape["y"][2] is None
    every = shape["y"] + shape["p"] + shape["t"] + shape["b"]
    heights = [one for one in every if one is not None]
    assert (min(heights), max(heights)) == (0, 100)


def test_a_flat_series_is_drawn_in_the_middle() -> None:
    flat = tuple(replace(one, path=None) for one in recents(5, 5, 5))
    few = a_signal(variation=None)
    shape = spark(a_card(recents=flat, direction=Direction.NONE, high=None, signal=few))
    assert shape == {"y": [50, 50, 50]}


def test_links_keep_the_language_and_the_date() -> None:
    address = at("/strategique/MSSS", "?lang=en&au=2026-03-31&vue=tableau")
    assert words.link(a_card(), address) == ("/indicateurs/urg%2F01?au=2026-03-31&lang=en&org=MSSS")
    assert address.in_other_language == "/strategique/MSSS?au=2026-03-31&vue=tableau"


def test_the_government_names_who_is_late() -> None:
    branch = a_branch("MSSS", Standing.OFF_TARGET, Standing.MISSING, function="Santé")
    room = a_government_room(branch)
    page = said(government.layout(room, at("/gouvernement")))
    assert "1 indicateur sur 2 est hors cible." in page
    assert "Totaux incomplets : 1 organisation en retard." in page
    assert "1 bloquant est monté jusqu'ici." in page


def test_a_government_without_figures_says_what_to_do() -> None:
    assert "Aucun indicateur que vous pouvez voir" in said(
        government.layout(a_government_room(), at("/gouvernement"))
    )


def test_a_choice_of_rooms_counts_them() -> None:
    room = Choice(Level.TACTICAL, (a_branch("A", Standing.ON_TRACK), a_branch("B")))
    assert "2 salles ont des indicateurs" in said(choice.layout(room, at("/tactique")))


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_page_that_cannot_be_shown_offers_a_way_out(status: int) -> None:
    drawn = plain(state.state(status, "Pourquoi.", at("/x", "?lang=en")))
    assert "My room" in said(drawn)
    assert any(node["props"].get("href") == "/?lang=en" for node in nodes(drawn))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_public_page_promises_in_both_languages(lang: str) -> None:
    nothing = PublicRoom(None, (), None, ())
    assert public.title(nothing, at("/public", f"?lang={lang}")) in said(
        public.layout(nothing, at("/public", f"?lang={lang}"))
    )


def test_every_identifier_of_a_callback_is_drawn_somewhere() -> None:
    bare = Dash("test", server=cast(Any, FastAPI()), add_log_handler=False)
    nowhere = cast(Warehouse, None)
    callbacks.shell.register(bare, nowhere, Settings())
    for one in (
        callbacks.blockers,
        callbacks.data,
        callbacks.government,
        callbacks.indicator,
        callbacks.level,
    ):
        one.register(bare, nowhere)
    named = {
        end["id"]
        for callback in bare._callback_list
        for end in (*callback["inputs"], *callback["state"])
    }
    named |= {
        end.rpartition(".")[0]
        for callback in bare._callback_list
        for end in callback["output"].strip(".").split("...")
    }
    drawn = {node["props"].get("id") for node in nodes(plain(everything()))}
    assert named <= drawn
