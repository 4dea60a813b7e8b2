"""The command line answers in sentences: 0 all is well, 1 problems in the files, 2 misused."""

import csv
import sqlite3
from pathlib import Path

import pytest

from pilotage.cli import main
from pilotage.cli.progress_bar import progress_bar
from pilotage.store.warehouse import open_warehouse
from tests.door import INDICATORS, MEASUREMENTS, ORGANISATIONS, check_here
from tests.server import pilotage

__all__ = ["check_here"]
pytestmark = pytest.mark.usefixtures("check_here")
RIGHT = f"{MEASUREMENTS}I-M;M;2026-01;12\n"
WRONG = f"{MEASUREMENTS}I-M;M;2026-01;douze\n"


@pytest.fixture
def home(tmp_path: Path) -> str:
    """A home that knows the small government, loaded from a folder by this same command."""
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "1_indicateurs.csv").write_text(INDICATORS, encoding="utf-8")
    (folder / "2_organisations.csv").write_text(ORGANISATIONS, encoding="utf-8")
    (folder / "3_lisez-moi.txt").write_text("rien", encoding="utf-8")
    assert main(["load", str(folder), "--home", str(tmp_path / "home")]) == 0
    return str(tmp_path / "home")


def written(tmp_path: Path, content: str, name: str = "mesures.csv") -> str:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return str(path)


def test_a_folder_is_loaded_in_the_order_its_files_refer_to_one_another(home: str) -> None:
    warehouse = open_warehouse(Path(home))
    assert warehouse.version == 2
    warehouse.close()


def test_a_check_says_all_and_loads_nothing(
    home: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["check", written(tmp_path, RIGHT), "--home", home]) == 0
    assert main(["check", written(tmp_path, WRONG), "--home", home]) == 1
    answer = capsys.readouterr()
    assert "ligne 2, colonne D « valeur »" in answer.err
    assert "erreurs : 1" in answer.out
    warehouse = open_warehouse(Path(home))
    assert warehouse.version == 2
    warehouse.close()


def test_a_check_names_the_subject_in_the_reader_s_language(
    home: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["check", written(tmp_path, RIGHT), "--home", home, "--lang", "en"]) == 0
    assert "mesures.csv: measurements; rows read: 1" in capsys.readouterr().out


def test_files_checked_together_may_refer_to_one_another(tmp_path: Path) -> None:
    files = [
        written(tmp_path, RIGHT),
        written(tmp_path, INDICATORS, "indicateurs.csv"),
        written(tmp_path, ORGANISATIONS, "organisations.csv"),
    ]
    assert main(["check", *files, "--home", str(tmp_path / "vide")]) == 0


def test_a_load_can_be_taken_back_and_the_verdicts_written(
    home: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", written(tmp_path, RIGHT), "--home", home]) == 0
    assert main(["load", written(tmp_path, WRONG), "--home", home]) == 1
    out = tmp_path / "verdicts.csv"
    asked = ["export", "verdicts", "--out", str(out), "--home", home]
    assert main([*asked, "--as-of", "2026-02-01"]) == 0
    with out.open(encoding="utf-8") as stream:
        rows = {(r["indicator_id"], r["organisation_id"]): r for r in csv.DictReader(stream)}
    assert rows["I-M", "M"]["value"] == "12.0"
    assert main(["withdraw", "3", "--reason", "Erreur", "--home", home, "--lang", "en"]) == 0
    assert "Load 3 withdrawn: version 5." in capsys.readouterr().out
    assert main(["rebuild", "--home", home]) == 0
    assert main(asked) == 0
    assert "I-M,M,12.0" not in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "fr", "en"),
    [
        (["chekc"], "La commande « chekc » n'existe pas.", "There is no command “chekc”."),
        (["check"], "Il manque « files ».", "“files” is missing."),
        (["check", "--foo", "x"], "L'option « --foo » n'existe pas.", "no option “--foo”"),
        (["check", "absent.csv"], "« absent.csv » n'existe pas.", "“absent.csv” does not exist."),
        (["check", "{empty}"], "Aucun fichier CSV à lire.", "No CSV file to read."),
        (["load", "{file}", "--policy", "x"], "--policy attend", "--policy takes"),
        (["load", "{file}", "--published-at", "hier"], "« hier » n'est pas", "“hier” is not"),
        (["load", "{file}", "--profile", "rien"], "profil « rien »", "profile “rien”"),
        (["withdraw", "9", "--reason", "x"], "pas de versement 9", "no load 9"),
        (["withdraw", "9", "--reason", " "], "--reason attend", "--reason takes"),
        (["withdraw", "neuf", "--reason", "x"], "La valeur de « load_seq »", "of “load_seq”"),
        (["export", "verdicts", "--out", "/non/v.csv"], "ne peut être ni lu", "neither read"),
        (["watch", "absent"], "« absent » n'est pas un dossier.", "“absent” is not a folder."),
        (["rebuild", "--home", "absent"], "pas d'installation", "no home"),
        (["run", "--source", "x"], "Source « x » inconnue", "Unknown source “x”"),
        (["serve", "--port", "x"], "La valeur de « --port »", "The value of “--port”"),
    ],
)
def test_every_misuse_is_one_sentence_and_two(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    fr: str,
    en: str,
) -> None:
    monkeypatch.setenv("PILOTAGE_HOME", str(tmp_path / "home"))
    (tmp_path / "vide").mkdir()
    places = {"empty": str(tmp_path / "vide"), "file": written(tmp_path, RIGHT)}
    asked = [word.format(**places) for word in words]
    for lang, said in (("fr", fr), ("en", en)):
        languages = [] if words == ["chekc"] and lang == "fr" else ["--lang", lang]
        assert main([*asked, *languages]) == 2
        answer = capsys.readouterr()
        assert said in answer.err
        assert len(answer.err.splitlines()) == 1


def test_another_language_is_a_misuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", written(tmp_path, RIGHT), "--lang", "de"]) == 2
    assert "--lang attend fr ou en." in capsys.readouterr().err


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main(["--help", "--lang", "en"]) == 0
    answer = capsys.readouterr().out
    assert "Retirer un versement" in answer
    assert "Withdraw a load" in answer


def test_a_home_open_elsewhere_is_one_sentence(home: str, tmp_path: Path) -> None:
    warehouse = open_warehouse(Path(home))
    try:
        done = pilotage(Path(home), "check", written(tmp_path, RIGHT), "--home", home)
    finally:
        warehouse.close()
    assert done.returncode == 2
    assert "est déjà ouvert par un autre processus" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_journal_changed_by_hand_is_one_sentence(
    home: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = sqlite3.connect(Path(home) / "journal.sqlite")
    with journal:
        journal.execute("update events set author = 'X'")
    journal.close()
    capsys.readouterr()
    assert main(["check", written(tmp_path, RIGHT), "--home", home, "--lang", "en"]) == 1
    assert "changed outside the application at event 1" in capsys.readouterr().err


def test_an_unforeseen_fault_shows_no_traceback(
    home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fault(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("pilotage.cli.file_command.loading.receive", fault)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert main(["check", written(tmp_path, RIGHT), "--home", home]) == 1
    answer = capsys.readouterr().err
    assert len(answer.splitlines()) == 1
    kept = Path(answer.rsplit(" : ", 1)[1].strip())
    assert "ZeroDivisionError" in kept.read_text(encoding="utf-8")


def test_no_bar_is_drawn_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar("fichier") as tell:
        tell(0.5)
    assert capsys.readouterr().err == ""


def test_a_bar_is_drawn_for_who_has_waited(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("pilotage.cli.progress_bar._PATIENCE_S", -1.0)
    with progress_bar("fichier") as tell:
        tell(0.5)
    answer = capsys.readouterr()
    assert "fichier" in answer.err
    assert answer.out == ""
