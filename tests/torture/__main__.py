"""``python -m tests.torture [kills|cuts|faults|recovery|steps|days=N …]``: ``docs/torture.md``.

What is not asked for keeps the figures of its last run (``docs/torture.json``).
"""

import json
import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from typing import Any

from tests.server import HOUSE
from tests.torture.cuts import cut
from tests.torture.days import restored
from tests.torture.faults import KINDS, failed
from tests.torture.kills import killed
from tests.torture.recovery import recovered
from tests.torture.report import page
from tests.torture.steps import compared

_SEED = 2026
_CUTS_A_RECORDING = 125
"""Then another home is recorded, with other lives and another seed."""


def kills(count: int) -> dict[str, Any]:
    """Kill a loading process that many times."""
    return killed(count, _SEED).__dict__


def cuts(count: int) -> dict[str, Any]:
    """Cut the power that many times, over several recordings."""
    found: dict[str, Any] = {}
    for turn in range(-(-count // _CUTS_A_RECORDING)):
        left = min(_CUTS_A_RECORDING, count - turn * _CUTS_A_RECORDING)
        one = cut(left, _SEED + turn, lives=2 + turn % 4, loads=6 + turn % 5).__dict__
        found = {name: found[name] + one[name] for name in one} if found else one
    return found


def faults(points: int) -> dict[str, Any]:
    """Fail the disk at that many points in each way."""
    return {kind: failed(kind, points).__dict__ for kind in KINDS}


def recovery(values: int) -> dict[str, Any]:
    """Tear the projection of that many values."""
    return recovered(values).__dict__


def steps(count: int) -> dict[str, Any]:
    """Compare the store with a plain dict over that many steps."""
    return compared(count).__dict__


def days(count: int) -> dict[str, Any]:
    """Back up, restore, and ask that many past days of the restored home."""
    return restored(count).__dict__


CASES: dict[str, Callable[[int], dict[str, Any]]] = {
    "kills": kills,
    "cuts": cuts,
    "faults": faults,
    "recovery": recovery,
    "steps": steps,
    "days": days,
}
SHORT = {"kills": 20, "cuts": 50, "faults": 30, "recovery": 300_000, "steps": 200, "days": 10}


def main(asked: dict[str, int]) -> int:
    """Do what is asked, write the page; 1 when something was lost, half there or stuck."""
    kept = HOUSE / "docs" / "torture.json"
    known: dict[str, Any] = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    for name, count in asked.items():
        found = _summed(CASES[name](count))
        known[name] = found | {
            "when": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        }
        print(name, {k: v for k, v in found.items() if not isinstance(v, list)}, flush=True)
        kept.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (HOUSE / "docs" / "torture.md").write_text(page(known), "utf-8")
    return int(_is_wrong({name: known[name] for name in asked}))


def _summed(found: dict[str, Any]) -> dict[str, Any]:
    """The seconds of each opening as their median and the slowest."""
    opened = found.pop("reopened", [])
    return found | ({"median": median(opened), "slowest": max(opened)} if opened else {})


def _is_wrong(found: Any) -> bool:
    if isinstance(found, dict):
        bad = any(
            found.get(name) for name in ("lost", "half_visible", "stuck", "unsaid", "divergences")
        )
        return bad or any(_is_wrong(one) for one in found.values())
    return False


if __name__ == "__main__":
    words = [word.split("=") for word in sys.argv[1:]]
    sys.exit(main({name: int(count) for name, count in words} or SHORT))
