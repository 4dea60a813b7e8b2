"""A file many times the memory allowed: loaded, and in how much memory."""

import json
import os
import subprocess
import sys

from tests.bench.figure import Figure, Section
from tests.server import HOUSE

SMALL_GB = 0.5
BIG_GB = float(os.environ.get("BIG_GB", "10"))
_GROWTH = 2.0


def measure() -> Section:
    """A small file and a big one, each in a process of its own."""
    small, big = _told(SMALL_GB), _told(BIG_GB)
    growth = big["peak_bytes"] / small["peak_bytes"]
    times = big["bytes"] / small["bytes"]
    return Section(
        "big",
        "A file larger than memory",
        (
            Figure(
                f"memory, {big['bytes'] / 1e9:.1f} GB against {small['bytes'] / 1e9:.1f} GB",
                f"{growth:.2f} × for a file of {times:.0f} ×",
                f"≤ {_GROWTH} ×",
                growth <= _GROWTH,
                f"{big['peak_bytes'] / 1e9:.2f} GB against {small['peak_bytes'] / 1e9:.2f} GB, "
                "loading process and its children; "
                f"{big['rows']:,.0f} rows loaded in {big['seconds'] / 60:.1f} min",
            ),
        ),
        "`BIG_GB=10 make bench ONLY=big` needs five times that size of free disk.",
    )


def _told(gigabytes: float) -> dict[str, float]:
    words = [sys.executable, "-m", "tests.bench.big_case", str(gigabytes)]
    done = subprocess.run(words, cwd=HOUSE, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    print("big", told, flush=True)
    return told
