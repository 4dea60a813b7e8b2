"""A server starts with one line, says in one sentence why it cannot, and stops without a trace."""

import socket
from pathlib import Path
from typing import NoReturn

import pytest

from pilotage.errors import AlreadyOpen, PilotageError
from pilotage.settings import Settings
from pilotage.web import serving
from pilotage.web.remote import check_remotely, load_remotely, problems_of
from pilotage.web.server_file import announced, running_server
from tests.server import Server, free_port

EXAMPLES = Path(__file__).parents[1] / "data" / "contracts"


def screen(*_: object) -> NoReturn:
    raise AssertionError("nothing is built where nothing can be served")


def test_an_address_already_taken_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        settings = Settings(home=tmp_path, port=other.getsockname()[1])
        assert serving.serve(settings, screen) == 2
    said = capsys.readouterr().err
    assert "déjà prise" in said
    assert said.count("\n") == 1


def test_a_warehouse_open_elsewhere_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> NoReturn:
        raise AlreadyOpen("var")

    monkeypatch.setattr(serving, "open_warehouse", held)
    settings = Settings(home=tmp_path, port=free_port())
    assert serving.serve(settings, screen, lang="en") == 2
    assert "already open" in capsys.readouterr().err


def test_the_command_line_finds_a_running_server_and_nobody_else_reads_its_token(
    tmp_path: Path,
) -> None:
    with announced(Settings(home=tmp_path, port=8051)) as token:
        assert (tmp_path / "server.json").stat().st_mode & 0o077 == 0
        found = running_server(tmp_path)
        assert found is not None
        assert (found.address, found.token) == ("http://127.0.0.1:8051", token)
    assert running_server(tmp_path) is None


@pytest.mark.parametrize("left", ["", "{}", '{"address": "a", "token": "b", "pid": 4194305}'])
def test_what_a_killed_server_left_is_not_believed(tmp_path: Path, left: str) -> None:
    (tmp_path / "server.json").write_text(left)
    assert running_server(tmp_path) is None
    assert load_remotely(tmp_path, [], None, "strict", None) is None


def test_files_are_loaded_through_the_server_that_runs(tmp_path: Path) -> None:
    home = tmp_path / "home"
    organisations = EXAMPLES / "exemple_organisations.csv"
    unsound = tmp_path / "mesures.csv"
    unsound.write_text("indicateur_id;organisation_id;periode;valeur\nX;EX-MIN;2026-01;1\n")
    with Server(home):
        first = load_remotely(home, [organisations], None, "strict", None)
        again = load_remotely(home, [organisations], None, "strict", None)
        wrong = load_remotely(home, [unsound], None, "strict", None)
        with pytest.raises(PilotageError, match="policy"):
            load_remotely(home, [organisations], None, "lax", None)
    assert first is not None
    assert again is not None
    assert wrong is not None
    assert (first.is_wrong, again.is_wrong, wrong.is_wrong) == (False, False, True)
    assert "déjà chargé" in again.sentence
    assert "foreign-key" in wrong.problems[0]
    assert running_server(home) is None


def test_check_goes_through_the_running_server_and_knows_the_files_before_it(
    tmp_path: Path,
) -> None:
    organisations = EXAMPLES / "exemple_organisations.csv"
    plans = EXAMPLES / "exemple_plans.csv"
    with Server(tmp_path) as server:
        answers = check_remotely(server.home, [[organisations], [plans]], None)
        alone = check_remotely(server.home, [[plans]], None, "en")
    assert answers is not None
    assert [answer["report"]["errors"] for answer in answers] == [0, 0]
    assert alone is not None
    assert problems_of(alone[0])[0].startswith("exemple_plans.csv, line 2, column B")
