"""``kill -9`` at random moments under load: nothing acknowledged is lost, nothing half visible."""

import os
import random
import signal
import tempfile
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.torture.life import ROWS, answer_of, busy, forked, founded, looked_at

_LIVES_OF_A_HOME = 25
_LONGEST_S = 2.4


@dataclass
class Tally:
    """What came of the lives so far; ``reopened`` in seconds, one for each kill."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    half_visible: int = 0
    reopened: list[float] = field(default_factory=list)


def killed(kills: int, seed: int) -> Tally:
    """Kill a loading process that many times, each time at a moment drawn from ``seed``."""
    chance, tally = random.Random(seed), Tally()
    while tally.kills < kills:
        with tempfile.TemporaryDirectory(prefix="pilotage-torture-") as place:
            home = Path(place) / "home"
            answer_of(lambda _out, home=home: founded(home))  # type: ignore[misc]
            known: set[str] = set()
            for life in range(min(_LIVES_OF_A_HOME, kills - tally.kills)):
                known |= _life(home, chance, tally, known, 1000 * life)
    return tally


def _life(home: Path, chance: random.Random, tally: Tally, known: set[str], first: int) -> set[str]:
    child, told = forked(partial(busy, home, first))
    first_line = told.readline()
    time.sleep(chance.uniform(0, _LONGEST_S))  # when the blow falls, not what a test waits for
    os.kill(child, signal.SIGKILL)
    acknowledged = {line.strip() for line in [first_line, *told] if line.endswith("\n")}
    told.close()
    os.waitpid(child, 0)
    left = answer_of(partial(looked_at, home))
    tally.kills += 1
    tally.acknowledged += len(acknowledged)
    tally.reopened.append(left["seconds"])
    tally.lost += len((acknowledged | known) - set(left["rows"]))
    tally.half_visible += sum(count != ROWS for count in left["rows"].values())
    return acknowledged
