"""The indicator page says what was revised and which target was eased: before, after, when, who."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from layouts import indicator as page
from pilotage.access.operator import OPERATOR
from pilotage.intake import loading
from pilotage.rooms.indicator import IndicatorRoom, indicator_room
from pilotage.store.queries.loads import recent_loads
from pilotage.store.warehouse import Warehouse
from tests.component_text import text_of
from tests.door import HereChecker
from tests.small_home import TARGETS, at, load_text, small_home

PAGE = "/indicateurs/I-1"


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    opened = small_home(tmp_path)
    monkeypatch.setattr(loading, "Checker", HereChecker)
    yield opened
    loading.stop_checking(opened)
    opened.close()


def room_of(warehouse: Warehouse, search: str = "") -> IndicatorRoom:
    return indicator_room(OPERATOR, warehouse, at(PAGE, f"?org=MSSS{search}"))


def said(warehouse: Warehouse, search: str = "") -> str:
    address = at(PAGE, f"?org=MSSS{search}")
    drawn = text_of(page.layout(indicator_room(OPERATOR, warehouse, address), address))
    return drawn.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("search", "sentences"),
    [
        (
            "",
            [
                "1 valeur révisée",
                "octobre 2026 : 17,5 h → 17,4 h, le 9 novembre 2026 par Essai",
                "mesures_revisees.csv, ligne 2",
                "cible assouplie",
                "assouplie le 15 septembre 2026 par Essai : ≤ 14,0 h → ≤ 15,0 h",
                "cibles_revisees.csv, ligne 2",
                "« Hiver plus dur que prévu »",
                "publiée le 1er avril 2025 par Essai ; remplacée le 15 septembre 2026",
            ],
        ),
        (
            "&lang=en",
            [
                "1 value revised",
                "October 2026: 17.5 h → 17.4 h, on November 9, 2026 by Essai",
                "eased target",
                "eased on September 15, 2026 by Essai: ≤ 14.0 h → ≤ 15.0 h",
            ],
        ),
    ],
)
def test_the_page_says_what_was_revised_and_eased(
    warehouse: Warehouse, search: str, sentences: list[str]
) -> None:
    drawn = said(warehouse, search)
    assert [one for one in sentences if one not in drawn] == [], drawn


def test_before_the_revision_nothing_says_so(warehouse: Warehouse) -> None:
    drawn = said(warehouse, "&au=2026-09-14")
    assert "révisée" not in drawn.replace("jamais révisées", "")
    assert "assouplie" not in drawn


def test_a_value_of_an_older_period_is_seen_revised_too(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    header = "indicateur_id;organisation_id;periode;valeur;publie_le\n"
    text = f"{header}I-1;MSSS;2026-03;20;2026-11-10\nI-1;MSSS;2026-04;21;2026-10-02\n"
    assert load_text(warehouse, tmp_path, "corrections.csv", text) == "loaded"
    found = [
        (one.period.start.month, one.before.value, one.after.value)
        for one in room_of(warehouse).revisions
    ]
    assert found == [(3, 15.75, 20.0), (10, 17.5, 17.4), (4, 16.0, 21.0)]


def test_a_withdrawn_revision_is_no_revision(warehouse: Warehouse, tmp_path: Path) -> None:
    revised = next(
        row["load_seq"]
        for row in recent_loads(OPERATOR, warehouse, 20)
        if row["file_name"] == "mesures_revisees.csv"
    )
    loading.withdraw(warehouse, OPERATOR, revised, "Essai", "erreur")
    room = room_of(warehouse)
    assert room.revisions == ()
    assert room.verdict is not None
    assert room.verdict.value == 17.5
    assert "versement retiré" in said(warehouse)


def test_a_target_is_not_eased_against_one_that_was_taken_back(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    header = TARGETS.splitlines()[0]
    row = f"{header}\nI-1;MSSS;2026-2027;;{{high}};16;2025-03-31;Parce que;;2026-{{day}}\n"
    assert load_text(warehouse, tmp_path, "dure.csv", row.format(high=10, day="10-01")) == "loaded"
    loading.withdraw(warehouse, OPERATOR, warehouse.version, "Essai", "erreur")
    load_text(warehouse, tmp_path, "tenue.csv", row.format(high="14,5", day="10-02"))
    last = max(room_of(warehouse).targets, key=lambda one: one.aim.published_on)
    assert last.before is not None
    assert (last.before.high, last.aim.high, last.is_eased) == (15.0, 14.5, False)
