"""A file is complete once closed, or renamed into the folder; a growing one waits."""

import os
from pathlib import Path

import pytest

from pilotage.live.inbox import Dropped, Inbox
from pilotage.live.open_file import is_being_written

NOW = 1_800_000_000.0


class Writers:
    """Who has which file open, as the kernel would say."""

    def __init__(self) -> None:
        self.answers: dict[str, bool | None] = {}

    def __call__(self, path: Path) -> bool | None:
        return self.answers.get(path.name, False)


@pytest.fixture
def writers() -> Writers:
    return Writers()


@pytest.fixture
def inbox(tmp_path: Path, writers: Writers) -> Inbox:
    return Inbox(tmp_path / "incoming", writers)


def put(inbox: Inbox, name: str, content: str = "a;b\n", changed: float = NOW) -> Path:
    path = inbox.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    os.utime(path, (changed, changed))
    return path


def names(found: list[Dropped]) -> list[str]:
    return [one.path.name for one in found]


def test_a_file_written_earlier_and_renamed_into_the_folder_is_complete_at_once(
    inbox: Inbox,
) -> None:
    path = put(inbox, "m.csv", changed=NOW - 60)
    assert inbox.complete(NOW) == [Dropped(path, None)]
    assert not inbox.is_settling


def test_a_file_just_closed_is_complete_at_the_second_look(inbox: Inbox) -> None:
    put(inbox, "m.csv")
    assert inbox.complete(NOW) == []
    assert inbox.is_settling
    assert names(inbox.complete(NOW + 0.2)) == ["m.csv"]


def test_a_file_somebody_still_writes_waits_however_quiet_it_is(
    inbox: Inbox, writers: Writers
) -> None:
    put(inbox, "m.csv", changed=NOW - 3600)
    writers.answers["m.csv"] = True
    assert inbox.complete(NOW) == []
    assert inbox.complete(NOW + 3600) == []
    writers.answers["m.csv"] = False
    assert inbox.complete(NOW + 3600.05) == []
    assert names(inbox.complete(NOW + 3600.2)) == ["m.csv"]


def test_a_file_that_grows_between_two_looks_waits(inbox: Inbox) -> None:
    put(inbox, "m.csv", "a", NOW)
    inbox.complete(NOW)
    put(inbox, "m.csv", "ab", NOW + 0.1)
    assert inbox.complete(NOW + 0.12) == []
    assert names(inbox.complete(NOW + 0.3)) == ["m.csv"]


def test_where_the_kernel_cannot_say_two_quiet_seconds_are_waited_for(
    inbox: Inbox, writers: Writers
) -> None:
    put(inbox, "m.csv")
    writers.answers["m.csv"] = None
    inbox.complete(NOW)
    assert inbox.complete(NOW + 1) == []
    assert names(inbox.complete(NOW + 2.1)) == ["m.csv"]


def test_an_empty_file_may_only_be_about_to_be_filled(inbox: Inbox) -> None:
    put(inbox, "m.csv", "")
    inbox.complete(NOW)
    assert inbox.complete(NOW + 1) == []
    assert names(inbox.complete(NOW + 2.1)) == ["m.csv"]


def test_a_date_in_the_future_proves_nothing(inbox: Inbox) -> None:
    put(inbox, "m.csv", changed=NOW + 9999)
    assert inbox.complete(NOW) == []
    assert names(inbox.complete(NOW + 0.2)) == ["m.csv"]


@pytest.mark.parametrize(
    "name",
    [".m.csv.part", "m.csv.part", "m.csv.tmp", "m.crdownload", "~m.csv", "m.csv~", "watch.toml"],
)
def test_a_name_that_says_unfinished_is_left_alone(inbox: Inbox, name: str) -> None:
    put(inbox, name, changed=NOW - 60)
    assert inbox.complete(NOW) == []
    assert not inbox.is_settling


def test_what_was_dealt_with_is_not_looked_at_again(inbox: Inbox) -> None:
    for name in ("done/m.csv", "refused/m.csv", "refused/a/m.csv"):
        put(inbox, name, changed=NOW - 60)
    assert inbox.complete(NOW) == []


def test_a_folder_speaks_for_its_organisation(inbox: Inbox) -> None:
    put(inbox, "infobase%3A128/m.csv", changed=NOW - 60)
    assert inbox.complete(NOW)[0].organisation_id == "infobase:128"


def test_a_link_is_not_followed_out_of_the_folder(inbox: Inbox, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a;b\n")
    (inbox.folder / "m.csv").symlink_to(secret)
    (inbox.folder / "elsewhere").symlink_to(tmp_path)
    assert inbox.complete(NOW + 1e6) == []


def test_the_oldest_file_comes_first(inbox: Inbox) -> None:
    put(inbox, "b.csv", changed=NOW - 60)
    put(inbox, "a.csv", changed=NOW - 50)
    assert names(inbox.complete(NOW)) == ["b.csv", "a.csv"]


def test_the_kernel_tells_a_file_being_written_from_a_closed_one(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    with path.open("w") as writing:
        writing.write("a")
        assert is_being_written(path)
    assert not is_being_written(path)
    with path.open():
        assert not is_being_written(path), "a reader is not a writer"
