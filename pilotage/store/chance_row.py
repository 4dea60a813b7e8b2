"""Every chance given, written down with the load that gave it: what was said cannot be rewritten.

The rows lie in the archive and their hash in the load's event, so that a rebuild says again what
was said, whatever the method has become since.
"""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from pilotage.store.archive import Archive
from pilotage.store.engine import native
from pilotage.store.journal import Event
from pilotage.store.tables import metadata

SAID: Final = "chances_sha256"
"""Where an event names the chances it gave."""

chances = sa.Table(
    "chances",
    metadata,
    sa.Column("seq", sa.Integer, nullable=False),  # the load that gave it
    sa.Column("said_on", sa.Date, nullable=False),
    sa.Column("indicator_id", sa.Text, nullable=False),
    sa.Column("organisation_id", sa.Text, nullable=False),
    sa.Column("due_day", sa.Date, nullable=False),
    sa.Column("aim", sa.Double, nullable=False),
    sa.Column("sense", sa.SmallInteger, nullable=False),  # 1: more is better, −1: less is
    sa.Column("chance", sa.Double, nullable=False),  # 0 to 1
    sa.Column("lower", sa.Double),  # 95 % range of the value due
    sa.Column("upper", sa.Double),
    sa.Column("last_day", sa.Date),  # of the last period known then
    sa.Column("was_met", sa.Boolean),  # whether the last value known met the target
)

_NEW = """
select v.indicator_id, v.organisation_id, v.due_day, v.due_aim as aim,
  (case i.direction when 'at_least' then 1 else -1 end)::smallint as sense,
  v.due_meets as chance, v.due_lower as lower, v.due_upper as upper,
  (v.period_end - interval 1 second)::date as last_day,
  case i.direction when 'at_least' then v.value >= v.due_aim else v.value <= v.due_aim end
    as was_met
from verdicts v
join touched t on t.indicator_key = v.indicator_key and t.organisation_key = v.organisation_key
join indicators i on i.indicator_key = v.indicator_key and i.superseded_seq is null
left join (
  from chances qualify row_number() over (
    partition by indicator_id, organisation_id, due_day order by seq desc) = 1
) c on c.indicator_id = v.indicator_id and c.organisation_id = v.organisation_id
  and c.due_day = v.due_day
where v.due_meets is not null
  and (c.chance is distinct from v.due_meets or c.aim is distinct from v.due_aim)
order by v.indicator_id, v.organisation_id
"""
"""Chances of the keys just judged that differ from what was last said of the same due date."""


def told_chances(connection: sa.Connection, event: Event, archive: Archive, today: date) -> Event:
    """The event with the hash of the chances it gives, kept on disk and in the table.

    The event as it is where it is no load, or gives no new chance.
    """
    if event.kind not in {"load", "withdraw"}:
        return event
    given = native(connection).execute(_NEW).to_arrow_table()
    if not given.num_rows:
        return event
    stream = BytesIO()
    dated = given.add_column(0, "said_on", pa.array([today] * given.num_rows, pa.date32()))
    pq.write_table(dated, stream)
    kept = archive.keep_bytes(stream.getvalue())
    told = replace(event, payload={**event.payload, SAID: kept.sha256})
    add_chances(connection, told, kept.path)
    return told


def add_chances(connection: sa.Connection, event: Event, path: Path) -> None:
    """Put what was said in the table."""
    names = ", ".join(column.name for column in chances.columns)
    rest = names.removeprefix("seq, ")
    native(connection).execute(
        f"insert into chances ({names}) select {event.seq}, {rest} from read_parquet('{path}')"
    )
