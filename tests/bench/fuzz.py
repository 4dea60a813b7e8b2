"""The reader under fuzzed bytes: crashes, the slowest megabyte, how much the process grows.

``FUZZ_S`` is how long it lasts, in seconds (an hour: 3600); ``FUZZ_SEED`` what it draws from.
"""

import json
import os
import random
import tempfile
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pilotage.intake.reader.mending import mend
from tests.bench.figure import Figure, Section
from tests.bench.fuzz_case import SIZE, damaged, patched, shapes
from tests.bench.pollution_case import Writing, table, written

_REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "csv"
_SECONDS = 60
_SLOWEST, _MOST_GROWTH = 2.0, 200
_TIMES_MORE = 3
_REPORT = "report.json"
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Tally:
    """What the files have done so far; ``base`` is the memory after the first files, in bytes.

    ``over``: those read over the bar, kept to be read again once the machine is quieter.
    """

    files: int = 0
    crashes: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "—")
    over: list[tuple[str, bytes]] = field(default_factory=list)
    base: int = 0
    peak: int = 0


def measure() -> Section:
    """Every hostile shape once, then real files damaged and shapes patched until time is up."""
    lasting = float(os.environ.get("FUZZ_S", _SECONDS))
    seed = int(os.environ.get("FUZZ_SEED", "1"))
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="pilotage-fuzz-") as place:
        for name, data in shapes(random.Random(seed)):
            _given(tally, Path(place), name, data)
        tally.base = tally.peak = _resident()
        start = time.monotonic()
        for name, data in _damaged(random.Random(seed)):
            if time.monotonic() - start > lasting:
                break
            _given(tally, Path(place), name, data)
            tally.peak = max(tally.peak, _resident())
        for name, data in tally.over:
            _slowness(tally, name, data, _quickest(Path(place), data))
    return _section(tally, time.monotonic() - start, seed)


def _given(tally: Tally, place: Path, name: str, data: bytes) -> None:
    """One file through the whole command; anything it raises is a crash, and its bytes are kept."""
    try:
        took = _timed(place, data)
        json.loads((place / _REPORT).read_text(encoding="utf-8"))
        if took * SIZE / max(len(data), SIZE) > _SLOWEST:
            tally.over.append((name, data))
        else:
            _slowness(tally, name, data, took)
    except Exception:  # whatever is raised is what is looked for
        kept = Path(tempfile.gettempdir()) / f"pilotage-crash-{len(tally.crashes)}.csv"
        kept.write_bytes(data)
        tally.crashes.append(f"{name} ({kept}): {traceback.format_exc(limit=-1).splitlines()[-1]}")
    tally.files += 1


def _slowness(tally: Tally, name: str, data: bytes, took: float) -> None:
    if len(data) >= SIZE // 2:
        tally.slowest = max(tally.slowest, (took * SIZE / max(len(data), SIZE), name))


def _quickest(place: Path, data: bytes) -> float:
    """Others may be at work on this machine: a file is as slow as its quickest reading."""
    return min(_timed(place, data) for _ in range(_TIMES_MORE))


def _timed(place: Path, data: bytes) -> float:
    """The processor time one reading takes, in seconds."""
    source = place / "fuzzed.csv"
    source.write_bytes(data)
    start = time.process_time()
    mend(source, place / "clean.csv", place / _REPORT, "fr")
    return time.process_time() - start


def _damaged(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Without end: real and made files damaged, and every tenth a megabyte patched together."""
    sound = _sound()
    while True:
        for _ in range(9):
            name = chance.choice(sorted(sound))
            yield f"damaged {name}", damaged(sound[name], chance)
        yield "patched", patched(chance)


def _sound() -> dict[str, bytes]:
    """The files that are damaged: the reference ones where they are, and our own table."""
    found = {"table": written(table(), Writing()).encode()}
    found["table, quoted"] = "".join(
        ";".join(f'"{cell}"' for cell in row) + "\r\n" for row in table()
    ).encode("cp1252", errors="replace")
    found["table, UTF-16"] = found["table"].decode().encode("utf-16")
    files = sorted(_REFERENCE.glob("*.*")) if _REFERENCE.exists() else []
    return found | {file.name: file.read_bytes() for file in files if file.suffix != ".json"}


def _resident() -> int:
    """The memory this process holds now, in bytes."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE


def _section(tally: Tally, lasted: float, seed: int) -> Section:
    took, name = tally.slowest
    growth = (tally.peak - tally.base) / (1 << 20)
    crashes = "; ".join(tally.crashes[:5])
    return Section(
        "fuzz",
        "Fuzzed bytes through the reader",
        (
            Figure(
                "crashes",
                f"{len(tally.crashes):,}",
                "0",
                not tally.crashes,
                crashes or f"{tally.files:,} files in {lasted:,.0f} s, seed {seed}",
            ),
            Figure(
                "slowest megabyte",
                f"{took:.2f} s",
                f"< {_SLOWEST:.0f} s",
                took < _SLOWEST,
                "processor time of the whole command, clean file and report written; one over the "
                f"bar is read {_TIMES_MORE} times again at the end, the quickest counts; {name}",
            ),
            Figure(
                "growth in memory",
                f"{growth:.0f} MB",
                f"< {_MOST_GROWTH} MB",
                growth < _MOST_GROWTH,
                "resident memory, highest after a file, less that after one of each shape",
            ),
        ),
        "`FUZZ_S=3600 make bench ONLY=fuzz` lasts an hour. Hostile shapes of 1 MB once each, then "
        "reference files and our own damaged at random (put in, taken out, repeated, written "
        "over), and megabytes patched of several shapes.",
    )
