"""The short version of ``make torture``: a few kills, nothing lost."""

import subprocess
import sys

from tests.server import HOUSE

_SHORT = "from tests.torture.kills import killed; t = killed(4, seed=7);" + (
    "print(t.kills, t.acknowledged > 0, t.lost, t.half_visible)"
)


def test_what_was_acknowledged_outlives_the_process_and_nothing_is_half_visible() -> None:
    # In a process of its own: it forks, and must hold no thread and no store of other tests.
    words = [sys.executable, "-c", _SHORT]
    done = subprocess.run(words, cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["4", "True", "0", "0"], done.stderr[-2000:]
