"""A publication is frozen: what comes later, a rebuild included, changes nothing of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from pilotage.domain.publication import Note, PublicationState
from pilotage.domain.small_cell import Hidden
from pilotage.domain.status import Standing
from pilotage.domain.viewer import Role
from pilotage.errors import Forbidden, NotFound, Refused
from pilotage.followup.publication import annotate, archive, draft, publish
from pilotage.intake import loading
from pilotage.rooms.publication import Line, PublicRoom, public_room
from pilotage.rooms.publications import act, publications_room
from pilotage.store.backup import kept_files
from pilotage.store.warehouse import Warehouse, open_warehouse, rebuild
from tests.publication_case import (
    AUTHOR,
    LATER,
    NOTE,
    drafted,
    public,
    public_home,
    published,
    treasury,
)
from tests.small_home import TODAY, at, load_text, scope


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = public_home(tmp_path)
    yield opened
    loading.stop_checking(opened)
    opened.close()


def room(warehouse: Warehouse, search: str = "") -> PublicRoom:
    return public_room(public(warehouse), warehouse, at("/public", search))


def line(found: PublicRoom, indicator_id: str, organisation_id: str | None = None) -> Line:
    return next(
        one
        for one in found.lines
        if one.indicator_id == indicator_id
        and organisation_id in {None, one.organisation.identifier}
    )


def test_nothing_is_public_before_it_is_published(warehouse: Warehouse) -> None:
    name = drafted(warehouse)
    assert room(warehouse).shown is None
    assert room(warehouse).lines == ()
    with pytest.raises(NotFound):
        room(warehouse, f"?publication={name}")


def test_only_what_its_passport_says_is_public_is_published(warehouse: Warehouse) -> None:
    published(warehouse)
    found = room(warehouse)
    assert {one.indicator_id for one in found.lines} == {"P-1", "P-2", "P-3", "P-4"}
    assert [part.ministry.identifier for part in found.parts] == ["MSSS", "MTQ"]
    first = line(found, "P-1")
    assert (first.value, first.high, first.standing) == (16.0, 14.0, Standing.OFF_TARGET)
    assert (first.source, first.published_on) == ("BDCU", date(2026, 11, 8))
    assert [value for _, value in first.recents] == [15.5, 16.0]


def test_small_counts_and_what_betrays_them_are_left_out(warehouse: Warehouse) -> None:
    published(warehouse)
    found = room(warehouse)
    small, tied = line(found, "P-2", "DUR"), line(found, "P-2", "DSQ")
    assert (small.hidden, small.value, small.standing) == (Hidden.SMALL, None, None)
    assert (tied.hidden, tied.value) == (Hidden.TIED, None)
    assert line(found, "P-2", "MSSS").value == 133
    assert line(found, "P-2", "DSP").value == 90
    # A rate of one in three stands on one person; the curves of all that adds up tell too much.
    assert line(found, "P-4").hidden is Hidden.SMALL
    assert not any(one.recents for one in found.lines if one.indicator_id != "P-1")


def test_a_disputed_figure_is_said_to_be(warehouse: Warehouse) -> None:
    published(warehouse)
    found = line(room(warehouse), "P-3")
    assert (found.standing, found.value) == (Standing.DISPUTED, 75.0)


def test_what_is_loaded_later_changes_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    published(warehouse)
    before = room(warehouse)
    assert load_text(warehouse, tmp_path, "plus_tard.csv", LATER) == "loaded"
    assert room(warehouse) == before
    second = published(warehouse)
    assert second == f"{TODAY}-2"
    now = room(warehouse)
    assert line(now, "P-1").value == 12.0
    assert now.others == (before.shown,)
    assert room(warehouse, f"?publication={TODAY}").lines == before.lines


def test_a_rebuild_gives_the_same_publication(warehouse: Warehouse, tmp_path: Path) -> None:
    name = published(warehouse)
    before = room(warehouse)
    load_text(warehouse, tmp_path, "plus_tard.csv", LATER)
    loading.stop_checking(warehouse)
    warehouse.close()
    rebuild(warehouse.home)
    again = open_warehouse(warehouse.home)
    try:
        again.as_of = TODAY
        assert room(again) == before
        told = next(event for event in again.journal.after(0) if event.kind == "publication")
        assert told.payload["publication_id"] == name
        assert told.payload["rows_sha256"] in {
            one.name for one in kept_files(again.home / "archive")
        }
    finally:
        again.close()


def test_a_publication_of_a_past_day_knows_nothing_of_what_came_after(
    warehouse: Warehouse,
) -> None:
    scope_of = treasury(warehouse)
    name = draft(warehouse, scope_of, AUTHOR, date(2026, 10, 20), NOTE)
    publish(warehouse, scope_of, AUTHOR, name)
    found = room(warehouse)
    assert found.shown is not None
    assert found.shown.as_of == date(2026, 10, 20)
    assert line(found, "P-1").value == 15.5
    assert line(found, "P-4").value == 61.0


@pytest.mark.parametrize(
    ("note", "words"),
    [
        (Note("Bonjour.", ""), "il manque l'anglais"),
        (Note("", "Hello."), "il manque le français"),
        (Note("  ", "\n"), "dans les deux langues"),
        (Note("x" * 2001, "x"), "trop longue"),
    ],
)
def test_a_note_is_in_both_languages_or_refused_with_its_sentence(
    warehouse: Warehouse, note: Note, words: str
) -> None:
    version = warehouse.version
    with pytest.raises(Refused, match=words):
        drafted(warehouse, note)
    assert warehouse.version == version


def test_a_day_to_come_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(Refused, match="pas encore venu"):
        draft(warehouse, treasury(warehouse), AUTHOR, TODAY + timedelta(days=1), NOTE)


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.PUBLIC, None),
        (Role.TEAM_MEMBER, "EQJ"),
        (Role.MANAGER, "DUR"),
        (Role.DEPUTY_MINISTER, "MSSS"),
        (Role.STEWARD, "MSSS"),
        (Role.AUDITOR, None),
        (Role.ADMINISTRATOR, None),
    ],
)
def test_only_the_treasury_board_publishes(
    warehouse: Warehouse, role: Role, place: str | None
) -> None:
    name = drafted(warehouse)
    version, who = warehouse.version, scope(warehouse, role, place)
    for deed in (
        lambda: draft(warehouse, who, "x", TODAY, NOTE),
        lambda: annotate(warehouse, who, "x", name, NOTE),
        lambda: publish(warehouse, who, "x", name),
        lambda: archive(warehouse, who, "x", name),
    ):
        with pytest.raises(Forbidden):
            deed()
    assert warehouse.version == version
    if role is not Role.AUDITOR:
        with pytest.raises(Forbidden):
            publications_room(who, warehouse, at("/publications"))


def test_a_step_is_taken_once_and_there_is_no_way_back(warehouse: Warehouse) -> None:
    name, who = published(warehouse), treasury(warehouse)
    with pytest.raises(Refused, match="déjà paru"):
        publish(warehouse, who, AUTHOR, name)
    with pytest.raises(Refused, match="déjà paru"):
        annotate(warehouse, who, AUTHOR, name, NOTE)
    archive(warehouse, who, AUTHOR, name)
    with pytest.raises(Refused, match="à l'archive"):
        archive(warehouse, who, AUTHOR, name)
    found = room(warehouse)
    assert found.shown is None
    kept = room(warehouse, f"?publication={name}").shown
    assert kept is not None
    assert kept.state is PublicationState.ARCHIVED


def test_a_draft_set_aside_is_never_public(warehouse: Warehouse) -> None:
    name = drafted(warehouse)
    archive(warehouse, treasury(warehouse), AUTHOR, name)
    with pytest.raises(NotFound):
        room(warehouse, f"?publication={name}")


def test_the_last_note_of_an_indicator_stands_and_may_be_emptied(warehouse: Warehouse) -> None:
    name, who = drafted(warehouse), treasury(warehouse)
    annotate(warehouse, who, AUTHOR, name, Note("Un mot.", "A word."), "P-1")
    annotate(warehouse, who, AUTHOR, name, Note("Mieux.", "Better."), "P-1")
    annotate(warehouse, who, AUTHOR, name, Note("Retiré.", "Gone."), "P-3")
    annotate(warehouse, who, AUTHOR, name, Note("", ""), "P-3")
    annotate(warehouse, who, AUTHOR, name, Note("Tout autre.", "Quite other."))
    with pytest.raises(NotFound):
        annotate(warehouse, who, AUTHOR, name, NOTE, "I-1")
    publish(warehouse, who, AUTHOR, name)
    found = room(warehouse)
    assert line(found, "P-1").note == Note("Mieux.", "Better.")
    assert line(found, "P-3").note is None
    assert found.shown is not None
    assert found.shown.note == Note("Tout autre.", "Quite other.")


def test_nothing_of_persons_nor_of_rooms_is_kept_in_the_snapshot(warehouse: Warehouse) -> None:
    published(warehouse)
    told = repr(room(warehouse))
    for word in ("Secrète", "Mot du service", "Méthode en cause", "perfusionnistes", "I-1"):
        assert word not in told


def test_a_forged_form_is_answered_with_a_sentence(warehouse: Warehouse) -> None:
    who, version = treasury(warehouse), warehouse.version
    for asked in (
        {},
        {"act": "burn"},
        {"act": "draft", "as_of": "hier", "note_fr": "a", "note_en": "b"},
        {"act": "publish", "publication": ["x"]},
        {"act": "annotate", "publication": "x", "note_fr": 3},
    ):
        assert act(who, warehouse, asked).fault is not None
    assert warehouse.version == version
