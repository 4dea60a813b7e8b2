"""What ministries really send goes in by the automatic reader, every liberty told with its line."""

from collections.abc import Iterator

import pyarrow.parquet as pq
import pytest

from pilotage.intake import loading
from pilotage.intake.report import CheckReport
from tests.door import MEASUREMENTS, Door, HereChecker, opened_door, places
from tests.workbook import workbook

ROWS = "I-M;M;2026-01;12,5\nI-M;M;2026-02;13\n"
PLAIN = MEASUREMENTS + ROWS


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "Checker", HereChecker)
        with opened_door(tmp_path_factory.mktemp("automatique")) as opened:
            yield opened


def values(report: CheckReport) -> list[tuple[int, float]]:
    """The line and the value of every row that may load."""
    staged = report.staged[0]
    rows = pq.read_table(staged.path).to_pylist()
    return [(row["load_line"], row["value"]) for row in rows if not row["flags"] & staged.mask]


def test_a_title_above_the_header_is_stepped_over_and_lines_stay_those_of_the_file(
    door: Door,
) -> None:
    report = door.check("Délais mensuels;;;\nMis à jour le 3 mars 2026;;;\n\n" + PLAIN)
    assert values(report) == [(5, 12.5), (6, 13.0)]
    assert not report.errors


def test_totals_and_notes_below_are_left_aside_and_told(door: Door) -> None:
    report = door.check(PLAIN + "\nTotal;;;25,5\nSource : système des délais;;;\n")
    assert values(report) == [(2, 12.5), (3, 13.0)]
    assert [p.code for p in report.problems if p.code == "footer-row"] == ["footer-row"] * 2
    assert not report.errors


def test_the_accents_of_an_old_macintosh_are_read(door: Door) -> None:
    header = "indicateur_id;organisation_id;période;valeur;commentaire\r"
    report = door.check((header + "I-M;M;2026-01;12;relevé à vérifier, été\r").encode("mac_roman"))
    assert values(report) == [(2, 12.0)]
    assert pq.read_table(report.staged[0].path)["comment"].to_pylist() == ["relevé à vérifier, été"]


def test_the_first_sheet_of_a_workbook_is_read_and_the_others_named(door: Door) -> None:
    header = MEASUREMENTS.strip().split(";")
    book = workbook(
        {"Mesures": [["Délais"], [], header, ["I-M", "M", "2026-01", 12.5]], "Notes": [["à voir"]]}
    )
    report = door.check(book, "mesures.xlsx")
    assert values(report) == [(4, 12.5)]
    assert ("extra-sheet", None, None) in places(report)
    assert report.encoding == "xlsx"


def test_a_line_in_another_encoding_is_refused_alone(door: Door) -> None:
    header = MEASUREMENTS.strip() + ";commentaire\n"
    rows = ["I-M;M;2026-01;12;été", "I-M;M;2026-02;13;relevé", "I-M;M;2026-03;14;vérifié"]
    content = header.encode() + "\n".join(rows).encode()
    content = content.replace("relevé".encode(), "relevé".encode("latin-1"))
    report = door.check(content)
    assert values(report) == [(2, 12.0), (4, 14.0)]
    assert (report.errors, report.rows_read, report.rows_refused) == (1, 3, 1)


def test_rows_that_do_not_hold_together_are_never_guessed_at(door: Door) -> None:
    report = door.check("Titre\n\n" + PLAIN + "I-M;M;2026-03\nI-M;M;2026-04;1;5\n")
    assert values(report) == [(4, 12.5), (5, 13.0)]
    assert [place[:2] for place in places(report)] == [("missing-cell", 6), ("extra-cell", 7)]


def test_a_second_table_is_told_and_not_loaded(door: Door) -> None:
    other = "\nProgramme;Budget;Dépense;Solde\nSoutien;1000;800;200\nAccueil;500;400;100\n"
    report = door.check(PLAIN + other)
    assert [value for _, value in values(report)] == [12.5, 13.0]
    assert "multi-table" in report.codes


def test_a_foreign_header_is_refused_with_the_columns_it_really_has(door: Door) -> None:
    report = door.check("Rapport du mois\n\nMesure;Unité administrative;Mois;Résultat\nA;B;C;1\n")
    (problem,) = (p for p in report.problems if p.code == "subject-unknown")
    assert problem.found == "Mesure, Unité administrative, Mois, Résultat"


def test_a_cut_file_is_refused_whole(door: Door) -> None:
    report = door.check(("Titre\n" + PLAIN).encode("utf-16") + b"\x00")
    assert report.loads_nothing
