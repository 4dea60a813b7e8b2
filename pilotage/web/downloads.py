"""Files to take away: the contracts and their examples."""

from pathlib import Path

from fastapi import FastAPI
from starlette.responses import FileResponse

from pilotage.errors import NotFound

CONTRACTS = Path(__file__).parents[2] / "data" / "contracts"
_KINDS = {".json": "application/json", ".csv": "text/csv; charset=utf-8"}


def register(server: FastAPI) -> None:
    """Open ``GET /api/contrats/<file>``."""

    async def contract(name: str) -> FileResponse:
        # Only what the folder lists: a name is compared, never joined to a path.
        published = {file.name: file for file in CONTRACTS.iterdir() if file.suffix in _KINDS}
        if name not in published:
            raise NotFound
        file = published[name]
        return FileResponse(file, media_type=_KINDS[file.suffix], filename=name)

    server.add_api_route("/api/contrats/{name}", contract, methods=["GET"])
