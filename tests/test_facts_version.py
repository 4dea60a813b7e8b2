"""What people write rebuilds no card; what a file, a step or a day changes does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from pilotage.access.operator import OPERATOR
from pilotage.domain.viewer import Role
from pilotage.rooms.blocker_action import act
from pilotage.rooms.follow import follow
from pilotage.rooms.level import level_room
from pilotage.rooms.post_action import say
from pilotage.store import tables
from pilotage.store.warehouse import Warehouse
from tests.post_case import BRAVO, COMMENT
from tests.small_home import at, load_text, scope, small_home

ROOM = at("/strategique/MSSS")
VALUE = "indicateur_id;organisation_id;periode;valeur;publie_le\nI-1;MSSS;2026-10;19,9;2026-11-10\n"


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = small_home(tmp_path)
    yield opened
    opened.close()


def facts(warehouse: Warehouse) -> list[object]:
    """Every row a card, a plan or a right hangs on."""
    names = ("verdicts", "measurements", "targets", "indicators", "plans", "actions")
    kept = [tables.metadata.tables[name] for name in names]
    with warehouse.read() as connection:
        return [sorted(map(repr, connection.execute(sa.select(one)))) for one in kept]


def test_what_people_do_and_write_changes_no_fact(warehouse: Warehouse) -> None:
    deputy = scope(warehouse, Role.DEPUTY_MINISTER, "MSSS")
    before, version, first = facts(warehouse), warehouse.version, warehouse.facts_version
    room = level_room(deputy, warehouse, ROOM)
    act(deputy, warehouse, {"move": "raise", "organisation_id": "MSSS", "title": "Rien ne va"})
    say(deputy, warehouse, COMMENT)
    say(deputy, warehouse, BRAVO)
    follow(deputy, warehouse, {"page": "/strategique/MSSS", "wanted": "1"})
    assert warehouse.version == version + 4
    assert warehouse.facts_version == first
    assert facts(warehouse) == before
    after = level_room(deputy, warehouse, ROOM)
    assert after.cards == room.cards
    assert [one.blocker.title for one in after.blockers.here].count("Rien ne va") == 1


def test_a_value_that_comes_is_on_its_card_at_once(warehouse: Warehouse, tmp_path: Path) -> None:
    level_room(OPERATOR, warehouse, ROOM)
    assert load_text(warehouse, tmp_path, "mesures_9.csv", VALUE) == "loaded"
    assert warehouse.facts_version == warehouse.version
    (card,) = [
        one for one in level_room(OPERATOR, warehouse, ROOM).cards if one.indicator_id == "I-1"
    ]
    assert card.value == pytest.approx(19.9)
