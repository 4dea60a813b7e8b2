"""What a load would change, seen inside a transaction that is then undone."""

import sqlalchemy as sa

from pilotage.intake.outcome import Preview, Revised, Turned
from pilotage.store.engine import native

_SHOWN = 50
_COUNTS = """
    select rows_new, rows_changed, rows_unchanged, load_seq from loads
    where load_seq = (select max(load_seq) from loads)
"""
_REVISED = f"""
    select i.indicator_id, o.organisation_id, m.period_start, b.value, m.value
    from measurements m
    join measurements b on b.superseded_seq = m.load_seq and b.indicator_key = m.indicator_key
        and b.organisation_key = m.organisation_key and b.period_start = m.period_start
        and b.load_seq < m.load_seq
    join indicators i on i.indicator_key = m.indicator_key and i.superseded_seq is null
    join organisations o on o.organisation_key = m.organisation_key and o.superseded_seq is null
    where m.load_seq = ? order by 1, 2, 3 limit {_SHOWN}
"""
_TURNED = """
    select v.indicator_id, v.organisation_id,
        b.trajectory || '/' || b.result || '/' || b.data_state,
        v.trajectory || '/' || v.result || '/' || v.data_state
    from verdicts v left join verdicts_before b
        on b.indicator_key = v.indicator_key and b.organisation_key = v.organisation_key
    where b.indicator_key is null or (b.result, b.trajectory, b.data_state)
        is distinct from (v.result, v.trajectory, v.data_state)
    order by 1, 2
"""


def seen(connection: sa.Connection, refused: int) -> Preview:
    """The last load of this transaction beside what stood before it."""
    duck = native(connection)
    new, changed, unchanged, seq = duck.execute(_COUNTS).fetchone() or (0, 0, 0, 0)
    revised = duck.execute(_REVISED, [seq]).fetchall()
    turned = duck.execute(_TURNED).fetchall()
    return Preview(
        new,
        changed,
        unchanged,
        refused,
        tuple(Revised(*row) for row in revised),
        tuple(Turned(*row) for row in turned[:_SHOWN]),
        len(turned),
    )
