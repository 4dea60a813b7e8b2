"""What earlier loads said again, and is needed once something comes between.

A load keeps only what it changes. Where the vintage it agreed with is withdrawn, or another value
published in between comes late, what it said of the same keys is read again from its archived rows.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import duckdb
import sqlalchemy as sa

from pilotage.store.engine import native
from pilotage.store.tables import loads
from pilotage.store.version import StagedRows
from pilotage.store.warehouse import Warehouse

_KEPT = ("subject", "rows_sha256", "mask", "first_line")


def said_after(
    warehouse: Warehouse, load_seq: int, subjects: Sequence[str]
) -> list[dict[str, Any]]:
    """The rows of the loads after ``load_seq`` that stand and found some of theirs said already."""
    return _said(warehouse, subjects, loads.c.load_seq > load_seq)


def said_since(
    warehouse: Warehouse, rows: Sequence[tuple[str, StagedRows]], published_at: datetime
) -> list[dict[str, Any]]:
    """The same of the loads received since the earliest publication among ``rows``.

    ``rows``: each subject about to be loaded. ``published_at``: of the rows that do not say. Empty
    for what is published as it arrives, which is nearly all.
    """
    subjects = [subject for subject, _ in rows]
    with warehouse.read() as connection:
        earliest = min(
            (_earliest(native(connection), staged, published_at) for _, staged in rows),
            default=published_at,
        )
    return _said(warehouse, subjects, loads.c.received_at > earliest)


def _earliest(
    duck: duckdb.DuckDBPyConnection, staged: StagedRows, published_at: datetime
) -> datetime:
    columns = duck.execute(f"select * from {staged.scan} limit 0").description or []
    if "published_at" not in {column[0] for column in columns}:
        return published_at
    asked = f"select min(coalesce(published_at::timestamp, ?)) from {staged.scan}"
    (found,) = duck.execute(asked, [published_at]).fetchone() or (None,)
    return found or published_at


def _said(
    warehouse: Warehouse, subjects: Sequence[str], which: sa.ColumnElement[bool]
) -> list[dict[str, Any]]:
    asked = sa.select(loads.c.load_seq).where(
        which, loads.c.state == "loaded", loads.c.rows_unchanged > 0
    )
    with warehouse.read() as connection:
        agreeing = set(connection.execute(asked).scalars())
    if not agreeing:
        return []
    return [
        {
            **{name: rows.get(name) for name in _KEPT},
            "load_seq": event.seq,
            "published_at": event.payload["published_at"],
        }
        for event in warehouse.journal.after(min(agreeing) - 1)
        if event.seq in agreeing
        for rows in event.payload["subjects"]
        if rows["subject"] in subjects
    ]


__all__ = ["said_after", "said_since"]
