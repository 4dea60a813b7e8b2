"""Times one strategic room of one home, in a process of its own; prints one line of JSON."""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from pilotage.access.operator import OPERATOR
from pilotage.domain.indicator import Level
from pilotage.rooms.address import parse_address
from pilotage.rooms.level import level_room
from pilotage.store.queries.verdicts import room_verdicts
from pilotage.store.warehouse import open_warehouse
from tests.bench.figure import seconds

ROOMS = 40


def main(home: str, on: str) -> None:
    """Medians over forty rooms, each asked cold, then again; the statement alone beside them."""
    warehouse = open_warehouse(Path(home), date.fromisoformat(on))
    names = [f"ORG-{index:04d}" for index in range(ROOMS)]

    def statement(name: str) -> Callable[[], object]:
        return lambda: room_verdicts(OPERATOR, warehouse, name, Level.STRATEGIC)

    def room(name: str) -> Callable[[], object]:
        address = parse_address(f"/strategique/{name}", "")
        return lambda: level_room(OPERATOR, warehouse, address)

    statement(names[0])()
    taken: dict[str, list[float]] = {"statement": [], "cold": [], "cached": []}
    for name in names:
        taken["statement"].append(seconds(statement(name)))
        taken["cold"].append(seconds(room(name)))
        taken["cached"].append(seconds(room(name)))
    warehouse.close()
    print(json.dumps({step: median(values) for step, values in taken.items()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
