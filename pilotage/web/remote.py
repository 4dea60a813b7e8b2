"""Loading through the server that already runs on a home; what the command line does then."""

import http.client
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from pilotage.errors import PilotageError, Unavailable
from pilotage.i18n import Lang
from pilotage.web.server_file import RunningServer, running_server

_TIMEOUT_S = 3600


@dataclass(frozen=True)
class RemoteOutcome:
    """How a load through the server ended; ``problems`` are the first ones, one a line."""

    sentence: str
    is_wrong: bool
    problems: tuple[str, ...] = ()


def load_remotely(
    home: Path,
    paths: Sequence[Path],
    profile: str | None,
    policy: str,
    published_at: datetime | None,
    lang: Lang = "fr",
) -> RemoteOutcome | None:
    """Load the files as one through this home's server; None where none runs.

    Raises PilotageError with the server's own sentence where it refuses.
    """
    server = running_server(home)
    if server is None:
        return None
    ids = [_sent(server, path, lang)["id"] for path in paths]
    asked = {
        "uploads": ids,
        "profile": profile,
        "policy": policy,
        "published_at": published_at.isoformat() if published_at else None,
    }
    answer = _asked(server, f"/api/loads?lang={lang}", json.dumps(asked).encode())
    report = answer["report"] or {"errors": 1, "problems": []}
    return RemoteOutcome(
        answer["sentence"],
        is_wrong=answer["state"] in {"refused", "failed"} or bool(report["errors"]),
        problems=tuple(_problem(one) for one in report["problems"]),
    )


def check_remotely(
    home: Path, groups: Sequence[Sequence[Path]], profile: str | None, lang: Lang = "fr"
) -> list[dict[str, Any]] | None:
    """What the server of this home says of each group, checked in turn; None where none runs.

    Each answer is the upload as the server says it: ``report`` holds counts and first problems.
    """
    server = running_server(home)
    if server is None:
        return None
    answers: list[dict[str, Any]] = []
    for paths in groups:
        ids = [_sent(server, path, lang)["id"] for path in paths]
        after = [answer["id"] for answer in answers]
        asked = json.dumps({"uploads": ids, "profile": profile, "after": after}).encode()
        answers.append(_asked(server, f"/api/checks?lang={lang}", asked))
    return answers


def ask_server(home: Path, address: str, asked: Any = None) -> dict[str, Any] | None:
    """What the server of this home answers at an address; None where none runs.

    ``asked`` is posted as JSON. Raises PilotageError with the server's own sentence.
    """
    server = running_server(home)
    if server is None:
        return None
    return _asked(server, address, None if asked is None else json.dumps(asked).encode())


def problems_of(answer: dict[str, Any]) -> tuple[str, ...]:
    """The first problems of an answer, one a line."""
    return tuple(_problem(one) for one in (answer["report"] or {"problems": []})["problems"])


def _sent(server: RunningServer, path: Path, lang: Lang) -> dict[str, Any]:
    address = f"/api/uploads?check=0&lang={lang}&name={quote(path.name)}"
    with path.open("rb") as file:
        return _asked(server, address, file, path.stat().st_size)


def _asked(
    server: RunningServer,
    address: str,
    body: Any = None,
    size: int | None = None,
) -> dict[str, Any]:
    """What the server answers: to a question without a body, to JSON, or to a file of ``size``."""
    kind = "application/json" if size is None else "application/octet-stream"
    headers = {"Authorization": f"Bearer {server.token}", "Content-Type": kind}
    if size is not None:
        headers["Content-Length"] = str(size)
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=_TIMEOUT_S)
    try:
        connection.request("GET" if body is None else "POST", address, body, headers)
        answer = connection.getresponse()
        said: dict[str, Any] = json.loads(answer.read())
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _unreachable(server) from error
    finally:
        connection.close()
    if answer.status >= http.client.BAD_REQUEST and "state" not in said:
        raise PilotageError(said["sentence"], said["sentence"])
    return said


def _problem(one: dict[str, Any]) -> str:
    return f"{one['located']} [{one['code']}]"


def _unreachable(server: RunningServer) -> Unavailable:
    return Unavailable(
        f"Le serveur {server.address} n'a pas répondu jusqu'au bout. Recommencez : "
        "un fichier déjà chargé ne l'est pas deux fois.",
        f"The server {server.address} did not answer to the end. Start again: "
        "a file already loaded is not loaded twice.",
    )
