"""Pages that only listen to ``/flux``, as lean as a bench needs: ``… ear PORT COUNT COOKIE PLACE``.

Says ``ready`` once all are connected, then, when its input ends, how many versions each heard of:
the fewest and the most.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.server import HOUSE

_HANDSHAKE = (
    "GET /flux{asked} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: cGlsb3RhZ2UtcGlsb3RhZw==\r\nCookie: {cookie}\r\n\r\n"
)
_TEXT, _PING, _PONG, _LONGER = 0x81, 0x89, 0x8A, 126
_AT_ONCE = 50


class Ear:
    """One open WebSocket; reads unbroken text frames, which is all the server sends."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Use ``opened``."""
        self._reader, self._writer = reader, writer
        self.greeting: dict[str, Any] = {}

    @staticmethod
    async def opened(port: int, cookie: str, known: int | None = None) -> "Ear":
        """A connection that has heard the greeting. Raises RuntimeError where it is refused.

        ``known``: the version that a page which comes back has on screen.
        """
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        asked = "" if known is None else f"?version={known}"
        writer.write(_HANDSHAKE.format(asked=asked, port=port, cookie=cookie).encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in head:
            raise RuntimeError(head.decode("latin-1"))
        ear = Ear(reader, writer)
        ear.greeting = await ear.hear()
        return ear

    async def hear(self) -> dict[str, Any]:
        """The next message; the server's own pings are answered on the way."""
        while True:
            kind, length = await self._reader.readexactly(2)
            if length == _LONGER:
                length = int.from_bytes(await self._reader.readexactly(2), "big")
            said = await self._reader.readexactly(length)
            if kind == _TEXT:
                message: dict[str, Any] = json.loads(said)
                return message
            if kind == _PING:
                # A mask of zeros leaves what it covers as it is.
                self._writer.write(bytes([_PONG, 0x80 | length]) + bytes(4) + said)

    async def hint(self) -> dict[str, Any]:
        """The next message that is no ping."""
        while "version" not in (message := await self.hear()):
            pass
        return message

    def say_place(self, place: str) -> None:
        """Which organisation's room is on screen, as a page says it."""
        said = json.dumps({"place": place}).encode()
        self._writer.write(bytes([_TEXT, 0x80 | len(said)]) + bytes(4) + said)

    def close(self) -> None:
        """Hang up without a word, as a page that is closed."""
        self._writer.transport.abort()


async def ears(port: int, count: int, cookie: str, place: str) -> list[Ear]:
    """Many connections, a few at once, each with that organisation's room on screen."""
    turn = asyncio.Semaphore(_AT_ONCE)

    async def one() -> Ear:
        async with turn:
            ear = await Ear.opened(port, cookie)
            ear.say_place(place)
            return ear

    return list(await asyncio.gather(*(one() for _ in range(count))))


@contextmanager
def listeners(
    port: int, count: int, cookie: str, place: str
) -> Iterator[Callable[[], tuple[int, int]]]:
    """Those who only listen, in a process of their own; then the fewest and most they heard."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.ear", str(port), str(count), cookie, place],
        cwd=HOUSE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    if process.stdout.readline().strip() != "ready":
        raise RuntimeError("the crowd did not connect")

    def heard() -> tuple[int, int]:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        fewest, most = process.stdout.readline().split()
        return int(fewest), int(most)

    try:
        yield heard
    finally:
        process.kill()
        process.wait()


async def _listen(port: int, count: int, cookie: str, place: str) -> None:
    opened = await ears(port, count, cookie, place)
    heard: list[set[int]] = [set() for _ in opened]

    async def keep_listening(at: int) -> None:
        while True:
            heard[at].add((await opened[at].hint())["version"])

    listening = [asyncio.create_task(keep_listening(at)) for at in range(count)]
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    for one in listening:
        one.cancel()
    sizes = [len(versions) for versions in heard]
    print(min(sizes), max(sizes), flush=True)


if __name__ == "__main__":
    asyncio.run(_listen(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]))
