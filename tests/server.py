"""A real house behind a real socket, for the tests and figures that need one."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Timer

HOUSE = Path(__file__).parent.parent
_PATIENCE_S = 60


def free_port() -> int:
    """A port nobody listens to at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def pilotage(home: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one command of the house on a home; its answer, whatever the exit code."""
    return subprocess.run(
        [sys.executable, "-m", "pilotage", *words],
        cwd=HOUSE,
        env=environment(home, variables),
        capture_output=True,
        text=True,
        check=False,
    )


def environment(home: Path, variables: Mapping[str, str]) -> dict[str, str]:
    """This process's environment without its own settings, pointed at ``home``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PILOTAGE_")}
    return {**kept, "PILOTAGE_HOME": str(home), "PYTHONUNBUFFERED": "1", **variables}


class Server:
    """``pilotage serve`` on a free port of this machine; starts, stops, starts again on it."""

    def __init__(self, home: Path, **variables: str) -> None:
        self.home = home
        self.port = free_port()
        self.variables = variables
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.home.with_name(f"{self.home.name}-{self.port}.log")

    def start(self) -> "Server":
        """Start, and come back once it says that it answers; else RuntimeError, its last words."""
        words = [sys.executable, "-m", "pilotage", "serve"]
        words += ["--home", str(self.home), "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                words,
                cwd=HOUSE,
                env=environment(self.home, self.variables),
                stdout=subprocess.PIPE,
                stderr=log,
            )
        impatience = Timer(_PATIENCE_S, self.process.kill)
        impatience.start()
        try:
            said = self.process.stdout.readline() if self.process.stdout else b""
        finally:
            impatience.cancel()
        if self.address.encode() not in said:
            self.stop()
            raise RuntimeError(self.log.read_text(encoding="utf-8")[-2000:] or said.decode())
        return self

    def stop(self) -> None:
        """Stop and wait for the end; nothing when it does not run."""
        if self.process is not None:
            self.process.terminate()
            if self.process.stdout:
                self.process.stdout.close()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def write_csv(path: Path, header: str, rows: Iterable[str]) -> Path:
    """A contract file with ``;``, whole at once: written aside, then renamed into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.part")
    aside.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return aside.rename(path)
