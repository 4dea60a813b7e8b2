"""Indicators several ministries follow: where each stands, only among what one may see."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from layouts import government as page
from pilotage.access.operator import OPERATOR
from pilotage.domain.status import Standing
from pilotage.domain.viewer import Role
from pilotage.rooms.government import government_room
from pilotage.store.warehouse import Warehouse
from tests.component_text import text_of
from tests.small_home import at, load_text, scope, small_home

AIMS = """indicateur_id;organisation_id;periode;cible_min;cible_max;publie_le
I-4;MTQ;2025-2026;80;;2025-04-01
I-4;MSSS;2025-2026;80;;2025-04-01
"""
VALUES = """indicateur_id;organisation_id;periode;valeur;publie_le
I-4;MSSS;2025-2026;61,5;2026-04-15
"""
HERE = at("/gouvernement")


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = small_home(tmp_path)
    yield opened
    opened.close()


def test_a_shared_indicator_is_counted_once_in_each_ministry(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    assert government_room(OPERATOR, warehouse, HERE).shared == ()
    assert load_text(warehouse, tmp_path, "cibles_4.csv", AIMS) == "loaded"
    assert load_text(warehouse, tmp_path, "mesures_4.csv", VALUES) == "loaded"
    room = government_room(OPERATOR, warehouse, HERE)
    (only,) = room.shared
    assert only.indicator.identifier == "I-4"
    assert only.lead is not None
    assert only.lead.organisation_id == "MTQ"
    assert [one.organisation_id for one in only.places] == ["MSSS", "MTQ"]
    assert [one.organisation_id for one in only.off] == ["MSSS"]
    assert only.tally[Standing.OFF_TARGET] == 1
    told = text_of(page.layout(room, HERE))
    assert "Indicateurs partagés" in told
    assert "Routes en bon état" in told


def test_what_is_followed_at_two_levels_of_one_ministry_is_not_shared(warehouse: Warehouse) -> None:
    # I-1 is followed by the ministry, its directorate and a team.
    assert government_room(OPERATOR, warehouse, HERE).shared == ()


def test_another_ministry_s_part_is_not_seen(warehouse: Warehouse, tmp_path: Path) -> None:
    load_text(warehouse, tmp_path, "cibles_4.csv", AIMS)
    load_text(warehouse, tmp_path, "mesures_4.csv", VALUES)
    manager = scope(warehouse, Role.MANAGER, "DUR")
    assert government_room(manager, warehouse, HERE).shared == ()
