"""A ministry's own system sends its files with a token: for its organisation, for a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pilotage.access.operator import OPERATOR
from pilotage.cli.entry import main
from pilotage.settings import Settings
from pilotage.store.queries.loads import recent_loads
from pilotage.web import token_keeper
from pilotage.web.application import create, guarded
from tests.door import MEASUREMENTS, Door, check_here, opened_door
from tests.web_house import ADDRESS, TestClient

__all__ = ["check_here"]
OPERATOR_HEADERS = {"authorization": "Bearer m4chine"}


@dataclass
class Api:
    """A served home, and what a machine asks of it."""

    client: TestClient
    door: Door

    def issued(self, organisation_id: str = "M", days: int = 30) -> dict[str, Any]:
        asked = {"name": "Entrepôt", "organisation_id": organisation_id, "days": days}
        answer = self.client.post("/api/tokens", json=asked, headers=OPERATOR_HEADERS)
        assert answer.status_code == 201, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def send(self, secret: str, content: str, **asked: str) -> Any:
        headers = {"authorization": f"Bearer {secret}", "content-type": "text/csv"}
        params = {"name": "mesures.csv"} | asked
        return self.client.post("/api/loads", params=params, content=content, headers=headers)


@pytest.fixture
def api(tmp_path: Path, check_here: None) -> Iterator[Api]:
    with opened_door(tmp_path) as door:
        settings = Settings(home=door.warehouse.home, demo=True)
        server = create(settings, door.warehouse)
        application = guarded(server, machine_token="m4chine")
        with TestClient(application, base_url=ADDRESS) as client:
            yield Api(client, door)


def test_a_file_is_loaded_in_one_request(api: Api) -> None:
    secret = api.issued()["secret"]
    sent = MEASUREMENTS + "I-M;M;2026-01;12\n"
    answer = api.send(secret, sent)
    assert (answer.status_code, answer.json()["state"]) == (201, "loaded")
    assert answer.json()["outcome"]["new"] == 1
    again = api.send(secret, sent)
    assert (again.status_code, again.json()["state"]) == (200, "already_loaded")


def test_a_bad_file_is_refused_with_every_line_said(api: Api) -> None:
    answer = api.send(api.issued()["secret"], MEASUREMENTS + "I-M;M;2026-01;douze\n")
    assert (answer.status_code, answer.json()["state"]) == (422, "refused")
    assert answer.json()["report"]["problems"][0]["line"] == 2


def test_a_profile_that_is_not_there_is_one_sentence(api: Api) -> None:
    answer = api.send(api.issued()["secret"], MEASUREMENTS, profile="inconnu")
    assert answer.status_code in {400, 404, 409, 422}
    assert "inconnu" in answer.json()["sentence"]


def test_a_token_loads_for_its_organisation_and_below_only(api: Api) -> None:
    secret = api.issued("M")["secret"]
    below = api.send(secret, MEASUREMENTS + "I-Q;D;2026-01-05;3\n")
    assert below.status_code == 201
    others = api.send(secret, MEASUREMENTS + "I-N;N;2026-01;3\n")
    assert others.status_code == 422
    assert "not-yours" in others.json()["report"]["codes"]


def test_a_token_opens_no_other_door(api: Api) -> None:
    bearer = {"authorization": f"Bearer {api.issued()['secret']}"}
    for path in ("/api/verdicts.csv", "/api/tokens", "/api/version", "/api/contrats/mesures.csv"):
        answer = api.client.get(path, headers=bearer)
        assert answer.status_code == 403, path
    page = api.client.get("/gouvernement", headers=bearer)
    assert page.status_code != 200 or "Entrepôt" not in page.text


@pytest.mark.parametrize("secret", ["", "pilotage_faux", "m4chinee", "é" * 10])
def test_a_wrong_secret_opens_nothing_even_beside_a_session(api: Api, secret: str) -> None:
    api.client.get("/healthz")
    answer = api.client.post(
        "/api/loads",
        content=MEASUREMENTS,
        headers={"authorization": f"Bearer {secret}".encode(), "origin": ADDRESS},
    )
    assert answer.status_code in {401, 403}


def test_a_revoked_token_opens_nothing_at_once(api: Api) -> None:
    told = api.issued()
    ended = api.client.post(f"/api/tokens/{told['token_id']}/revoke", headers=OPERATOR_HEADERS)
    assert ended.json()["is_revoked"] is True
    answer = api.send(told["secret"], MEASUREMENTS + "I-M;M;2026-01;12\n")
    assert (answer.status_code, answer.json()["error"]) == (401, "RefusedTokenError")
    twice = api.client.post(f"/api/tokens/{told['token_id']}/revoke", headers=OPERATOR_HEADERS)
    assert twice.status_code == 404


def test_an_expired_token_opens_nothing(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = api.issued(days=1)["secret"]
    later = token_keeper._now() + timedelta(days=1)
    monkeypatch.setattr(token_keeper, "_now", lambda: later)
    assert api.send(secret, MEASUREMENTS).status_code == 401


def test_the_secret_is_said_once_and_kept_nowhere(api: Api) -> None:
    secret = api.issued()["secret"]
    listed = api.client.get("/api/tokens", headers=OPERATOR_HEADERS)
    assert "Entrepôt" in listed.text
    assert secret not in listed.text
    kept = b"".join(
        path.read_bytes() for path in api.door.warehouse.home.rglob("*") if path.is_file()
    )
    assert secret.encode() not in kept


def test_nobody_else_issues_a_token(api: Api) -> None:
    for viewer in ("public", "manager", "deputy", "treasury"):
        api.client.get("/")
        seen = {"viewer": viewer}
        api.client.post("/voir-comme", data=seen, headers={"origin": ADDRESS})
        answer = api.client.post(
            "/api/tokens",
            json={"name": "x", "organisation_id": "M"},
            headers={"origin": ADDRESS},
        )
        assert answer.status_code == 403, viewer


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "x", "organisation_id": "ailleurs"},
        {"name": " ", "organisation_id": "M"},
        {"name": "x", "organisation_id": "M", "days": 0},
        {"name": "x", "organisation_id": "M", "days": 400},
        {"name": "x", "organisation_id": "M", "days": "90"},
        {"name": "x"},
    ],
)
def test_a_misuse_is_one_sentence(api: Api, asked: dict[str, Any]) -> None:
    answer = api.client.post("/api/tokens", json=asked, headers=OPERATOR_HEADERS)
    assert answer.status_code in {400, 409}
    assert answer.json()["sentence"].endswith(".")


def test_the_history_names_the_system_that_sent(api: Api) -> None:
    api.send(api.issued()["secret"], MEASUREMENTS + "I-M;M;2026-01;12\n")
    last = recent_loads(OPERATOR, api.door.warehouse, 1)[0]
    assert (last["author"], last["way_in"]) == ("Entrepôt", "api")


def test_the_command_line_issues_lists_and_revokes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened_door(tmp_path):
        pass
    home = ["--home", str(tmp_path / "home")]
    assert main(["token", "issue", "Entrepôt", "--organisation", "M", *home]) == 0
    secret, said = capsys.readouterr().out.splitlines()
    assert secret.startswith("pilotage_")
    token_id = said.split()[1]
    assert main(["token", "revoke", token_id, *home]) == 0
    assert main(["token", "list", "--lang", "en", *home]) == 0
    told = capsys.readouterr().out
    assert "revoked" in told
    assert secret not in told
    assert main(["token", "revoke", token_id, *home]) != 0
    assert "révoquer" in capsys.readouterr().err


def test_a_period_is_closed_through_the_api(api: Api) -> None:
    asked = {"organisation_id": "M", "through": "2026-03-31", "note": "Exercice clos"}
    answer = api.client.post("/api/closings", json=asked, headers=OPERATOR_HEADERS)
    assert answer.status_code == 201
    (told,) = api.client.get("/api/closings", headers=OPERATOR_HEADERS).json()["closings"]
    assert (told["organisation_id"], told["through"]) == ("M", "2026-03-31")
    late = api.send(api.issued()["secret"], MEASUREMENTS + "I-M;M;2026-03;12\n")
    assert (late.status_code, late.json()["report"]["codes"]) == (422, {"closed-period": 1})


def test_a_load_is_withdrawn_through_the_api(api: Api) -> None:
    token = {"authorization": f"Bearer {api.issued()['secret']}"}
    sent = api.send(api.issued()["secret"], MEASUREMENTS + "I-M;M;2026-01;12\n")
    address = f"/api/loads/{sent.json()['outcome']['version']}/withdraw"
    assert api.client.post(address, json={"reason": " "}, headers=token).status_code == 400
    done = api.client.post(address, json={"reason": "Mauvais fichier"}, headers=token)
    assert done.json()["version"] > sent.json()["outcome"]["version"]
    again = api.client.post(address, json={"reason": "Encore"}, headers=OPERATOR_HEADERS)
    assert again.status_code == 404
    assert "à retirer" in again.json()["sentence"]


@pytest.mark.parametrize("form", ["{folder}", "../ailleurs", "a/b", ".", "infobase\x00"])
def test_a_profile_is_a_name_and_never_a_folder_of_the_server(
    api: Api, tmp_path: Path, form: str
) -> None:
    secret = api.issued()["secret"]
    answer = api.send(secret, MEASUREMENTS, profile=form.format(folder=tmp_path))
    assert (answer.status_code, answer.json()["error"]) == (400, "UnreadableError")
    bearer = {"authorization": f"Bearer {secret}"}
    params = {"name": "m.csv", "profile": form.format(folder=tmp_path)}
    sent = api.client.post("/api/uploads", params=params, content=b"a;b\n", headers=bearer)
    assert sent.status_code == 400
