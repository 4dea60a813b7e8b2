"""An open page hears that something changed, and only of what it may see."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.websockets import WebSocketDisconnect

from tests.web_house import ADDRESS, SOCKET, House, WebSocketTestSession, open_house

OWN = {"origin": ADDRESS}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path)
    with opened.client:
        opened.client.get("/")
        yield opened


def listening(house: House, path: str = SOCKET) -> WebSocketTestSession:
    return house.client.websocket_connect(path, headers=OWN)


def test_a_page_is_greeted_with_the_version(house: House) -> None:
    with listening(house) as page:
        assert page.receive_json() == {
            "version": 7,
            "organisations": None,
            "hello": True,
            "changed": False,
        }


def test_a_page_that_comes_back_learns_that_it_is_behind(house: House) -> None:
    with listening(house, f"{SOCKET}?version=5") as page:
        assert page.receive_json()["changed"] is True


def test_a_change_reaches_the_page_with_the_organisations_it_may_see(house: House) -> None:
    with listening(house) as page:
        page.receive_json()
        house.warehouse.change("triage", "transports")
        assert page.receive_json() == {"version": 8, "organisations": ["triage"]}


def test_a_change_elsewhere_is_not_even_hinted_at(house: House) -> None:
    with listening(house) as page:
        page.receive_json()
        house.warehouse.change("transports")
        house.warehouse.change("sante")
        assert page.receive_json() == {"version": 9, "organisations": ["sante"]}


def test_a_revoked_session_is_closed_at_once(house: House) -> None:
    with listening(house) as page:
        page.receive_json()
        house.see_as("public")
        with pytest.raises(WebSocketDisconnect) as closed:
            page.receive_json()
    assert closed.value.code == 4401


def test_a_page_where_websockets_are_blocked_compares_versions(house: House) -> None:
    assert house.client.get("/api/version").json() == {"version": 7}
    house.warehouse.change("sante")
    assert house.client.get("/api/version").json() == {"version": 8}


def test_whatever_a_page_says_it_keeps_hearing(house: House) -> None:
    with listening(house) as page:
        page.receive_json()
        for junk in ("{", "5", "null", '{"place": 5}', '{"place": null}', "x" * 5000):
            page.send_text(junk)
        page.send_bytes(b"\x00\xff")
        page.send_text('{"place": "triage"}')
        house.warehouse.change("sante")
        house.warehouse.change("triage")
        # Elsewhere comes later than here; nothing is lost.
        assert {page.receive_json()["version"] for _ in range(2)} == {8, 9}
