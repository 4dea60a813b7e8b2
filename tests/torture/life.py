"""One life of a home: a process that loads and acknowledges, and one that looks at what is left.

Both are forked from a process that never opened a store, so that a life costs no start of Python.
"""

import json
import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import IO, Any

import pytest
import sqlalchemy as sa

from pilotage.access.operator import OPERATOR
from pilotage.domain.blocker import LadderLevel, Seriousness
from pilotage.followup.blocker import Move, Step
from pilotage.followup.event import Draft, raise_blocker
from pilotage.intake import loading
from pilotage.store.tables import blockers, measurements
from pilotage.store.warehouse import Warehouse, open_warehouse
from tests.door import INDICATORS, MEASUREMENTS, ORGANISATIONS, Door, HereChecker

BLOCKERS_A_LOAD = 24
_STEP = Step(Move.RAISE, "essai", date(2026, 3, 2))
_DRAFT = Draft("Un retard", Seriousness.MAJOR, LadderLevel.TACTICAL, "D")
ROWS = 3
"""Rows of each load: fewer of one load in the store is a load half visible."""


def founded(home: Path) -> None:
    """A home that knows its organisations and indicators."""
    warehouse = open_warehouse(home)
    door = _door(home, warehouse)
    for content in (ORGANISATIONS, INDICATORS):
        assert door.load(content).state == "loaded"
    warehouse.close()


def busy(home: Path, first: int, out: IO[str]) -> None:
    """Load and raise blockers without end; a line of ``out`` for each acknowledged.

    ``load 7`` has rows of its own values, ``blocker 8`` a row of its own.
    """
    warehouse = open_warehouse(home)
    door, number = _door(home, warehouse), first
    while True:
        for _ in range(BLOCKERS_A_LOAD):
            raise_blocker(warehouse, OPERATOR, _STEP, _DRAFT)
            print("blocker", warehouse.version, file=out, flush=True)
        months = "".join(f"I-M;M;2026-0{month};{number + month / 10}\n" for month in (1, 2, 3))
        outcome = door.load(MEASUREMENTS + months)
        assert outcome.state == "loaded", outcome
        print("load", outcome.version, file=out, flush=True)
        number += 1


def looked_at(home: Path, out: IO[str]) -> None:
    """Open what is left: how long it took, in seconds, and how many rows each load shows."""
    begun = time.perf_counter()
    warehouse = open_warehouse(home)
    took = time.perf_counter() - begun
    asked = sa.select(measurements.c.load_seq, sa.func.count()).group_by(measurements.c.load_seq)
    raised = sa.select(blockers.c.load_seq)
    with warehouse.read() as connection:
        loads = {f"load {seq}": count for seq, count in connection.execute(asked)}
        rows = loads | {f"blocker {seq}": ROWS for seq in connection.execute(raised).scalars()}
    warehouse.close()
    print(json.dumps({"seconds": took, "rows": rows, "version": warehouse.version}), file=out)


def forked(work: Callable[[IO[str]], None]) -> tuple[int, IO[str]]:
    """Run ``work`` in a process of its own; its id, and what it writes."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, os.fdopen(reading, "r", encoding="utf-8")
    code = 1
    try:
        os.close(reading)
        with os.fdopen(writing, "w", encoding="utf-8") as out:
            work(out)
        code = 0
    finally:
        os._exit(code)


def answer_of(work: Callable[[IO[str]], None]) -> Any:
    """The one JSON line that ``work`` writes, done to its end in a process of its own."""
    child, told = forked(work)
    with told:
        line = told.read()
    _, status = os.waitpid(child, 0)
    if status:
        raise RuntimeError(f"the home does not open: {status}")
    return json.loads(line) if line else None


def _door(home: Path, warehouse: Warehouse) -> Door:
    pytest.MonkeyPatch().setattr(loading, "Checker", HereChecker)
    folder = home.parent / "files"
    folder.mkdir(exist_ok=True)
    return Door(warehouse, folder, OPERATOR)
