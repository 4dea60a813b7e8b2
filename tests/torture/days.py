"""A restored home is the original, row by row, and says of any past day what was shown then."""

import shutil
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings

from pilotage.store.backup import backup, restore
from pilotage.store.verification import compared
from pilotage.store.warehouse import PROJECTION, open_warehouse
from tests.dated_home import dated_home
from tests.test_past_property import Day, days, everything, lived

_HOMES_A_RUN = 10


@dataclass
class DayTally:
    """Homes restored, past days asked of them, those that answered otherwise, rows lost."""

    homes: int = 0
    days: int = 0
    divergences: int = 0
    lost: int = 0


def restored(count: int) -> DayTally:
    """At least that many past days, over as many homes as it takes."""
    tally = DayTally()

    @settings(
        deadline=None,
        database=None,
        max_examples=_HOMES_A_RUN,
        suppress_health_check=list(HealthCheck),
    )
    @given(days)
    def live(course: list[Day]) -> None:
        _restored(course, tally)

    while tally.days < count:
        live()
    return tally


def _restored(course: list[Day], tally: DayTally) -> None:
    with pytest.MonkeyPatch.context() as patch, dated_home(patch) as (door, clock):
        then = lived(door, clock, course)
        today, home = door.warehouse.as_of, door.warehouse.home
        backup(home, door.folder / "copy")
        door.warehouse.close()
        restore(door.folder / "copy", door.folder / "again")
        door.warehouse = open_warehouse(door.folder / "again", today)
        for day, said in then.items():
            tally.days += 1
            now = everything(door.warehouse, day)
            tally.divergences += any(now.get(room) != words for room, words in said.items())
        door.warehouse.close()
        tally.lost += bool(compared(home / PROJECTION, door.folder / "again" / PROJECTION))
        tally.homes += 1
        shutil.rmtree(door.folder, ignore_errors=True)
