"""Who carries the gap of a card: what the indicator's page says, asked once for the whole room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from layouts.card import carrier
from layouts.wall import wall_store
from pilotage.access.operator import OPERATOR
from pilotage.domain.indicator import Level
from pilotage.domain.viewer import Role, Scope
from pilotage.rooms.card import Card
from pilotage.rooms.indicator import indicator_room
from pilotage.rooms.level import level_room
from pilotage.store.warehouse import Warehouse
from tests.small_home import at, load_text, scope, small_home

PLACES = """organisation_id;genre;libelle_fr;libelle_en;parent_id;publie_le
DSD;direction;Direction du soutien à domicile;Home Support Directorate;MSSS;2024-01-01
"""
AIMS = """indicateur_id;organisation_id;periode;cible_min;cible_max;publie_le
I-1;DSD;2026-2027;;14;2025-04-01
"""
VALUES = """indicateur_id;organisation_id;periode;valeur;publie_le
I-1;DSD;2026-10;15,0;2026-11-08
"""


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = small_home(tmp_path)
    for name, text in (
        ("organisations.csv", PLACES),
        ("cibles.csv", AIMS),
        ("mesures.csv", VALUES),
    ):
        assert load_text(opened, tmp_path, f"{name}_2.csv", text) == "loaded"
    yield opened
    opened.close()


def card(scope: Scope, warehouse: Warehouse) -> Card:
    room = level_room(scope, warehouse, at("/strategique/MSSS"))
    return next(one for one in room.cards if one.indicator_id == "I-1")


def test_the_card_says_what_the_page_of_its_indicator_says(warehouse: Warehouse) -> None:
    found = card(OPERATOR, warehouse)
    page = indicator_room(OPERATOR, warehouse, at("/indicateurs/I-1", "?org=MSSS"))
    assert page.gap is not None
    first = page.gap.children[0]
    assert found.carrier is not None
    assert found.carrier.place.identifier == first.organisation_id == "DUR"
    # 18 h and 15 h for a target of 14 h: four hours of five.
    assert found.carrier.share == pytest.approx(0.8)
    assert page.gap.total == pytest.approx((first.contribution or 0) / 0.8)
    address = at("/strategique/MSSS")
    assert carrier(found, address) == ("écart porté surtout par Direction des urgences (80\u00a0%)")
    (record,) = wall_store([found], Level.STRATEGIC, address)["cards"]
    assert record["p"] == carrier(found, address)


def test_one_organisation_below_carries_it_all_and_is_not_named(tmp_path: Path) -> None:
    alone = small_home(tmp_path)
    assert card(OPERATOR, alone).carrier is None
    alone.close()


def test_what_is_out_of_sight_is_named_to_nobody(warehouse: Warehouse) -> None:
    team = scope(warehouse, Role.TEAM_MEMBER, "EQJ")
    room = level_room(team, warehouse, at("/operationnel/EQJ"))
    assert all(one.carrier is None for one in room.cards)
