"""A backup gives the same rows back; a damaged one, or a store that changed, is said."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from pilotage.cli import main
from pilotage.errors import Refused, Unavailable
from pilotage.store.backup import backup, kept_files, restore
from pilotage.store.verification import verify
from pilotage.store.warehouse import PROJECTION, open_warehouse
from tests.door import MEASUREMENTS, Door, check_here, opened_door
from tests.server import pilotage
from tests.store_image import Image, image

__all__ = ["check_here"]
VALUES = f"{MEASUREMENTS}I-M;M;2026-01;12\nI-Q;D;2026-03-02;8\n"
LATER = f"{MEASUREMENTS}I-M;M;2026-01;13\nI-M;M;2026-02;14\n"


@pytest.fixture
def door(tmp_path: Path, check_here: None) -> Iterator[Door]:
    with opened_door(tmp_path) as opened:
        opened.load(VALUES)
        yield opened


def shown(home: Path) -> Image:
    with closing(open_warehouse(home)) as warehouse:
        return image(warehouse)


def test_a_backup_taken_while_the_home_is_open_gives_the_same_rows_back(
    door: Door, tmp_path: Path
) -> None:
    before = image(door.warehouse)
    copied = backup(door.warehouse.home, tmp_path / "copie")
    door.load(LATER)
    restored = restore(tmp_path / "copie", tmp_path / "neuve")
    assert restored == copied
    assert shown(tmp_path / "neuve") == before


def test_a_second_backup_into_the_same_folder_copies_only_what_came_since(
    door: Door, tmp_path: Path
) -> None:
    backup(door.warehouse.home, tmp_path / "copie")
    written = {path: path.stat().st_ino for path in kept_files(tmp_path / "copie" / "archive")}
    door.load(LATER)
    backup(door.warehouse.home, tmp_path / "copie")
    after = {path: path.stat().st_ino for path in kept_files(tmp_path / "copie" / "archive")}
    assert len(after) > len(written)
    assert {path: after[path] for path in written} == written
    restore(tmp_path / "copie", tmp_path / "neuve")
    assert shown(tmp_path / "neuve") == image(door.warehouse)


def test_a_backup_cut_half_way_leaves_the_one_before(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = image(door.warehouse)
    backup(door.warehouse.home, tmp_path / "copie")
    door.load(LATER)
    with monkeypatch.context() as patch:

        def full(_source: Path, _target: Path) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr("pilotage.store.backup.shutil.copyfile", full)
        with pytest.raises(OSError, match="space"):
            backup(door.warehouse.home, tmp_path / "copie")
    restore(tmp_path / "copie", tmp_path / "neuve")
    assert shown(tmp_path / "neuve") == before


def test_a_damaged_backup_is_not_restored(door: Door, tmp_path: Path) -> None:
    backup(door.warehouse.home, tmp_path / "copie")
    spoil(kept_files(tmp_path / "copie" / "archive")[0])
    with pytest.raises(Unavailable, match="abîmée"):
        restore(tmp_path / "copie", tmp_path / "neuve")
    assert not (tmp_path / "neuve").exists()


def test_nothing_is_restored_over_a_home(door: Door, tmp_path: Path) -> None:
    backup(door.warehouse.home, tmp_path / "copie")
    with pytest.raises(Refused, match="déjà"):
        restore(tmp_path / "copie", door.warehouse.home)


def test_what_is_no_backup_or_no_home_is_said(door: Door, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="pas une sauvegarde"):
        restore(tmp_path, tmp_path / "neuve")
    with pytest.raises(Refused, match="pas d'installation"):
        backup(tmp_path / "rien", tmp_path / "copie")
    with pytest.raises(Refused, match="hors d'elle"):
        backup(door.warehouse.home, door.warehouse.home / "copie")


def spoil(path: Path) -> None:
    """Change one byte of an archived file, size and name kept."""
    path.chmod(0o644)
    content = path.read_bytes()
    path.write_bytes(bytes([content[0] ^ 1]) + content[1:])


def test_a_sound_home_is_verified_whole(door: Door) -> None:
    door.warehouse.close()
    found = verify(door.warehouse.home)
    assert (found.is_sound, found.differing, found.version) == (True, (), 3)
    assert not [*door.warehouse.home.glob("pilotage-verify-*")]


def test_a_home_that_is_served_is_verified_but_for_what_it_shows(door: Door) -> None:
    answer = pilotage(door.warehouse.home, "verify")
    assert answer.returncode == 0
    assert "n'a pas été comparé" in answer.stdout


def _altered_file(home: Path) -> None:
    spoil(kept_files(home / "archive")[0])


def _lost_file(home: Path) -> None:
    with closing(sqlite3.connect(home / "journal.sqlite")) as journal:
        (payload,) = journal.execute("select payload from events where seq = 3").fetchone()
    name = payload.split('"rows_sha256": "')[1][:64]
    (home / "archive" / name[:2] / name).unlink()


def _edited_journal(home: Path) -> None:
    with closing(sqlite3.connect(home / "journal.sqlite")) as journal:
        journal.execute("update events set author = 'X' where seq = 2")
        journal.commit()


def _edited_value(home: Path) -> None:
    with duckdb.connect(str(home / PROJECTION)) as projection:
        projection.execute("update measurements set value = value + 1")


@pytest.mark.parametrize(
    ("meddle", "said"),
    [
        pytest.param(_altered_file, "altéré", id="file altered"),
        pytest.param(_lost_file, "absent", id="file lost"),
        pytest.param(_edited_journal, "événement 2", id="journal edited"),
        pytest.param(_edited_value, "« measurements »", id="value edited"),
    ],
)
def test_what_was_changed_by_hand_is_found_and_named(
    door: Door,
    meddle: Callable[[Path], None],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = door.warehouse.home
    door.warehouse.close()
    meddle(home)
    assert main(["verify", "--home", str(home)]) == 1
    assert said in capsys.readouterr().err


def test_the_three_commands_speak_both_languages(
    door: Door, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy, home = str(tmp_path / "copie"), str(tmp_path / "neuve")
    before = image(door.warehouse)
    assert main(["backup", copy, "--home", str(door.warehouse.home)]) == 0
    assert main(["restore", copy, "--home", home, "--lang", "en"]) == 0
    assert main(["verify", "--home", home, "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "Sauvegarde faite : version 3" in said
    assert "Installation restored: version 3" in said
    assert "What is shown equals what they give back." in said
    assert shown(Path(home)) == before
    assert main(["restore", copy, "--home", home]) == 2
