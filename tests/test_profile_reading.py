"""Every fault of a profile is a sentence that names the place and the remedy."""

from pathlib import Path

import pytest

from pilotage.intake.declaration import ProfileError
from pilotage.intake.profile import PROFILES, load_profile, profile_names, reading_of
from tests.raw_case import written_profile

SOURCE = """
[source]
name_fr = "Essai"
name_en = "Trial"
licence = "CC-BY 4.0"
"""
MAPPING = f"""
kind = "mapping"
{SOURCE}
[inputs.releve]
files = ["releve*.csv"]
[[rows]]
subject = "mesures"
from = "releve"
[rows.columns]
indicateur_id = {{ constant = "I-1" }}
organisation_id = "ville"
periode = "mois"
valeur = "total"
"""


@pytest.mark.parametrize("name", ["infobase", "pilote", "montreal-urgences", "msss-urgences"])
def test_a_shipped_profile_reads_and_says_who_publishes_it(name: str) -> None:
    profile = load_profile(PROFILES / name)
    assert profile.source.name_fr
    assert profile.source.name_en
    assert profile.source.licence
    assert profile.published_at is not None
    assert "mesures" in profile.subjects
    assert name in profile_names()


def test_a_mapping_says_what_it_makes_and_which_files_it_reads(tmp_path: Path) -> None:
    profile = written_profile(tmp_path / "essai", MAPPING)
    assert profile.name == "essai"
    assert profile.subjects == ("mesures",)
    for name in ("releve_2025.csv", "releve.csv.gz"):
        found = profile.input_of(name)
        assert found is not None
        assert found.name == "releve"
    assert profile.input_of("autre.csv") is None
    assert reading_of(profile, "autre.csv") is None


def test_how_a_file_is_read_comes_from_its_input(tmp_path: Path) -> None:
    settings = (
        'encoding = "windows-1252"\ndelimiter = "\\t"\nheader_row = 3\nquote = "\'"\n[[rows]]'
    )
    profile = written_profile(tmp_path, MAPPING.replace("[[rows]]", settings, 1))
    reading = reading_of(profile, "releve.csv")
    assert reading is not None
    assert (reading.encoding, reading.delimiter) == ("windows-1252", "\t")
    assert (reading.header_row, reading.quote) == (3, "'")


def test_the_digest_changes_with_any_byte_of_the_folder(tmp_path: Path) -> None:
    first = written_profile(tmp_path, MAPPING).digest
    assert written_profile(tmp_path, MAPPING).digest == first
    assert written_profile(tmp_path, MAPPING + "# note\n").digest != first


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ('kind = "mapping"', 'kind = "magie"', "« kind » vaut « magie »"),
        ('licence = "CC-BY 4.0"', "", "la clé « licence » manque"),
        ('licence = "CC-BY 4.0"', "licence = 4", "« licence » doit être un texte"),
        ('licence = "CC-BY 4.0"', 'licence = "x"\nlicense = "y"', "« licence »"),
        ('licence = "CC-BY 4.0"', 'licence = "x"\njudging_date = "mars"', "« mars » n'est pas une"),
        ('files = ["releve*.csv"]', 'files = ["a"]\ndelimiter = "!"', "« delimiter » vaut « ! »"),
        ('files = ["releve*.csv"]', "files = [1]", "« files » doit être une liste de textes"),
        ("[inputs.releve]", '[inputs."Relevé"]', "« Relevé » n'est pas un nom"),
        ('from = "releve"', 'from = "reveil"', "« from » vaut « reveil »"),
        ('subject = "mesures"', 'subject = "mesure"', "« subject » vaut « mesure »"),
        ('valeur = "total"', 'montant = "total"', "« montant » n'est pas une colonne du contrat"),
        ('periode = "mois"', "", "colonnes obligatoires sans recette : periode"),
        ('"total"', '{ column = "a", constant = "b" }', "un seul des trois"),
        ('"total"', '{ colum = "a" }', "un seul des trois"),
        ('"total"', '{ column = "a", scal = 2 }', "Vouliez-vous dire « scale »"),
        ('"total"', '{ column = "a", scale = "deux" }', "« scale » doit être un nombre"),
        ('"total"', '{ column = "a", extract = "(" }', "n'est pas une expression régulière"),
        ('"total"', '{ column = "a", extract = "a" }', "un seul groupe"),
        ('"total"', '{ column = "a", around = "x" }', "« around » contient « {} » une fois"),
        ('"total"', '{ column = "a", lookup = { table = "t", key = "k", value = "v" } }', "lookup"),
        ("[source]", "[source", "profile.toml ne se lit pas"),
    ],
)
def test_a_fault_is_told_with_its_place(
    tmp_path: Path, written: str, instead: str, told: str
) -> None:
    assert written in MAPPING
    with pytest.raises(ProfileError) as caught:
        written_profile(tmp_path, MAPPING.replace(written, instead, 1))
    assert told in caught.value.fr
    assert caught.value.en != caught.value.fr


def test_an_unknown_profile_is_said_to_be_absent(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="Il n'y a pas de profil « inconnu »"):
        load_profile(tmp_path / "inconnu")


def test_a_query_profile_without_a_query_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="au moins un fichier"):
        written_profile(tmp_path, f'kind = "query"\n{SOURCE}')


def test_an_announced_table_that_is_missing_or_not_square_is_refused(tmp_path: Path) -> None:
    toml = f'kind = "query"\n[tables]\nvilles = "villes.csv"\n{SOURCE}'
    with pytest.raises(ProfileError, match=r"« villes\.csv », qui manque"):
        written_profile(tmp_path, toml, mesures_sql="select 1")
    with pytest.raises(ProfileError, match=r"villes\.csv, ligne 3"):
        written_profile(tmp_path, toml, mesures_sql="select 1", villes_csv='a,b\n1,"x"\n2\n')


def test_a_table_outside_the_folder_is_refused(tmp_path: Path) -> None:
    toml = f'kind = "query"\n[tables]\nvilles = "../villes.csv"\n{SOURCE}'
    with pytest.raises(ProfileError, match="un fichier du dossier"):
        written_profile(tmp_path, toml, mesures_sql="select 1")
