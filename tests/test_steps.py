"""A change of level is proposed by the figures and decided by a person; both versions are kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from layouts.chart import figure
from layouts.reaction import reaction_parts
from layouts.step import STEP_WORDS, step_answer
from pilotage.access.operator import OPERATOR
from pilotage.assessment.step import Evidence
from pilotage.domain.signal import Assurance
from pilotage.intake import loading
from pilotage.rooms.address import parse_address
from pilotage.rooms.indicator import IndicatorRoom, indicator_room
from pilotage.rooms.step import StepAnswer, decide_step
from pilotage.store.verification import verify
from pilotage.store.warehouse import open_warehouse
from tests.component_text import text_of
from tests.door import MEASUREMENTS, TARGETS, Door, HereChecker, opened_door

MONTHS = [f"{2023 + n // 12}-{n % 12 + 1:02d}" for n in range(38)]
NOISE = np.resize([0.9, -0.7, 0.2, -0.9, 0.6, -0.1, 0.8, -0.8], 38)
LEVELS = np.r_[np.full(22, 50.0), np.full(16, 38.0)]
BEGINS = "2024-11-01T00:00:00"
ADDRESS = parse_address("/indicateurs/I-M", "")
STEP = {"indicator_id": "I-M", "organisation_id": "M", "begins": BEGINS}


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    monkeypatch.setattr(loading, "Checker", HereChecker)
    with opened_door(tmp_path / "foyer") as opened:
        opened.warehouse.as_of = date(2026, 3, 15)
        values = LEVELS + NOISE
        lines = [f"I-M;M;{month};{v:.2f}" for month, v in zip(MONTHS, values, strict=True)]
        opened.load(MEASUREMENTS + "\n".join(lines) + "\n")
        opened.load(TARGETS + "I-M;M;2026-12;;45;\n")
        yield opened


def room(door: Door) -> IndicatorRoom:
    return indicator_room(OPERATOR, door.warehouse, ADDRESS)


def decide(door: Door, decision: str, **said: str) -> StepAnswer:
    asked = STEP | {"decision": decision, "reason": "nouvelle salle ouverte"} | said
    return decide_step(door.scope, door.warehouse, asked)


def test_the_figures_propose_a_step_where_it_is(door: Door) -> None:
    seen = room(door).process
    assert seen is not None
    (offer,) = seen.steps.offers
    assert offer.begins.start.isoformat() == BEGINS
    assert [round(offer.before), round(offer.after)] == [50, 38]
    assert "la moyenne passe de" in text_of(reaction_parts(room(door), ADDRESS))


def test_an_accepted_step_starts_the_limits_anew_and_the_target_is_held(door: Door) -> None:
    before = room(door).process
    assert before is not None
    assert (before.signal.assurance, len(before.phases)) == (None, 1)
    assert decide(door, "accepted") is StepAnswer.ACCEPTED
    after = room(door).process
    assert after is not None
    assert after.signal.assurance is Assurance.PASS
    assert after.signal.known == 16
    assert [round(one.mean) for one in after.phases] == [50, 38]
    assert after.signal.mean == pytest.approx(after.phases[-1].mean)
    assert len(figure(room(door), "fr")["layout"]["shapes"]) == 2
    assert after.steps.offers == ()
    assert "nouvelle salle ouverte" in text_of(reaction_parts(room(door), ADDRESS))


def test_a_refused_step_is_proposed_no_more_and_changes_nothing(door: Door) -> None:
    before = room(door).process
    assert decide(door, "refused") is StepAnswer.REFUSED
    after = room(door).process
    assert before is not None
    assert after is not None
    assert after.steps.offers == ()
    assert after.signal == before.signal


def test_a_decision_is_undone_and_the_limits_are_those_of_before(door: Door) -> None:
    before = room(door).process
    decide(door, "accepted")
    assert decide(door, "undone") is StepAnswer.UNDONE
    after = room(door).process
    assert before is not None
    assert after is not None
    assert [one.decision for one in after.steps.history] == ["accepted", "undone"]
    assert replace(after, steps=before.steps) == before


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"reason": "  "}, StepAnswer.WORDS_MISSING),
        ({"begins": "2025-01-01T00:00:00"}, StepAnswer.NO_SUCH),
        ({"begins": "hier"}, StepAnswer.NO_SUCH),
        ({"indicator_id": "I-X"}, StepAnswer.NO_SUCH),
        ({"decision": "peut-être"}, StepAnswer.NO_SUCH),
    ],
)
def test_what_is_not_proposed_or_not_said_is_not_recorded(
    door: Door, said: dict[str, str], answer: StepAnswer
) -> None:
    version = door.warehouse.version
    assert decide(door, said.pop("decision", "accepted"), **said) is answer
    assert door.warehouse.version == version
    assert text_of(step_answer(answer, ADDRESS)) == STEP_WORDS[answer]


def test_only_who_answers_for_the_organisation_decides(door: Door) -> None:
    other = replace(door.seen_by("N"), warehouse=door.warehouse)
    assert decide(other, "accepted") is StepAnswer.NOT_ALLOWED


def test_a_past_day_knows_nothing_of_a_step_accepted_since(door: Door) -> None:
    decide(door, "accepted")
    past = parse_address("/indicateurs/I-M", "?au=2026-03-14")
    seen = indicator_room(OPERATOR, door.warehouse, past).process
    assert seen is None or (seen.steps.taken == () and not seen.steps.may_decide)


def test_a_rebuild_makes_the_same_verdicts(door: Door) -> None:
    decide(door, "accepted")
    home, today = door.warehouse.home, door.warehouse.today
    door.warehouse.close()
    assert verify(home, today).differing == ()
    door.warehouse = open_warehouse(home, today)


def test_a_new_definition_speaks_for_a_step_where_values_turn(door: Door) -> None:
    heads = "indicateur_id;titre_fr;unite;sens;nature;niveau;frequence;organisation_id"
    heads += ";definition_fr;publie_le\n"
    told = "I-M;Mensuel;jours;au plus;résultat;stratégique;mensuelle;M"
    door.load(f"{heads}{told};avant;2023-01-01\n")
    door.load(f"{heads}{told};autre façon de compter;2024-11-15\n")
    process = room(door).process
    assert process is not None
    offer = process.steps.offers[0]
    assert offer.begins.start.isoformat() == BEGINS
    assert Evidence.RECORDED in offer.evidence
