"""The questions page: what it reads from the store, for whom, and in which words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from layouts.questions import layout
from pilotage.access.operator import OPERATOR
from pilotage.domain.viewer import Role
from pilotage.errors import Forbidden
from pilotage.intake import loading
from pilotage.rooms.address import parse_address
from pilotage.rooms.questions import questions_room
from pilotage.store.queries.evidence import counter_pairs, evidence
from tests.component_text import text_of
from tests.door import MEASUREMENTS, TARGETS, Door, HereChecker, opened_door

ADDRESS = parse_address("/questions", "")
VALUES = np.random.default_rng(4).normal(50, 5, 24).round(1)
MONTHS = [f"{2024 + n // 12}-{n % 12 + 1:02d}" for n in range(24)]
CENTRAL = replace(OPERATOR, role=Role.CENTRAL, loads_everything=False)


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    monkeypatch.setattr(loading, "Checker", HereChecker)
    with opened_door(tmp_path / "foyer") as opened:
        opened.warehouse.as_of = date(2026, 2, 1)
        yield opened


def send(door: Door, months: list[str]) -> None:
    rows = [f"I-M;M;{month};{VALUES[MONTHS.index(month)]}" for month in months]
    door.load(MEASUREMENTS + "\n".join(rows) + "\n")


def test_a_gap_stays_a_gap_and_the_target_in_force_is_the_next_one_due(door: Door) -> None:
    send(door, [month for month in MONTHS if month != "2024-05"])
    door.load(TARGETS + "I-M;M;2024-12;;48;\nI-M;M;2025-06;;45;\n")
    one = evidence(OPERATOR, door.warehouse)["I-M", "M"]
    assert one.values.size == 24
    assert np.flatnonzero(np.isnan(one.values)).tolist() == [4]
    assert one.aims[:4].tolist() == [48.0] * 4
    assert one.aims[12:].tolist() == [45.0] * 12  # the last one keeps the word
    assert np.flatnonzero(one.is_due).tolist() == [11, 17]
    assert one.sense == -1


def test_only_a_target_revised_once_its_result_is_known_counts_as_eased(door: Door) -> None:
    door.load(TARGETS + "I-M;M;2025-06;;40;\nI-M;M;2026-12;;40;\n")
    door.load(TARGETS + "I-M;M;2025-06;;42;prévision revue\n")  # before any result
    send(door, MONTHS)
    door.load(TARGETS + "I-M;M;2025-06;;47;grève\nI-M;M;2026-12;;44;grève\n")
    one = evidence(OPERATOR, door.warehouse)["I-M", "M"]
    assert one.easings.tolist() == [5.0]


def test_counter_indicators_are_paired_where_both_are_measured(door: Door) -> None:
    links = "parent_id;enfant_id;genre\nI-M;I-T;contre-indicateur\n"
    send(door, MONTHS)
    door.load(MEASUREMENTS + "I-T;M;2025-01;50\n")
    door.load(links)
    assert counter_pairs(OPERATOR, door.warehouse) == [(("I-M", "M"), ("I-T", "M"))]


@pytest.mark.parametrize("role", [Role.DEPUTY_MINISTER, Role.MANAGER, Role.ADMINISTRATOR])
def test_only_those_who_compare_organisations_ask(door: Door, role: Role) -> None:
    with pytest.raises(Forbidden):
        questions_room(replace(CENTRAL, role=role), door.warehouse, ADDRESS)


def test_an_empty_home_says_what_it_takes(door: Door) -> None:
    said = text_of(layout(questions_room(CENTRAL, door.warehouse, ADDRESS), ADDRESS))
    assert "Il en faut une douzaine" in said


@pytest.mark.parametrize(
    ("lang", "words"), [("", "résultat est mauvais"), ("?lang=en", "the worse")]
)
def test_a_question_is_asked_with_its_count_and_its_rarity(
    door: Door, lang: str, words: str
) -> None:
    # The later, the higher: of an indicator that should go down, the worse.
    for month in sorted(MONTHS, key=lambda month: VALUES[MONTHS.index(month)]):
        at = MONTHS.index(month)
        published = date(2026, 1, 1).toordinal() + int(10 * (VALUES[at] - 50)) + 30 * at
        day = date.fromordinal(published).isoformat()
        heads = MEASUREMENTS.strip() + ";publie_le\n"
        door.load(f"{heads}I-M;M;{month};{VALUES[at]};{day}\n")
    door.load(TARGETS + "I-M;M;2025-12;;48;\n")
    door.warehouse.as_of = date(2028, 6, 1)
    address = parse_address("/questions", lang)
    room = questions_room(CENTRAL, door.warehouse, address)
    assert room.asked == sum(one.asked for one in room.counts) > 0
    said = text_of(layout(room, address))
    assert words in said
    assert "p " in said
