"""A row that does not hold together is a row read and refused, wherever rows are counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from pilotage.store.tables import loads
from tests.door import MEASUREMENTS, Door, check_here, opened_door

__all__ = ["check_here"]
CUT_AT_THE_END = f"{MEASUREMENTS}I-M;M;2026-01;12\nI-M;M;2026-0"


@pytest.fixture
def door(tmp_path: Path, check_here: None) -> Iterator[Door]:
    with opened_door(tmp_path) as opened:
        yield opened


def test_a_row_cut_at_the_end_of_the_file_counts_as_read_and_refused(door: Door) -> None:
    report = door.check(CUT_AT_THE_END)
    assert report.codes["missing-cell"] == 1
    assert (report.rows_read, report.rows_refused) == (2, 1)


def test_the_history_keeps_the_count_of_a_row_cut_at_the_end(door: Door) -> None:
    outcome = door.load(CUT_AT_THE_END, "quarantine")
    assert (outcome.state, outcome.new, outcome.refused) == ("loaded", 1, 1)
    counts = sa.select(loads.c.rows_read, loads.c.rows_refused)
    with door.warehouse.read() as connection:
        kept = connection.execute(counts.where(loads.c.load_seq == outcome.version)).one()
    assert tuple(kept) == (2, 1)
