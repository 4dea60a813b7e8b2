"""A page that does not exist answers 404, with the page that says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse

from callbacks.shell import is_there, show
from pilotage.access.current import Sight, looking_as
from pilotage.domain.viewer import Role, Viewer
from pilotage.rooms.address import Address
from pilotage.settings import Settings
from pilotage.store.warehouse import Warehouse
from pilotage.web.absent import Absent
from tests.component_text import text_of
from tests.small_home import at, scope, small_home
from tests.web_house import House, open_house


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    opened = small_home(tmp_path_factory.mktemp("absent"))
    yield opened
    opened.close()


def deputy(warehouse: Warehouse) -> Sight:
    viewer = Viewer("essai", "Essai", Role.DEPUTY_MINISTER, "MSSS")
    return Sight(viewer, scope(warehouse, Role.DEPUTY_MINISTER, "MSSS"))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/strategique/MSSS", True),
        ("/strategique", True),
        ("/tactique/DUR/seance", True),
        ("/cascade/DUR", True),
        ("/indicateurs/I-1", True),
        ("/bloquants", True),
        ("/nulle-part", False),
        ("/strategique/INCONNU", False),
        ("/cascade/INCONNU", False),
        ("/indicateurs/INCONNU", False),
        ("/strategique/MTQ", False),
    ],
)
def test_what_a_viewer_has_a_page_for(warehouse: Warehouse, path: str, expected: bool) -> None:
    assert is_there(deputy(warehouse), warehouse, at(path)) is expected


def test_where_there_is_no_page_there_is_no_day_to_choose(warehouse: Warehouse) -> None:
    sight = deputy(warehouse)
    with looking_as(sight):
        band, page = (
            text_of(show(warehouse, Settings(), "/strategique/INCONNU", "")[at_]) for at_ in (2, 3)
        )
        usual = text_of(show(warehouse, Settings(), "/strategique/MSSS", "")[2])
    assert "Page introuvable" in page
    assert "2026" not in band
    assert "Au 10 novembre 2026" in usual.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path)

    async def index(path: str) -> HTMLResponse:
        return HTMLResponse(f"<p>{path}</p>")

    def there(_sight: Sight, address: Address) -> bool:
        return address.room == "ici"

    opened.server.add_api_route("/favicon.ico", lambda: HTMLResponse(""), methods=["GET"])
    opened.server.add_api_route("/{path:path}", index, methods=["GET"])
    opened.server.add_middleware(Absent, is_there=there)
    with opened.client:
        yield opened


@pytest.mark.parametrize(("path", "status"), [("/ici", 200), ("/ailleurs", 404)])
def test_the_status_says_what_the_page_says(house: House, path: str, status: int) -> None:
    house.see_as("deputy")
    answer = house.client.get(path)
    assert answer.status_code == status
    assert answer.text == f"<p>{path[1:]}</p>"


def test_what_a_browser_asks_by_itself_is_no_page(house: House) -> None:
    assert house.client.get("/favicon.ico").status_code == 200
