"""What a sender says of a file: its head is read so, then the file is checked with its profile."""

from pathlib import Path
from typing import Any

from tests.test_web_upload import OWN, FakeIntake, checked, house, intake, send
from tests.web_house import House

__all__ = ["house", "intake"]
FOREIGN = "Mesure;Mois;Résultat\nDélai;2026-01;3\n".encode()
DESCRIBED = {
    "subject": "mesures",
    "from-indicateur_id": "column:Mesure",
    "from-organisation_id": "same",
    "same-organisation_id": "sante",
    "from-periode": "column:Mois",
    "from-valeur": "column:Résultat",
    "name": "Délais du mois",
}


def read_as(house: House, upload: dict[str, Any], **said: str) -> Any:
    return house.client.post(f"/api/uploads/{upload['id']}/reading", json=said, headers=OWN)


def test_a_checked_file_shows_how_it_is_read(house: House) -> None:
    sketch = checked(house, send(house, FOREIGN).json())["sketch"]
    assert [one["name"] for one in sketch["columns"]] == ["Mesure", "Mois", "Résultat"]
    assert (sketch["delimiter"], sketch["header_line"], sketch["rows"]) == (
        ";",
        1,
        [["Délai", "2026-01", "3"]],
    )


def test_the_head_is_read_again_as_it_is_said_to_be(house: House) -> None:
    upload = checked(house, send(house, FOREIGN).json())
    answer = read_as(house, upload, move="look", delimiter=",").json()
    assert [one["name"] for one in answer["sketch"]["columns"]] == ["Mesure;Mois;Résultat"]
    assert answer["state"] == "checked"
    assert answer["described"]["delimiter"] == ","


def test_what_is_said_of_a_file_is_kept_as_a_profile_and_checked_with(
    house: House, intake: FakeIntake, tmp_path: Path
) -> None:
    house.warehouse.home = tmp_path
    upload = checked(house, send(house, FOREIGN).json())
    told = checked(house, read_as(house, upload, move="check", **DESCRIBED).json())
    assert (told["state"], told["profile"]) == ("checked", "delais-du-mois")
    assert (tmp_path / "profiles" / "delais-du-mois" / "profile.toml").is_file()


def test_a_description_that_says_too_little_is_refused_and_the_file_stays(
    house: House, tmp_path: Path
) -> None:
    house.warehouse.home = tmp_path
    upload = checked(house, send(house, FOREIGN).json())
    answer = read_as(house, upload, move="check", subject="mesures")
    assert answer.status_code == 409
    assert answer.json()["sentence"].startswith("Dites d'où vient")
    again = house.client.get(f"/api/uploads/{upload['id']}").json()
    assert (again["state"], again["profile"]) == ("checked", None)


def test_a_loaded_file_is_described_no_more(house: House, tmp_path: Path) -> None:
    house.warehouse.home = tmp_path
    upload = checked(house, send(house, FOREIGN).json())
    house.client.post(f"/api/uploads/{upload['id']}/load", headers=OWN)
    assert read_as(house, upload, move="check", **DESCRIBED).status_code == 409
    assert not (tmp_path / "profiles").exists()


def test_nobody_describes_the_file_of_another(house: House) -> None:
    upload = checked(house, send(house, FOREIGN).json())
    house.see_as("treasury")
    assert read_as(house, upload, move="look").status_code == 404
