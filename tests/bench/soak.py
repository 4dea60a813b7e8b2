"""Changes and reconnections for as long as wanted: memory stays flat, no version is missed.

``SOAK_S`` is how long it lasts, in seconds (eight hours: 28800), ``SOAK_EVERY_S`` how far apart the
changes are (1; 10 for a long one).
"""

import asyncio
import os
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.bench.asker import seated
from tests.bench.crowd import resident_mb
from tests.bench.figure import Figure, Section
from tests.bench.government import write_history, write_reference
from tests.bench.room import AS_OF
from tests.bench.soak_case import Soaked, soak
from tests.server import Server, pilotage

PLACES, CARDS, MONTHS, PAGES = 20, 20, 36, 200
_SECONDS, _EVERY_S, _LONGEST_AWAY_S = 60.0, 1.0, 3.0
_GROWTH_BAR = 1.05
_FIFTHS = 5


def measure() -> Section:
    """One server; the memory of its second fifth against that of its last."""
    lasting = float(os.environ.get("SOAK_S", _SECONDS))
    with tempfile.TemporaryDirectory(prefix="pilotage-bench-") as place:
        home = _home(Path(place))
        with Server(home, PILOTAGE_AS_OF=AS_OF) as server:
            assert server.process is not None
            clock = _Clock(server.process.pid, lasting)
            people = (seated(server, "treasury"), seated(server, "treasury"))
            names = [f"ORG-{index:04d}" for index in range(PLACES)]
            soaked = asyncio.run(
                soak(server, people, names, PAGES, clock.turn, longest_away_s=_LONGEST_AWAY_S)
            )
    return _section(soaked, clock)


class _Clock:
    """Says when the next change is due, and what the server weighs at each."""

    def __init__(self, pid: int, lasting_s: float) -> None:
        self._pid, self._lasting_s = pid, lasting_s
        self._every_s = float(os.environ.get("SOAK_EVERY_S", _EVERY_S))
        self._start = time.monotonic()
        self.weights_mb: list[float] = []

    async def turn(self, turn: int) -> bool:
        """Wait for the next change; False once the time is over."""
        due = self._start + (turn + 1) * self._every_s
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        self.weights_mb.append(resident_mb(self._pid))
        return self.spent_s < self._lasting_s

    @property
    def spent_s(self) -> float:
        return time.monotonic() - self._start

    def fifth(self, which: int) -> float:
        """The median weight of one fifth of the time, 0 to 4."""
        length = max(1, len(self.weights_mb) // _FIFTHS)
        return median(self.weights_mb[which * length : (which + 1) * length])


def _section(soaked: Soaked, clock: _Clock) -> Section:
    warm, late = clock.fifth(1), clock.fifth(_FIFTHS - 1)
    hours = clock.spent_s / 3600
    slope = (late - warm) / (hours * (_FIFTHS - 2) / _FIFTHS)
    return Section(
        "soak",
        "Changes and reconnections, for long",
        (
            Figure(
                "versions missed",
                f"{soaked.missed}",
                "0",
                not soaked.missed,
                f"{len(soaked.changes):,} changes, {PAGES} pages, {soaked.returns:,} sockets "
                f"dropped and opened again, {clock.spent_s:,.0f} s",
            ),
            Figure(
                "memory, last fifth against the second",
                f"{late / warm:.3f} ×",
                f"≤ {_GROWTH_BAR} ×",
                late / warm <= _GROWTH_BAR,
                f"{late:.0f} MB / {warm:.0f} MB, medians, resident ({slope:+.1f} MB an hour)",
            ),
        ),
        "`SOAK_S=28800 SOAK_EVERY_S=10 make bench ONLY=soak` lasts eight hours. At each change a "
        "blocker is raised in one of "
        f"{PLACES} rooms; each page hangs up without a word after one to four messages and comes "
        "back within three seconds with the version it knows. A short cut of it is one of the "
        "tests.",
    )


def _home(folder: Path) -> Path:
    files = write_reference(folder, PLACES, CARDS, "mensuelle", "2026")
    files.append(write_history(folder / "mesures.csv", PLACES, CARDS, MONTHS))
    home = folder / "home"
    pilotage(home, "load", *map(str, files), PILOTAGE_AS_OF=AS_OF).check_returncode()
    return home
