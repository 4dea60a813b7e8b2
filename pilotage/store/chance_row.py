"""Every chance given, written down with the event that gave it: what was said cannot be rewritten.

The rows lie in the archive and their hash in the event, so that a rebuild says again what
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
    sa.Column("seq", sa.Integer, nullable=False),  # the event that gave it
    sa.Column("said_on", sa.Date, nullable=False),
    sa.Column("indicator_id", sa.Text, nullable=False),
    sa.Column("organisation_id", sa.Text, nullable=False),
    sa.Column("due_day", sa.Date, nullable=False),
    sa.Column("awaited", sa.DateTime),  # start of the next period; null: the target's due date
    sa.Column("aim", sa.Double, nullable=False),
    sa.Column("sense", sa.SmallInteger, nullable=False),  # 1: more is better, −1: less is
    sa.Column("chance", sa.Double, nullable=False),  # 0 to 1
    sa.Column("lower", sa.Double),  # 95 % range of the value due
    sa.Column("upper", sa.Double),
    sa.Column("last_day", sa.Date),  # of the last period known then
    sa.Column("was_met", sa.Boolean),  # whether the last value known met the target
)

_JUDGING = frozenset({"load", "withdraw", "step", "judged"})
"""Events after which ``touched`` holds the keys judged."""

_NEW = """
with given as (
  select indicator_key, organisation_key, indicator_id, organisation_id, value, period_end,
    due_day, null::timestamp as awaited, due_aim as aim, due_meets as chance,
    due_lower as lower, due_upper as upper
  from verdicts where due_meets is not null
  union all
  select indicator_key, organisation_key, indicator_id, organisation_id, value, period_end,
    period_end::date, period_end, next_aim, next_meets, null, null
  from verdicts where next_meets is not null and period_end is not null
)
select g.indicator_id, g.organisation_id, g.due_day, g.awaited, g.aim,
  (case i.direction when 'at_least' then 1 else -1 end)::smallint as sense,
  g.chance, g.lower, g.upper, (g.period_end - interval 1 second)::date as last_day,
  case i.direction when 'at_least' then g.value >= g.aim else g.value <= g.aim end as was_met
from given g
join touched t on t.indicator_key = g.indicator_key and t.organisation_key = g.organisation_key
join indicators i on i.indicator_key = g.indicator_key and i.superseded_seq is null
left join (
  from chances qualify row_number() over (
    partition by indicator_id, organisation_id, due_day, awaited order by seq desc) = 1
) c on c.indicator_id = g.indicator_id and c.organisation_id = g.organisation_id
  and c.due_day = g.due_day and c.awaited is not distinct from g.awaited
where c.chance is distinct from g.chance or c.aim is distinct from g.aim
order by g.indicator_id, g.organisation_id, g.awaited nulls first
"""
"""Chances of the keys just judged that differ from what was last said of the same question."""


def told_chances(connection: sa.Connection, event: Event, archive: Archive, today: date) -> Event:
    """The event with the hash of the chances it gives, kept on disk and in the table.

    The event as it is where it judges nothing, or gives no new chance.
    """
    if event.kind not in _JUDGING:
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


def has_new_chances(connection: sa.Connection) -> bool:
    """Whether the keys of ``touched`` are given a chance that nobody has written down."""
    return native(connection).execute(f"select exists({_NEW})").fetchone() == (True,)


def add_chances(connection: sa.Connection, event: Event, path: Path) -> None:
    """Put what was said in the table."""
    # By name: files written before a column was thought of leave it empty.
    native(connection).execute(
        f"insert into chances by name select {event.seq} as seq, * from read_parquet('{path}')"
    )
