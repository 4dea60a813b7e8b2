"""One ministry's strategic room among 200: cold, cached, and with a long history."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure, Section
from tests.bench.government import write_history, write_reference
from tests.server import HOUSE, environment, pilotage

ORGANISATIONS, INDICATORS, MONTHS, LONGER = 200, 100, 60, 10
_COLD, _CACHED, _LONG = 4.0, 0.1, 1.2
AS_OF = "2026-03-15"


def measure() -> Section:
    """The same room on five years of history and on fifty, in turn."""
    with tempfile.TemporaryDirectory(prefix="pilotage-bench-") as place:
        folder = Path(place)
        homes = [_home(folder / "short", MONTHS), _home(folder / "long", MONTHS * LONGER)]
        turns = [[_time(home) for home in homes] for _ in range(3)]
    short, long = (min((turn[i] for turn in turns), key=lambda one: one["cold"]) for i in (0, 1))
    return Section("room", "A strategic room", tuple(_figures(short, long)), _NOTE)


_NOTE = (
    f"{ORGANISATIONS} organisations × {INDICATORS} indicators × {MONTHS} months "
    f"({ORGANISATIONS * INDICATORS * MONTHS:,} measurements). Medians on the server; *cold* is the "
    "room asked with an empty cache, *cached* the same question again."
)


def _figures(short: dict[str, float], long: dict[str, float]) -> list[Figure]:
    cold, cached, growth = (
        short["cold"] / short["statement"],
        short["cached"] / short["cold"],
        long["cold"] / short["cold"],
    )
    return [
        Figure(
            "cold, against the one SQL statement that fetches its verdicts",
            f"{cold:.2f} ×",
            f"≤ {_COLD:.0f} ×",
            cold <= _COLD,
            f"{short['cold'] * 1000:.1f} ms / {short['statement'] * 1000:.1f} ms",
        ),
        Figure(
            "cached, against cold",
            f"{cached:.4f} ×",
            f"≤ {_CACHED} ×",
            cached <= _CACHED,
            f"{short['cached'] * 1000:.3f} ms / {short['cold'] * 1000:.1f} ms",
        ),
        Figure(
            f"cold, history {LONGER} times longer",
            f"{growth:.2f} ×",
            f"≤ {_LONG} ×",
            growth <= _LONG,
            f"{long['cold'] * 1000:.1f} ms / {short['cold'] * 1000:.1f} ms",
        ),
    ]


def _home(folder: Path, months: int) -> Path:
    files = write_reference(folder, ORGANISATIONS, INDICATORS, "mensuelle", "2026")
    files.append(write_history(folder / "mesures.csv", ORGANISATIONS, INDICATORS, months))
    home = folder / "home"
    done = pilotage(home, "load", *map(str, files), PILOTAGE_AS_OF=AS_OF)
    if done.returncode:
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    return home


def _time(home: Path) -> dict[str, Any]:
    words = [sys.executable, "-m", "tests.bench.room_case", str(home), AS_OF]
    done = subprocess.run(
        words, cwd=HOUSE, env=environment(home, {}), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(home.parent.name, told, flush=True)
    return told
