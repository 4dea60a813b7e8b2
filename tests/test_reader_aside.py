"""What printing, notes and double exports add to a table is set aside and told, rows never are."""

import pytest

from pilotage.intake.reader.read import ReadTable, read_bytes
from pilotage.intake.reader.value import number

HEAD = "No;Titulaire;Type;Montant\n"
ONE, TWO = "P-01;Ferme Boréale;Forage;1200\n", "P-02;Mines du Nord;Extraction;45000\n"


def lines(table: ReadTable) -> list[int]:
    return [row.line for row in table.rows]


def told(table: ReadTable) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.line) for problem in table.problems]


def test_the_title_of_each_printed_page_is_no_row() -> None:
    title = "Liste des permis;;;\n"
    table = read_bytes((title + HEAD + ONE + title + HEAD + TWO).encode())
    assert lines(table) == [3, 6]
    assert told(table) == [("footer-row", 4), ("multi-table", 5)]


def test_a_page_number_is_no_row_and_a_page_worth_a_row_is_one() -> None:
    table = read_bytes((HEAD + ONE + ";;;Page 1 / 2\n" + TWO + "Page 3;Annexe;Texte;12\n").encode())
    assert lines(table) == [2, 4, 5]
    assert told(table) == [("footer-row", 3)]


def test_a_legend_padded_to_the_width_is_no_row() -> None:
    legend = "\nSymboles;;;\nx;confidentiel;;\n..;non disponible;;\n"
    text = "Région;Lits;Jours;Taux\nNord;12;x;4,5\nSud;10;300;..\nEst;11;310;5,5\n"
    table = read_bytes((text + legend).encode())
    assert lines(table) == [2, 3, 4]
    assert [line for code, line in told(table) if code == "footer-row"] == [6, 7, 8]


def test_rows_under_a_blank_line_are_rows() -> None:
    table = read_bytes((HEAD + ONE + TWO + "\nP-03;;;310\n1. Éole;Hydro;;\n").encode())
    assert lines(table) == [2, 3, 5, 6]
    assert told(table) == [("blank-row", 4)]


def test_a_column_of_quoted_addresses_is_one_column() -> None:
    text = '"Adresse"\n"12, rue Principale, Amos"\n"3, avenue du Port, Sept-Îles"\n'
    table = read_bytes(text.encode())
    assert (table.header, lines(table), table.problems) == (("Adresse",), [2, 3], ())


def test_titles_of_groups_are_told_and_rows_without_values_are_rows() -> None:
    groups = HEAD + "Côte-Nord;;;\n" + ONE + "Estrie;;;\n" + TWO
    assert told(read_bytes(groups.encode())) == [("footer-row", 2), ("footer-row", 4)]
    empty = HEAD + ONE + "P-03;;;\n" + TWO + "P-04;;;\n"
    assert lines(read_bytes(empty.encode())) == [2, 3, 4, 5]
    named = "Ville;Lits;Visites\nAmos;;\nAlma;;\nMatane;12;40\nGaspé;10;30\n"
    assert lines(read_bytes(named.encode())) == [2, 3, 4, 5]


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_a_table_exported_twice_is_read_without_its_outer_quotes(mark: str) -> None:
    rows = [["a", "b"], ["x y", '"1,5"'], ["z", "2"]]
    text = "".join('"' + mark.join(row).replace('"', '""') + '"\n' for row in rows)
    table = read_bytes(text.encode())
    assert [row.cells for row in table.rows] == [["x y", "1,5"], ["z", "2"]]
    assert told(table) == [("quoted-row", 1)]


@pytest.mark.parametrize(
    ("text", "value"), [("12.450,50-", "-12450.50"), ("0,75 -", "-0.75"), ("1 234,00-", "-1234.00")]
)
def test_a_minus_at_the_right_of_decimals_is_a_minus(text: str, value: str) -> None:
    read = number(text)
    assert read is not None
    assert str(read.value) == value


@pytest.mark.parametrize("dash", ["–", "\u2011", "\u2010", "−"])
def test_a_dash_before_a_number_is_its_minus(dash: str) -> None:
    read = number(f"{dash}12,5")
    assert read is not None
    assert str(read.value) == "-12.5"


@pytest.mark.parametrize("text", ["65-", "2019-", "418-", "1-2-", "-5,00-"])
def test_a_dash_after_a_whole_number_is_no_minus(text: str) -> None:
    assert number(text) is None


def test_percents_all_below_one_are_not_blamed() -> None:
    assert read_bytes(b"a;b\nx;0,5 %\ny;0,9 %\nz;1 %\n").problems == ()
    assert read_bytes(b"a;b\nx;85 %\ny;12\nz;1 %\n").problems == ()
