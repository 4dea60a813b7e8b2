"""The download route: the rights, the day, the filter and the figures of the page."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from callbacks.sheet import sheet
from callbacks.shell import draw
from pilotage.access.current import Sight, current_sight, looking_as
from pilotage.domain.viewer import Role, Viewer
from pilotage.errors import Forbidden, NotFound, PilotageError
from pilotage.reports.separated import separated
from pilotage.reports.sheet import Amount, Grid, Sheet
from pilotage.rooms.address import Address
from pilotage.settings import Settings
from pilotage.store.warehouse import Warehouse
from pilotage.web import sheets
from tests.small_home import at, scope, small_home
from tests.web_house import House, open_house

SETTINGS = Settings(source_fr="Essai", source_en="Trial")
EVERY_TABLE = [
    ("/gouvernement", "organisations"),
    ("/strategique/MSSS", "indicateurs"),
    ("/strategique/MSSS", "periodes"),
    ("/strategique/MSSS", "organisations"),
    ("/indicateurs/I-1?org=MSSS", "valeurs"),
    ("/indicateurs/I-1?org=MSSS", "cibles"),
    ("/indicateurs/I-1?org=MSSS", "provenance"),
    ("/bloquants", "bloquants"),
    ("/donnees", "versements"),
    ("/donnees/versements/1", "provenance"),
    ("/cascade", "couverture"),
    ("/donnees/calendrier", "attendues"),
    ("/donnees/calendrier", "frequences"),
]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    opened = small_home(tmp_path_factory.mktemp("sheets"))
    yield opened
    opened.close()


def seen_as(warehouse: Warehouse, role: Role, place: str | None = None) -> Sight:
    return Sight(Viewer("essai", "Essai", role, place), scope(warehouse, role, place))


def taken(warehouse: Warehouse, sight: Sight, page: str, table: str) -> Sheet:
    path, _, search = page.partition("?")
    with looking_as(sight):
        return sheet(sight, warehouse, SETTINGS, at(path, f"?{search}"), table)


@pytest.mark.parametrize(("page", "table"), EVERY_TABLE)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_table_can_be_taken_away(
    warehouse: Warehouse, page: str, table: str, lang: str
) -> None:
    mark = "&" if "?" in page else "?"
    sight = seen_as(warehouse, Role.CENTRAL)
    found = taken(warehouse, sight, f"{page}{mark}lang={lang}", table)
    assert found.lang == lang
    for grid in found.grids:
        assert grid.rows
        assert {len(row) for row in grid.rows} == {len(grid.heads)}
        assert all(grid.heads)
    assert separated(found)


@pytest.mark.parametrize(("page", "table"), EVERY_TABLE)
def test_every_page_shows_the_links_of_its_tables(
    warehouse: Warehouse, page: str, table: str
) -> None:
    path, _, search = page.partition("?")
    sight = seen_as(warehouse, Role.CENTRAL)
    with looking_as(sight):
        content = str(draw(sight.scope, warehouse, at(path, f"?{search}")).content)
    assert f"table={table}&format=csv" in content
    assert f"table={table}&format=xlsx" in content


def value_of(found: Sheet) -> Amount:
    (grid,) = found.grids
    value = grid.rows[0][grid.heads.index("Valeur")]
    assert isinstance(value, Amount)
    return value


def test_the_value_is_the_one_on_screen(warehouse: Warehouse) -> None:
    sight = seen_as(warehouse, Role.DEPUTY_MINISTER, "MSSS")
    assert value_of(taken(warehouse, sight, "/indicateurs/I-1?org=MSSS", "valeurs")).value == 17.4


def test_a_past_day_gives_that_day(warehouse: Warehouse) -> None:
    sight = seen_as(warehouse, Role.DEPUTY_MINISTER, "MSSS")
    page = "/indicateurs/I-1?org=MSSS&au=2026-11-08"
    found = taken(warehouse, sight, page, "valeurs")
    assert value_of(found).value == 17.5
    assert ("Situation au", "8 novembre 2026 (2026-11-08)") in found.about
    assert found.name.endswith("-2026-11-08")


def test_the_filter_of_the_page_is_the_filter_of_the_file(warehouse: Warehouse) -> None:
    sight = seen_as(warehouse, Role.CENTRAL)
    every = taken(warehouse, sight, "/bloquants", "bloquants").grids[0].rows
    strategic = taken(warehouse, sight, "/bloquants?niveau=3", "bloquants").grids[0].rows
    assert set(strategic) < set(every)


def test_each_takes_what_each_sees(warehouse: Warehouse) -> None:
    said = {}
    for place in ("MSSS", "MTQ"):
        sight = seen_as(warehouse, Role.DEPUTY_MINISTER, place)
        said[place] = str(taken(warehouse, sight, "/bloquants", "bloquants"))
    assert "Sel en retard" in said["MTQ"]
    assert "Sel en retard" not in said["MSSS"]
    assert "perfusionnistes" not in said["MTQ"]


@pytest.mark.parametrize("page", ["/strategique/MTQ", "/indicateurs/I-2?org=DUR", "/rien", "/"])
def test_what_one_may_not_open_one_may_not_take(warehouse: Warehouse, page: str) -> None:
    sight = seen_as(warehouse, Role.TEAM_MEMBER, "EQJ")
    with pytest.raises(PilotageError):
        taken(warehouse, sight, page, "indicateurs")


@pytest.mark.parametrize("table", ["", "rien", "valeurs"])
def test_a_table_the_page_does_not_have_is_not_found(warehouse: Warehouse, table: str) -> None:
    with pytest.raises(NotFound):
        taken(warehouse, seen_as(warehouse, Role.CENTRAL), "/gouvernement", table)


def test_the_file_names_page_day_source_filter_viewer_and_version(warehouse: Warehouse) -> None:
    sight = seen_as(warehouse, Role.DEPUTY_MINISTER, "MSSS")
    about = dict(taken(warehouse, sight, "/strategique/MSSS?lang=en&tout=1", "indicateurs").about)
    assert about["Page"] == "Health and Social Services"
    assert about["As of"] == "November 10, 2026 (2026-11-10)"
    assert about["Source"] == "Trial"
    assert about["Address and filters"] == "/strategique/MSSS?lang=en&tout=1"
    assert about["Seen by"] == "Deputy minister, Health and Social Services"
    assert about["Version of the data"] == str(warehouse.version)


def test_the_foot_of_the_government_table_adds_up_its_rows(warehouse: Warehouse) -> None:
    sight = seen_as(warehouse, Role.CENTRAL)
    (grid,) = taken(warehouse, sight, "/gouvernement", "organisations").grids
    column = grid.heads.index("indicateurs")
    counts = [one.value for row in grid.rows if isinstance(one := row[column], Amount)]
    assert len(counts) == len(grid.rows)
    assert counts[-1] == sum(counts[:-1])


def drawn_by_hand(sight: Sight, address: Address, name: str) -> Sheet:
    """Says who asked for what; the pages themselves are tried above."""
    assert sight == current_sight()
    if address.room == "interdit":
        raise Forbidden
    about = (("Vu par", sight.viewer.viewer_id), ("Adresse", address.here()), ("Tableau", name))
    return Sheet("t", "salle-2026", address.lang, about, (Grid("c", ("n",), ((Amount(1.5),),)),))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path)
    sheets.register(opened.server, drawn_by_hand)
    with opened.client:
        yield opened


def asked(house: House, page: str, **more: str) -> list[list[str]]:
    answer = house.client.get("/telecharger", params={"page": page, "table": "t", **more})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="salle-2026.csv"'
    assert answer.headers["cache-control"] == "no-store"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_route_draws_for_whoever_asks(house: House) -> None:
    house.see_as("deputy")
    said = asked(house, "/strategique/sante?tout=1")
    assert said[1] == ["Adresse", "/strategique/sante?tout=1"]
    assert said[-1] == ["1,5"]


def test_a_workbook_is_a_workbook(house: House) -> None:
    house.see_as("deputy")
    answer = house.client.get(
        "/telecharger", params={"page": "/gouvernement", "table": "t", "format": "xlsx"}
    )
    assert answer.content.startswith(b"PK")
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize(
    "page", ["/gouvernement", "/strategique/sante", "/donnees", "/calibration/../bloquants"]
)
def test_the_public_takes_nothing_from_a_page_closed_to_it(house: House, page: str) -> None:
    house.see_as("public")
    answer = house.client.get("/telecharger", params={"page": page, "table": "t"})
    assert answer.status_code == 403


def test_the_public_takes_the_tables_of_its_own_pages(house: House) -> None:
    house.see_as("public")
    assert asked(house, "/calibration")[1] == ["Adresse", "/calibration"]


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "/gouvernement", "format": "exe"},
        {"page": "", "table": "t"},
        {"page": "http://ailleurs.example", "table": "t"},
        {"table": "t"},
    ],
)
def test_what_is_not_understood_is_not_found(house: House, asked: dict[str, str]) -> None:
    house.see_as("deputy")
    assert house.client.get("/telecharger", params=asked).status_code == 404


@pytest.mark.parametrize("accept", ["*/*", "text/html,*/*;q=0.8", None])
def test_a_refused_download_is_a_readable_page(house: House, accept: str | None) -> None:
    house.see_as("public")
    headers = {"accept": accept} if accept else {}
    asked = {"page": "/gouvernement", "table": "t", "lang": "en"}
    answer = house.client.get("/telecharger", params=asked, headers=headers)
    assert answer.status_code == 403
    assert answer.headers["content-type"].startswith("text/html")
    assert "This page is not among those you may see" in answer.text
    for_a_script = house.client.get(
        "/telecharger", params=asked, headers={"accept": "application/json"}
    )
    assert for_a_script.json()["error"] == "Forbidden"


def test_an_english_file_has_an_english_name(warehouse: Warehouse) -> None:
    sight = seen_as(warehouse, Role.CENTRAL)
    assert "organisations" in taken(warehouse, sight, "/gouvernement", "organisations").name
    name = taken(warehouse, sight, "/strategique/MSSS?lang=en", "indicateurs").name
    assert "indicateurs" not in name
    assert "indicators" in name


def test_a_refusal_of_the_page_is_the_refusal_of_the_file(house: House) -> None:
    house.see_as("deputy")
    answer = house.client.get("/telecharger", params={"page": "/interdit/x", "table": "t"})
    assert answer.status_code == 403
