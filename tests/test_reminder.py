"""Reminders: each organisation reads what it owes, once a day, by mail or in the outbox."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from pilotage.access.operator import OPERATOR
from pilotage.cli.entry import main
from pilotage.rooms.digest import digests
from tests.door import MEASUREMENTS, check_here, opened_door

__all__ = ["check_here"]
SENT = MEASUREMENTS + "I-M;M;2026-01;10\nI-M;N;2026-01;11\nI-Q;D;2026-05-28;5\n"
ADDRESSES = "organisation_id,address,lang\nM,donnees@m.example,fr\nN,data@n.example,en\n"


@pytest.fixture
def home(tmp_path: Path, check_here: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PILOTAGE_AS_OF", "2026-06-01")
    with opened_door(tmp_path, SENT):
        pass
    (tmp_path / "home" / "reminders.csv").write_text(ADDRESSES, encoding="utf-8")
    return tmp_path / "home"


class Post(socketserver.StreamRequestHandler):
    """A mail server of ten lines: takes what it is given, and keeps it."""

    def handle(self) -> None:
        self.wfile.write(b"220 ici\r\n")
        while line := self.rfile.readline().strip():
            if line.upper() == b"DATA":
                self.wfile.write(b"354 va\r\n")
                body = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.taken.append(body)  # type: ignore[attr-defined]
            self.wfile.write(b"221 adieu\r\n" if line.upper() == b"QUIT" else b"250 bien\r\n")
            if line.upper() == b"QUIT":
                return


@contextmanager
def post_office() -> Iterator[tuple[str, list[bytes]]]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post) as server:
        server.taken = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}", server.taken  # type: ignore[attr-defined]
        server.shutdown()


def told(home: Path) -> list[str]:
    """The texts of the outbox."""
    found = []
    for path in sorted((home / "outbox").glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        found.append(f"{message['To']} {message['Subject']}\n{message.get_content()}")
    return found


def test_each_organisation_is_told_what_it_owes_in_its_language(home: Path) -> None:
    assert main(["remind", "--home", str(home)]) == 0
    french, english = sorted(told(home), key=lambda text: "n.example" in text)
    assert "donnees@m.example Données attendues" in french
    assert "Mensuel (Ministère)" in french
    assert "Quotidien (Direction)" in french
    assert "Autre ministère" not in french
    assert "Data expected" in english
    assert "Mensuel (Autre ministère)" in english


def test_the_same_reminder_goes_once_a_day(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["remind", "--home", str(home)])
    capsys.readouterr()
    main(["remind", "--home", str(home), "--lang", "en"])
    assert capsys.readouterr().out == "0 reminders kept in outbox.\n"
    assert len(told(home)) == 2


def test_a_mail_server_receives_them(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with post_office() as (address, taken):
        monkeypatch.setenv("PILOTAGE_SMTP", address)
        monkeypatch.setenv("PILOTAGE_MAIL_FROM", "salle@exemple.ca")
        assert main(["remind", "--home", str(home)]) == 0
    assert "2 rappels envoyés." in capsys.readouterr().out
    assert len(taken) == 2
    assert b"From: salle@exemple.ca" in taken[0]


def test_a_mail_server_that_is_away_is_one_sentence_and_the_reminder_stays_due(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PILOTAGE_SMTP", "127.0.0.1:1")
    assert main(["remind", "--home", str(home)]) != 0
    assert capsys.readouterr().err.count("\n") == 1
    assert not (home / "outbox").exists()


def test_a_dry_run_shows_and_keeps_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remind", "--dry-run", "--home", str(home)]) == 0
    assert "Situation du 1 juin 2026" in capsys.readouterr().out.replace("1er", "1")
    assert not (home / "outbox").exists()


@pytest.mark.parametrize("line", ["M,sans-arobase,fr", "M,a@b c,fr", ",a@b.ca,fr"])
def test_an_address_that_is_none_is_one_sentence_with_its_line(
    home: Path, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "reminders.csv").write_text(f"organisation_id,address,lang\n{line}\n")
    assert main(["remind", "--home", str(home)]) != 0
    assert "ligne 2" in capsys.readouterr().err


def test_whoever_owes_nothing_reads_nothing(tmp_path: Path, check_here: None) -> None:
    with opened_door(tmp_path) as door:
        assert digests(OPERATOR, door.warehouse, [("ailleurs", "fr")]) == ()


def test_a_line_names_an_organisation_or_a_person_not_both(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heads = "organisation_id,address,lang,viewer_id\n"
    (home / "reminders.csv").write_text(f"{heads},dm@m.example,fr,deputy\n")
    assert main(["remind", "--home", str(home)]) == 0
    assert not (home / "outbox").exists()  # she follows nothing
    (home / "reminders.csv").write_text(f"{heads}M,dm@m.example,fr,deputy\n")
    assert main(["remind", "--home", str(home)]) != 0
    assert "ligne 2" in capsys.readouterr().err
