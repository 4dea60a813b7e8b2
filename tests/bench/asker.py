"""A browser's questions without the browser: one connection kept open, as lean as a bench needs."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import httpx

from layouts import ids
from tests.server import Server


@dataclass(frozen=True)
class Question:
    """One POST to Dash, written once and sent as often as wanted."""

    wire: bytes

    @staticmethod
    def of(address: str, cookie: str, body: dict[str, Any]) -> "Question":
        """``address``: ``http://host:port``; ``cookie``: what the browser would send."""
        said = json.dumps(body).encode()
        host = address.removeprefix("http://")
        head = (
            f"POST /_dash-update-component HTTP/1.1\r\nHost: {host}\r\nOrigin: {address}\r\n"
            f"Content-Type: application/json\r\nAccept-Encoding: gzip\r\nCookie: {cookie}\r\n"
            f"Content-Length: {len(said)}\r\n\r\n"
        )
        return Question(head.encode() + said)


class Asker:
    """One connection; questions one after the other."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Use ``opened``."""
        self._reader, self._writer = reader, writer

    @staticmethod
    async def opened(port: int) -> "Asker":
        """A connection to this machine."""
        return Asker(*await asyncio.open_connection("127.0.0.1", port, limit=2**22))

    async def ask(self, question: Question) -> int:
        """Bytes of the answer, once it is whole. Raises RuntimeError where it is no 200."""
        self._writer.write(question.wire)
        head = await self._reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode("latin-1"))
        length = next(
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        )
        await self._reader.readexactly(length)
        return length

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


def seated(server: Server, viewer: str) -> str:
    """The cookie of a sample person who sat down."""
    with httpx.Client(base_url=server.address, headers={"Origin": server.address}) as client:
        client.post("/voir-comme", data={"viewer": viewer})
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def outputs(*names: str) -> dict[str, Any]:
    """What Dash says of the outputs it waits for."""
    places = [dict(zip(("id", "property"), one.rsplit(".", 1), strict=True)) for one in names]
    return {"output": f"..{'...'.join(names)}..", "outputs": places}


def raising(organisation_id: str, title: str) -> dict[str, Any]:
    """What the page of the blockers says when one is raised."""
    asked = {"move": "raise", "organisation_id": organisation_id, "title": title}
    return {
        "output": f"{ids.BLOCKERS_ANSWER}.children",
        "outputs": {"id": ids.BLOCKERS_ANSWER, "property": "children"},
        "inputs": [{"id": ids.BLOCKERS_ASKED, "property": "data", "value": asked}],
        "state": [
            {"id": ids.URL, "property": "pathname", "value": "/bloquants"},
            {"id": ids.URL, "property": "search", "value": ""},
        ],
        "changedPropIds": [f"{ids.BLOCKERS_ASKED}.data"],
    }
