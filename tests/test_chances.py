"""Every chance given is written down with its load, and scored when the value comes."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from pilotage.access.operator import OPERATOR
from pilotage.intake import loading
from pilotage.store.chance_row import SAID
from pilotage.store.queries.chances import fallen_due, pending
from pilotage.store.queries.row import Row
from pilotage.store.verification import hashes_of, verify
from tests.door import MEASUREMENTS, TARGETS, Door, HereChecker, opened_door

VALUES = 50 + np.resize([0.9, -0.7, 0.2, -0.9, 0.6, -0.1, 0.8, -0.8], 40)


def months(first: int, last: int) -> str:
    rows = [f"I-M;M;{2023 + n // 12}-{n % 12 + 1:02d};{VALUES[n]:.2f}" for n in range(first, last)]
    return MEASUREMENTS + "\n".join(rows) + "\n"


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    monkeypatch.setattr(loading, "Checker", HereChecker)
    with opened_door(tmp_path / "foyer") as opened:
        opened.warehouse.as_of = date(2025, 1, 15)
        opened.load(months(0, 24))
        opened.load(TARGETS + "I-M;M;2025-06;;50.5;\n")
        yield opened


def said(door: Door) -> list[Row]:
    return fallen_due(OPERATOR, door.warehouse)


def test_a_chance_waits_for_its_value_then_is_read_beside_it(door: Door) -> None:
    assert said(door) == []
    waiting = pending(OPERATOR, door.warehouse)
    assert (waiting.waiting, waiting.next_due) == (1, date(2025, 6, 30))
    door.warehouse.as_of = date(2025, 7, 15)
    door.load(months(24, 30))
    first, *_ = said(door)
    assert first["value"] == pytest.approx(VALUES[29], abs=0.01)
    assert first["aim"] == 50.5
    assert first["sense"] == -1
    assert 0 < first["chance"] < 1
    assert first["said_on"] == date(2025, 1, 15)
    assert first["last_day"] == date(2024, 12, 31)
    assert first["was_met"] is True


def test_a_chance_said_again_unchanged_is_not_written_twice(door: Door) -> None:
    door.warehouse.record("step", "", step())
    door.load(TARGETS + "I-M;M;2026-06;;50.5;\n")
    assert pending(OPERATOR, door.warehouse).waiting == 1


def step() -> dict[str, str]:
    names = {"indicator_id": "I-M", "organisation_id": "M", "begins": "2024-03-01T00:00:00"}
    return names | {"decision": "accepted", "reason": "essai"}


def test_a_new_value_or_a_moved_target_gives_a_new_chance(door: Door) -> None:
    door.warehouse.as_of = date(2025, 2, 15)
    door.load(months(24, 25))
    door.load(TARGETS + "I-M;M;2025-06;;49;\n")
    door.warehouse.as_of = date(2025, 7, 15)
    door.load(months(25, 30))
    aims = [row["aim"] for row in said(door)]
    assert sorted(aims) == [49.0, 50.5, 50.5]


def test_what_was_said_lies_in_the_archive_and_a_rebuild_says_it_again(door: Door) -> None:
    event = next(one for one in door.warehouse.journal.after(0) if SAID in one.payload)
    assert event.payload[SAID] in hashes_of(event)
    before = door.warehouse.home
    door.load(months(24, 25))
    door.warehouse.close()
    assert verify(before, date(2025, 1, 15)).is_sound


def test_a_disputed_value_scores_nothing(door: Door) -> None:
    door.warehouse.as_of = date(2025, 7, 15)
    door.load(months(24, 29))
    heads = MEASUREMENTS.strip() + ";statut\n"
    door.load(heads + "I-M;M;2025-06;51;CONTESTEE\n")
    assert said(door) == []
