"""The one door: who gets in, through whose eyes, and what every answer carries."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.websockets import WebSocketDisconnect

from pilotage.access.identity import PublicOnly
from pilotage.web.body import SMALL_BODY_BYTES
from pilotage.web.middleware import COOKIE
from tests.web_house import ADDRESS, SOCKET, House, TestClient, open_house

OWN = {"origin": ADDRESS}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path)
    with opened.client:
        yield opened


def test_the_first_page_opens_a_session_as_the_deputy_minister(house: House) -> None:
    answer = house.client.get("/")
    assert answer.json()["viewer"] == "deputy"
    cookie = answer.headers["set-cookie"]
    assert all(word in cookie for word in (COOKIE, "HttpOnly", "SameSite=Lax", "Path=/"))


def test_the_second_page_keeps_the_session(house: House) -> None:
    house.client.get("/")
    assert "set-cookie" not in house.client.get("/").headers


def test_looking_as_another_person_changes_the_scope_and_the_session(house: House) -> None:
    assert house.client.get("/").json()["sees"] == ["sante", "triage", "urgences"]
    before = house.client.cookies[COOKIE]
    house.see_as("manager")
    assert house.client.get("/").json() == {
        "viewer": "manager",
        "sees": ["triage", "urgences"],
        "received": 0,
    }
    assert house.client.cookies[COOKIE] != before


def test_the_former_session_is_revoked_by_the_switch(house: House) -> None:
    house.client.get("/")
    former = house.client.cookies[COOKIE]
    house.see_as("manager")
    stolen = TestClient(house.client.app, base_url=ADDRESS, cookies={COOKIE: former})
    answer = stolen.post("/_dash-update-component", headers=OWN)
    assert answer.status_code == 403


def test_nobody_becomes_someone_who_is_not_offered(house: House) -> None:
    house.client.get("/")
    answer = house.client.post("/voir-comme", data={"viewer": "minister"}, headers=OWN)
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/gouvernement?lang=en", "/gouvernement?lang=en"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\r\nset-cookie: a=b", "/"),
    ],
)
def test_the_switch_only_leads_to_our_own_pages(house: House, asked: str, led: str) -> None:
    house.client.get("/")
    answer = house.client.post(
        "/voir-comme",
        data={"viewer": "treasury", "next": asked},
        headers=OWN,
        follow_redirects=False,
    )
    assert answer.headers["location"] == led


def test_a_session_given_from_outside_is_never_adopted(house: House) -> None:
    house.client.cookies.set(COOKIE, "chosen-by-someone-else")
    answer = house.client.get("/")
    assert "chosen-by-someone-else" not in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": ADDRESS}, 200),
        ({"origin": ADDRESS, "sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"origin": "http://127.0.0.1:8050.evil.example"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"origin": ADDRESS, "sec-fetch-site": "cross-site"}, 403),
        ({"origin": "http://evil.example", "sec-fetch-site": "same-origin"}, 403),
        ({"referer": ADDRESS}, 403),
    ],
)
def test_an_unsafe_method_must_come_from_one_of_our_pages(
    house: House, headers: dict[str, str], status: int
) -> None:
    house.client.get("/")
    answer = house.client.post("/_dash-update-component", json={}, headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.2:8050", ""])
def test_the_demonstration_answers_no_other_name_than_this_machine(house: House, host: str) -> None:
    answer = house.client.get("/", headers={"host": host})
    assert answer.status_code == 403
    assert "démonstration" in answer.json()["sentence"]


PUBLIC_MAY_OPEN = {"/", "/public", "/healthz", "/api/version"}
EVERYWHERE = [
    "/",
    "/public",
    "/gouvernement",
    "/strategique/sante",
    "/tactique/urgences",
    "/operationnel/triage",
    "/indicateurs/IND-1?org=sante",
    "/bloquants",
    "/donnees",
    "/comparer",
    "/api/version",
    "/api/uploads/1",
    "/api/contrats/mesures.schema.json",
    "/api/verdicts.csv",
    "/docs",
    "/redoc",
    "/openapi.json",
    "/_reload-hash",
    "/_dash-ws-callback",
    "/_dash-config",
    "/assets/../app.py",
    "/assets/%2e%2e/app.py",
    "/GOUVERNEMENT",
    "/public/",
    "/public/../gouvernement",
    "/healthz",
]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_the_public_opens_only_what_is_on_the_list(house: House, path: str) -> None:
    house.see_as("public")
    answer = house.client.get(path)
    assert (answer.status_code == 200) == (path in PUBLIC_MAY_OPEN)


@pytest.mark.parametrize("path", [*EVERYWHERE, "/_dash-layout", "/_dash-dependencies", "/flux"])
def test_where_nobody_signs_in_only_what_is_published_opens(tmp_path: Path, path: str) -> None:
    house = open_house(tmp_path, PublicOnly())
    with house.client:
        opened = path in {"/healthz", "/public"}
        assert (house.client.get(path).status_code == 200) == opened


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_the_description_of_the_server_is_closed_to_everyone(house: House, path: str) -> None:
    house.see_as("administrator")
    assert house.client.get(path).status_code == 403


def test_every_answer_carries_the_policy_built_on_dash_s_hashes(house: House) -> None:
    for path in ("/", "/healthz", "/docs", "/api/panne"):
        headers = house.client.get(path).headers
        assert "script-src 'self' 'sha256-abc=';" in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_pages_are_not_kept_by_the_browser(house: House) -> None:
    assert house.client.get("/").headers["cache-control"] == "no-store"


def test_a_refused_page_is_a_sentence_in_the_reader_s_language(house: House) -> None:
    house.see_as("public")
    french = house.client.get("/gouvernement", headers={"accept": "text/html"})
    english = house.client.get("/gouvernement?lang=en", headers={"accept": "text/html"})
    assert 'lang="fr"' in french.text
    assert "Revenez à votre salle" in french.text
    assert 'lang="en"' in english.text
    assert "Go back to your room" in english.text


def test_a_refused_page_keeps_the_way_home_and_the_switch(house: House) -> None:
    house.see_as("public")
    said = house.client.get("/gouvernement", headers={"accept": "text/html"}).text
    assert '<header><a href="/">Salle de pilotage</a>' in said
    assert 'action="/voir-comme?lang=fr"' in said
    assert 'value="deputy">Claude Tremblay · Sous-ministre</button>' in said


def test_a_refused_call_is_a_sentence_in_json(house: House) -> None:
    house.client.get("/")
    answer = house.client.get("/api/interdit", headers={"accept": "text/html"})
    assert answer.status_code == 403
    assert answer.json()["error"] == "Forbidden"


def test_a_breakdown_shows_a_sentence_and_a_reference_and_nothing_else(house: House) -> None:
    answer = house.client.get("/api/panne")
    assert answer.status_code == 500
    assert set(answer.json()) == {"error", "sentence", "reference"}
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_a_body_too_large_for_a_callback_is_refused_by_its_announced_length(house: House) -> None:
    house.client.get("/")
    content = b"x" * (SMALL_BODY_BYTES + 1)
    answer = house.client.post("/_dash-update-component", content=content, headers=OWN)
    assert answer.status_code == 413


def test_a_body_too_large_is_refused_also_when_it_hides_its_length(house: House) -> None:
    house.client.get("/")
    chunks = (b"x" * 65536 for _ in range(40))
    answer = house.client.post("/_dash-update-component", content=chunks, headers=OWN)
    assert answer.status_code == 413
    assert "limite" in answer.json()["sentence"]


def test_the_machine_s_token_opens_the_api_and_nothing_else(tmp_path: Path) -> None:
    house = open_house(tmp_path, PublicOnly(), token="t0ken")
    bearer = {"authorization": "Bearer t0ken"}
    with house.client:
        assert house.client.get("/api/version", headers=bearer).status_code == 200
        assert house.client.get("/gouvernement", headers=bearer).status_code == 403
        assert (
            house.client.get("/api/version", headers={"authorization": "Bearer no"}).status_code
            == 401
        )


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "file://"}]
)
def test_a_websocket_from_elsewhere_is_refused_before_it_is_accepted(
    house: House, headers: dict[str, str]
) -> None:
    house.client.get("/")
    with (
        pytest.raises(WebSocketDisconnect),
        house.client.websocket_connect(SOCKET, headers=headers),
    ):
        pass


def test_a_websocket_without_a_session_is_refused(house: House) -> None:
    with pytest.raises(WebSocketDisconnect), house.client.websocket_connect(SOCKET, headers=OWN):
        pass


def test_sessions_outlive_the_server(tmp_path: Path) -> None:
    first = open_house(tmp_path)
    with first.client:
        first.see_as("manager")
    second = open_house(tmp_path)
    second.client.cookies = first.client.cookies
    with second.client:
        assert second.client.get("/").json()["viewer"] == "manager"
