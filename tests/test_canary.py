"""Every exit door, every role: nothing of another ministry comes out (security, S1 and S3)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dash.exceptions import PreventUpdate

from app import screen
from pilotage.access.operator import OPERATOR
from pilotage.access.scope import scope_of
from pilotage.domain.post import Post, PostKind, Words
from pilotage.domain.publication import Note
from pilotage.domain.viewer import Role, Viewer
from pilotage.followup.post_event import KIND, payload
from pilotage.followup.publication import draft, publish
from pilotage.intake import loading
from pilotage.settings import Settings
from pilotage.store.queries.directory import organisations
from pilotage.store.warehouse import Warehouse, open_warehouse
from pilotage.web.application import create, guarded
from tests.screen_call import call, callbacks, posted, sit
from tests.web_house import ADDRESS, TestClient

EXAMPLES = Path(__file__).parents[1] / "data" / "contracts"
SUBJECTS = ("organisations", "plans", "objectifs", "indicateurs", "liens", "cibles", "mesures")
CANARY = "canari"
PUBLISHED, DRAFTED = "2025-12-31", "2025-12-31-2"
FIGURE = "918273"
ELSEWHERE = {
    "organisations": "organisation_id;genre;libelle_fr;parent_id\n"
    "CANARI-M;ministère;Ministère du Canari;EX\nCANARI-D;direction;Direction du Canari;CANARI-M\n",
    "indicateurs": "indicateur_id;titre_fr;unite;sens;nature;niveau;frequence;"
    "organisation_id;visibilite\n"
    "CANARI-1;Vols du canari;nombre;au moins;extrant;stratégique;mensuelle;CANARI-M;organisation\n"
    "CANARI-2;Cages du canari;nombre;au moins;extrant;tactique;mensuelle;CANARI-D;équipe\n",
    "mesures": "indicateur_id;organisation_id;periode;valeur;commentaire\n"
    f"CANARI-1;CANARI-M;2025-09;{FIGURE};Chant du canari\nCANARI-2;CANARI-D;2025-09;{FIGURE};\n",
    "bloquants": "bloquant_id;titre;gravite;niveau;etat;organisation_id;"
    "date_signalement;date_niveau\n"
    "CANARI-B;Plumes du canari;critique;gouvernement;ouvert;CANARI-M;2025-09-01;2025-09-01\n",
}
PAGES = [
    "/",
    "/gouvernement",
    "/public",
    "/public?publication=2025-12-31-2",
    "/publications",
    "/publications?publication=2025-12-31-2",
    "/calibration",
    "/strategique/CANARI-M",
    "/strategique",
    "/tactique/CANARI-D",
    "/operationnel/CANARI-D",
    "/operationnel/CANARI-D/caucus",
    "/strategique/CANARI-M/caucus",
    "/indicateurs/CANARI-1",
    "/indicateurs/CANARI-1?org=CANARI-M",
    "/indicateurs/CANARI-2?org=EX-MIN",
    "/indicateurs/EX-001?org=CANARI-M",
    "/cascade",
    "/cascade/CANARI-M",
    "/bloquants",
    "/bloquants?bloquant=CANARI-B",
    "/suivi",
    "/donnees",
    "/comparer",
    "/journal",
    *(f"/donnees/versements/{seq}" for seq in range(1, 13)),
]
TABLES = ["indicateurs", "periodes", "organisations", "valeurs", "cibles", "provenance", "ecart"]
TABLES += ["bloquants", "versements", "retards", "frequences", "problemes", "revisions", ""]
TABLES += ["publication", "historique"]
VIEWERS = ["public", "team", "manager", "deputy", "administrator"]
JUNK: list[Any] = [
    None,
    0,
    "",
    [],
    {},
    "CANARI-1",
    "/strategique/CANARI-M",
    {"version": 1},
    "?au=x",
]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """The examples, and another ministry whose every word is a canary."""
    opened = open_warehouse(tmp_path_factory.mktemp("home"))
    folder = tmp_path_factory.mktemp("files")
    files = [EXAMPLES / f"exemple_{subject}.csv" for subject in SUBJECTS]
    for subject, text in ELSEWHERE.items():
        files.append(folder / f"autre_{subject}.csv")
        files[-1].write_text(text, encoding="utf-8")
    for file in files:
        report = loading.check(opened, OPERATOR, loading.receive(opened, file, file.name))
        assert loading.load(opened, OPERATOR, report, "quarantine").state == "loaded", (
            report.problems
        )
    for post in _posts():
        opened.record(KIND, "Canari", payload(post))
    _publish(opened)
    yield opened
    loading.stop_checking(opened)
    opened.close()


def _publish(opened: Warehouse) -> None:
    """What the examples declare public is out; a draft of it and more is not."""
    viewer = Viewer("treasury", "Andrée Bouchard", Role.CENTRAL, None)
    treasury = scope_of(viewer, organisations(OPERATOR, opened))
    for _ in range(2):
        name = draft(opened, treasury, viewer.name, date(2025, 12, 31), Note("Paru.", "Out."))
        if name == PUBLISHED:
            publish(opened, treasury, viewer.name, name)


def _posts() -> Iterator[Post]:
    """What is written in the other ministry, every kind of it."""
    for kind in PostKind:
        words = Words("Secret du canari", under_way="Plan du canari", honoured="Canari")
        yield Post(f"CANARI-{kind}", kind, 1, "CANARI-M", "Canari", "", "Canari", words, "CANARI-1")


@pytest.fixture(scope="module")
def browser(warehouse: Warehouse) -> Iterator[TestClient]:
    """A browser before the whole house, screen included."""
    settings = Settings(home=warehouse.home)
    server = create(settings, warehouse, passing=(PreventUpdate,))
    hashes = screen(server, warehouse, settings)
    with TestClient(guarded(server, hashes), base_url=ADDRESS) as client:
        yield client


@pytest.fixture(params=VIEWERS)
def seated(browser: TestClient, request: pytest.FixtureRequest) -> TestClient:
    """The browser, looking as each sample person in turn."""
    return sit(browser, request.param)


def keeps_quiet(answer: Any, asked: str = "") -> bool:
    """True when the answer holds no canary but those the question itself brought."""
    said = answer.text.replace(asked, "") if asked else answer.text
    for part in sorted(filter(None, asked.replace("?", "/").replace("=", "/").split("/")), key=len):
        said = said.replace(part, "")
    return CANARY not in said.lower() and FIGURE not in said.replace("\u202f", "").replace(" ", "")


@pytest.mark.parametrize("page", PAGES)
def test_no_page_says_a_word_of_another_ministry(seated: TestClient, page: str) -> None:
    path, _, search = page.partition("?")
    assert keeps_quiet(seated.get(page), page)
    for callback in callbacks(seated) if seated.get("/_dash-dependencies").is_success else []:
        names = [*callback["inputs"], *callback["state"]]
        values = [{"pathname": path, "search": f"?{search}"}.get(n["property"]) for n in names]
        answer = call(seated, callback, values)
        assert answer.status_code != 500
        assert keeps_quiet(answer, page), callback["output"]


@pytest.mark.parametrize("junk", JUNK, ids=str)
def test_a_forged_callback_learns_nothing_and_breaks_nothing(seated: TestClient, junk: Any) -> None:
    for callback in callbacks(seated):
        count = len(callback["inputs"]) + len(callback["state"])
        answer = call(seated, callback, [junk] * count)
        assert answer.status_code != 500, (callback["output"], answer.text)
        assert keeps_quiet(answer, str(junk)), callback["output"]


def test_no_download_holds_another_ministry(seated: TestClient) -> None:
    for door in ("/api/verdicts.csv", "/api/version", "/api/uploads/1"):
        assert keeps_quiet(seated.get(door))


@pytest.mark.parametrize("page", [one for one in PAGES if "?" not in one])
def test_no_brief_holds_another_ministry(
    seated: TestClient, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The page before it is set in type: a PDF would hide its words from this test.
    monkeypatch.setattr("callbacks.brief.one_page", lambda versions: next(versions).encode())
    answer = seated.get(f"/note{page}.pdf")
    assert answer.status_code in {200, 403, 404}, answer.text
    assert keeps_quiet(answer, page)


@pytest.mark.parametrize("page", PAGES)
def test_no_table_taken_away_holds_another_ministry(seated: TestClient, page: str) -> None:
    for table in TABLES:
        asked = {"page": page, "table": table, "lang": "en"}
        answer = seated.get("/telecharger", params=asked)
        assert answer.status_code in {200, 403, 404}, (table, answer.text)
        assert keeps_quiet(answer, page), table


def test_the_check_of_a_file_suggests_nothing_of_another_ministry(browser: TestClient) -> None:
    sit(browser, "manager")
    content = "indicateur_id;organisation_id;periode;valeur\nCANAR-1;CANAR-M;2025-09;1\n"
    sent = browser.post("/api/uploads?name=m.csv", content=content, headers={"origin": ADDRESS})
    assert sent.status_code == 201
    upload = sent.json()
    while upload["state"] in {"received", "checking"}:
        upload = browser.get(f"/api/uploads/{upload['id']}").json()
    assert upload["state"] == "checked"
    assert keeps_quiet(browser.get(f"/api/uploads/{upload['id']}"))
    assert keeps_quiet(browser.get(f"/api/uploads/{upload['id']}/problems.csv"))


def test_the_treasury_board_sees_neither_what_is_kept_in_a_ministry_nor_in_a_team(
    browser: TestClient,
) -> None:
    sit(browser, "treasury")
    said = browser.get("/api/verdicts.csv").text
    assert "EX-001" in said
    assert "CANARI-1" not in said
    assert "CANARI-2" not in said


def test_those_who_may_see_do_see(browser: TestClient) -> None:
    sit(browser, "deputy")
    assert "EX-001" in browser.get("/api/verdicts.csv").text


def test_a_page_travels_compressed_and_named(browser: TestClient) -> None:
    sit(browser, "treasury")
    show = next(one for one in callbacks(browser) if "shell-head.children" in one["output"])
    answer = call(browser, show, ["/gouvernement", ""])
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "application/json"
    assert answer.content == call(browser, show, ["/gouvernement", ""]).content


@pytest.mark.parametrize("kind", ["explain", "comment", "recognise"])
def test_a_form_about_another_ministry_is_refused_and_writes_nothing(
    seated: TestClient, warehouse: Warehouse, kind: str
) -> None:
    version = warehouse.version
    store = {
        "explain": "indicator-explain",
        "comment": "indicator-comment",
        "recognise": "room-recognise",
    }[kind]
    asked = {
        "move": kind,
        "indicator_id": "CANARI-1",
        "organisation_id": "CANARI-M",
        "tie": "indicator:CANARI-1",
        "period": "2025-09",
        "body": "x",
        "under_way": "x",
    }
    answer = posted(seated, store, asked, "/indicateurs/CANARI-1?org=CANARI-M")
    assert "Vous ne pouvez pas" in answer.text
    assert keeps_quiet(answer)
    assert warehouse.version == version


def test_a_comment_sent_by_its_form_shows_at_once_but_not_to_the_public(
    browser: TestClient, warehouse: Warehouse
) -> None:
    page = "/indicateurs/EX-001?org=EX-MIN"
    asked = {
        "move": "comment",
        "indicator_id": "EX-001",
        "organisation_id": "EX-MIN",
        "body": "<b>Mot de la salle</b>",
    }
    version = warehouse.version
    sit(browser, "public")
    assert "Vous ne pouvez pas" in posted(browser, "indicator-comment", asked, page).text
    assert warehouse.version == version
    sit(browser, "deputy")
    assert "C'est écrit." in posted(browser, "indicator-comment", asked, page).text
    assert warehouse.version == version + 1
