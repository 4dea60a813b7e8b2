"""``python -m tests.torture [KILLS]``: do it, and write ``docs/torture.md``."""

import os
import platform
import sys
from datetime import UTC, datetime
from statistics import median

from tests.server import HOUSE
from tests.torture.kills import Tally, killed

_PAGE = """# Torture

Written by `make torture` (`make torture KILLS=1000` for the long one).

## Killed at random moments under load

A process loads files of {rows} rows through the intake without a pause and acknowledges each on a \
pipe; it is killed (`SIGKILL`) at a random moment, then the home is opened again and every load \
ever acknowledged is looked for, whole.

| what | found | bar |
|---|---|---|
| kills | {kills:,} | 1,000 |
| loads acknowledged | {acknowledged:,} | ≥ 30,000 |
| acknowledged and lost | **{lost}** | 0 |
| half visible | **{half}** | 0 |
| open again, median / slowest | {median:.2f} / {slowest:.2f} s | < 1 s |

*{when}, {cores} cores, Python {python}, seed {seed}. The check runs in the loading process \
itself; the process that checks is killed with it in production too.*
"""


def main(kills: int, seed: int = 2026) -> int:
    """Kill, look, write; 1 when something was lost."""
    tally = killed(kills, seed)
    (HOUSE / "docs" / "torture.md").write_text(_page(tally, seed), encoding="utf-8")
    print(tally.kills, tally.acknowledged, tally.lost, tally.half_visible, max(tally.reopened))
    return int(bool(tally.lost or tally.half_visible))


def _page(tally: Tally, seed: int) -> str:
    return _PAGE.format(
        rows=3,
        kills=tally.kills,
        acknowledged=tally.acknowledged,
        lost=tally.lost,
        half=tally.half_visible,
        median=median(tally.reopened),
        slowest=max(tally.reopened),
        when=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        cores=os.cpu_count(),
        python=platform.python_version(),
        seed=seed,
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
