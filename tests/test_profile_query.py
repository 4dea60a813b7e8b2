"""A query profile runs its SELECTs over clean views and answers with contract columns only."""

from pathlib import Path

import duckdb
import pytest

from pilotage.intake.declaration import ProfileError
from pilotage.intake.profile import contract_rows
from tests.raw_case import raw_table, rows_of, written_profile

TOML = """
kind = "query"
[source]
name_fr = "Essai"
name_en = "Trial"
licence = "CC-BY 4.0"
[tables]
villes = "villes.csv"
[inputs.releve]
files = ["releve*.csv"]
null = ["."]
optional = ["note"]
[inputs.releve.columns]
ville = ["Ville", "Municipalité"]
mois = "Mois civil"
total = "Total"
note = "Note"
"""
SELECT = """
select 'I-1' as indicateur_id, v.code as organisation_id, r.mois as periode, r.total as valeur,
    r.note as commentaire, r._file, r._line
from input.releve r join shipped.villes v on v.nom = r.ville
"""
HEADER = ("Ville", "Mois\u00a0civil ", "TOTAL")
NAMES = ("organisation_id", "periode", "valeur", "commentaire", "_file", "_line")


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    locked = duckdb.connect(config={"memory_limit": "200MB"})
    locked.execute("set enable_external_access = false")
    locked.execute("set lock_configuration = true")
    return locked


def test_files_of_one_input_are_read_together_under_the_profiles_names(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    profile = written_profile(
        tmp_path, TOML, mesures_sql=SELECT, villes_csv="nom,code\nQuébec,23027\nLévis,25213\n"
    )
    tables = raw_table(connection, "releve_1.csv", HEADER, [("Québec\t", "2025-01", "4")])
    other = ("Municipalité", "mois civil", "Total", "Note")
    tables |= raw_table(connection, "releve_2.csv", other, [("Lévis", "2025-01", ".", "à voir")])
    assert rows_of(connection, profile, tables, "mesures", *NAMES) == [
        ("23027", "2025-01", "4", None, "releve_1.csv", 2),
        ("25213", "2025-01", None, "à voir", "releve_2.csv", 2),
    ]


def test_a_shared_preparation_runs_first(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    select = SELECT.replace("input.releve", "propre")
    profile = written_profile(
        tmp_path,
        TOML,
        prepare_sql="create temp view propre as select * from input.releve where total is not null",
        mesures_sql=select,
        villes_csv="nom,code\nQuébec,23027\n",
    )
    rows = [("Québec", "2025-01", "4"), ("Québec", "2025-02", None)]
    tables = raw_table(connection, "releve.csv", HEADER, rows)
    assert rows_of(connection, profile, tables, "mesures", "valeur") == [("4",)]


def test_a_source_that_changed_its_columns_is_told_which_one_is_gone(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    profile = written_profile(tmp_path, TOML, mesures_sql=SELECT, villes_csv="nom,code\n")
    tables = raw_table(connection, "releve.csv", ("Ville", "Mois civil"), [("Québec", "2025")])
    with pytest.raises(ProfileError, match="La colonne « Total » manque"):
        contract_rows(connection, profile, tables)


def test_a_failed_download_beside_a_sound_file_stops_nothing(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    profile = written_profile(
        tmp_path, TOML, mesures_sql=SELECT, villes_csv="nom,code\nQuébec,23027\n"
    )
    tables = raw_table(connection, "releve_1.csv", ("_id",), [])
    tables |= raw_table(connection, "releve_2.csv", HEADER, [("Québec", "2025-01", "4")])
    assert rows_of(connection, profile, tables, "mesures", "valeur") == [("4",)]


@pytest.mark.parametrize(
    ("select", "told"),
    [
        (SELECT.replace("as valeur", "as montant"), "montant ?"),
        (SELECT.replace("r.mois as periode,", ""), "periode !"),
        (SELECT.replace(", r._file, r._line", ", r._file"), "_line !"),
        (SELECT.replace("r.total", "r.somme"), "ne s'exécute pas"),
        ("selekt", "ne s'exécute pas"),
    ],
)
def test_a_select_that_does_not_make_contract_rows_is_told(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, select: str, told: str
) -> None:
    profile = written_profile(tmp_path, TOML, mesures_sql=select, villes_csv="nom,code\n")
    tables = raw_table(connection, "releve.csv", HEADER, [("Québec", "2025-01", "4")])
    with pytest.raises(ProfileError) as caught:
        contract_rows(connection, profile, tables)
    assert "mesures.sql" in caught.value.fr
    assert told in caught.value.fr


def test_an_optional_input_must_name_its_columns(tmp_path: Path) -> None:
    toml = TOML.partition("[inputs.releve.columns]")[0].replace("optional", "required = false\n#")
    with pytest.raises(ProfileError, match="est facultative : nommez ses colonnes"):
        written_profile(tmp_path, toml, mesures_sql=SELECT, villes_csv="nom,code\n")
