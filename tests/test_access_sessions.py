"""A session is an opaque identifier: kept on the server, revocable at once, never guessed."""

from pathlib import Path

import pytest

from pilotage.access import sessions
from pilotage.access.sessions import LIFETIME_S, Sessions


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def test_each_session_has_an_identifier_of_its_own() -> None:
    opened = Sessions()
    assert len({opened.open("deputy") for _ in range(50)}) == 50


def test_a_session_ends_by_itself() -> None:
    clock = Clock()
    opened = Sessions(clock=clock)
    identifier = opened.open("deputy")
    clock.now += LIFETIME_S - 1
    assert opened.viewer_id(identifier) == "deputy"
    clock.now += 2
    assert opened.viewer_id(identifier) is None


def test_a_closed_session_is_closed_at_once_and_says_so_to_whoever_watches() -> None:
    opened = Sessions()
    identifier, told = opened.open("deputy"), list[str]()
    opened.watch(identifier, lambda: told.append("closed"))
    opened.close(identifier)
    assert opened.viewer_id(identifier) is None
    assert told == ["closed"]
    opened.close(identifier)
    assert told == ["closed"]


def test_whoever_stops_watching_hears_nothing() -> None:
    opened = Sessions()
    identifier, told = opened.open("deputy"), list[str]()
    stop = opened.watch(identifier, lambda: told.append("closed"))
    stop()
    opened.close(identifier)
    assert told == []


@pytest.mark.parametrize("identifier", [None, "", "x", "é\udcff", "a" * 100_000])
def test_what_is_no_session_is_nobody(identifier: str | None) -> None:
    opened = Sessions()
    opened.close(identifier)
    assert opened.viewer_id(identifier) is None


def test_the_file_of_sessions_signs_nobody_in(tmp_path: Path) -> None:
    file = tmp_path / "sessions.sqlite"
    opened = Sessions(file)
    identifier = opened.open("deputy")
    opened.stop()
    assert identifier.encode() not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    assert Sessions(file).viewer_id(identifier) == "deputy"


def test_a_flood_of_visitors_pushes_out_the_oldest_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "_MOST_KEPT", 3)
    opened = Sessions()
    identifiers = [opened.open(str(number)) for number in range(4)]
    assert [opened.viewer_id(one) for one in identifiers] == [None, "1", "2", "3"]
