"""A page of another make on a port of its own, for as long as it is measured against ours."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.server import HOUSE, environment, free_port


@contextmanager
def rival(module: str, *words: str, home: Path | None = None) -> Iterator[int]:
    """``python -m module PORT WORD…``, once it answers; its port."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", module, str(port), *words],
        cwd=HOUSE,
        env=environment(home or Path(), {}),
    )
    try:
        with httpx.Client(transport=httpx.HTTPTransport(retries=7), timeout=60) as client:
            client.get(f"http://127.0.0.1:{port}/").raise_for_status()
        yield port
    finally:
        process.terminate()
        process.wait()
