"""A series that follows the calendar is offered without its season, judged again as such."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from layouts.evolution import evolution
from pilotage.access.operator import OPERATOR
from pilotage.intake import loading
from pilotage.rooms.address import parse_address
from pilotage.rooms.indicator import IndicatorRoom, indicator_room
from tests.component_text import text_of
from tests.door import MEASUREMENTS, Door, HereChecker, opened_door

MONTHS = [f"{2022 + n // 12}-{n % 12 + 1:02d}" for n in range(48)]
NOISE = np.random.default_rng(1).normal(0, 1, 48)
SEASON = 12 * np.sin(np.arange(48) * np.pi / 6)


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    monkeypatch.setattr(loading, "Checker", HereChecker)
    with opened_door(tmp_path / "foyer") as opened:
        opened.warehouse.as_of = date(2026, 1, 15)
        yield opened


def room(door: Door, values: np.ndarray, search: str = "") -> IndicatorRoom:
    rows = [f"I-M;M;{month};{v:.3f}" for month, v in zip(MONTHS, values, strict=True)]
    door.load(MEASUREMENTS + "\n".join(rows) + "\n")
    return indicator_room(OPERATOR, door.warehouse, parse_address("/indicateurs/I-M", search))


def test_without_its_season_a_series_varies_little_and_keeps_its_level(door: Door) -> None:
    plain = room(door, 50 + SEASON + NOISE)
    assert plain.has_season
    assert not plain.is_adjusted
    address = parse_address("/indicateurs/I-M", "?saison=sans")
    found = indicator_room(OPERATOR, door.warehouse, address)
    assert found.is_adjusted
    values = [point.value for point in found.curve.points if point.value is not None]
    assert len(values) == 48
    assert np.std(values) < 2
    assert np.mean(values) == pytest.approx(50, abs=1)
    assert found.process is not None
    assert plain.process is not None
    assert len(found.process.special) < len(plain.process.special)
    said = text_of(evolution(found, address))
    assert "Corrigée de la saison." in said
    assert "avec la saison" in said


def test_the_values_published_stay_where_they_came_from(door: Door) -> None:
    found = room(door, 50 + SEASON + NOISE, "?saison=sans")
    assert found.verdict is not None
    assert found.verdict.value == pytest.approx(50 + SEASON[-1] + NOISE[-1], abs=1e-3)


def test_a_series_without_season_is_not_offered_another(door: Door) -> None:
    found = room(door, 50 + NOISE, "?saison=sans")
    assert not found.has_season
    assert not found.is_adjusted
    assert "saison" not in text_of(evolution(found, parse_address("/indicateurs/I-M", "")))
