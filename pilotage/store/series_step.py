"""Where the accepted changes of level stand among the recent periods of each key."""

import duckdb
import numpy as np

from pilotage.assessment.code import Flags
from pilotage.assessment.judgement import RECENT
from pilotage.store.series_calendar import Clock
from pilotage.store.step_row import STANDING


def begins_of(duck: duckdb.DuckDBPyConnection, clock: Clock, n: int) -> Flags:
    """The periods from which the keys of ``batch_keys`` are judged anew: n keys × 48 periods."""
    begins = np.zeros((n, RECENT), dtype=bool)
    rows = duck.execute(
        f"select k, begins from batch_keys join {STANDING} using (indicator_id, organisation_id)"
        " where decision = 'accepted'"
    ).to_arrow_table()
    if not rows.num_rows:
        return begins
    k = rows["k"].to_numpy().astype(np.int64)
    column = clock.column(rows["begins"].to_numpy().astype("M8[s]"), k)
    inside = (column >= 0) & (column < RECENT)
    begins[k[inside], column[inside]] = True
    return begins
