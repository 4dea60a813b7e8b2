"""The verdict table: one row per indicator × organisation, judged before a load is shown.

Rows are made again for the keys in the temp table ``touched`` and for what they add up to; the same
function over every key makes the whole table, and a test proves that both agree.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import duckdb
import numpy as np
import pyarrow as pa

from pilotage.assessment.batch import SeriesBatch
from pilotage.assessment.code import Flags, Indices
from pilotage.assessment.judgement import judge
from pilotage.assessment.signals import signals
from pilotage.assessment.xmr import RULE_SETS
from pilotage.store.cascade import add_parents, edges_of, has_roll_ups, with_children
from pilotage.store.holiday import quebec_holidays
from pilotage.store.roll_up import RolledUp, rolled_up
from pilotage.store.series_batch import Series, series_of
from pilotage.store.tables import verdicts
from pilotage.store.verdict_row import RolledRows, Said, verdict_rows

ALL_KEYS = (
    "select indicator_key, organisation_key from measurements where superseded_seq is null"
    " union select indicator_key, organisation_key from targets where superseded_seq is null"
    " union select i.indicator_key, o.organisation_key from indicators i join organisations o"
    " on i.organisation_id = o.organisation_id and o.superseded_seq is null"
    " where i.superseded_seq is null"
)


def judge_touched(duck: duckdb.DuckDBPyConnection, today: date) -> None:
    """Replace the verdicts of every key in ``touched``, judged on ``today``.

    Keys that they add up to are added to ``touched``.
    """
    if has_roll_ups(duck):
        add_parents(duck, "touched")
    rows = _judged(duck, "touched", today)
    if duck.execute("select 1 from verdicts limit 1").fetchone():
        duck.execute(
            "delete from verdicts v using touched t"
            " where v.indicator_key = t.indicator_key and v.organisation_key = t.organisation_key"
        )
    if not rows.num_rows:
        return
    duck.register("judged_rows", rows)
    names = ", ".join(c.name for c in verdicts.columns)
    duck.execute(f"insert into verdicts ({names}) select {names} from judged_rows")
    duck.unregister("judged_rows")


def judge_all(duck: duckdb.DuckDBPyConnection, today: date) -> None:
    """Make the whole verdict table again: every key measured, targeted or led."""
    duck.execute(f"create or replace temp table touched as {ALL_KEYS}")
    duck.execute("delete from verdicts")
    judge_touched(duck, today)


def judged_on(duck: duckdb.DuckDBPyConnection, keys: str, on: date) -> pa.Table:
    """Verdict rows of the keys in the SELECT ``keys``, judged on another day; nothing is kept."""
    duck.execute(f"create or replace temp table asked_keys as {keys}")
    return _judged(duck, "asked_keys", on)


def rules_in_force(duck: duckdb.DuckDBPyConnection) -> str:
    """The name of the rules that say what is more than chance."""
    found = duck.execute("select rules from projection_state").fetchone()
    return str(found[0]) if found else "reference"


def every_batch(duck: duckdb.DuckDBPyConnection) -> SeriesBatch:
    """What every key is judged from, parents made of their children included; nothing is kept."""
    duck.execute(f"create or replace temp table asked_keys as {ALL_KEYS}")
    return _read(duck, "asked_keys")[0].batch()


def _read(duck: duckdb.DuckDBPyConnection, keys: str) -> tuple[Series, Indices, RolledUp | None]:
    """The series of the keys of the table ``keys``; which rows of what was rolled up they are."""
    rolls = has_roll_ups(duck)
    read = with_children(duck, keys) if rolls else keys
    series = series_of(duck, read, with_denominators=rolls)
    kept, rolled = series.is_known, None
    if rolls:
        kept &= _is_asked(duck, keys, series)
        series, rolled = rolled_up(series, edges_of(duck, series.is_known))
    rows = np.flatnonzero(kept)
    return (series if len(rows) == series.size else series.taken(rows)), rows, rolled


def _judged(duck: duckdb.DuckDBPyConnection, keys: str, on: date) -> pa.Table:
    """Verdict rows of the known keys of the table ``keys``."""
    series, rows, rolled = _read(duck, keys)
    batch, day, rules = series.batch(), np.datetime64(on), rules_in_force(duck)
    # Two readings of the same arrays, neither of which needs the other.
    with ThreadPoolExecutor(1) as beside_it:
        seen = beside_it.submit(signals, batch, day, RULE_SETS[rules])
        judged = judge(batch, day, quebec_holidays())
        made = RolledRows.of(rolled, rows, batch, judged, on) if rolled else None
        said = Said(judged, seen.result(), made)
    return verdict_rows(duck, series, batch, said, on, rules)


def _is_asked(duck: duckdb.DuckDBPyConnection, keys: str, series: Series) -> Flags:
    asked = duck.execute(
        f"select indicator_key::bigint << 32 | organisation_key as pair from {keys}"
    ).to_arrow_table()
    own = series.keys.indicator_key.astype(np.int64) << 32 | series.keys.organisation_key
    return np.isin(own, asked["pair"].to_numpy())
