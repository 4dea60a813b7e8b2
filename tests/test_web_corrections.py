"""Refused rows are corrected by whoever loads for their organisation, or left with a reason."""

from typing import Any

from pilotage.access.operator import OPERATOR
from pilotage.store.queries.quarantine import waiting_count, waiting_rows
from tests.door import MEASUREMENTS, check_here
from tests.test_web_tokens import Api, api

__all__ = ["api", "check_here"]
FILE = MEASUREMENTS + "I-M;M;2026-01;12\nI-M;M;2026-02;treize\nI-M;M;hier;14\n"


def bearer(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


def quarantined(api: Api, secret: str) -> int:
    answer = api.send(secret, FILE, policy="quarantine")
    assert answer.json()["outcome"]["refused"] == 2
    version: int = answer.json()["outcome"]["version"]
    return version


def correct(api: Api, secret: str, load_seq: int, asked: dict[str, Any]) -> Any:
    address = f"/api/loads/{load_seq}/corrections"
    return api.client.post(address, json=asked, headers=bearer(secret))


def finished(api: Api, secret: str, upload: dict[str, Any]) -> dict[str, Any]:
    while upload["state"] in {"received", "checking"}:
        address = f"/api/uploads/{upload['id']}"
        upload = api.client.get(address, headers=bearer(secret)).json()
    return upload


def left(api: Api, load_seq: int) -> int:
    return waiting_count(OPERATOR, api.door.warehouse, [load_seq]).get(load_seq, 0)


def test_a_corrected_row_is_checked_then_loaded_and_waits_no_more(api: Api) -> None:
    secret = api.issued()["secret"]
    load_seq = quarantined(api, secret)
    told = correct(api, secret, load_seq, {"1:valeur": "13", "2:periode": "hier"}).json()
    upload = finished(api, secret, told["upload"])
    assert upload["file_name"] == "corrections-de-mesures.csv"
    assert (upload["report"]["errors"], upload["preview"]["new"]) == (0, 1)
    address = f"/api/uploads/{upload['id']}/load"
    assert api.client.post(address, headers=bearer(secret)).json()["state"] == "loaded"
    assert [row["row_no"] for row in waiting_rows(OPERATOR, api.door.warehouse, load_seq)] == [2]


def test_unchanged_rows_are_checked_again_all_together(api: Api) -> None:
    secret = api.issued()["secret"]
    load_seq = quarantined(api, secret)
    told = correct(api, secret, load_seq, {"1:valeur": "treize", "2:periode": "hier"}).json()
    assert finished(api, secret, told["upload"])["report"]["errors"] == 2
    assert left(api, load_seq) == 2


def test_a_row_is_left_aside_with_a_reason_only(api: Api) -> None:
    secret = api.issued()["secret"]
    load_seq = quarantined(api, secret)
    refused = correct(api, secret, load_seq, {"left:2": "on"})
    assert refused.status_code == 409
    assert refused.json()["sentence"].startswith("Dites pourquoi")
    assert left(api, load_seq) == 2
    answer = correct(api, secret, load_seq, {"left:2": "on", "reason": "saisie d'essai"})
    assert answer.json() == {"left": 1, "upload": None}
    assert left(api, load_seq) == 1


def test_an_emptied_row_is_not_a_correction(api: Api) -> None:
    secret = api.issued()["secret"]
    load_seq = quarantined(api, secret)
    names = ("indicateur_id", "organisation_id", "periode", "valeur")
    answer = correct(api, secret, load_seq, {f"1:{name}": " " for name in names})
    assert (answer.status_code, left(api, load_seq)) == (409, 2)


def test_rows_that_wait_no_more_and_loads_of_others_are_not_corrected(api: Api) -> None:
    secret = api.issued()["secret"]
    load_seq = quarantined(api, secret)
    assert correct(api, secret, load_seq, {"9:valeur": "1"}).status_code == 404
    assert correct(api, secret, load_seq, {}).status_code == 404
    assert correct(api, secret, 9999, {"1:valeur": "1"}).status_code == 404
    other = api.issued("N")["secret"]
    assert correct(api, other, load_seq, {"1:valeur": "1"}).status_code in {404, 409}
    assert left(api, load_seq) == 2
