"""The brief of a real room and its route: the rights, the day and the version of its reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from callbacks.brief import brief, brief_file
from callbacks.shell import draw
from layouts.brief_link import brief_href
from pilotage.access.current import Sight, looking_as
from pilotage.domain.viewer import Role, Viewer
from pilotage.errors import PilotageError
from pilotage.reports import pdf
from pilotage.reports.brief import Brief
from pilotage.settings import Settings
from pilotage.store.warehouse import Warehouse
from pilotage.web import briefs
from tests.room_case import at
from tests.small_home import scope, small_home
from tests.test_brief import needs_pango
from tests.web_house import House, open_house

SETTINGS = Settings(source_fr="Essai", source_en="Trial")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    opened = small_home(tmp_path_factory.mktemp("briefs"))
    yield opened
    opened.close()


def made_for(
    warehouse: Warehouse, role: Role, place: str | None, path: str, search: str = ""
) -> Brief:
    sight = Sight(Viewer("essai", "Essai", role, place), scope(warehouse, role, place))
    with looking_as(sight):
        return brief(sight, warehouse, SETTINGS, at(path, search))


def test_the_sheet_of_a_real_room_says_its_value_its_source_and_its_version(
    warehouse: Warehouse,
) -> None:
    said = made_for(warehouse, Role.DEPUTY_MINISTER, "MSSS", "/strategique/MSSS")
    values = {row.title: row.value.replace("\N{NO-BREAK SPACE}", " ") for row in said.rows}
    assert values["Durée de séjour sur civière"] == "17,4 h"
    assert said.day == "Situation au 10 novembre 2026"
    assert "Source : Essai" in said.about
    assert f"version des données : {warehouse.version}" in said.about


def test_a_past_day_is_put_on_the_sheet(warehouse: Warehouse) -> None:
    asked = ("/strategique/MSSS", "?au=2026-11-08")
    said = made_for(warehouse, Role.DEPUTY_MINISTER, "MSSS", *asked)
    assert said.day == "Situation au 8 novembre 2026"
    assert any(row.value.startswith("17,5") for row in said.rows)


@pytest.mark.parametrize(
    ("role", "place", "path"),
    [
        (Role.DEPUTY_MINISTER, "MTQ", "/strategique/MSSS"),
        (Role.TEAM_MEMBER, "EQJ", "/tactique/DUR"),
        (Role.CENTRAL, None, "/indicateurs/I-1"),
        (Role.CENTRAL, None, "/strategique"),
        (Role.CENTRAL, None, "/gouvernement/x"),
        (Role.CENTRAL, None, "/"),
        (Role.CENTRAL, None, "/bloquants"),
    ],
)
def test_what_is_not_a_room_one_may_open_has_no_sheet(
    warehouse: Warehouse, role: Role, place: str | None, path: str
) -> None:
    with pytest.raises(PilotageError):
        made_for(warehouse, role, place, path)


def test_each_sheet_holds_what_its_reader_sees(warehouse: Warehouse) -> None:
    said = {
        place: str(made_for(warehouse, Role.DEPUTY_MINISTER, place, f"/strategique/{place}"))
        for place in ("MSSS", "MTQ")
    }
    assert "perfusionnistes" in said["MSSS"]
    assert "perfusionnistes" not in said["MTQ"]


@pytest.mark.parametrize(
    ("path", "search"), [("/gouvernement", "?lang=en"), ("/strategique/MSSS", "?au=2026-11-08")]
)
def test_each_room_shows_the_door_to_its_sheet(
    warehouse: Warehouse, path: str, search: str
) -> None:
    role = Role.CENTRAL
    sight = Sight(Viewer("essai", "Essai", role, None), scope(warehouse, role, None))
    with looking_as(sight):
        content = str(draw(sight.scope, warehouse, at(path, search)).content)
    assert f"/note{path}.pdf{search}" in content


@needs_pango
def test_a_sheet_is_made_once_for_a_version(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = Role.CENTRAL
    sight = Sight(Viewer("essai", "Essai", role, None), scope(warehouse, role, None))
    with looking_as(sight):
        first = brief_file(sight, warehouse, SETTINGS, at("/gouvernement"))
        monkeypatch.setattr("callbacks.brief.one_page", lambda _: pytest.fail("made again"))
        assert brief_file(sight, warehouse, SETTINGS, at("/gouvernement")) == first
    assert first[0] == "gouvernement-2026-11-10.pdf"


def test_the_link_keeps_language_and_day_and_encodes_what_is_opaque() -> None:
    address = at("/tactique/a%2Fb", "?au=2026-03-31&lang=en&tout=1")
    assert brief_href(address) == "/note/tactique/a%2Fb.pdf?au=2026-03-31&lang=en"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    def by_hand(sight: Sight, address: object) -> tuple[str, bytes]:
        return "note.pdf", f"{sight.viewer.viewer_id} {address}".encode()

    opened = open_house(tmp_path)
    briefs.register(opened.server, by_hand)
    with opened.client:
        yield opened


def test_the_route_reads_an_encoded_identifier_whole(house: House) -> None:
    house.see_as("deputy")
    answer = house.client.get("/note/tactique/a%2Fb.pdf?lang=en")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="note.pdf"'
    assert "parts=('tactique', 'a/b')" in answer.text


def test_the_public_gets_no_sheet_and_another_end_is_not_found(house: House) -> None:
    house.see_as("public")
    assert house.client.get("/note/gouvernement.pdf").status_code == 403
    house.see_as("deputy")
    assert house.client.get("/note/gouvernement").status_code == 404


def test_a_machine_without_pango_answers_503_and_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_sight: Sight, _address: object) -> tuple[str, bytes]:
        raise pdf.missing()

    opened = open_house(tmp_path)
    briefs.register(opened.server, refused)
    with opened.client:
        opened.see_as("deputy")
        answer = opened.client.get(
            "/note/gouvernement.pdf?lang=en", headers={"accept": "text/html"}
        )
    assert answer.status_code == 503
    assert "Pango is missing" in answer.text
