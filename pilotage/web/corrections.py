"""``POST /api/loads/{number}/corrections``: refused rows corrected in place, or left as they are.

The body is the form's: ``12:periode`` is the cell « periode » of the row 12 of the quarantine,
``left:12`` leaves that row, ``reason`` says why. What differs from what came is written into a
file of its own, received and checked like any other (``upload``); where nothing differs, every row
named is checked again, as what is known may have changed.
"""

import asyncio
import json
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pilotage.access.current import current_viewer
from pilotage.domain.viewer import Scope
from pilotage.errors import NotFound, Refused
from pilotage.intake.correction import Corrects, correction_file
from pilotage.store.queries.loads import one_load
from pilotage.store.queries.quarantine import waiting_rows
from pilotage.store.queries.row import Row
from pilotage.store.warehouse import Warehouse
from pilotage.web.json_body import json_body
from pilotage.web.sentence import language_of
from pilotage.web.upload import said
from pilotage.web.upload_desk import UploadDesk
from pilotage.web.uploads import loading_scope

_LONGEST_CELL, _LONGEST_REASON, _MOST_ROWS = 20_000, 500, 500


def register(server: FastAPI, warehouse: Warehouse, desk: UploadDesk) -> None:
    """Open the route."""

    async def correct(request: Request, load_seq: int) -> Response:
        asked = await json_body(request)
        scope = loading_scope()
        load = await asyncio.to_thread(one_load, scope, warehouse, load_seq)
        numbers = _numbers(asked)
        waiting = await asyncio.to_thread(
            waiting_rows, scope, warehouse, load_seq, _MOST_ROWS, numbers
        )
        if load is None or not waiting:
            raise NotFound(
                "Ces lignes n'attendent plus. Rechargez la page.",
                "These rows wait no more. Reload the page.",
            )
        _refuse_others(scope, load)
        left = [row["row_no"] for row in waiting if asked.get(f"left:{row['row_no']}")]
        kept = _changed([row for row in waiting if row["row_no"] not in left], asked)
        if left:
            payload = {"load_seq": load_seq, "rows": left, "reason": _reason(asked)}
            author = current_viewer().viewer_id
            await asyncio.to_thread(warehouse.record, "quarantine_left", author, payload)
        told: dict[str, Any] = {"left": len(left), "upload": None}
        if kept:
            upload = await _sent(desk, scope, load, kept)
            desk.check_in_background(upload)
            told["upload"] = said(upload, language_of(request.scope))
        return JSONResponse(told, HTTPStatus.CREATED if kept else HTTPStatus.OK)

    server.add_api_route("/api/loads/{load_seq}/corrections", correct, methods=["POST"])


def _refuse_others(scope: Scope, load: Row) -> None:
    place = load["organisation_id"]
    if not scope.loads_everything and not (place and scope.may_load(place)):
        raise Refused(
            "Ce versement porte aussi sur d'autres organisations que les vôtres.",
            "This load also holds rows of organisations that are not yours.",
        )


def _numbers(asked: Mapping[str, Any]) -> set[int]:
    parts = (name.replace("left:", "").partition(":")[0] for name in asked)
    return {int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 8}


def _reason(asked: Mapping[str, Any]) -> str:
    reason = asked.get("reason")
    if not isinstance(reason, str) or not reason.strip():
        raise Refused(
            "Dites pourquoi ces lignes sont laissées de côté.", "Say why these rows are left aside."
        )
    return reason.strip()[:_LONGEST_REASON]


def _changed(kept: list[Row], asked: Mapping[str, Any]) -> list[tuple[Row, dict[str, str]]]:
    """The rows with a cell that was typed otherwise; all of them where there is none."""
    typed = [(row, _cells(row, asked)) for row in kept]
    changed = [(row, cells) for row, cells in typed if list(cells.values()) != _came(row)]
    for row, cells in changed:
        if not any(cells.values()):
            raise Refused(
                f"La ligne {row['line']} est vide : laissez-la plutôt de côté.",
                f"Line {row['line']} is empty: leave it aside instead.",
            )
    return changed or typed


def _came(row: Row) -> list[str]:
    return [" ".join(text.split()) for text in json.loads(row["cells"])]


def _cells(row: Row, asked: Mapping[str, Any]) -> dict[str, str]:
    """Each cell as typed; as it came where the form does not say."""
    cells = {}
    for name, came in zip(json.loads(row["fields"]), _came(row), strict=True):
        typed = asked.get(f"{row['row_no']}:{name}")
        text = typed[:_LONGEST_CELL] if isinstance(typed, str) else came
        cells[name] = " ".join(text.split())
    return cells


async def _sent(
    desk: UploadDesk, scope: Scope, load: Row, rows: list[tuple[Row, dict[str, str]]]
) -> Any:
    """The corrected rows of one subject as a file received; those of another wait their turn."""
    subject = rows[0][0]["subject"]
    mine = [(row, cells) for row, cells in rows if row["subject"] == subject]
    fields = list(dict.fromkeys(name for _, cells in mine for name in cells))
    content = correction_file(fields, [cells for _, cells in mine])
    name = f"corrections-de-{Path(load['file_name']).stem}.csv"
    with NamedTemporaryFile(dir=desk.folder, delete=False) as target:
        path = Path(target.name)
        target.write(content)
    try:
        upload = await desk.receive(current_viewer().viewer_id, scope, path, name)
    finally:
        path.unlink(missing_ok=True)
    upload.corrects = Corrects(load["load_seq"], tuple(row["row_no"] for row, _ in mine))
    return upload
