"""Rows refused in quarantine wait, are corrected in place or left, and come back if need be."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from layouts import load as page
from pilotage.access.operator import OPERATOR
from pilotage.intake import loading
from pilotage.intake.correction import Corrects, correction_file
from pilotage.intake.description import description_of, profile_document
from pilotage.intake.saved_profile import save_profile
from pilotage.rooms.address import parse_address
from pilotage.rooms.data import load_room
from pilotage.rooms.quarantine import Quarantine, quarantine_of
from pilotage.store.queries.quarantine import corrected_load
from pilotage.store.warehouse import open_warehouse, rebuild
from tests.component_text import text_of
from tests.door import MEASUREMENTS, Door, HereChecker, opened_door

FILE = f"""{MEASUREMENTS}I-M;M;2026-01;12
I-M;M;31/02/2026;n.d.
I-X;M;2026-02;13
I-M;M;2026-03
I-Q;D;2026-03-01;5
I-Q;D;2026-03-01;6
"""
FIELDS = ["indicateur_id", "organisation_id", "periode", "valeur"]


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    monkeypatch.setattr(loading, "Checker", HereChecker)
    with opened_door(tmp_path / "foyer") as opened:
        yield opened


def held(door: Door, load_seq: int) -> Quarantine:
    return quarantine_of(OPERATOR, door.warehouse, load_seq, "fr", is_past=False)


def waiting(door: Door, load_seq: int) -> list[tuple[int, int, str]]:
    """Number, line and text of every row that waits."""
    rows = held(door, load_seq).rows
    return [(one.row_no, one.line, ";".join(c.text for c in one.cells)) for one in rows]


def correct(door: Door, load_seq: int, rows: dict[int, str]) -> loading.LoadOutcome:
    cells = [dict(zip(FIELDS, text.split(";"), strict=True)) for text in rows.values()]
    received = door.received(correction_file(FIELDS, cells), "corrections.csv")
    report = loading.check(door.warehouse, door.scope, received)
    corrects = Corrects(load_seq, tuple(rows))
    return loading.load_correction(door.warehouse, door.scope, report, corrects, "quarantine")


def test_every_refused_row_waits_with_its_cells_and_its_sentences(door: Door) -> None:
    load_seq = door.load(FILE, "quarantine").version
    assert waiting(door, load_seq) == [
        (1, 3, "I-M;M;31/02/2026;n.d."),
        (2, 4, "I-X;M;2026-02;13"),
        (3, 5, "I-M;M;2026-03;"),
        (4, 6, "I-Q;D;2026-03-01;5"),
        (5, 7, "I-Q;D;2026-03-01;6"),
    ]
    first = held(door, load_seq).rows[0]
    assert [cell.field for cell in first.cells if cell.is_wrong] == ["periode", "valeur"]
    assert len(first.sentences) == 2


def test_a_strict_refusal_leaves_nothing_waiting(door: Door) -> None:
    load_seq = door.load(FILE).version
    assert held(door, load_seq).total == 0


def test_corrected_rows_wait_no_more_and_those_still_wrong_do(door: Door) -> None:
    load_seq = door.load(FILE, "quarantine").version
    fixed = {1: "I-M;M;2026-02;13,5", 2: "I-Y;M;2026-02;13", 5: "I-Q;D;2026-03-01;6"}
    outcome = correct(door, load_seq, fixed)
    assert (outcome.state, outcome.new, outcome.refused) == ("loaded", 2, 1)
    assert [row[0] for row in waiting(door, load_seq)] == [2, 3, 4]
    assert held(door, outcome.version).total == 0
    assert corrected_load(OPERATOR, door.warehouse, outcome.version) == load_seq
    assert corrected_load(OPERATOR, door.warehouse, load_seq) is None


def test_a_correction_withdrawn_makes_its_rows_wait_again(door: Door) -> None:
    load_seq = door.load(FILE, "quarantine").version
    outcome = correct(door, load_seq, {1: "I-M;M;2026-02;13,5"})
    assert held(door, load_seq).total == 4
    door.withdraw(outcome.version)
    assert held(door, load_seq).total == 5


def test_rows_of_a_withdrawn_load_wait_for_nobody(door: Door) -> None:
    load_seq = door.load(FILE, "quarantine").version
    door.withdraw(load_seq)
    assert held(door, load_seq).total == 0


def test_a_row_left_aside_waits_no_more(door: Door) -> None:
    load_seq = door.load(FILE, "quarantine").version
    payload = {"load_seq": load_seq, "rows": [4, 99], "reason": "doublon"}
    door.warehouse.record("quarantine_left", "essai", payload)
    assert [row[0] for row in waiting(door, load_seq)] == [1, 2, 3, 5]


def test_the_page_says_who_left_a_row_or_withdrew_the_load_and_why(door: Door) -> None:
    load_seq = door.load(FILE, "quarantine").version
    payload = {"load_seq": load_seq, "rows": [4], "reason": "doublon du registre"}
    door.warehouse.record("quarantine_left", "claire", payload)
    loading.withdraw(door.warehouse, door.scope, load_seq, "claire", "mauvais fichier")
    address = parse_address(f"/donnees/versements/{load_seq}", "")
    room = load_room(door.scope, door.warehouse, address)
    assert [(one.kind, one.reason) for one in room.said] == [
        ("left", "doublon du registre"),
        ("withdrawn", "mauvais fichier"),
    ]
    assert len(room.said[0].lines) == 1
    shown = text_of(page.layout(room, address))
    assert "laissée de côté" in shown
    assert "mauvais fichier" in shown


def test_what_waits_is_made_again_with_the_projection(door: Door) -> None:
    load_seq = door.load(FILE, "quarantine").version
    correct(door, load_seq, {1: "I-M;M;2026-02;13,5"})
    before, home = waiting(door, load_seq), door.warehouse.home
    door.warehouse.close()
    rebuild(home)
    door.warehouse = open_warehouse(home)
    assert waiting(door, load_seq) == before


def test_the_title_above_and_the_total_below_do_not_wait(door: Door) -> None:
    content = f"Délais\n\n{MEASUREMENTS}I-M;M;2026-01;12\nI-M;M;hier;3\nTotal;;;15\n"
    load_seq = door.load(content, "quarantine").version
    assert waiting(door, load_seq) == [(1, 5, "I-M;M;hier;3")]


def test_rows_made_by_a_profile_wait_as_the_contract_has_them(door: Door) -> None:
    said = {
        "subject": "mesures",
        "from-indicateur_id": "column:Mesure",
        "from-organisation_id": "same",
        "same-organisation_id": "M",
        "from-periode": "column:Mois",
        "from-valeur": "column:Résultat",
    }
    name = save_profile(door.warehouse.home, "Mois", profile_document(description_of(said), "Mois"))
    received = door.received("Mesure;Mois;Résultat\nI-M;2026-01;3\nI-Z;2026-02;4\n")
    report = loading.check(door.warehouse, door.scope, received, name)
    outcome = loading.load(door.warehouse, door.scope, report, "quarantine")
    assert waiting(door, outcome.version) == [(1, 3, "I-Z;M;2026-02;4")]


def test_a_refused_row_of_several_lines_waits_whole(door: Door) -> None:
    heads = MEASUREMENTS.strip() + ";commentaire\n"
    rows = 'I-M;M;2026-01;12;sain\nI-X;M;2026-02;13;"dit ""deux""\nlignes"\nI-X;M;2026-03;14;une\n'
    load_seq = door.load(heads + rows, "quarantine").version
    found = held(door, load_seq).rows
    assert [one.line for one in found] == [3, 5]
    assert found[0].cells[-1].text == 'dit "deux"\nlignes'
    assert found[1].cells[-1].text == "une"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_refused_rows_are_found_whatever_ends_a_line(door: Door, end: str) -> None:
    rows = "".join(f"I-X;M;2026-{month:02d};{month}\n" for month in range(1, 6))
    text = (MEASUREMENTS + "I-M;M;2026-01;12\n" + rows).replace("\n", end)
    load_seq = door.load(text, "quarantine").version
    assert [(one.line, one.cells[-1].text) for one in held(door, load_seq).rows] == [
        (month + 2, str(month)) for month in range(1, 6)
    ]


def test_the_last_line_may_end_with_the_file(door: Door) -> None:
    load_seq = door.load(MEASUREMENTS + "I-M;M;2026-01;12\nI-X;M;2026-02;13", "quarantine").version
    assert [one.cells[-1].text for one in held(door, load_seq).rows] == ["13"]
