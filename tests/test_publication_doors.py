"""What is published opens to everyone, and nothing else does."""

from collections.abc import Iterator

import pytest
from dash.exceptions import PreventUpdate

from app import screen
from pilotage.access.identity import PublicOnly
from pilotage.intake import loading
from pilotage.settings import Settings
from pilotage.store.warehouse import Warehouse
from pilotage.web.application import create, guarded
from tests.publication_case import drafted, public_home, published
from tests.screen_call import call, callbacks, posted, sit
from tests.small_home import TODAY
from tests.web_house import ADDRESS, TestClient

PUBLISHED, DRAFTED = TODAY.isoformat(), f"{TODAY}-2"
VIEWERS = ["public", "team", "manager", "deputy", "administrator"]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """One publication is out, another is a draft."""
    opened = public_home(tmp_path_factory.mktemp("public"))
    assert published(opened) == PUBLISHED
    assert drafted(opened) == DRAFTED
    yield opened
    loading.stop_checking(opened)
    opened.close()


@pytest.fixture(scope="module")
def browser(warehouse: Warehouse) -> Iterator[TestClient]:
    settings = Settings(home=warehouse.home)
    server = create(settings, warehouse, passing=(PreventUpdate,))
    hashes = screen(server, warehouse, settings)
    with TestClient(guarded(server, hashes), base_url=ADDRESS) as client:
        yield client


@pytest.fixture(scope="module")
def stranger(warehouse: Warehouse) -> Iterator[TestClient]:
    """A browser of the outside world, before a house where nobody can sign in yet."""
    settings = Settings(home=warehouse.home)
    server = create(settings, warehouse, identities=PublicOnly(), passing=(PreventUpdate,))
    hashes = screen(server, warehouse, settings)
    with TestClient(guarded(server, hashes), base_url=ADDRESS) as client:
        yield client


def test_without_a_session_one_reads_what_is_published_in_both_languages(
    stranger: TestClient,
) -> None:
    french, english = stranger.get("/public"), stranger.get("/public?lang=en")
    assert french.status_code == english.status_code == 200
    assert "set-cookie" not in french.headers
    assert '<html lang="fr">' in french.text
    assert "Attente moyenne" in french.text
    assert "16,0 h" in french.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Average wait" in english.text
    assert "Emergency rooms are holding up." in english.text
    assert "33,3" not in french.text
    assert "Mme Secrète" not in french.text


def test_without_a_session_one_takes_the_tables_of_what_is_published(
    stranger: TestClient,
) -> None:
    taken = {"page": "/public", "table": "publication"}
    assert "Attente moyenne;P-1" in stranger.get("/telecharger", params=taken).text
    book = stranger.get("/telecharger", params=taken | {"format": "xlsx"})
    assert book.content.startswith(b"PK")
    past = stranger.get("/telecharger", params=taken | {"table": "historique"})
    assert "septembre 2026;15,5;" in past.text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/publications",
        "/calibration",
        "/indicateurs/P-1",
        "/public/",
        "/_dash-layout",
        "/_dash-dependencies",
        "/note/public.pdf",
        "/api/verdicts.csv",
        "/api/version",
        "/telecharger?page=/calibration&table=chances-rejouees",
        "/telecharger?page=/publications&table=publication",
        "/telecharger?page=/donnees&table=versements",
        f"/telecharger?page=/public%3Fpublication%3D{DRAFTED}&table=publication",
        f"/public?publication={DRAFTED}",
    ],
)
def test_without_a_session_nothing_else_opens(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code in {403, 404}
    assert "Attente moyenne" not in answer.text


def test_without_a_session_no_callback_answers(stranger: TestClient) -> None:
    headers = {"origin": ADDRESS}
    assert stranger.post("/_dash-update-component", json={}, headers=headers).status_code == 403
    assert stranger.post("/public", headers=headers).status_code == 405


def test_hostile_words_stay_words_in_the_document(stranger: TestClient) -> None:
    answer = stranger.get("/public?lang=en&publication=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text


def test_the_public_reads_what_is_published_and_no_draft(
    browser: TestClient, warehouse: Warehouse
) -> None:
    sit(browser, "public")
    show = next(one for one in callbacks(browser) if "shell-head.children" in one["output"])
    said = call(browser, show, ["/public", ""]).text
    assert "Attente moyenne" in said
    assert "16,0" in said
    for search in (f"?publication={DRAFTED}", "?publication=x"):
        assert "Aucune publication de ce nom" in call(browser, show, ["/public", search]).text
    closed = call(browser, show, ["/publications", ""]).text
    assert "se préparent au Secrétariat" in closed
    assert browser.get("/publications").status_code == 403
    taken = {"page": "/public", "table": "publication"}
    given = browser.get("/telecharger", params=taken).text
    assert "Attente moyenne;P-1" in given
    assert "Situation au;10 novembre 2026" in given
    assert "33,3" not in given
    taken["page"] = f"/public?publication={DRAFTED}"
    assert browser.get("/telecharger", params=taken).status_code == 404


@pytest.mark.parametrize("act", ["draft", "annotate", "publish", "archive"])
@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_forged_publication_is_refused_and_writes_nothing(
    browser: TestClient, warehouse: Warehouse, viewer: str, act: str
) -> None:
    sit(browser, viewer)
    version = warehouse.version
    asked = {
        "act": act,
        "publication": DRAFTED,
        "as_of": "2025-12-31",
        "note_fr": "x",
        "note_en": "x",
    }
    answer = posted(browser, "publications-asked", asked, "/publications")
    assert "Conseil du trésor publie" in answer.text
    assert warehouse.version == version
