"""Compressed answers, made off the event loop when large and once for files that never change.

Starlette's own compresses on the event loop and again at each visit: 0.1 s of everybody's time for
one of Dash's bundles.
"""

import asyncio
import gzip
from collections import OrderedDict

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_WORTH_BYTES = 700
_OFF_LOOP_BYTES = 64 * 1024
_MOST_HELD_BYTES = 16 * 2**20
_KEPT_FILES = 64
_KINDS = ("text/", "application/json", "application/javascript", "image/svg+xml")
_UNCHANGING = ("/_dash-component-suites/", "/assets/")
_CALLBACKS = "/_dash-update-component"


class Compression:
    """Gzips complete text answers; a long stream passes as it is."""

    def __init__(self, app: ASGIApp) -> None:
        """Nothing is kept yet."""
        self._app = app
        self._kept: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Compress where the browser accepts it and it is worth it."""
        accepts = scope["type"] == "http" and "gzip" in Headers(scope=scope).get(
            "accept-encoding", ""
        )
        if not accepts:
            await self._app(scope, receive, send)
            return
        held = _Held(self, scope, send)
        await self._app(scope, receive, held.send)

    async def compressed(self, path: str, body: bytes) -> bytes:
        """The body gzipped; kept where the path names a file that does not change."""
        if not path.startswith(_UNCHANGING):
            return await _gzipped(body, level=5)
        key = (path, len(body), hash(body))
        if key not in self._kept:
            self._kept[key] = await _gzipped(body, level=9)
            while len(self._kept) > _KEPT_FILES:
                self._kept.popitem(last=False)
        return self._kept[key]


class _Held:
    """One answer, held until it is complete or too long to hold."""

    def __init__(self, compression: Compression, scope: Scope, send: Send) -> None:
        self._compression = compression
        self._path = str(scope["path"])
        self._send = send
        self._start: Message | None = None
        self._parts: list[bytes] = []
        self._held_bytes = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message = _named(message, self._path)
        if message["type"] == "http.response.start" and _is_text(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        elif message["type"] == "http.response.body":
            await self._body(message)

    async def _body(self, message: Message) -> None:
        assert self._start is not None
        self._parts.append(message.get("body", b""))
        self._held_bytes += len(self._parts[-1])
        is_last = not message.get("more_body", False)
        if not is_last and self._held_bytes <= _MOST_HELD_BYTES:
            return
        start, body, self._start = self._start, b"".join(self._parts), None
        if is_last and len(body) >= _WORTH_BYTES:
            body = await self._compression.compressed(self._path, body)
            headers = MutableHeaders(raw=list(start["headers"]))
            headers["content-encoding"] = "gzip"
            headers["content-length"] = str(len(body))
            headers.add_vary_header("Accept-Encoding")
            start = {**start, "headers": headers.raw}
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body, "more_body": not is_last})


def _named(start: Message, path: str) -> Message:
    """The start of a callback's answer says that it is JSON: Dash on FastAPI leaves that out."""
    headers = MutableHeaders(raw=list(start["headers"]))
    if path == _CALLBACKS and start["status"] == 200 and "content-type" not in headers:
        headers["content-type"] = "application/json"
    return {**start, "headers": headers.raw}


def _is_text(start: Message) -> bool:
    headers = Headers(raw=list(start["headers"]))
    kind = headers.get("content-type", "")
    is_whole = start["status"] == 200 and "content-encoding" not in headers
    return is_whole and kind.startswith(_KINDS) and "content-disposition" not in headers


async def _gzipped(body: bytes, level: int) -> bytes:
    if len(body) < _OFF_LOOP_BYTES:
        return gzip.compress(body, level, mtime=0)
    return await asyncio.to_thread(gzip.compress, body, level, mtime=0)
