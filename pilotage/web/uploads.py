"""``/api/uploads``: a file streamed to disk, then checked; its sender follows it and loads it.

| route | answer |
|---|---|
| ``POST /api/uploads?name=…&profile=…`` (body: the file) | 201, the upload; its check starts |
| ``GET /api/uploads/{id}`` | state, fraction, report, preview, outcome |
| ``GET /api/uploads/{id}/problems.csv`` | every problem |
| ``POST /api/uploads/{id}/reading`` (what the file is) | its head read so; its check starts again |
| ``POST /api/uploads/{id}/load`` (``{"policy": "strict"}``) | the upload, loaded or refused |

``check=0`` leaves the file received, for ``POST /api/loads`` to take several as one load.
"""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import anyio.to_thread
from fastapi import FastAPI
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from pilotage.access.current import current_scope, current_viewer
from pilotage.access.operator import OPERATOR
from pilotage.access.token import is_token
from pilotage.domain.viewer import Scope
from pilotage.errors import Forbidden, NotFound, TooLarge, Unavailable
from pilotage.intake.problem_csv import problem_csv
from pilotage.store.disk_fault import disk_told
from pilotage.web.body import announced_length
from pilotage.web.json_body import UnreadableError, json_body, policy_of, published_at_of
from pilotage.web.sentence import language_of
from pilotage.web.upload import Upload, said
from pilotage.web.upload_desk import UploadDesk

_LONGEST_NAME = 200
_PROFILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_WRITE_BYTES = 1 << 20


def register(server: FastAPI, desk: UploadDesk, limit_bytes: int) -> None:
    """Open the five routes."""

    async def receive(request: Request) -> Response:
        profile_of(request.query_params)  # refused before a long body is taken in
        upload = await received(request, desk, limit_bytes)
        upload.profile = profile_of(request.query_params)
        if request.query_params.get("check") != "0":
            desk.check_in_background(upload)
        return _answer(request, upload, 201)

    async def follow(request: Request, upload_id: str) -> Response:
        return _answer(request, desk.of(current_viewer().viewer_id, upload_id))

    async def problems(request: Request, upload_id: str) -> Response:
        upload = desk.of(current_viewer().viewer_id, upload_id)
        if not upload.problems_path.exists():
            raise NotFound
        lines = problem_csv(upload.problems_path, language_of(request.scope))
        headers = {"content-disposition": 'attachment; filename="problemes.csv"'}
        return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)

    async def reading(request: Request, upload_id: str) -> Response:
        upload = desk.of(current_viewer().viewer_id, upload_id)
        loading_scope()
        asked = await json_body(request)
        described = {name: text for name, text in asked.items() if isinstance(text, str)}
        if asked.get("move") == "look":
            upload.described = described
            await desk.look(upload)
        else:
            await desk.describe(upload, described)
        return _answer(request, upload)

    async def load(request: Request, upload_id: str) -> Response:
        upload = desk.of(current_viewer().viewer_id, upload_id)
        asked = await json_body(request)
        way_in, moment = way_in_of(), published_at_of(asked)
        await desk.load(upload, loading_scope(), policy_of(asked), way_in, moment)
        return _answer(request, upload)

    server.add_api_route("/api/uploads", receive, methods=["POST"])
    server.add_api_route("/api/uploads/{upload_id}", follow, methods=["GET"])
    server.add_api_route("/api/uploads/{upload_id}/problems.csv", problems, methods=["GET"])
    server.add_api_route("/api/uploads/{upload_id}/reading", reading, methods=["POST"])
    server.add_api_route("/api/uploads/{upload_id}/load", load, methods=["POST"])


async def received(request: Request, desk: UploadDesk, limit_bytes: int) -> Upload:
    """The request's body, archived. Nothing is left of one that was cut, too long or unwritable."""
    scope, viewer = loading_scope(), current_viewer()
    async with _streamed(request, desk.folder, limit_bytes) as path:
        return await desk.receive(viewer.viewer_id, scope, path, _name(request))


def loading_scope() -> Scope:
    """The scope of someone who may load something. Raises Forbidden for anyone else."""
    scope = current_scope()
    if not (scope.loads_everything or scope.loadable):
        raise Forbidden(
            "Vous ne pouvez pas déposer de fichier. Demandez aux responsables des données.",
            "You may not send files. Ask those responsible for the data.",
        )
    return scope


def profile_of(asked: Mapping[str, Any]) -> str | None:
    """The profile named; None where none is. Raises UnreadableError for anything but a name.

    A path would let a caller choose which files and SQL of this machine are read: only whoever
    holds the machine may give one.
    """
    given = asked.get("profile") or None
    if given is None:
        return None
    is_operator = current_viewer().viewer_id == OPERATOR.viewer_id
    if not isinstance(given, str) or not (is_operator or _PROFILE.fullmatch(given)):
        raise UnreadableError("profile")
    return given


def way_in_of() -> str:
    """How a load of this request is recorded."""
    viewer_id = current_viewer().viewer_id
    if viewer_id == OPERATOR.viewer_id:
        return "command"
    return "api" if is_token(viewer_id) else "page"


@asynccontextmanager
async def _streamed(request: Request, folder: Path, limit_bytes: int) -> AsyncIterator[Path]:
    """The body in a file of its own, which is gone at the end of the block."""
    if (announced_length(request.scope) or 0) > limit_bytes:
        raise TooLarge(limit_bytes)
    with NamedTemporaryFile(dir=folder, delete=False) as target:
        path = Path(target.name)
        try:
            with disk_told():
                await _write(request, target.file, limit_bytes)
                yield path
        except ClientDisconnect as error:
            # Nobody is there to read it; the sentence is for the log.
            raise _cut() from error
        finally:
            path.unlink(missing_ok=True)


async def _write(request: Request, target: Any, limit_bytes: int) -> None:
    """Write the body as it comes, never more than the limit; the archive will hash it."""
    size, waiting = 0, bytearray()
    async for block in request.stream():
        size += len(block)
        if size > limit_bytes:
            raise TooLarge(limit_bytes)
        waiting += block
        if len(waiting) >= _WRITE_BYTES:
            await anyio.to_thread.run_sync(target.write, bytes(waiting))
            waiting.clear()
    await anyio.to_thread.run_sync(target.write, bytes(waiting))
    target.flush()


def _name(request: Request) -> str:
    """The file's own name, without any folder; it is shown, never used as a path."""
    given = request.query_params.get("name", "")
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(letter for letter in last if letter.isprintable())[:_LONGEST_NAME].strip()
    return shown if shown.strip(".") else "fichier.csv"


def _answer(request: Request, upload: Upload, status: int = 200) -> Response:
    return JSONResponse(said(upload, language_of(request.scope)), status)


def _cut() -> Unavailable:
    return Unavailable(
        "L'envoi s'est interrompu : rien n'a été gardé. Recommencez.",
        "The upload was cut: nothing was kept. Start again.",
    )
