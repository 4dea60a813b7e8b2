"""What the journal says of a withdrawal.

A load keeps only what it changes. When the load it agreed with is withdrawn, what it said of the
same keys is read again from its archived rows: a file that still stands still says it.
"""

from typing import Any

import sqlalchemy as sa

from pilotage.store.tables import loads
from pilotage.store.warehouse import Warehouse


def withdrawal(
    warehouse: Warehouse, load_seq: int, subjects: list[str], reason: str
) -> dict[str, Any]:
    """The payload of the event: the load, why, and the later ones that may have agreed with it."""
    asked = sa.select(loads.c.load_seq).where(
        loads.c.load_seq > load_seq, loads.c.state == "loaded", loads.c.rows_unchanged > 0
    )
    with warehouse.read() as connection:
        agreeing = set(connection.execute(asked).scalars())
    again = [
        {
            **{name: rows.get(name) for name in ("subject", "rows_sha256", "mask", "first_line")},
            "load_seq": event.seq,
            "published_at": event.payload["published_at"],
        }
        for event in warehouse.journal.after(load_seq)
        if event.seq in agreeing
        for rows in event.payload["subjects"]
        if rows["subject"] in subjects
    ]
    return {"load_seq": load_seq, "subjects": subjects, "reason": reason, "again": again}
