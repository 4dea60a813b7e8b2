"""What becomes of a checked file: refused whole or in part, loaded once, withdrawn; always kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from pilotage.errors import NotFound
from pilotage.intake import loading
from pilotage.store.tables import loads, measurements, organisations
from tests.door import MEASUREMENTS, Door, check_here, opened_door

__all__ = ["check_here"]
HALF_WRONG = f"{MEASUREMENTS}I-M;M;2026-01;12\nI-M;M;2026-02;douze\n"
RIGHT = f"{MEASUREMENTS}I-M;M;2026-01;12\nI-M;M;2026-02;13\n"


@pytest.fixture
def door(tmp_path: Path, check_here: None) -> Iterator[Door]:
    with opened_door(tmp_path) as opened:
        yield opened


def values(door: Door) -> list[float | None]:
    """Standing values of the monthly indicator, by period."""
    asked = (
        sa.select(measurements.c.value)
        .where(measurements.c.superseded_seq.is_(None))
        .order_by(measurements.c.period_start)
    )
    with door.warehouse.read() as connection:
        return list(connection.execute(asked).scalars())


def test_under_the_strict_policy_one_error_refuses_the_file(door: Door) -> None:
    outcome = door.load(HALF_WRONG)
    assert (outcome.state, outcome.refused) == ("refused", 1)
    assert values(door) == []
    with door.warehouse.read() as connection:
        state = connection.execute(
            sa.select(loads.c.state).where(loads.c.load_seq == outcome.version)
        ).scalar_one()
    assert state == "refused"


def test_in_quarantine_the_sound_rows_load_and_the_others_are_counted(door: Door) -> None:
    outcome = door.load(HALF_WRONG, "quarantine")
    assert (outcome.state, outcome.new, outcome.refused) == ("loaded", 1, 1)
    assert values(door) == [12]


def test_a_file_without_a_sound_row_is_refused_even_in_quarantine(door: Door) -> None:
    assert door.load(f"{MEASUREMENTS}I-M;M;2026-02;douze\n", "quarantine").state == "refused"


def test_the_same_bytes_again_change_nothing(door: Door) -> None:
    first = door.load(RIGHT)
    again = door.load(RIGHT, name="autre-nom.csv")
    assert (again.state, again.version) == ("already_loaded", first.version)
    assert door.warehouse.version == first.version


def test_a_refused_file_can_be_mended_and_loaded(door: Door) -> None:
    assert door.load(HALF_WRONG).state == "refused"
    assert door.load(RIGHT).state == "loaded"
    assert values(door) == [12, 13]


def test_a_refused_file_can_be_loaded_as_it_is_under_the_other_policy(door: Door) -> None:
    assert door.load(HALF_WRONG).state == "refused"
    assert door.load(HALF_WRONG, "quarantine").state == "loaded"


def test_a_withdrawn_file_can_be_loaded_again(door: Door) -> None:
    door.withdraw(door.load(RIGHT).version)
    assert values(door) == []
    assert door.load(RIGHT).state == "loaded"
    assert values(door) == [12, 13]


def test_the_archive_keeps_the_bytes_whatever_becomes_of_them(door: Door) -> None:
    for content in (HALF_WRONG.encode(), RIGHT.encode(), b"PK\x03\x04 rien", b""):
        received = door.received(content)
        door.load(content)
        assert received.stored_path.read_bytes() == content
        assert not received.stored_path.stat().st_mode & 0o222


def test_a_check_leaves_no_trace_once_its_file_is_dealt_with(door: Door) -> None:
    for content in (HALF_WRONG, RIGHT, RIGHT):
        door.load(content)
    assert list((door.warehouse.home / "checks").iterdir()) == []


def test_a_load_is_withdrawn_once(door: Door) -> None:
    load_seq = door.load(RIGHT).version
    door.withdraw(load_seq)
    with pytest.raises(NotFound):
        door.withdraw(load_seq)


def test_what_was_checked_before_the_organisations_changed_is_checked_again(door: Door) -> None:
    """Two checks made side by side must not give two organisations one key."""
    header = "organisation_id;genre;libelle_fr;parent_id\n"
    first = door.check(f"{header}A;direction;A;M\n", "a.csv")
    second = door.check(f"{header}B;direction;B;M\n", "b.csv")
    for report in (first, second):
        assert loading.load(door.warehouse, door.scope, report).state == "loaded"
    asked = sa.select(organisations.c.organisation_key).where(
        organisations.c.organisation_id.in_(["A", "B"])
    )
    with door.warehouse.read() as connection:
        assert len(set(connection.execute(asked).scalars())) == 2


def test_a_preview_says_what_would_change_and_changes_nothing(door: Door) -> None:
    door.load(RIGHT)
    report = door.check(f"{MEASUREMENTS}I-M;M;2026-02;14\nI-M;M;2026-03;15\n")
    before = door.warehouse.version
    seen = loading.preview(door.warehouse, door.scope, report)
    assert (seen.new, seen.changed, seen.unchanged) == (1, 1, 0)
    assert [(one.before, one.after) for one in seen.revised] == [(13, 14)]
    assert values(door) == [12, 13]
    assert door.warehouse.version == before


def test_a_file_is_checked_as_if_those_before_it_were_loaded(
    tmp_path: Path, check_here: None
) -> None:
    with opened_door(tmp_path / "vide", known=False) as door:
        first = door.check("organisation_id;genre;libelle_fr\nX;ministère;X\n", "o.csv")
        second = loading.check(
            door.warehouse,
            door.scope,
            door.received(
                "indicateur_id;titre_fr;unite;sens;nature;niveau;frequence;organisation_id\n"
                "I;T;%;au moins;résultat;stratégique;mensuelle;X\n",
                "i.csv",
            ),
            earlier=[first],
        )
        assert second.codes == {}
        assert door.warehouse.version == 0
