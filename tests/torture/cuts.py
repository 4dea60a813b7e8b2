"""Power cuts: at moments drawn at random, what the disk may be left with is opened again.

Everything acknowledged before the cut must be there, whole, in a home that opens by itself.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import IO

from tests.server import HOUSE
from tests.torture.disk import Change, Disk, recorded
from tests.torture.life import answer_of
from tests.torture.recording import ACKNOWLEDGED, ROWS, rows_of

_SOURCE = Path(__file__).with_name("disk.c")


@dataclass
class CutTally:
    """What came of the cuts; ``reopened`` in seconds, ``faults`` what did not open, and why."""

    cuts: int = 0
    acknowledged: int = 0
    lost: int = 0
    half_visible: int = 0
    stuck: int = 0
    reopened: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def built(folder: Path) -> Path | None:
    """The recording library, compiled; None where there is no compiler."""
    if shutil.which("cc") is None:
        return None
    library = folder / "disk.so"
    words = ["cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(_SOURCE), "-ldl", "-lpthread"]
    subprocess.run(words, check=True)
    return library


def cut(cuts: int, seed: int, lives: int = 4, loads: int = 8) -> CutTally:
    """Record a few lives, then cut the power that many times over them."""
    tally, chance = CutTally(), Random(seed)
    with tempfile.TemporaryDirectory(prefix="pilotage-cuts-") as place:
        folder = Path(place)
        library = built(folder)
        if library is None:
            raise RuntimeError("no C compiler: the power cuts cannot be recorded")
        root = folder / "disk"
        root.mkdir()
        _record(library, root, folder / "log", lives, loads)
        changes = list(recorded(folder / "log"))
        moments = sorted(chance.sample(range(len(changes)), min(cuts, len(changes))))
        disk, acknowledged, done = Disk(str(root)), dict[int, str](), 0
        marks = _marks(changes)
        for moment in moments:
            for change in changes[done:moment]:
                disk.tell(change)
                if change.inode in marks and change.kind == "W":
                    kind, version = change.first.decode().split()
                    acknowledged[int(version)] = kind
            done = moment
            _look(disk, acknowledged, folder / "left", Random(chance.random()), tally)
    return tally


def _record(library: Path, root: Path, log: Path, lives: int, loads: int) -> None:
    known = {"LD_PRELOAD": str(library), "PILOTAGE_DISK_ROOT": str(root)}
    environment = os.environ | known | {"PILOTAGE_DISK_LOG": str(log)}
    words = [sys.executable, "-m", "tests.torture.recording", str(root), str(lives), str(loads)]
    subprocess.run(words, cwd=HOUSE, env=environment, check=True)


def _marks(changes: list[Change]) -> set[int]:
    """The inode of the file where acknowledgements are written."""
    return {c.inode for c in changes if c.kind == "C" and c.path.endswith(f"/{ACKNOWLEDGED}")}


def _look(
    disk: Disk, acknowledged: dict[int, str], left: Path, chance: Random, tally: CutTally
) -> None:
    shutil.rmtree(left, ignore_errors=True)
    left.mkdir()
    disk.cut(left, chance)
    tally.cuts += 1
    tally.acknowledged += len(acknowledged)
    begun = time.perf_counter()
    try:
        rows = answer_of(partial(_answer, left / "home"))
    except RuntimeError:
        tally.stuck += 1
        tally.faults.append(f"cut {tally.cuts} does not open")
        return
    tally.reopened.append(time.perf_counter() - begun)
    found = {int(seq): count for seq, count in rows.items()}
    version = found.pop(0)
    lost = {
        seq
        for seq, kind in acknowledged.items()
        if seq > version or (kind == "load" and seq not in found)
    }
    if lost:
        tally.lost += len(lost)
        tally.faults.append(f"cut {tally.cuts}: lost {sorted(lost)} of version {version}")
    tally.half_visible += sum(count != ROWS for count in found.values())


def _answer(home: Path, out: IO[str]) -> None:
    import json

    print(json.dumps(rows_of(home)), file=out)
