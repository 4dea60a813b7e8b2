"""A past day asked for in an address is applied, or the page says that it is not."""

from collections.abc import Iterator
from datetime import date

import orjson
import pytest
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks import level
from callbacks.shell import show
from pilotage.access.current import Sight, looking_as
from pilotage.domain.indicator import Level
from pilotage.domain.viewer import Role, Scope, Viewer
from pilotage.rooms.level import level_room
from pilotage.settings import Settings
from pilotage.store.queries.verdicts import past_verdicts, room_verdicts
from pilotage.store.warehouse import Warehouse
from tests.small_home import TODAY, at, scope, small_home

ROOM = "/strategique/MSSS"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    opened = small_home(tmp_path_factory.mktemp("past"))
    yield opened
    opened.close()


@pytest.fixture
def treasury(warehouse: Warehouse) -> Iterator[Scope]:
    seen = scope(warehouse, Role.CENTRAL, None)
    with looking_as(Sight(Viewer("treasury", "Andrée", Role.CENTRAL, None), seen)):
        yield seen


def said(warehouse: Warehouse, path: str, search: str) -> str:
    """The band and the page, as text."""
    _, _, band, content, _ = show(warehouse, Settings(), path, search)
    drawn = orjson.dumps([band, content], default=Component.to_plotly_json).decode()
    return drawn.replace("\u00a0", " ")


def test_a_room_on_a_past_day_shows_what_was_published_by_then(
    warehouse: Warehouse, treasury: Scope
) -> None:
    room = level_room(treasury, warehouse, at(ROOM, "?au=2026-05-20"))
    card = next(one for one in room.cards if one.indicator_id == "I-1")
    assert (card.value, card.high) == (16.0, 14.0)
    assert card.period is not None
    assert card.period.last_day == date(2026, 4, 30)
    assert room.judged_on == date(2026, 5, 20)
    assert "I-5" not in {one.indicator_id for one in room.cards}


def test_today_asked_for_as_a_day_is_the_room_as_it_stands(
    warehouse: Warehouse, treasury: Scope
) -> None:
    asked = level_room(treasury, warehouse, at(ROOM, f"?au={TODAY}"))
    assert asked == level_room(treasury, warehouse, at(ROOM))


def test_judging_again_on_the_day_of_the_table_says_what_the_table_says(
    warehouse: Warehouse, treasury: Scope
) -> None:
    asked = (treasury, warehouse, "MSSS", Level.STRATEGIC)
    again = {row["indicator_id"]: row for row in past_verdicts(*asked, TODAY)}
    held = {row["indicator_id"]: row for row in room_verdicts(*asked)}
    row = again["I-1"]
    assert {name: row[name] for name in held["I-1"]} == held["I-1"]


@pytest.mark.usefixtures("treasury")
@pytest.mark.parametrize(
    ("path", "search", "sentence"),
    [
        (
            ROOM,
            "?au=2026-05-20",
            "Situation au 20 mai 2026, d'après ce qui était publié ce jour-là.",
        ),
        (ROOM, "?au=2026-13-45", "« 2026-13-45 » n'est pas une date"),
        (ROOM, "?au=2027-05-20", "demande la situation au 20 mai 2027"),
        ("/gouvernement", "?au=2026-05-20", "cette page montre celle d'aujourd'hui"),
        ("/strategique", "?au=2026-05-20", "cette page montre celle d'aujourd'hui"),
    ],
)
def test_the_page_says_what_became_of_the_day_asked_for(
    warehouse: Warehouse, path: str, search: str, sentence: str
) -> None:
    drawn = said(warehouse, path, search)
    assert sentence in drawn
    assert "Revenir à aujourd'hui" in drawn


@pytest.mark.usefixtures("treasury")
def test_a_past_day_says_nothing_of_what_is_only_known_today(warehouse: Warehouse) -> None:
    drawn = said(warehouse, ROOM, "?au=2026-05-20")
    assert "ne se lisent qu'au présent" in drawn
    assert "perfusionnistes" not in drawn


@pytest.mark.usefixtures("treasury")
def test_a_past_day_is_not_redrawn_by_news(warehouse: Warehouse) -> None:
    with pytest.raises(PreventUpdate):
        level.refresh(warehouse, {"version": 10_000}, {"version": 1}, ROOM, "?au=2026-05-20")
