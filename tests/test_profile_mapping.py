"""A mapping profile turns foreign columns into contract rows, and says which column is missing."""

from pathlib import Path

import duckdb
import pytest

from pilotage.intake.declaration import ProfileError
from pilotage.intake.profile import Profile
from tests.raw_case import raw_table, rows_of, written_profile

HEAD = """
kind = "mapping"
[source]
name_fr = "Essai"
name_en = "Trial"
licence = "CC-BY 4.0"
[inputs.releve]
files = ["releve*.csv"]
null = ["NA", "n. d."]
decimal = ","
"""
ROWS = """
[[rows]]
subject = "mesures"
from = "releve"
[rows.columns]
"""
KEYS = """
indicateur_id = { constant = "I-1" }
organisation_id = { constant = "O-1" }
"""


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def mapped(folder: Path, columns: str, head: str = HEAD, rows: str = ROWS) -> Profile:
    return written_profile(folder, head + rows + columns)


def test_columns_are_renamed_constants_added_and_provenance_kept(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    profile = mapped(tmp_path, KEYS + 'periode = "Mois"\nvaleur = "Total"')
    tables = raw_table(connection, "releve.csv", ("Mois", "Total"), [(" 2025-01 ", "\u00a0NA")])
    made = rows_of(
        connection, profile, tables, "mesures", "indicateur_id", "periode", "valeur", "_line"
    )
    assert made == [("I-1", "2025-01", None, 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u202f234,5 %", "1234.5"),
        ("-3", "-3"),
        ("douze", "douze"),
        ("12,3,4", "12,3,4"),
        (None, None),
    ],
)
def test_a_number_is_written_with_a_point_and_anything_else_left_as_it_is(
    tmp_path: Path,
    connection: duckdb.DuckDBPyConnection,
    text: str | None,
    expected: str | None,
) -> None:
    profile = mapped(tmp_path, KEYS + 'periode = "m"\nvaleur = "v"')
    tables = raw_table(connection, "releve.csv", ("m", "v"), [("2025", text)])
    assert rows_of(connection, profile, tables, "mesures", "valeur") == [(expected,)]


@pytest.mark.parametrize(
    ("text", "scale", "expected"),
    [("0,285", "100", "28.5"), ("0,1", "100", "10"), ("90", "0.0166666666666667", "1.5")],
)
def test_a_scale_leaves_no_dust_of_binary_numbers(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, text: str, scale: str, expected: str
) -> None:
    profile = mapped(
        tmp_path, KEYS + f'periode = "m"\nvaleur = {{ column = "v", scale = {scale} }}'
    )
    tables = raw_table(connection, "releve.csv", ("m", "v"), [("2025", text)])
    assert rows_of(connection, profile, tables, "mesures", "valeur") == [(expected,)]


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("hour", "2026-02-03T00"),
        ("day", "2026-02-03"),
        ("week", "2026-S06"),
        ("month", "2026-02"),
        ("quarter", "2026-T1"),
        ("fiscal_quarter", "2025-2026-T4"),
        ("fiscal_year", "2025-2026"),
        ("year", "2026"),
        ("moment", "2026-02-03T00:45:00"),
    ],
)
def test_a_date_is_written_as_the_contracts_period(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, period: str, expected: str
) -> None:
    recipe = f'{{ column = "d", date = ["%d/%m/%Y %H:%M"], period = "{period}" }}'
    profile = mapped(tmp_path, KEYS + f'valeur = "v"\nperiode = {recipe}')
    rows = [("03/02/2026 0:45", "1"), ("hier", "2")]
    tables = raw_table(connection, "releve.csv", ("d", "v"), rows)
    assert rows_of(connection, profile, tables, "mesures", "periode") == [(expected,), ("hier",)]


def test_values_are_exchanged_and_unknown_ones_left_for_the_checker(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    head = HEAD.replace("[source]", '[tables]\nvilles = "villes.csv"\n[source]')
    columns = """
indicateur_id = { file = true, extract = '^releve_(\\w+)\\.', around = "essai:{}" }
organisation_id = { column = "ville", lookup = { table = "villes", key = "nom", value = "code" } }
statut = { column = "s", values = { P = "provisoire", F = "final" } }
periode = "m"
valeur = "v"
"""
    (tmp_path / "villes.csv").write_text("nom,code\nQuébec,23027\n", "utf-8")
    profile = mapped(tmp_path, columns, head)
    rows = [("Québec", "P", "2025", "1"), ("Atlantide", "X", "2025", "2")]
    tables = raw_table(connection, "releve_visites.csv.gz", ("ville", "s", "m", "v"), rows)
    names = ("indicateur_id", "organisation_id", "statut")
    assert rows_of(connection, profile, tables, "mesures", *names) == [
        ("essai:visites", "23027", "provisoire"),
        ("essai:visites", "Atlantide", "X"),
    ]


def test_wide_columns_become_rows_and_empty_cells_say_nothing(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    columns = """
indicateur_id = { constant = "I-1" }
organisation_id = "ville"
periode = "mois"
valeur = "v"
[rows.wide]
besides = ["mois", "Total"]
name = "ville"
value = "v"
"""
    profile = mapped(tmp_path, columns)
    tables = raw_table(
        connection,
        "releve.csv",
        ("mois", "Québec", "Lévis", "Total"),
        [("2025-01", "1", "n. d.", "1"), ("2025-02", "2", "3", "5")],
    )
    names = ("organisation_id", "periode", "valeur", "_line")
    assert rows_of(connection, profile, tables, "mesures", *names) == [
        ("Québec", "2025-01", "1", 2),
        ("Lévis", "2025-02", "3", 3),
        ("Québec", "2025-02", "2", 3),
    ]


def test_two_wide_groups_of_one_file_are_joined(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    columns = """
organisation_id = { constant = "O-1" }
indicateur_id = { column = "mesure", extract = '^(\\w+) ' }
periode = { column = "mesure", extract = '(\\d{4})$' }
valeur = "v"
[[rows.wide]]
matching = "^visites "
name = "mesure"
value = "v"
[[rows.wide]]
columns = ["prêts 2024"]
name = "mesure"
value = "v"
"""
    profile = mapped(tmp_path, columns)
    header = ("visites 2023", "visites 2024", "prêts 2024")
    tables = raw_table(connection, "releve.csv", header, [("1", "2", "3")])
    made = rows_of(connection, profile, tables, "mesures", "periode", "valeur")
    assert sorted(map(str, made)) == ["('2023', '1')", "('2024', '2')", "('2024', '3')"]


def test_rows_are_left_out_and_only_the_last_of_a_key_is_kept(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    rules = """
indicateur_id = { constant = "I-1" }
organisation_id = "ville"
periode = { column = "d", date = "%Y-%m-%dT%H:%M", period = "hour" }
valeur = "v"
[[rows.leave_out]]
column = "ville"
equals = "Total"
[[rows.leave_out]]
column = "ville"
matching = "^Région "
[[rows.leave_out]]
column = "v"
is_empty = true
[rows.keep_last]
per = ["organisation_id", "periode"]
by = { column = "d", date = "%Y-%m-%dT%H:%M", period = "moment" }
"""
    profile = mapped(tmp_path, rules)
    rows = [
        ("Québec", "2025-01-01T9:55", "3"),
        ("Québec", "2025-01-01T9:05", "1"),
        ("Total", "2025-01-01T9:05", "9"),
        ("Région 03", "2025-01-01T9:05", "9"),
        ("Lévis", "2025-01-01T9:05", "NA"),
        (None, "2025-01-01T9:05", "7"),
    ]
    tables = raw_table(connection, "releve.csv", ("ville", "d", "v"), rows)
    names = ("organisation_id", "periode", "valeur")
    assert rows_of(connection, profile, tables, "mesures", *names) == [
        ("Québec", "2025-01-01T09", "3"),
        (None, "2025-01-01T09", "7"),
    ]


def test_a_rule_can_read_some_of_an_inputs_files_only(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    rows = ROWS.replace("[rows.columns]", 'files = ["releve_a*.csv"]\n[rows.columns]')
    profile = mapped(tmp_path, KEYS + 'periode = "m"\nvaleur = "v"', rows=rows)
    tables = raw_table(connection, "releve_a1.csv.gz", ("m", "v"), [("2025", "1")])
    tables |= raw_table(connection, "releve_b.csv", ("m", "v"), [("2025", "2")])
    assert rows_of(connection, profile, tables, "mesures", "valeur") == [("1",)]


def test_quotes_in_labels_and_texts_are_only_text(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    columns = """
indicateur_id = { constant = "l'indicateur \\"1\\"" }
organisation_id = { constant = "'; drop table x; --" }
periode = "mois \\"civil\\""
valeur = "l'eau"
"""
    profile = mapped(tmp_path, columns)
    tables = raw_table(connection, "releve.csv", ('mois "civil"', "l'eau"), [("2025", "1")])
    names = ("indicateur_id", "organisation_id", "valeur")
    assert rows_of(connection, profile, tables, "mesures", *names) == [
        ('l\'indicateur "1"', "'; drop table x; --", "1")
    ]


def test_a_column_the_file_lacks_is_named_with_those_it_has(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    profile = mapped(tmp_path, KEYS + 'periode = "Mois"\nvaleur = "Total"')
    tables = raw_table(connection, "releve.csv", ("Mois", "Somme"), [("2025", "1")])
    with pytest.raises(ProfileError, match=r"« Total » pour « mesures ».*Mois, Somme"):
        rows_of(connection, profile, tables, "mesures", "valeur")


def test_a_required_input_that_nobody_gave_is_asked_for(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    profile = mapped(tmp_path, KEYS + 'periode = "m"\nvaleur = "v"')
    with pytest.raises(ProfileError, match=r"attend aussi le fichier releve\*\.csv"):
        rows_of(connection, profile, {}, "mesures", "valeur")
