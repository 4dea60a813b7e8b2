"""The journal is the commit: after any crash, what it says is shown and nothing else is."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pilotage.errors import Unavailable
from pilotage.intake import loading
from pilotage.store.warehouse import PROJECTION, Warehouse, open_warehouse, rebuild
from tests.door import MEASUREMENTS, TARGETS, Door, check_here, opened_door
from tests.store_image import image

__all__ = ["check_here"]
FIRST = f"{MEASUREMENTS}I-M;M;2026-01;12\nI-Q;D;2026-03-02;8\n"
SECOND = f"{MEASUREMENTS}I-M;M;2026-01;13\nI-M;M;2026-02;douze\nI-M;M;2026-03;15\n"


class CrashError(Exception):
    """The process ends here."""


@pytest.fixture
def door(tmp_path: Path, check_here: None) -> Iterator[Door]:
    with opened_door(tmp_path) as opened:
        yield opened


def lived(door: Door) -> None:
    """A life: loads, a refusal, revisions, a target, a withdrawal."""
    door.load(FIRST)
    door.load(SECOND)
    load_seq = door.load(SECOND, "quarantine").version
    door.load(f"{TARGETS}I-M;M;2026-2027;;14;\n")
    door.withdraw(load_seq)
    door.load(f"{MEASUREMENTS}I-M;M;2026-01;12\nI-M;M;2026-04;11\n")


def reopened(door: Door) -> Warehouse:
    door.warehouse.close()
    return open_warehouse(door.warehouse.home)


def test_a_rebuild_gives_equal_rows_in_every_table(door: Door) -> None:
    lived(door)
    before, version = image(door.warehouse), door.warehouse.version
    door.warehouse.close()
    assert rebuild(door.warehouse.home) == version
    again = open_warehouse(door.warehouse.home)
    assert image(again) == before
    again.close()


def test_a_lost_projection_is_made_again_at_the_next_start(door: Door) -> None:
    lived(door)
    before = image(door.warehouse)
    door.warehouse.close()
    (door.warehouse.home / "projection.duckdb").unlink()
    again = open_warehouse(door.warehouse.home)
    assert image(again) == before
    again.close()


def test_a_crash_after_the_journal_is_replayed_at_the_next_start(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = door.warehouse.journal
    written = journal.append

    def written_then_crash(*event: Any) -> None:
        written(*event)
        raise CrashError

    report = door.check(FIRST)
    monkeypatch.setattr(journal, "append", written_then_crash)
    with pytest.raises(CrashError):
        loading.load(door.warehouse, door.scope, report)
    assert _measured(door.warehouse) == 0
    again = reopened(door)
    assert again.version == 3
    assert _measured(again) == 2
    again.close()


def test_a_commit_cut_after_its_event_is_mended_by_the_next_one(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = door.warehouse.journal
    written = journal.append
    with monkeypatch.context() as patch:

        def written_then_fault(*event: Any) -> None:
            written(*event)
            raise OSError("disk")

        report = door.check(FIRST)
        patch.setattr(journal, "append", written_then_fault)
        with pytest.raises(OSError, match="disk"):
            loading.load(door.warehouse, door.scope, report)
    assert door.load(f"{MEASUREMENTS}I-M;M;2026-04;11\n").version == 4
    assert _measured(door.warehouse) == 3


def test_a_crash_before_the_journal_leaves_nothing(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = image(door.warehouse)

    def crash(*_: Any) -> None:
        raise CrashError

    report = door.check(FIRST)
    monkeypatch.setattr(door.warehouse.journal, "append", crash)
    with pytest.raises(CrashError):
        loading.load(door.warehouse, door.scope, report)
    assert image(door.warehouse) == before
    again = reopened(door)
    assert image(again) == before
    assert again.version == 2
    again.close()


def test_a_fault_while_facts_are_written_leaves_nothing(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: Any) -> None:
        raise CrashError

    before, report = image(door.warehouse), door.check(FIRST)
    monkeypatch.setattr("pilotage.store.projection.judge_touched", crash)
    with pytest.raises(CrashError):
        loading.load(door.warehouse, door.scope, report)
    assert image(door.warehouse) == before
    assert door.warehouse.journal.last_seq == 2


@pytest.mark.parametrize(
    "meddling",
    [
        pytest.param(
            "update events set payload = replace(payload, 'fichier', 'autre') where seq = 1",
            id="edit",
        ),
        pytest.param("update events set author = 'X' where seq = 2", id="author"),
        pytest.param("delete from events where seq = 2", id="deletion"),
        pytest.param("update events set seq = 9 where seq = 3", id="renumbering"),
    ],
)
def test_a_journal_changed_by_hand_is_not_opened(door: Door, meddling: str) -> None:
    door.load(FIRST)
    door.warehouse.close()
    with sqlite3.connect(door.warehouse.home / "journal.sqlite") as journal:
        journal.execute(meddling)
    journal.close()
    with pytest.raises(Unavailable, match="événement"):
        open_warehouse(door.warehouse.home)


def test_an_older_copy_of_the_journal_is_what_is_shown(door: Door, tmp_path: Path) -> None:
    before, home = image(door.warehouse), door.warehouse.home
    door.warehouse.close()
    shutil.copyfile(home / "journal.sqlite", tmp_path / "copie")
    later = Door(open_warehouse(home), door.folder)
    later.load(FIRST)
    later.warehouse.close()
    for path in home.glob("journal.sqlite*"):
        path.unlink()
    shutil.copyfile(tmp_path / "copie", home / "journal.sqlite")
    again = open_warehouse(home)
    assert image(again) == before
    again.close()


def test_a_missing_file_of_the_archive_is_said(door: Door) -> None:
    door.load(FIRST)
    home = door.warehouse.home
    door.warehouse.close()
    shutil.rmtree(home / "archive")
    (home / "projection.duckdb").unlink()
    with pytest.raises(Unavailable, match="archive"):
        open_warehouse(home)


def _measured(warehouse: Warehouse) -> int:
    return len(image(warehouse)["measurements"])


def _headless(path: Path) -> None:
    path.write_bytes(b"\x00" * 4096 + path.read_bytes()[4096:])


def _halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _torn_blocks(path: Path) -> None:
    """Every other sector of the data is what lay there before: nothing."""
    content = bytearray(path.read_bytes())
    for start in range(12288, len(content), 8192):
        content[start : start + 4096] = b"\x00" * len(content[start : start + 4096])
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("harm", [_headless, _halved, _emptied, _torn_blocks])
def test_a_projection_that_cannot_be_read_is_set_aside_and_made_again(
    door: Door, harm: Callable[[Path], None]
) -> None:
    lived(door)
    before, version, home = image(door.warehouse), door.warehouse.version, door.warehouse.home
    door.warehouse.close()
    harm(home / PROJECTION)
    (home / "projection.open").touch()  # the power went: nobody closed it
    again = open_warehouse(home)
    if harm is not _emptied:  # an empty file is a new one: nothing to set aside, all to replay
        assert [path.name for path in home.glob("*.damaged-*")]
        last = [*again.journal.after(version)]
        assert [event.kind for event in last] == ["projection_recovered"]
    shown = image(again)
    state = "projection_state"
    assert {**shown, state: []} == {**before, state: []}
    again.close()
    assert not (home / "projection.open").exists()


def test_a_rebuild_starts_from_a_projection_that_does_not_open(door: Door) -> None:
    lived(door)
    before, home = image(door.warehouse), door.warehouse.home
    door.warehouse.close()
    _headless(home / PROJECTION)
    rebuild(home)
    again = open_warehouse(home)
    assert image(again) == before
    again.close()


def test_an_archive_damaged_too_is_said_and_nothing_is_shown(door: Door) -> None:
    door.load(FIRST)
    home = door.warehouse.home
    door.warehouse.close()
    _headless(home / PROJECTION)
    for path in (home / "archive").glob("??/*"):
        path.chmod(0o644)
        path.write_bytes(b"rien")
    with pytest.raises(Unavailable, match="archive"):
        open_warehouse(home)


def test_a_journal_that_is_no_journal_is_said(door: Door) -> None:
    home = door.warehouse.home
    door.warehouse.close()
    for path in home.glob("journal.sqlite*"):
        path.unlink()
    (home / "journal.sqlite").write_bytes(b"pas une base" * 1000)
    with pytest.raises(Unavailable, match="journal"):
        open_warehouse(home)
