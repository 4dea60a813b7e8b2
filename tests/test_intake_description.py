"""A person says what a foreign file is; the profile made of it reads that file and the next."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage.errors import Refused
from pilotage.intake import loading
from pilotage.intake.description import Description, description_of, profile_document
from pilotage.intake.problem import sentence
from pilotage.intake.reader.read import Declared
from pilotage.intake.report import CheckReport
from pilotage.intake.saved_profile import UNNAMED, plain_name, save_profile, saved_profiles
from pilotage.intake.sketch import sketch
from tests.door import Door, HereChecker, opened_door

WIDE = """Délais par direction;;;;
Extrait le 3 mars 2026;;;;

Mesure;Unité;2026-01;2026-02;Note
Délai moyen;Ministère;12,5;n.d.;à valider
Délai moyen;Direction;13;14;
Total;;25,5;14;
"""
SAID = {
    "subject": "mesures",
    "from-indicateur_id": "column:Mesure",
    "from-organisation_id": "column:Unité",
    "from-periode": "titles",
    "nothing": "n.d.",
    "exchanged": "Délai moyen = I-M\nMinistère = M\nDirection → D\nsans suite",
}


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    monkeypatch.setattr(loading, "Checker", HereChecker)
    with opened_door(tmp_path / "foyer") as opened:
        yield opened


def checked(door: Door, content: str | bytes, said: dict[str, str], title: str = "") -> CheckReport:
    received = door.received(content, "delais.csv")
    seen = sketch(received.stored_path)
    columns = [one.name for one in seen.columns] if seen else []
    document = profile_document(description_of(said), title, columns)
    name = save_profile(door.warehouse.home, title, document)
    return loading.check(door.warehouse, door.scope, received, name)


def rows(report: CheckReport) -> list[tuple[int, float]]:
    """Line and value of every row that may load."""
    staged = report.staged[0]
    found = pq.read_table(staged.path).to_pylist()
    return [(row["load_line"], row["value"]) for row in found if not row["flags"] & staged.mask]


def test_one_column_a_period_becomes_one_row_a_period(door: Door) -> None:
    report = checked(door, WIDE.encode("cp1252"), SAID)
    assert sorted(rows(report)) == [(5, 12.5), (6, 13.0), (6, 14.0)]
    assert not report.errors
    assert report.codes["footer-row"] == 1


def test_what_is_said_of_one_file_loads_the_next_of_the_same_form(door: Door) -> None:
    first = checked(door, WIDE, SAID, "Délais mensuels")
    assert loading.load(door.warehouse, door.scope, first).state == "loaded"
    (kept,) = saved_profiles(door.warehouse.home)
    assert (kept.name, kept.title, kept.subjects) == (
        "delais-mensuels",
        "Délais mensuels",
        ("mesures",),
    )
    following = WIDE.replace("2026-02;", "2026-02;2026-03;").replace("14;", "14;15;")
    received = door.received(following.replace("n.d.;", "n.d.;9;"), "mars.csv")
    second = loading.check(door.warehouse, door.scope, received, kept.name)
    outcome = loading.load(door.warehouse, door.scope, second)
    assert (outcome.state, outcome.new, outcome.unchanged) == ("loaded", 2, 3)


@pytest.mark.parametrize("said", ["Août 2026 = 2025-08\nNote = x", ""])
def test_titles_written_otherwise_are_periods_once_exchanged(door: Door, said: str) -> None:
    content = "Mesure;Unité;Août 2026;Note\nI-M;M;12,5;à valider\n"
    report = checked(door, content, SAID | {"exchanged": said, "nothing": ""})
    assert rows(report) == ([(2, 12.5)] if said else [])
    assert bool(report.errors) is not bool(said)


def test_one_text_for_all_rows_and_another_dialect(door: Door) -> None:
    content = "Mois|Résultat\n2026-01|1.234,5\n2026-02|12,5\n"
    said = {
        "subject": "mesures",
        "delimiter": "|",
        "decimal": ",",
        "from-indicateur_id": "same",
        "same-indicateur_id": "I-M",
        "from-organisation_id": "same",
        "same-organisation_id": "M",
        "from-periode": "column:Mois",
        "from-valeur": "column:Résultat",
    }
    assert rows(checked(door, content, said)) == [(2, 1234.5), (3, 12.5)]


def test_the_header_stands_where_the_person_says(door: Door) -> None:
    content = "a;b;c;d\nindicateur_id;organisation_id;periode;valeur\nI-M;M;2026-01;3\n"
    assert (sketch(door.received(content).stored_path, Declared(header_line=1)) or 0) != 0
    seen = sketch(door.received(content).stored_path, Declared(header_line=2))
    assert seen is not None
    assert (seen.header_line, seen.subject, seen.rows[0][3]) == (2, "mesures", "3")


def test_lines_that_a_wrong_encoding_makes_illegible_are_refused(door: Door) -> None:
    said = {
        "subject": "mesures",
        "encoding": "utf-8",
        "from-indicateur_id": "column:indicateur",
        "from-organisation_id": "column:place",
        "from-periode": "column:mois",
        "from-valeur": "column:valeur",
        "from-commentaire": "column:note",
    }
    content = "indicateur;place;mois;valeur;note\nI-M;M;2026-01;3;été\nI-M;M;2026-02;4;sec\n"
    report = checked(door, content.encode("cp1252"), said)
    assert report.codes["encoding-error"] == 1
    assert rows(report) == [(3, 4.0)]


def test_accents_read_twice_are_told(door: Door) -> None:
    report = checked(door, WIDE.encode(), SAID | {"encoding": "windows-1252"})
    assert report.codes["mojibake"]


def test_what_is_missing_is_asked_for_by_its_name() -> None:
    with pytest.raises(Refused, match="Dites ce que contient le fichier"):
        description_of({})
    with pytest.raises(Refused, match="d'où vient : organisation_id, periode"):
        description_of({"subject": "mesures", "from-indicateur_id": "column:A"})
    with pytest.raises(Refused, match="Une seule colonne"):
        description_of(SAID | {"from-organisation_id": "titles"})


def test_a_name_is_taken_once(tmp_path: Path) -> None:
    one = profile_document(description_of(SAID), "Délais")
    other = profile_document(description_of(SAID | {"nothing": "s.o."}), "Délais")
    assert save_profile(tmp_path, "Délais", one) == save_profile(tmp_path, "Délais", one)
    with pytest.raises(Refused, match="s'appelle déjà « delais »"):
        save_profile(tmp_path, "Délais", other)
    with pytest.raises(Refused, match="infobase"):
        save_profile(tmp_path, "InfoBase", one)


def test_without_a_name_it_serves_one_file_and_is_not_offered(tmp_path: Path) -> None:
    name = save_profile(tmp_path, " ?! ", profile_document(description_of(SAID), "x"))
    assert name.startswith(UNNAMED)
    assert saved_profiles(tmp_path) == ()


@given(st.text(max_size=80))
def test_a_title_makes_a_name_that_is_only_a_name(title: str) -> None:
    name = plain_name(title)
    assert all(letter.isascii() and (letter.isalnum() or letter == "-") for letter in name)
    assert len(name) <= 48


@settings(max_examples=60)
@given(st.lists(st.text(min_size=1, max_size=30), min_size=3, max_size=3, unique=True), st.text())
def test_whatever_the_columns_are_called_the_profile_reads(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], text: str
) -> None:
    described = Description(
        declared=Declared(),
        subject="mesures",
        columns=dict(zip(("indicateur_id", "organisation_id", "periode"), names, strict=True)),
        constants={"commentaire": text or "x"},
        exchanged=((names[0], text),) if text else (),
    )
    home = tmp_path_factory.mktemp("profils")
    document = profile_document(described, names[0])
    assert save_profile(home, "", document) == save_profile(home, "", document)


def test_a_header_alone_under_a_profile_is_said_to_hold_nothing(door: Door) -> None:
    document = profile_document(description_of(SAID), "Délais", ["Mesure", "Unité", "2026-01"])
    name = save_profile(door.warehouse.home, "Délais", document)
    received = door.received("indicateur_id;organisation_id;periode;valeur\n", "autre.csv")
    report = loading.check(door.warehouse, door.scope, received, name)
    assert report.codes == {"profile-error": 1, "no-rows": 1}
    said = next(sentence(one, "fr") for one in report.problems if one.code == "profile-error")
    assert "n'a aucune ligne à lire" in said
