"""A closed period is locked: a value of it is a revision that says why, or it is refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pilotage.access.operator import OPERATOR
from pilotage.cli.entry import main
from pilotage.domain.viewer import Role
from pilotage.errors import Forbidden, Refused
from pilotage.followup.closing import close_through
from pilotage.intake import loading
from pilotage.store.queries.closing import closed_periods
from pilotage.store.warehouse import rebuild
from tests.door import INDICATORS, Door, check_here, opened_door, places

__all__ = ["check_here"]
TODAY = date(2026, 11, 27)
HEADER = "indicateur_id;organisation_id;periode;valeur;commentaire\n"
KNOWN = HEADER + "I-M;M;2026-03;10;\nI-M;M;2026-04;11;\nI-Q;D;2026-03-31;5;\n"


@pytest.fixture
def door(tmp_path: Path, check_here: None) -> Iterator[Door]:
    with opened_door(tmp_path, KNOWN) as opened:
        yield opened


def close(door: Door, organisation_id: str, through: date | None, note: str = "") -> int:
    given = (door.warehouse, OPERATOR, "Claude", organisation_id, through, note, TODAY)
    return close_through(*given)


def test_a_value_of_a_closed_period_does_not_move_without_a_reason(door: Door) -> None:
    close(door, "M", date(2026, 3, 31))
    report = door.check(HEADER + "I-M;M;2026-03;12;\n")
    assert places(report) == [("closed-period", 2, "C"), ("revision", 2, "D")]
    assert door.load(HEADER + "I-M;M;2026-03;12;\n").state == "refused"


def test_with_its_reason_it_is_a_revision(door: Door) -> None:
    close(door, "M", date(2026, 3, 31))
    revised = HEADER + "I-M;M;2026-03;12;Erreur de saisie du CISSS\n"
    assert "closed-revision" in door.check(revised).codes
    outcome = door.load(revised)
    assert (outcome.state, outcome.changed) == ("loaded", 1)


def test_a_new_value_of_a_closed_period_says_why_too(door: Door) -> None:
    close(door, "M", date(2026, 3, 31))
    assert door.load(HEADER + "I-M;M;2026-02;9;\n").state == "refused"
    assert door.load(HEADER + "I-M;M;2026-02;9;Reçue en retard\n").state == "loaded"


def test_the_comment_that_was_there_is_no_reason(door: Door) -> None:
    said = HEADER + "I-M;M;2026-03;12;Mois partiel\n"
    assert door.load(said).state == "loaded"
    close(door, "M", date(2026, 3, 31))
    assert door.load(said.replace(";12;", ";13;")).state == "refused"


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("I-M;M;2026-03;10;", id="the same value again"),
        pytest.param("I-M;M;2026-04;12;", id="the period that follows"),
        pytest.param("I-M;M;2026-05;12;", id="a new one after it"),
        pytest.param("I-N;N;2026-03;12;", id="another organisation"),
    ],
)
def test_what_is_not_closed_moves_freely(door: Door, row: str) -> None:
    close(door, "M", date(2026, 3, 31))
    assert door.load(HEADER + row + "\n").state == "loaded"


def test_what_is_below_is_closed_too(door: Door) -> None:
    close(door, "G", date(2026, 3, 31))
    assert door.load(HEADER + "I-Q;D;2026-03-31;6;\n").state == "refused"
    assert door.load(HEADER + "I-Q;D;2026-04-01;6;\n").state == "loaded"


def test_an_hour_belongs_to_the_day_it_has_in_quebec(door: Door) -> None:
    hourly = "I-H;Horaire;nombre;au moins;extrant;opérationnel;horaire;D\n"
    assert door.load(INDICATORS.splitlines()[0] + "\n" + hourly).state == "loaded"
    close(door, "D", date(2026, 3, 31))
    assert door.load(HEADER + "I-H;D;2026-03-31T23;6;\n").state == "refused"
    assert door.load(HEADER + "I-H;D;2026-04-01T00;6;\n").state == "loaded"


def test_the_latest_day_closed_above_or_here_holds(door: Door) -> None:
    close(door, "G", date(2026, 4, 30))
    close(door, "M", date(2026, 2, 28))
    assert door.load(HEADER + "I-M;M;2026-04;12;\n").state == "refused"


def test_a_file_checked_before_the_closing_is_checked_again(door: Door) -> None:
    report = door.check(HEADER + "I-M;M;2026-03;12;\n")
    close(door, "M", date(2026, 3, 31))
    assert loading.load(door.warehouse, OPERATOR, report).state == "refused"


def test_opened_again_with_a_reason_it_moves_again(door: Door) -> None:
    close(door, "M", date(2026, 3, 31))
    with pytest.raises(Refused):
        close(door, "M", None)
    close(door, "M", None, "Clôture faite un mois trop tôt")
    assert door.load(HEADER + "I-M;M;2026-03;12;\n").state == "loaded"
    assert closed_periods(OPERATOR, door.warehouse) == []


def test_a_rebuild_remembers_what_is_closed(tmp_path: Path, check_here: None) -> None:
    with opened_door(tmp_path, KNOWN) as door:
        close(door, "M", date(2026, 3, 31), "Exercice clos")
    rebuild(tmp_path / "home")
    with opened_door(tmp_path, known=False) as again:
        (closed,) = closed_periods(OPERATOR, again.warehouse)
        assert (closed["through"], closed["note"]) == (date(2026, 3, 31), "Exercice clos")
        assert again.load(HEADER + "I-M;M;2026-03;12;\n").state == "refused"


@pytest.mark.parametrize("role", [Role.MANAGER, Role.TEAM_MEMBER, Role.AUDITOR, Role.PUBLIC])
def test_not_everyone_closes(door: Door, role: Role) -> None:
    with pytest.raises(Forbidden):
        scope = replace(OPERATOR, role=role)
        close_through(door.warehouse, scope, "x", "M", date(2026, 3, 31), "", TODAY)


def test_a_period_to_come_is_not_closed(door: Door) -> None:
    with pytest.raises(Refused):
        close(door, "M", TODAY)


def test_the_command_line_closes_and_opens_again(
    tmp_path: Path, check_here: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened_door(tmp_path, KNOWN):
        pass
    home = ["--home", str(tmp_path / "home")]
    assert main(["close", "M", "--through", "2026-03-31", *home]) == 0
    assert "closes jusqu'au 2026-03-31" in capsys.readouterr().out
    with opened_door(tmp_path, known=False) as door:
        assert door.load(HEADER + "I-M;M;2026-03;12;\n").state == "refused"
    assert main(["reopen", "M", "--reason", "Trop tôt", "--lang", "en", *home]) == 0
    assert "opened again" in capsys.readouterr().out
    for wrong in (["close", "Z", "--through", "2026-03-31"], ["close", "M", "--through", "hier"]):
        assert main([*wrong, *home]) != 0
        assert capsys.readouterr().err.count("\n") == 1
