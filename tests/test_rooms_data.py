"""The data page on a small home: history, one load, an upload's report, and who may deposit."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dash import html

from callbacks import data as callback
from layouts import data as page
from layouts.report import report
from pilotage.access.current import Sight, looking_as
from pilotage.access.operator import OPERATOR
from pilotage.domain.status import Standing
from pilotage.domain.viewer import Role, Viewer
from pilotage.errors import NotFound
from pilotage.intake.loading import stop_checking
from pilotage.rooms.data import DataRoom, LoadRoom, data_page, load_room
from pilotage.rooms.indicator import indicator_room
from pilotage.rooms.upload import upload_room
from pilotage.rooms.withdrawal import Withdrawal, withdraw_load
from pilotage.store.warehouse import Warehouse
from tests.component_text import found, text_of
from tests.small_home import at, load_text, scope, small_home

BAD = """indicateur_id;organisation_id;periode;valeur;publie_le
I-1;DUR;2026-10;18,4;2026-11-10
I-1;DUR;2026-09;douze;2026-11-10
"""


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    folder: Path = tmp_path_factory.mktemp("data")
    warehouse = small_home(folder)
    load_text(warehouse, folder, "refusees.csv", BAD)
    load_text(warehouse, folder, "quarantaine.csv", BAD.replace("18,4", "18,6"), "quarantine")
    yield warehouse
    stop_checking(warehouse)
    warehouse.close()


def asked(warehouse: Warehouse, path: str, role: Role = Role.CENTRAL, search: str = "") -> Any:
    return data_page(scope(warehouse, role, "MSSS"), warehouse, at(path, search))


def test_the_history_is_newest_first(warehouse: Warehouse) -> None:
    room: DataRoom = asked(warehouse, "/donnees")
    assert [line.file_name for line in room.loads[:3]] == [
        "quarantaine.csv",
        "refusees.csv",
        "bloquants.csv",
    ]
    assert [line.state for line in room.loads[:2]] == ["loaded", "refused"]


def test_older_loads_have_an_address(warehouse: Warehouse) -> None:
    room: DataRoom = asked(warehouse, "/donnees", search="?avant=3")
    assert [line.load_seq for line in room.loads] == [2, 1]
    assert "les plus récents" in text_of(page.layout(room, at("/donnees", "?avant=3")))


@pytest.mark.parametrize(
    ("role", "can_load"),
    [
        pytest.param(Role.STEWARD, True, id="a steward deposits"),
        pytest.param(Role.DEPUTY_MINISTER, False, id="a deputy minister reads"),
        pytest.param(Role.AUDITOR, False, id="an auditor reads"),
    ],
)
def test_the_deposit_is_offered_to_those_who_may(
    warehouse: Warehouse, role: Role, can_load: bool
) -> None:
    room: DataRoom = asked(warehouse, "/donnees", role)
    assert room.can_load is can_load
    drawn = text_of(page.layout(room, at("/donnees")))
    assert ("Votre rôle ne permet pas" in drawn) is not can_load


def test_the_public_sees_no_load(warehouse: Warehouse) -> None:
    room = data_page(scope(warehouse, Role.PUBLIC, None), warehouse, at("/donnees"))
    assert isinstance(room, DataRoom)
    assert not room.loads
    with pytest.raises(NotFound):
        data_page(scope(warehouse, Role.PUBLIC, None), warehouse, at("/donnees/versements/1"))


def test_nine_contracts_with_their_examples_are_offered(warehouse: Warehouse) -> None:
    room: DataRoom = asked(warehouse, "/donnees")
    assert len(room.contracts) == 9
    links = {link.href for link in found(page.layout(room, at("/donnees")), html.A)}
    assert {"/api/contrats/exemple_mesures.csv", "/api/contrats/mesures.schema.json"} <= links


def test_a_load_says_what_it_revised(warehouse: Warehouse) -> None:
    room: LoadRoom = asked(warehouse, "/donnees/versements/6")
    revised = room.revisions[0]
    assert (revised.before, revised.after) == ((17.5, None), (17.4, None))
    assert revised.line == 2
    drawn = text_of(page.layout(room, at("/donnees/versements/6")))
    assert "17,5\N{NO-BREAK SPACE}h" in drawn
    assert "mesures_revisees.csv" in drawn


def test_a_load_of_targets_says_the_target_before_and_after(warehouse: Warehouse) -> None:
    room: LoadRoom = asked(warehouse, "/donnees/versements/7")
    assert [(one.kind, one.before, one.after) for one in room.revisions] == [
        ("target", (None, 14.0), (None, 15.0))
    ]


def test_a_refused_load_keeps_its_problems_with_line_column_and_remedy(
    warehouse: Warehouse,
) -> None:
    room: LoadRoom = asked(warehouse, "/donnees/versements/9")
    problem = room.problems[0]
    assert (problem.line, problem.column_name, problem.found) == (3, "valeur", "douze")
    drawn = text_of(page.layout(room, at("/donnees/versements/9")))
    assert "rien n'a changé" in drawn
    assert "n'est pas un nombre" in drawn


@pytest.mark.parametrize("path", ["versements/999", "versements/x", "ailleurs", "versements"])
def test_an_unknown_load_is_not_found(warehouse: Warehouse, path: str) -> None:
    with pytest.raises(NotFound):
        asked(warehouse, f"/donnees/{path}")


def test_text_of_a_file_made_for_all_is_not_shown_to_one_ministry(warehouse: Warehouse) -> None:
    room: LoadRoom = asked(warehouse, "/donnees/versements/9", Role.DEPUTY_MINISTER)
    assert not room.problems


def test_a_load_is_withdrawn_with_a_reason_and_the_value_before_it_comes_back(
    tmp_path: Path,
) -> None:
    warehouse = small_home(tmp_path)
    everyone = OPERATOR
    address = at("/donnees/versements/6")
    assert load_room(everyone, warehouse, address).can_withdraw
    asked_ = {"load_seq": "6", "reason": "Mauvais fichier"}
    with looking_as(Sight(Viewer("m", "Essai", Role.STEWARD, None), everyone)):
        said, lede = callback.withdrawn(warehouse, asked_, "/donnees/versements/6", "")
    assert "Versement retiré" in text_of(said)
    assert "puis retiré" in lede
    value = indicator_room(everyone, warehouse, at("/indicateurs/I-1")).verdict
    assert value
    assert value.value == 17.5
    again = withdraw_load(everyone, warehouse, asked_)
    assert again is Withdrawal.NOT_STANDING
    warehouse.close()


@pytest.mark.parametrize(
    ("asked_", "outcome"),
    [
        pytest.param({"load_seq": "5", "reason": "x"}, Withdrawal.NOT_ALLOWED, id="others' rows"),
        pytest.param({"load_seq": "5", "reason": " "}, Withdrawal.WORDS_MISSING, id="no reason"),
        pytest.param({"load_seq": "999", "reason": "x"}, Withdrawal.NOT_STANDING, id="unknown"),
        pytest.param({"load_seq": ["5"]}, Withdrawal.NOT_STANDING, id="forged"),
    ],
)
def test_a_withdrawal_that_may_not_be_is_refused(
    warehouse: Warehouse, asked_: dict[str, Any], outcome: Withdrawal
) -> None:
    before = warehouse.version
    assert withdraw_load(scope(warehouse, Role.MANAGER, "DUR"), warehouse, asked_) is outcome
    assert warehouse.version == before


TOLD = {
    "id": "abc",
    "state": "checked",
    "file_name": "mesures.csv",
    "size_bytes": 2048,
    "sentence": "1 erreur : corrigez le fichier.",
    "report": {
        "subject": "mesures",
        "rows_read": 1200,
        "rows_refused": 1,
        "errors": 1,
        "warnings": 0,
        "notices": 0,
        "loads_nothing": False,
        "problems": [
            {
                "line": 3,
                "column_letter": "D",
                "column_name": "valeur",
                "severity": "error",
                "code": "type-error",
                "found": "douze",
                "sentence": "« douze » n'est pas un nombre.",
            }
        ],
    },
    "preview": {
        "new": 3,
        "changed": 1,
        "unchanged": 0,
        "refused": 1,
        "turned_total": 1,
        "revised": [
            {
                "indicator_id": "I-1",
                "organisation_id": "DUR",
                "period_start": "2026-10-01T00:00:00",
                "before": 18.0,
                "after": 18.4,
            }
        ],
        "turned": [
            {
                "indicator_id": "I-1",
                "organisation_id": "DUR",
                "before": "on_track/future/ok",
                "after": "off_track/future/ok",
            }
        ],
    },
}


def test_a_report_shows_problems_what_would_change_and_both_policies(warehouse: Warehouse) -> None:
    viewer = Viewer("essai", "Essai", Role.STEWARD, "MSSS")
    with looking_as(Sight(viewer, scope(warehouse, Role.STEWARD, "MSSS"))):
        drawn = callback.checked(warehouse, TOLD, "/donnees", "")
    words = text_of(drawn)
    assert "« douze » n'est pas un nombre." in words
    assert "Durée de séjour sur civière" in words
    assert "Direction des urgences" in words
    policies = [getattr(one, "data-policy") for one in found(drawn, html.Button)]
    assert policies == ["quarantine", "strict"]
    links = {link.href for link in found(drawn, html.A)}
    assert "/api/uploads/abc/problems.csv?lang=fr" in links


def test_a_sound_file_has_one_button(warehouse: Warehouse) -> None:
    sound = {**TOLD, "report": {"rows_read": 3, "errors": 0}}
    room = upload_room(scope(warehouse, Role.STEWARD, "MSSS"), warehouse, sound)
    policies = [
        getattr(one, "data-policy") for one in found(report(room, at("/donnees")), html.Button)
    ]
    assert policies == ["strict"]


def test_a_verdict_that_would_turn_is_read_as_the_cards_say_it(warehouse: Warehouse) -> None:
    room = upload_room(scope(warehouse, Role.STEWARD, "MSSS"), warehouse, TOLD)
    assert room.preview
    turned = room.preview.turned[0]
    assert (turned.before, turned.after) == (Standing.ON_TRACK, Standing.OFF_TARGET)


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"state": 3, "report": "x", "preview": [], "outcome": 1}, id="other types"),
        pytest.param(
            {**TOLD, "preview": {"turned": [{"after": "x"}, 4], "revised": [{"before": "NaN"}]}},
            id="half a preview",
        ),
        pytest.param({**TOLD, "report": {"problems": [None, {"line": -4}]}}, id="half a report"),
    ],
)
def test_what_a_browser_forges_breaks_nothing(warehouse: Warehouse, forged: dict[str, Any]) -> None:
    room = upload_room(scope(warehouse, Role.STEWARD, "MSSS"), warehouse, forged)
    report(room, at("/donnees"))
    page.outcome(room, at("/donnees"))


def test_a_load_that_is_done_opens_what_it_left(warehouse: Warehouse) -> None:
    told = {**TOLD, "state": "loaded", "sentence": "Chargé.", "outcome": {"version": 10}}
    room = upload_room(scope(warehouse, Role.STEWARD, "MSSS"), warehouse, told)
    drawn = page.outcome(room, at("/donnees", "?lang=en"))
    assert {link.href for link in found(drawn, html.A)} == {"/donnees/versements/10?lang=en"}


def test_an_administrator_is_told_what_the_role_is_for_and_nothing_to_load(
    warehouse: Warehouse,
) -> None:
    room = data_page(scope(warehouse, Role.ADMINISTRATOR, None), warehouse, at("/donnees"))
    said = text_of(page.layout(room, at("/donnees")))
    assert "Votre rôle sert aux comptes et aux réglages" in said
    assert "Verser" not in said
    assert "Commencez par" not in said
    assert "Déposer" not in said


def test_a_manager_may_take_her_own_file_to_fill_in(warehouse: Warehouse) -> None:
    room = data_page(scope(warehouse, Role.MANAGER, "DUR"), warehouse, at("/donnees"))
    drawn = page.layout(room, at("/donnees"))
    links = {link.href for link in found(drawn, html.A)}
    assert "/api/contrats/mesures-a-remplir.csv" in links
    assert "organisation fictive" in text_of(drawn)


def test_what_a_load_changed_is_said_in_the_past_once_it_is_done(warehouse: Warehouse) -> None:
    room = upload_room(scope(warehouse, Role.STEWARD, "MSSS"), warehouse, TOLD)
    before = text_of(report(room, at("/donnees")))
    after = text_of(report(replace(room, state="loaded"), at("/donnees")))
    assert "changerait" in before
    assert "Ce que le versement a changé" in after
    assert "changerait" not in after
    assert "tourneraient" not in after


def test_a_revised_target_is_marked_eased_or_tightened(warehouse: Warehouse) -> None:
    room: LoadRoom = asked(warehouse, "/donnees/versements/7")
    eased = room.revisions[0]
    assert eased.easing == "eased"
    assert "cible assouplie" in text_of(page.layout(room, at("/donnees/versements/7")))
    assert replace(eased, before=eased.after, after=eased.before).easing == "tightened"
    assert replace(eased, kind="value").easing is None
