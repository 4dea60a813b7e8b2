"""A load held until it is approved: who is awaited, and the values that wait, apart from facts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import sqlalchemy as sa

from pilotage.store.authority_row import add_sign_off
from pilotage.store.authority_tables import awaited, held_values
from pilotage.store.engine import native
from pilotage.store.journal import Event
from pilotage.store.quarantine_row import settle_held
from pilotage.store.tables import loads
from pilotage.store.version import StagedRows

Locate = Callable[[str], Path]


def add_held(connection: sa.Connection, event: Event, locate: Locate) -> None:
    """Keep the approvers awaited and the values that wait; ``touched`` holds their keys."""
    duck = native(connection)
    connection.execute(
        awaited.insert(),
        [{"load_seq": event.seq, "approver": one} for one in event.payload["awaited"]],
    )
    for subject in event.payload["subjects"]:
        if subject["subject"] == "mesures":
            _add_values(duck, event.seq, subject, locate)
    touch_held(duck, event.seq)


def _add_values(
    duck: duckdb.DuckDBPyConnection, seq: int, subject: dict[str, Any], locate: Locate
) -> None:
    rows = StagedRows(locate(subject["rows_sha256"]), subject["mask"], subject.get("first_line"))
    present = {row[0] for row in duck.execute(f"describe select * from {rows.scan}").fetchall()}
    taken = [c.name for c in held_values.columns if c.name != "load_seq"]
    columns = ", ".join(name if name in present else f"null as {name}" for name in taken)
    duck.execute(f"insert into held_values select {seq} as load_seq, {columns} from {rows.scan}")


def touch_held(duck: duckdb.DuckDBPyConnection, seq: int) -> None:
    """Fill ``touched`` with the keys of the values that a load holds."""
    duck.execute(
        "create or replace temp table touched as select distinct indicator_key, organisation_key"
        f" from held_values where load_seq = {seq}"
    )


def release_held(connection: sa.Connection, event: Event, load_seq: int, decision: str) -> None:
    """A held load is approved or sent back: its values no longer wait."""
    add_sign_off(connection, event, load_seq, decision)
    settle_held(connection, load_seq, event.seq if decision == "approved" else None)
    touch_held(native(connection), load_seq)
    connection.execute(loads.update().where(loads.c.load_seq == load_seq).values(state=decision))
    connection.execute(held_values.delete().where(held_values.c.load_seq == load_seq))


__all__ = ["add_held", "release_held", "touch_held"]
