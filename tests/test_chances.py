"""Every chance given is written down with its load, and scored when the value comes."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

from pilotage.access.operator import OPERATOR
from pilotage.intake import loading
from pilotage.store.chance_row import SAID, chances
from pilotage.store.queries.chances import fallen_due, outcomes, pending
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
    """Chances at a target's due date."""
    return [row for row in fallen_due(OPERATOR, door.warehouse) if row["awaited"] is None]


def soon(door: Door) -> list[Row]:
    """Chances at the next value."""
    return [row for row in fallen_due(OPERATOR, door.warehouse) if row["awaited"] is not None]


def test_a_chance_waits_for_its_value_then_is_read_beside_it(door: Door) -> None:
    assert said(door) == []
    waiting = pending(OPERATOR, door.warehouse)
    assert (waiting.waiting, waiting.next_due) == (2, date(2025, 6, 30))
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
    before = len(rows_said(door))
    door.load(TARGETS + "I-M;M;2026-06;;50.5;\n")
    assert len(rows_said(door)) == before


def rows_said(door: Door) -> list[Any]:
    with door.warehouse.read() as connection:
        return list(connection.execute(sa.select(chances)))


def test_the_chance_of_the_next_value_is_scored_by_that_value_alone(door: Door) -> None:
    assert soon(door) == []
    door.warehouse.as_of = date(2025, 3, 15)
    door.load(months(24, 26))
    (first,) = soon(door)
    assert first["awaited"] == datetime(2025, 1, 1)
    assert first["value"] == pytest.approx(VALUES[24], abs=0.01)
    assert (first["aim"], first["last_day"]) == (50.5, date(2024, 12, 31))
    assert 0 < first["chance"] < 1
    found = outcomes(OPERATOR, door.warehouse)
    assert found.chance.tolist() == [first["chance"]]
    assert found.is_next.tolist() == [True]
    assert found.was_met.tolist() == [first["was_met"]]


def test_an_accepted_change_of_level_gives_its_chances_at_once(door: Door) -> None:
    before = len(rows_said(door))
    door.warehouse.record("step", "", {**step(), "begins": "2023-07-01T00:00:00"})
    last = list(door.warehouse.journal.after(0))[-1]
    assert (last.kind, SAID in last.payload) == ("step", True)
    assert len(rows_said(door)) > before


def test_a_new_day_writes_the_chances_that_only_the_calendar_changes(door: Door) -> None:
    door.load(TARGETS + "I-M;M;2025-12;;49;\n")
    version = door.warehouse.version
    door.warehouse.as_of = date(2025, 7, 15)
    assert door.warehouse.turn_day()
    last = list(door.warehouse.journal.after(version))
    assert [(one.kind, one.payload["day"]) for one in last] == [("judged", "2025-07-15")]
    assert rows_said(door)[-1].aim == 49
    assert not door.warehouse.turn_day()
    door.warehouse.close()
    assert verify(door.warehouse.home, date(2025, 7, 15)).is_sound


def test_a_new_day_that_says_nothing_new_is_told_to_pages_being_read_alone(door: Door) -> None:
    version = door.warehouse.version
    door.warehouse.as_of = date(2025, 1, 16)
    assert door.warehouse.judge_day()
    assert door.warehouse.version == version
    told: list[int] = []
    door.warehouse.on_version(lambda new, _touched: told.append(new))
    door.warehouse.as_of = date(2025, 1, 17)
    assert door.warehouse.turn_day()
    assert told == [door.warehouse.version] == [version + 1]


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
