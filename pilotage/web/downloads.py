"""Files to take away: the contracts with their examples, and the verdicts of one's scope."""

import asyncio
import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from pilotage.access.current import current_scope
from pilotage.errors import NotFound
from pilotage.intake.neutral import neutral
from pilotage.rooms.blank_sheet import HEADER, blank_sheet
from pilotage.store.queries.export import verdict_table
from pilotage.store.warehouse import Warehouse
from pilotage.web.json_body import day_of
from pilotage.web.uploads import loading_scope

CONTRACTS = Path(__file__).parents[2] / "data" / "contracts"
_KINDS = {".json": "application/json", ".csv": "text/csv; charset=utf-8"}
BLANK_SHEET = "mesures-a-remplir.csv"
_BATCH_ROWS = 2000


def register(server: FastAPI, warehouse: Warehouse) -> None:
    """Open ``GET /api/contrats/<file>`` and ``GET /api/verdicts.csv?au=…``.

    One of the files is the viewer's own measurements to fill in.
    """

    async def contract(name: str) -> FileResponse:
        # Only what the folder lists: a name is compared, never joined to a path.
        published = {file.name: file for file in CONTRACTS.iterdir() if file.suffix in _KINDS}
        if name not in published:
            raise NotFound
        file = published[name]
        return FileResponse(file, media_type=_KINDS[file.suffix], filename=name)

    async def blank() -> Response:
        lines = await asyncio.to_thread(blank_sheet, loading_scope(), warehouse)
        headers = {"content-disposition": f'attachment; filename="{BLANK_SHEET}"'}
        return Response(_filled_in(lines), media_type=_KINDS[".csv"], headers=headers)

    async def verdicts(request: Request) -> StreamingResponse:
        scope, on = current_scope(), day_of(request.query_params.get("au"))
        table = await asyncio.to_thread(verdict_table, scope, warehouse, on)
        headers = {"content-disposition": 'attachment; filename="verdicts.csv"'}
        lines = written(table)
        return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)

    server.add_api_route(f"/api/contrats/{BLANK_SHEET}", blank, methods=["GET"])
    server.add_api_route("/api/contrats/{name}", contract, methods=["GET"])
    server.add_api_route("/api/verdicts.csv", verdicts, methods=["GET"])


def written(table: pa.Table) -> Iterator[bytes]:
    """The table as CSV, comma and point as machines read them; no cell can run as a formula."""
    yield _lines([table.column_names])
    for batch in table.to_batches(_BATCH_ROWS):
        columns = [column.to_pylist() for column in batch.columns]
        yield _lines([[_cell(value) for value in row] for row in zip(*columns, strict=True)])


def _filled_in(lines: Sequence[tuple[str, ...]]) -> bytes:
    """A file to open in a spreadsheet: marked as UTF-8, semicolons as French settings expect."""
    text = io.StringIO()
    rows = [[_cell(value) for value in line] for line in lines]
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([HEADER, *rows])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    return neutral(value) if isinstance(value, str) else value


def _lines(rows: list[list[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
