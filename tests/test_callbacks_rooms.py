"""What a navigation and a newer version put on screen, handlers called as Dash calls them."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks import government, level
from callbacks.shell import PAGES, show
from layouts import level as page
from pilotage.access.current import Sight, looking_as
from pilotage.domain.viewer import Role, Scope, Viewer
from pilotage.rooms.level import level_room
from pilotage.settings import Settings
from pilotage.store.warehouse import Warehouse
from tests.small_home import at, scope, small_home

CENTRAL = Viewer("treasury", "Andrée Bouchard", Role.CENTRAL, None)
NEWS = {"version": 10_000, "organisations": ["MSSS"]}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    opened = small_home(tmp_path_factory.mktemp("callbacks"))
    yield opened
    opened.close()


@pytest.fixture
def treasury(warehouse: Warehouse) -> Iterator[Scope]:
    seen = scope(warehouse, Role.CENTRAL, None)
    with looking_as(Sight(CENTRAL, seen)):
        yield seen


def plain(drawn: Any) -> Any:
    return orjson.loads(orjson.dumps(drawn, default=Component.to_plotly_json))


def shown(warehouse: Warehouse, path: str, search: str = "") -> tuple[str, dict[str, Any]]:
    """The page as text, and what it says of itself."""
    *_, content, said = show(warehouse, Settings(), path, search)
    return orjson.dumps(plain(content)).decode(), said


def test_a_newer_version_redraws_the_parts_the_page_was_first_made_of(
    warehouse: Warehouse, treasury: Scope
) -> None:
    address = at("/strategique/MSSS")
    room = level_room(treasury, warehouse, address)
    parts = level.refresh(warehouse, NEWS, {"version": 1}, "/strategique/MSSS", "")
    wanted = (page.opening, page.since, page.cards, page.twin, page.rest, page.side)
    assert plain(parts) == plain([part(room, address) for part in wanted])


def test_a_room_opened_under_the_root_hears_of_what_changes_too(warehouse: Warehouse) -> None:
    viewer = Viewer("essai", "Essai", Role.DEPUTY_MINISTER, "MSSS")
    with looking_as(Sight(viewer, scope(warehouse, Role.DEPUTY_MINISTER, "MSSS"))):
        parts = level.refresh(warehouse, NEWS, {"version": 1}, "/", "?lang=en")
        named = level.refresh(warehouse, NEWS, {"version": 1}, "/strategique/MSSS", "?lang=en")
    assert str(parts) == str(named)


@pytest.mark.parametrize("handler", [level.refresh, government.refresh])
def test_what_is_already_drawn_is_left_alone(
    warehouse: Warehouse, treasury: Scope, handler: Any
) -> None:
    with pytest.raises(PreventUpdate):
        handler(warehouse, {"version": 3}, {"version": 3}, "/strategique/MSSS", "")


@pytest.mark.parametrize("path", ["/suivi", "/donnees", "/indicateurs/I-1"])
def test_a_page_one_is_leaving_is_not_drawn_again_at_the_new_address(
    warehouse: Warehouse, treasury: Scope, path: str
) -> None:
    """The address changes at once; the room is still there when the news comes."""
    with pytest.raises(PreventUpdate):
        level.refresh(warehouse, NEWS, {"version": 1, "room": "strategique"}, path, "")


@pytest.mark.usefixtures("treasury")
def test_the_root_shows_ones_own_room_under_its_address(warehouse: Warehouse) -> None:
    _, said = shown(warehouse, "/", "?lang=en")
    assert (said["path"], said["title"]) == ("/gouvernement?lang=en", "Government")


@pytest.mark.usefixtures("treasury")
@pytest.mark.parametrize("path", ["/rien", "/strategique/inconnu", "/indicateurs/inconnu"])
def test_an_unknown_address_gets_a_sentence_and_a_way_out(warehouse: Warehouse, path: str) -> None:
    content, said = shown(warehouse, path)
    assert said["title"] == "Page introuvable"
    assert "Ma salle" in content


@pytest.mark.usefixtures("treasury")
@pytest.mark.parametrize("forged", [None, 3, [], {"x": 1}])
def test_a_forged_address_shows_ones_own_room(warehouse: Warehouse, forged: Any) -> None:
    _, said = shown(warehouse, forged, forged)
    assert said["title"] == "Gouvernement"


@pytest.mark.usefixtures("treasury")
def test_our_own_failure_says_a_reference_and_no_detail(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    bad = PAGES["public"]
    monkeypatch.setitem(PAGES, "public", type(bad)(broken, bad.title, bad.layout))
    content, said = shown(warehouse, "/public")
    assert said["title"] == "Un imprévu de notre côté"
    assert "secret detail" not in content
    assert "Référence" in content


@pytest.mark.usefixtures("treasury")
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    "path", ["/gouvernement", "/strategique", "/strategique/MSSS", "/tactique/DUR", "/public"]
)
def test_every_room_opens_in_both_languages(warehouse: Warehouse, path: str, lang: str) -> None:
    _, said = shown(warehouse, path, f"?lang={lang}")
    assert said["lang"] == lang
    assert said["title"] not in {"Page introuvable", "Un imprévu de notre côté"}
