"""Whoever loads for one ministry cannot touch what belongs to another, by any subject."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pilotage.access.operator import OPERATOR
from pilotage.errors import Forbidden
from pilotage.intake import loading
from pilotage.intake.problem import sentence
from tests.door import INDICATORS, MEASUREMENTS, TARGETS, Door, HereChecker, opened_door, places

OTHERS = {
    "plans": "plan_id;organisation_id;libelle_fr\nP-N;N;Plan des autres\n",
    "objectifs": "objectif_id;plan_id;genre;libelle_fr\nO-N;P-N;objectif;Objectif des autres\n",
    "bloquants": "bloquant_id;titre;gravite;niveau;organisation_id;date_signalement\n"
    "B-N;Bloquant;mineur;opérationnel;N;2026-01-05\n",
    "actions": "action_id;titre;organisation_id\nA-N;Action;N\n",
    "mesures": f"{MEASUREMENTS}I-N;N;2026-01;5\n",
}
"""What the other ministry N has already loaded."""
ORGANISATION = "organisation_id;genre;libelle_fr;parent_id\n"
INDICATOR = INDICATORS.splitlines(keepends=True)[0]
TAKEN = {
    "organisation under another": f"{ORGANISATION}X;direction;X;N\n",
    "organisation at the top": f"{ORGANISATION}X;ministère;X;\n",
    "organisation without the column": "organisation_id;genre;libelle_fr\nX;ministère;X\n",
    "organisation of another, moved under mine": f"{ORGANISATION}N;direction;N;M\n",
    "organisation above mine": f"{ORGANISATION}G;gouvernement;Chez moi;M\n",
    "plan of another": OTHERS["plans"].replace("autres", "miens"),
    "plan of another, taken": OTHERS["plans"].replace(";N;", ";M;"),
    "objective in another's plan": OTHERS["objectifs"].replace("O-N", "O-X"),
    "objective of another": OTHERS["objectifs"].replace("autres", "miens"),
    "indicator of another": f"{INDICATOR}I-N;T;%;au plus;résultat;stratégique;mensuelle;N\n",
    "indicator of another, taken": f"{INDICATOR}I-N;T;%;au plus;résultat;stratégique;mensuelle;M\n",
    "link to another's indicator": "parent_id;enfant_id;genre\nI-M;I-N;contribue\n",
    "target of another": f"{TARGETS}I-N;N;2026-2027;5;;\n",
    "measurement of another": f"{MEASUREMENTS}I-N;N;2026-02;5\n",
    "blocker of another": OTHERS["bloquants"].replace("mineur", "majeur"),
    "blocker of another, taken": OTHERS["bloquants"].replace(";N;", ";M;"),
    "action of another": OTHERS["actions"].replace("Action", "Autre"),
    "action of another, taken": OTHERS["actions"].replace(";N\n", ";M\n"),
}
MINE = {
    "organisation": f"{ORGANISATION}X;direction;X;M\n",
    "organisation of mine, named again": f"{ORGANISATION}D;direction;Autre nom;M\n",
    "plan": "plan_id;organisation_id;libelle_fr\nP-M;M;Mon plan\n",
    "indicator": f"{INDICATOR}I-X;T;%;au plus;résultat;stratégique;mensuelle;D\n",
    "indicator of mine, renamed": f"{INDICATOR}I-M;Titre;jours;au plus;résultat;stratégique;"
    "mensuelle;M\n",
    "link": "parent_id;enfant_id;genre\nI-N;I-M;contribue\n",
    "target": f"{TARGETS}I-M;D;2026-2027;;5;\n",
    "measurement": f"{MEASUREMENTS}I-M;D;2026-02;5\n",
    "measurement of a shared indicator": f"{MEASUREMENTS}I-N;M;2026-02;5\n",
    "blocker": OTHERS["bloquants"].replace("B-N", "B-M").replace(";N;", ";D;"),
    "action": OTHERS["actions"].replace("A-N", "A-M").replace(";N\n", ";D\n"),
}


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """The door of someone of ministry M, in a home where N has loaded all it has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "Checker", HereChecker)
        with opened_door(tmp_path_factory.mktemp("portee"), *OTHERS.values()) as everyone:
            yield everyone.seen_by("M", "D")


@pytest.mark.parametrize("content", TAKEN.values(), ids=TAKEN)
def test_what_is_another_s_is_refused(door: Door, content: str) -> None:
    report = door.check(content)
    assert "not-yours" in report.codes
    assert report.loads_nothing
    outcome = loading.load(door.warehouse, door.scope, report, "quarantine")
    assert outcome.state == "refused"


@pytest.mark.parametrize("content", MINE.values(), ids=MINE)
def test_what_is_mine_is_sound(door: Door, content: str) -> None:
    assert door.check(content).errors == 0


def test_the_refusal_names_the_line_and_the_organisation(door: Door) -> None:
    report = door.check(f"{MEASUREMENTS}I-M;M;2026-02;5\nI-M;N;2026-02;5\n")
    assert places(report) == [("not-yours", 3, "B")]
    assert "« N »" in sentence(report.problems[0], "fr")


def test_no_one_else_s_identifier_is_suggested(door: Door) -> None:
    report = door.check(f"{MEASUREMENTS}I-NN;M;2026-02;5\n")
    assert "I-N »" not in sentence(report.problems[0], "fr")


def test_a_load_of_another_cannot_be_withdrawn(door: Door) -> None:
    everyone = Door(door.warehouse, door.folder)
    mine = door.load(f"{MEASUREMENTS}I-M;M;2026-05;5\n")
    theirs = everyone.load(f"{MEASUREMENTS}I-N;N;2026-05;5\n")
    both = everyone.load(f"{MEASUREMENTS}I-M;M;2026-06;5\nI-N;N;2026-06;5\n")
    for outcome in (theirs, both):
        with pytest.raises(Forbidden):
            door.withdraw(outcome.version)
    assert door.withdraw(mine.version) == door.warehouse.version


def test_nothing_may_be_loaded_by_who_loads_for_nobody(tmp_path: Path, door: Door) -> None:
    nobody = replace(OPERATOR, loads_everything=False, loadable=frozenset())
    for content in MINE.values():
        report = Door(door.warehouse, tmp_path, nobody).check(content)
        assert report.loads_nothing
