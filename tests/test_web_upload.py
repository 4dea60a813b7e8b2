"""A file sent by a page: streamed, limited, checked meanwhile, loaded by its sender only."""

import asyncio
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pilotage.domain.viewer import Scope
from pilotage.intake.check import CheckReport, Input, Staged
from pilotage.intake.loading import LoadOutcome, Preview, Received
from pilotage.intake.problem import Problem
from pilotage.web.middleware import COOKIE
from tests.web_house import ADDRESS, House, open_house

OWN = {"origin": ADDRESS}
PROBLEM = Problem("type-error", 2, "D", "valeur", "=douze")


@dataclass
class FakeIntake:
    """Keeps what it is given in a folder, finds one problem, loads everything."""

    archive: Path
    loaded: list[dict[str, Any]] = field(default_factory=list)
    fault: Exception | None = None

    def receive(self, warehouse: object, path: Path, file_name: str) -> Received:
        self.archive.mkdir(exist_ok=True)
        kept = self.archive / str(len(list(self.archive.iterdir())))
        shutil.copyfile(path, kept)
        return Received("ab" * 32, kept.stat().st_size, kept, file_name, datetime.now(UTC))

    def check(
        self,
        warehouse: object,
        scope: Scope,
        received: Sequence[Received],
        profile: str | None = None,
        progress: Callable[[float], None] | None = None,
        earlier: Sequence[CheckReport] = (),
    ) -> CheckReport:
        if self.fault:
            raise self.fault
        path = self.archive.parent / "problems.parquet"
        row = {
            "load_file": None,
            "line": PROBLEM.line,
            "column_letter": PROBLEM.column_letter,
            "column_name": PROBLEM.column_name,
            "code": PROBLEM.code,
            "severity": "error",
            "found": PROBLEM.found,
            "detail": None,
        }
        pq.write_table(pa.Table.from_pylist([row]), path)
        inputs = tuple(Input(one.stored_path, one.file_name) for one in received)
        staged = (Staged("mesures", path, 3, 2, 1, 0, 1),)
        return CheckReport(inputs, profile, staged, path, 1, 0, 0, (PROBLEM,))

    def preview(self, warehouse: object, scope: Scope, report: CheckReport) -> Preview:
        return Preview(2, 0, 0, 1, (), (), 0)

    def load(
        self, warehouse: object, scope: Scope, report: CheckReport, *asked: Any
    ) -> LoadOutcome:
        names = ("policy", "way_in", "author", "published_at")
        files = [one.name for one in report.inputs]
        self.loaded.append({"files": files, **dict(zip(names, asked, strict=True))})
        return LoadOutcome("loaded", 8, 2, 0, 0, 1)

    def load_correction(self, *asked: Any) -> LoadOutcome:
        raise AssertionError("nothing is corrected here")


@pytest.fixture
def intake(tmp_path: Path) -> FakeIntake:
    return FakeIntake(tmp_path / "archive")


@pytest.fixture
def house(tmp_path: Path, intake: FakeIntake) -> Iterator[House]:
    opened = open_house(tmp_path, token="t0ken", intake=intake)
    with opened.client:
        opened.see_as("manager")
        yield opened


def send(house: House, content: Any = b"a;b\n1;2\n", **asked: str) -> Any:
    return house.client.post(
        "/api/uploads", params={"name": "m.csv"} | asked, content=content, headers=OWN
    )


def checked(house: House, upload: dict[str, Any]) -> dict[str, Any]:
    """The upload once its check has ended."""
    while upload["state"] in {"received", "checking"}:
        upload = house.client.get(f"/api/uploads/{upload['id']}").json()
    return upload


def left_behind(tmp_path: Path) -> list[str]:
    return [path.name for path in (tmp_path / "uploads").iterdir() if path.is_file()]


def test_a_file_is_received_checked_and_loaded(house: House, intake: FakeIntake) -> None:
    answer = send(house)
    assert answer.status_code == 201
    upload = checked(house, answer.json())
    assert (upload["state"], upload["report"]["errors"], upload["preview"]["new"]) == (
        "checked",
        1,
        2,
    )
    asked = {"policy": "quarantine", "published_at": "2026-03-31"}
    done = house.client.post(f"/api/uploads/{upload['id']}/load", json=asked, headers=OWN).json()
    assert done["state"] == "loaded"
    assert intake.loaded == [
        {
            "files": ["m.csv"],
            "policy": "quarantine",
            "way_in": "page",
            "author": "manager",
            "published_at": datetime(2026, 3, 31, tzinfo=UTC),
        }
    ]


def test_a_checked_file_says_in_one_sentence_what_to_do(house: House) -> None:
    upload = checked(house, send(house).json())
    assert upload["sentence"].startswith("1 erreur : corrigez")
    english = house.client.get(f"/api/uploads/{upload['id']}?lang=en").json()
    assert english["sentence"].startswith("1 error: mend")


def test_every_problem_can_be_taken_away_and_no_formula_runs(house: House) -> None:
    upload = checked(house, send(house).json())
    answer = house.client.get(f"/api/uploads/{upload['id']}/problems.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "fichier;ligne;lettre;colonne;gravité;code;trouvé;à faire"
    assert lines[1].startswith(";2;D;valeur;error;type-error;'=douze;")
    assert "attachment" in answer.headers["content-disposition"]


def test_a_file_past_the_limit_is_refused_with_a_sentence(house: House, tmp_path: Path) -> None:
    answer = send(house, b"x" * 1001)
    assert answer.status_code == 413
    assert "limite" in answer.json()["sentence"]
    assert left_behind(tmp_path) == []


def test_a_file_past_the_limit_is_refused_also_when_it_hides_its_length(
    house: House, tmp_path: Path, intake: FakeIntake
) -> None:
    answer = send(house, (b"x" * 100 for _ in range(11)))
    assert answer.status_code == 413
    assert left_behind(tmp_path) == []
    assert not intake.archive.exists()


def test_an_upload_that_is_cut_leaves_nothing_behind(
    house: House, tmp_path: Path, intake: FakeIntake
) -> None:
    messages = iter(
        [
            {"type": "http.request", "body": b"x" * 500, "more_body": True},
            {"type": "http.disconnect"},
        ]
    )

    async def receive() -> Any:
        return next(messages)

    async def send_nowhere(message: Any) -> None:
        """Nobody listens any more."""

    session = f"{COOKIE}={house.client.cookies[COOKIE]}"
    headers = {"host": "127.0.0.1:8050", "cookie": session} | OWN
    scope = {
        "type": "http",
        "method": "POST",
        "scheme": "http",
        "path": "/api/uploads",
        "query_string": b"name=m.csv",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }

    async def cut() -> None:
        await house.client.app(scope, receive, send_nowhere)

    asyncio.run(cut())
    assert next(messages, "all was read") == "all was read"
    assert left_behind(tmp_path) == []
    assert not intake.archive.exists()


@pytest.mark.parametrize("viewer_id", ["public", "team", "deputy", "treasury", "administrator"])
def test_whoever_may_load_nothing_may_not_even_send(
    house: House, intake: FakeIntake, viewer_id: str
) -> None:
    house.see_as(viewer_id)
    assert send(house).status_code == 403
    assert not intake.archive.exists()


def test_an_upload_is_known_to_its_sender_only(house: House) -> None:
    upload = send(house).json()
    house.see_as("treasury")
    assert house.client.get(f"/api/uploads/{upload['id']}").status_code == 404
    assert house.client.get(f"/api/uploads/{upload['id']}/problems.csv").status_code == 404


@pytest.mark.parametrize(
    "body", [b"[]", b"{", b'{"policy": "lax"}', b'{"published_at": "hier"}', b"\xff"]
)
def test_a_load_asked_for_wrongly_is_a_sentence(house: House, body: bytes) -> None:
    upload = checked(house, send(house).json())
    answer = house.client.post(f"/api/uploads/{upload['id']}/load", content=body, headers=OWN)
    assert answer.status_code == 400
    assert answer.json()["sentence"]


def test_a_file_is_loaded_once(house: House, intake: FakeIntake) -> None:
    upload = checked(house, send(house).json())
    address = f"/api/uploads/{upload['id']}/load"
    assert house.client.post(address, headers=OWN).status_code == 200
    assert house.client.post(address, headers=OWN).status_code == 409
    assert len(intake.loaded) == 1


def test_a_check_that_breaks_down_is_told_with_a_reference(
    house: House, intake: FakeIntake
) -> None:
    intake.fault = MemoryError("/var/secret")
    upload = checked(house, send(house).json())
    assert upload["state"] == "failed"
    assert "Référence" in upload["sentence"]
    assert "secret" not in upload["sentence"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\mes.csv", "mes.csv"),
        ("..", "fichier.csv"),
        ("", "fichier.csv"),
        ("a\x00\r\nb.csv", "ab.csv"),
    ],
)
def test_the_name_of_a_file_is_only_a_name(house: House, given: str, shown: str) -> None:
    assert send(house, name=given).json()["file_name"] == shown


def test_the_command_line_loads_several_files_as_one(house: House, intake: FakeIntake) -> None:
    bearer = {"authorization": "Bearer t0ken"}
    ids = [
        house.client.post(
            "/api/uploads",
            params={"name": name, "check": "0"},
            content=b"x",
            headers=bearer,
        ).json()["id"]
        for name in ("a.csv", "b.csv")
    ]
    asked = {"uploads": ids, "profile": "pilote", "policy": "strict"}
    answer = house.client.post("/api/loads", json=asked, headers=bearer)
    assert answer.json()["state"] == "loaded"
    assert intake.loaded[0]["files"] == ["a.csv", "b.csv"]
    assert intake.loaded[0]["way_in"] == "command"


@pytest.mark.parametrize("ids", [[], "x", None, ["unknown"]])
def test_loads_of_nothing_or_of_the_unknown_are_refused(house: House, ids: object) -> None:
    answer = house.client.post("/api/loads", json={"uploads": ids}, headers=OWN)
    assert answer.status_code in {400, 404}


def test_what_a_stopped_server_left_is_cleared_at_the_next_start(tmp_path: Path) -> None:
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads" / "tmpabc").write_text("half a file")
    open_house(tmp_path)
    assert left_behind(tmp_path) == []
