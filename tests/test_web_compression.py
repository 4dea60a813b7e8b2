"""Answers travel compressed where it helps, and are kept by the browser only where it is safe."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from pilotage.web.policy import kept_for
from tests.web_house import ADDRESS, House, open_house

LONG = "salle de pilotage " * 5000


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path)
    with opened.client:
        opened.client.get("/")
        yield opened


def serve(house: House, answer: Response) -> str:
    async def route() -> Response:
        return answer

    house.server.add_api_route("/essai", route, methods=["GET"])
    return "/essai"


@pytest.mark.parametrize("answer", [PlainTextResponse(LONG), JSONResponse({"text": LONG})])
def test_a_long_text_is_compressed_and_reads_the_same(house: House, answer: Response) -> None:
    found = house.client.get(serve(house, answer), headers={"accept-encoding": "gzip"})
    assert found.headers["content-encoding"] == "gzip"
    assert int(found.headers["content-length"]) < len(LONG) / 10
    assert LONG in found.text


def test_a_callback_s_answer_without_a_kind_is_named_and_compressed(house: House) -> None:
    async def route() -> Response:
        return Response(LONG)  # as Dash on FastAPI answers

    routes = house.server.router.routes
    routes[:] = [one for one in routes if getattr(one, "path", "") != "/_dash-update-component"]
    house.server.add_api_route("/_dash-update-component", route, methods=["POST"])
    headers = {"accept-encoding": "gzip", "origin": ADDRESS}
    found = house.client.post("/_dash-update-component", headers=headers)
    assert found.headers["content-type"] == "application/json"
    assert found.headers["content-encoding"] == "gzip"
    assert found.text == LONG


def test_whoever_does_not_read_gzip_gets_plain_text(house: House) -> None:
    path = serve(house, PlainTextResponse(LONG))
    found = house.client.get(path, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in found.headers
    assert found.text == LONG


@pytest.mark.parametrize(
    "answer",
    [
        PlainTextResponse("court"),
        Response(LONG, media_type="application/octet-stream"),
        Response(gzip.compress(LONG.encode()), headers={"content-encoding": "gzip"}),
        PlainTextResponse("", status_code=204),
    ],
    ids=["short", "binary", "compressed already", "empty"],
)
def test_what_would_not_gain_is_left_alone(house: House, answer: Response) -> None:
    before = answer.headers.get("content-encoding")
    found = house.client.get(serve(house, answer))
    assert found.headers.get("content-encoding") == before


def test_a_stream_of_pieces_arrives_whole(house: House) -> None:
    pieces = StreamingResponse((LONG.encode() for _ in range(3)), media_type="text/plain")
    assert house.client.get(serve(house, pieces)).text == LONG * 3


def test_an_endless_export_is_not_held_back(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pilotage.web.compression._MOST_HELD_BYTES", 1000)
    pieces = StreamingResponse((LONG.encode() for _ in range(3)), media_type="text/plain")
    found = house.client.get(serve(house, pieces))
    assert "content-encoding" not in found.headers
    assert found.text == LONG * 3


@pytest.mark.parametrize(
    ("path", "query", "kept"),
    [
        ("/strategique/sante", b"", "no-store"),
        ("/api/version", b"", "no-store"),
        ("/assets/room.css", b"m=1795327202.0", "public, max-age=31536000, immutable"),
        ("/assets/room.css", b"", "no-cache"),
        ("/healthz", b"", "no-cache"),
    ],
)
def test_only_files_that_never_change_are_kept(path: str, query: bytes, kept: str) -> None:
    assert kept_for(path, query) == kept


def test_an_unknown_door_of_the_api_is_not_a_page(house: House) -> None:
    assert house.client.get("/api/inconnue").status_code == 404
