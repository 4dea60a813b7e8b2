"""A disk that fails: a sync or a write goes wrong, or no space is left, at each point of a load.

Whatever the point: acknowledged and there after, or refused with a sentence and not half there; and
the same process goes on working once the disk does. Run under ``disk.c``.
"""

import ctypes
import errno
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pilotage.access.operator import OPERATOR
from pilotage.errors import PilotageError
from pilotage.intake import loading
from pilotage.store.warehouse import Warehouse, open_warehouse
from tests.door import INDICATORS, MEASUREMENTS, ORGANISATIONS, Door, HereChecker
from tests.server import HOUSE
from tests.torture.cuts import built
from tests.torture.recording import ROWS, rows_of, rows_shown

FOREVER = 1 << 40
KINDS = {
    "sync fails": ("f", 1, errno.EIO),
    "write fails": ("w", 1, errno.EIO),
    "disk full": ("w", FOREVER, errno.ENOSPC),
}


@dataclass
class FaultTally:
    """What came of the points where the disk failed; ``unsaid`` are faults without a sentence."""

    points: int = 0
    acknowledged: int = 0
    refused: int = 0
    lost: int = 0
    half_visible: int = 0
    stuck: int = 0
    unsaid: list[str] = field(default_factory=list)
    sentences: dict[str, int] = field(default_factory=dict)


def failed(kind: str, points: int, seed: int = 1) -> FaultTally:
    """Fail that many points of that kind, in a process of its own under the failing disk."""
    with tempfile.TemporaryDirectory(prefix="pilotage-faults-") as place:
        folder = Path(place)
        library = built(folder)
        if library is None:
            raise RuntimeError("no C compiler: the disk cannot be made to fail")
        root = folder / "disk"
        root.mkdir()
        known = {"LD_PRELOAD": str(library), "PILOTAGE_DISK_ROOT": str(root)}
        words = [sys.executable, "-m", "tests.torture.faults", kind, str(points), str(root)]
        environment = os.environ | known | {"PILOTAGE_DISK_LIBRARY": str(library)}
        done = subprocess.run(
            words, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        return FaultTally(**json.loads(done.stdout.splitlines()[-1]))


def suffer(kind: str, points: int, root: Path) -> FaultTally:
    """Load at each point with the disk failing there; then look at what is left."""
    setattr(loading, "Checker", HereChecker)  # noqa: B010 -- a module's name, seen by nobody else
    disk = ctypes.CDLL(os.environ["PILOTAGE_DISK_LIBRARY"])
    disk.disk_fail.argtypes = [ctypes.c_char, ctypes.c_long, ctypes.c_long, ctypes.c_int]
    disk.disk_seen.argtypes, disk.disk_seen.restype = [ctypes.c_char], ctypes.c_long
    letter, times, code = KINDS[kind]
    tally, said, sentences = FaultTally(), dict[int, bool](), Counter[str]()
    files = root.parent / "files"
    files.mkdir()
    warehouse = open_warehouse(root / "home")
    door = Door(warehouse, files, OPERATOR)
    for content in (ORGANISATIONS, INDICATORS):
        assert door.load(content).state == "loaded"
    calls = _calls(door, disk, letter)
    for point in range(points):
        number = 10 * (point + 1)
        disk.disk_fail(letter.encode(), 1 + point % calls, times, code)
        try:
            outcome = door.load(_months(number))
            said[outcome.version] = True
            tally.acknowledged += 1
        except PilotageError as fault:
            tally.refused += 1
            sentences[f"{fault.status} {fault.fr}"] += 1
        except Exception as fault:
            tally.refused += 1
            tally.unsaid.append(f"{point}: {type(fault).__name__}: {str(fault)[:300]}")
        disk.disk_fail(b"-", 0, 0, 0)
        tally.points += 1
        try:
            said[door.load(_months(number + 5)).version] = True
            calls = int(disk.disk_seen(letter.encode()))  # fewer, once the folders are there
            _compare(warehouse, said, tally)
        except Exception as fault:
            tally.stuck += 1
            tally.unsaid.append(f"{point} after: {type(fault).__name__}: {str(fault)[:300]}")
            warehouse.release()
            warehouse = open_warehouse(root / "home")
            door = Door(warehouse, files, OPERATOR)
    warehouse.close()
    left = rows_of(root / "home")
    tally.lost += sum(seq not in left for seq in said)
    tally.sentences = dict(sentences)
    return tally


def _calls(door: Door, disk: ctypes.CDLL, letter: str) -> int:
    """How many calls of that kind one load makes."""
    disk.disk_fail(b"-", 0, 0, 0)
    door.load(_months(1))
    return int(disk.disk_seen(letter.encode()))


def _months(number: int) -> str:
    rows = (f"I-M;M;2026-0{m};{number + m / 10}\n" for m in range(1, ROWS + 1))
    return MEASUREMENTS + "".join(rows)


def _compare(warehouse: Warehouse, said: dict[int, bool], tally: FaultTally) -> None:
    rows = rows_shown(warehouse)
    tally.lost += sum(seq not in rows for seq in said)
    tally.half_visible += sum(count != ROWS for count in rows.values())


if __name__ == "__main__":
    found = suffer(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
    print(json.dumps(found.__dict__))
