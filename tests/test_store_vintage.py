"""Vintages: a revision keeps what it replaces, a withdrawal brings it back, at any depth."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pilotage.intake import loading
from pilotage.store.engine import native
from pilotage.store.past import PastWarehouse
from pilotage.store.tables import measurements, organisations
from pilotage.store.verdict import judge_all
from pilotage.store.warehouse import open_warehouse
from tests.door import MEASUREMENTS, Door, HereChecker, check_here, opened_door
from tests.store_image import image

__all__ = ["check_here"]
DATED = "indicateur_id;organisation_id;periode;valeur;publie_le\n"


@pytest.fixture
def door(tmp_path: Path, check_here: None) -> Iterator[Door]:
    with opened_door(tmp_path) as opened:
        yield opened


def standing(door: Door) -> dict[str, float | None]:
    """Month → the value that stands, of the monthly indicator."""
    asked = sa.select(measurements.c.period_start, measurements.c.value).where(
        measurements.c.superseded_seq.is_(None)
    )
    with door.warehouse.read() as connection:
        rows = connection.execute(asked).all()
    assert len({row.period_start for row in rows}) == len(rows)
    return {f"{row.period_start:%Y-%m}": row.value for row in rows}


def standing_on(door: Door, day: date) -> dict[str, float | None]:
    """Month → the value that stood when only what was published by that day was known."""
    asked = sa.select(measurements.c.period_start, measurements.c.value).where(
        measurements.c.superseded_seq.is_(None)
    )
    with PastWarehouse(door.warehouse, day).read() as connection:
        rows = connection.execute(asked).all()
    assert len({row.period_start for row in rows}) == len(rows)
    return {f"{row.period_start:%Y-%m}": row.value for row in rows}


def vintages(door: Door) -> list[tuple[float | None, int, int | None]]:
    """Every value kept, with the load that brought it and the event that replaced it."""
    asked = sa.select(
        measurements.c.value, measurements.c.load_seq, measurements.c.superseded_seq
    ).order_by(measurements.c.load_seq, measurements.c.load_line)
    with door.warehouse.read() as connection:
        return [tuple(row) for row in connection.execute(asked)]


def test_a_revision_keeps_the_vintage_it_replaces(door: Door) -> None:
    first = door.load(f"{MEASUREMENTS}I-M;M;2026-01;12\n").version
    second = door.load(f"{MEASUREMENTS}I-M;M;2026-01;13\n").version
    assert vintages(door) == [(12, first, second), (13, second, None)]


def test_a_withdrawal_brings_the_vintage_before_it_back(door: Door) -> None:
    first = door.load(f"{MEASUREMENTS}I-M;M;2026-01;12\n").version
    second = door.load(f"{MEASUREMENTS}I-M;M;2026-01;13\n").version
    withdrawn = door.withdraw(second)
    assert vintages(door) == [(12, first, None), (13, second, withdrawn)]


def test_withdrawing_the_middle_one_changes_nothing_that_stands(door: Door) -> None:
    loads = [door.load(f"{MEASUREMENTS}I-M;M;2026-01;{value}\n").version for value in (12, 13, 14)]
    withdrawn = door.withdraw(loads[1])
    assert vintages(door) == [
        (12, loads[0], loads[2]),
        (13, loads[1], withdrawn),
        (14, loads[2], None),
    ]


def test_what_was_published_last_stands_in_whatever_order_it_arrives(door: Door) -> None:
    door.load(f"{DATED}I-M;M;2026-01;13;2026-03-01\n")
    outcome = door.load(f"{DATED}I-M;M;2026-01;12;2026-02-01\n")
    assert (outcome.new, outcome.changed) == (1, 0)
    assert standing(door) == {"2026-01": 13}


def test_one_file_may_hold_several_vintages_of_one_value(door: Door) -> None:
    door.load(f"{DATED}I-M;M;2026-01;13;2026-03-01\nI-M;M;2026-01;12;2026-02-01\n")
    assert standing(door) == {"2026-01": 13}
    assert len(vintages(door)) == 2


def test_the_same_value_again_is_no_vintage(door: Door) -> None:
    door.load(f"{MEASUREMENTS}I-M;M;2026-01;12\n")
    outcome = door.load(f"{MEASUREMENTS}I-M;M;2026-01;12\nI-M;M;2026-02;9\n")
    assert (outcome.new, outcome.changed, outcome.unchanged) == (1, 0, 1)


def test_what_a_standing_load_said_again_outlives_the_withdrawn_one(door: Door) -> None:
    """A wrong file, then the whole file corrected: taking the first back must lose nothing."""
    first = door.load(f"{MEASUREMENTS}I-M;M;2026-01;12\nI-M;M;2026-02;99\n").version
    second = door.load(f"{MEASUREMENTS}I-M;M;2026-01;12\nI-M;M;2026-02;9\n").version
    withdrawn = door.withdraw(first)
    assert standing(door) == {"2026-01": 12, "2026-02": 9}
    assert vintages(door) == [
        (12, first, withdrawn),
        (99, first, withdrawn),
        (12, second, None),
        (9, second, None),
    ]


def test_what_was_said_again_outlives_a_value_published_in_between_that_comes_late(
    door: Door,
) -> None:
    door.load(f"{DATED}I-M;M;2026-01;12;2026-02-01\n")
    door.load(f"{DATED}I-M;M;2026-01;12;2026-04-01\n")
    door.load(f"{DATED}I-M;M;2026-01;99;2026-03-01\n")
    assert standing(door) == {"2026-01": 12}
    assert standing_on(door, date(2026, 3, 15)) == {"2026-01": 99}


def test_a_key_given_once_is_never_another_s(door: Door) -> None:
    """Facts name an organisation by its key, even while its own row is withdrawn."""
    header = "organisation_id;genre;libelle_fr;parent_id\n"
    first = door.load(f"{header}X;direction;X;M\n").version
    door.load(f"{MEASUREMENTS}I-M;X;2026-01;12\n")
    door.withdraw(first)
    door.load(f"{header}Y;direction;Y;M\n")
    door.load(f"{header}X;direction;X;M\n")
    with door.warehouse.read() as connection:
        found = connection.execute(
            sa.select(organisations.c.organisation_id).join(
                measurements,
                measurements.c.organisation_key == organisations.c.organisation_key,
            )
        ).scalars()
        assert set(found) == {"X"}


MONTHS = [f"2026-{month:02d}" for month in range(1, 5)]
rows = st.dictionaries(st.sampled_from(MONTHS), st.integers(0, 4), min_size=1)


@dataclass
class Said:
    """What one load says, and when it was published."""

    published: str
    values: dict[str, int]


@dataclass
class Model:
    """What stands, worked out from all the loads that do."""

    loads: dict[int, Said] = field(default_factory=dict)

    def standing(self, published_by: date = date.max) -> dict[str, float | None]:
        found: dict[str, tuple[tuple[str, int], float | None]] = {}
        for load_seq, said in self.loads.items():
            if said.published > published_by.isoformat():
                continue
            for month, value in said.values.items():
                place = (said.published, load_seq)
                if month not in found or place >= found[month][0]:
                    found[month] = (place, value)
        return {month: value for month, (_, value) in found.items()}


class Life(RuleBasedStateMachine):
    """Loads, revisions and withdrawals at random; the store beside the model, verdicts included."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(loading, "Checker", HereChecker)
        self.folder = Path(tempfile.mkdtemp(prefix="pilotage-life-"))
        self.opened = opened_door(self.folder)
        self.door = self.opened.__enter__()
        self.model = Model()
        self.day = date(2026, 5, 1)

    @rule(values=rows, late=st.sampled_from([0, 0, 0, 0, 2, 5]))
    def load(self, values: dict[str, int], late: int) -> None:
        self.day += timedelta(days=1)
        published = (self.day - timedelta(days=late)).isoformat()
        told = "".join(f"I-M;M;{m};{v};{published}\n" for m, v in sorted(values.items()))
        outcome = self.door.load(DATED + told)
        if outcome.state == "loaded":
            self.model.loads[outcome.version] = Said(published, values)

    @precondition(lambda self: self.model.loads)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        load_seq = data.draw(st.sampled_from(sorted(self.model.loads)))
        self.door.withdraw(load_seq)
        del self.model.loads[load_seq]

    @rule()
    def restart(self) -> None:
        self.door.warehouse.close()
        self.door.warehouse = open_warehouse(self.folder / "home")

    @invariant()
    def what_stands_is_what_the_loads_say(self) -> None:
        assert standing(self.door) == self.model.standing()

    @rule(days=st.integers(0, 8))
    def look_back(self, days: int) -> None:
        day = self.day - timedelta(days=days)
        assert standing_on(self.door, day) == self.model.standing(day)

    @invariant()
    def the_verdicts_are_those_of_a_full_recomputation(self) -> None:
        warehouse = self.door.warehouse
        maintained = image(warehouse)["verdicts"]
        with warehouse.engine.connect() as connection:
            judge_all(native(connection), warehouse.today)
            remade = sorted(
                repr(row) for row in native(connection).execute("select * from verdicts").fetchall()
            )
            connection.rollback()
        assert maintained == remade

    def teardown(self) -> None:
        before, home = image(self.door.warehouse), self.door.warehouse.home
        self.door.warehouse.close()
        (home / "projection.duckdb").unlink()
        self.door.warehouse = open_warehouse(home)
        assert image(self.door.warehouse) == before
        self.door.warehouse.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.patch.undo()


Life.TestCase.settings = settings(deadline=None, max_examples=3, stateful_step_count=8)
TestLife = Life.TestCase
