"""``python -m tests.torture.recording ROOT LIVES LOADS``: a home lives on a recorded disk.

Each life opens the home, loads, withdraws, records an event, and closes the home or not.
``ROOT/acknowledged`` gets a line for each thing acknowledged, once the call came back: what a user
was told. ``load 7`` brought rows; ``event 8`` brought none.
"""

import os
import sys
from pathlib import Path

import sqlalchemy as sa

from pilotage.access.operator import OPERATOR
from pilotage.intake import loading
from pilotage.store.tables import measurements
from pilotage.store.warehouse import Warehouse, open_warehouse
from tests.door import INDICATORS, MEASUREMENTS, ORGANISATIONS, Door, HereChecker

ROWS = 3
ACKNOWLEDGED = "acknowledged"


def live(root: Path, lives: int, loads: int) -> None:
    """Live that many lives of that many loads, the first of which founds the home."""
    setattr(loading, "Checker", HereChecker)  # noqa: B010 -- a module's name, seen by nobody else
    told = os.open(root / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    files = root.parent / "files"
    files.mkdir(exist_ok=True)
    number = 0
    for life in range(lives):
        warehouse = open_warehouse(root / "home")
        door = Door(warehouse, files, OPERATOR)
        if life == 0:
            for content in (ORGANISATIONS, INDICATORS):
                assert door.load(content).state == "loaded"
                _tell(told, "event", warehouse.version)
        for turn in range(loads):
            number += 1
            months = "".join(f"I-M;M;2026-0{m};{number + m / 10}\n" for m in range(1, ROWS + 1))
            outcome = door.load(MEASUREMENTS + months)
            assert outcome.state == "loaded", outcome
            _tell(told, "load", outcome.version)
            if turn % 3 == 1:
                _tell(told, "event", door.withdraw(outcome.version))
            if turn % 3 == 2:
                _tell(told, "event", warehouse.record("noted", "essai", {"n": number}))
        if life % 2:
            warehouse.release()
        else:
            warehouse.close()


def _tell(told: int, kind: str, version: int) -> None:
    os.write(told, f"{kind} {version}\n".encode())


def rows_of(home: Path) -> dict[int, int]:
    """Open a home: how many rows each load of measurements ever brought; its version at 0."""
    warehouse = open_warehouse(home)
    rows = rows_shown(warehouse)
    warehouse.close()
    return rows | {0: warehouse.version}


def rows_shown(warehouse: Warehouse) -> dict[int, int]:
    """How many rows each load of measurements ever brought."""
    asked = sa.select(measurements.c.load_seq, sa.func.count()).group_by(measurements.c.load_seq)
    with warehouse.read() as connection:
        return {int(seq): int(count) for seq, count in connection.execute(asked)}


if __name__ == "__main__":
    live(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
