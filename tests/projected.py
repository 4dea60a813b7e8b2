"""A projection alone, fed with loads as the journal tells them: no file, no check, no archive."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from pilotage.domain.period import parse_period
from pilotage.store.engine import native
from pilotage.store.journal import Event
from pilotage.store.projection import project
from pilotage.store.tables import verdicts
from pilotage.store.verdict import judge_all
from pilotage.store.version import KEYS

TODAY = date(2026, 6, 15)
Row = dict[str, Any]
_TYPES: dict[str, pa.DataType] = {
    "INTEGER": pa.int32(),
    "SMALLINT": pa.int16(),
    "TEXT": pa.string(),
    "DATE": pa.date32(),
    "DATETIME": pa.timestamp("us"),
    "DOUBLE": pa.float64(),
}


class Projection:
    """One connection to a projection, and the loads it was given."""

    def __init__(self, connection: sa.Connection, folder: Path) -> None:
        self.connection, self.folder, self.seq = connection, folder, 0

    def load(self, **subjects: list[Row]) -> int:
        """Load rows by subject, in the columns of the tables; the load's sequence."""
        self.seq += 1
        named = [
            {"subject": name, "rows_sha256": f"{self.seq}-{name}", "mask": 1} for name in subjects
        ]
        for name, rows in subjects.items():
            pq.write_table(_staged(name, rows), self.folder / f"{self.seq}-{name}")
        self._project("load", {**_HEADER, "load_id": str(self.seq), "subjects": named})
        return self.seq

    def withdraw(self, seq: int, *subjects: str) -> None:
        """Take a load back."""
        self.seq += 1
        self._project("withdraw", {"load_seq": seq, "subjects": list(subjects)})

    def _project(self, kind: str, payload: Row) -> None:
        # A later load is published later: its values revise those before.
        at = datetime(2026, 6, 1, self.seq // 60, self.seq % 60, tzinfo=UTC)
        said = {"published_at": at.isoformat(), "received_at": at.isoformat(), **payload}
        event = Event(self.seq, at, kind, "Essai", said)
        project(self.connection, event, lambda name: self.folder / name, TODAY)

    def verdicts(self) -> dict[tuple[str, str], Row]:
        """The verdict table by indicator and organisation, each value as it is written."""
        rows = self.connection.execute(sa.select(verdicts)).mappings()
        return {(row["indicator_id"], row["organisation_id"]): _plain(row) for row in rows}

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """The connection, as a query asks a warehouse for one."""
        yield self.connection

    def verdict(self, indicator_id: str, organisation_id: str) -> Row:
        """The row of one key."""
        asked = sa.select(verdicts).where(
            verdicts.c.indicator_id == indicator_id, verdicts.c.organisation_id == organisation_id
        )
        return dict(self.connection.execute(asked).mappings().one())

    def judge_all(self) -> None:
        """Make the whole verdict table again."""
        judge_all(native(self.connection), TODAY)


_HEADER = {
    "file_name": "essai.csv",
    "sha256": "0",
    "size_bytes": 1,
    "policy": "strict",
    "way_in": "command",
    "rows_read": 1,
    "rows_refused": 0,
}


def _plain(row: Any) -> Row:
    """A row that equals itself, which NaN would not."""
    return {name: repr(value) for name, value in row.items()}


def _staged(subject: str, rows: list[Row]) -> pa.Table:
    table = KEYS[subject][0]
    given = sorted({name for row in rows for name in row})
    columns: dict[str, Any] = {
        name: pa.array([row.get(name) for row in rows], _TYPES[str(table.c[name].type)])
        for name in given
    }
    columns["load_line"] = pa.array(range(2, len(rows) + 2), pa.int32())
    columns["flags"] = pa.array([0] * len(rows), pa.int32())
    return pa.table(columns)


@contextmanager
def projected(engine: sa.Engine, folder: Path) -> Iterator[Projection]:
    """A projection to fill; what it was given is undone at the end."""
    with engine.connect() as connection, connection.begin() as transaction:
        yield Projection(connection, folder)
        transaction.rollback()


def organisation(name: str, parent: str | None = None, **more: Any) -> Row:
    return {
        "organisation_key": _number(name),
        "organisation_id": name,
        "parent_id": parent,
        "kind": "team",
        "label_fr": name,
        **more,
    }


def indicator(name: str, lead: str, roll_up: str | None, **more: Any) -> Row:
    passport = {
        "indicator_key": _number(name),
        "indicator_id": name,
        "title_fr": name,
        "unit": "n",
        "direction": "at_least",
        "nature": "output",
        "level": "strategic",
        "frequency": "monthly",
        "roll_up": roll_up,
        "organisation_id": lead,
        "visibility": "public",
    }
    return {**passport, **more}


def link(parent: str, child: str, kind: str = "additive", weight: float | None = None) -> Row:
    return {"parent_id": parent, "child_id": child, "kind": kind, "weight": weight}


def target(indicator_id: str, organisation_id: str, low: float) -> Row:
    return {**_of(indicator_id, organisation_id, "2026-2027"), "low": low}


def measure(
    indicator_id: str, organisation_id: str, period: str, value: float | None, **more: Any
) -> Row:
    return {**_of(indicator_id, organisation_id, period), "value": value, "state": 0, **more}


def _of(indicator_id: str, organisation_id: str, text: str) -> Row:
    period = parse_period(text)
    return {
        "indicator_key": _number(indicator_id),
        "organisation_key": _number(organisation_id),
        "period_kind": int(period.kind),
        "period_start": period.start,
        "period_end": period.end,
    }


def _number(name: str) -> int:
    return int.from_bytes(name.encode()[-3:], "big")
