"""The last 48 periods of each key: values and their states, out of the vintages that stand."""

from dataclasses import dataclass, replace
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pilotage.assessment.code import Codes, Floats
from pilotage.assessment.judgement import RECENT
from pilotage.store.series_calendar import Clock

_SPAN = (
    "case kind when 1 then interval 48 hour when 2 then interval 48 day"
    " when 3 then interval 336 day when 4 then interval 48 month"
    " when 5 then interval 144 month when 6 then interval 144 month else interval 576 month end"
)
_STANDING = "(select * from measurements where superseded_seq is null)"
_KEY = "indicator_key, organisation_key"
_PROVENANCE = {
    "numerator": "numerator",
    "denominator": "denominator",
    "value_text": "value_text",
    "dispute": "dispute",
    "value_load": "load_seq",
    "value_line": "load_line",
    "value_file": "load_file",
}


@dataclass(frozen=True)
class Recents:
    """n keys by 48 consecutive periods that end with each key's last one.

    The calendar is whole from the first period received on, gaps included.
    """

    clock: Clock
    first: NDArray[np.int64]  # [n] column of the oldest period received; 48: none
    values: Floats  # [n, 48] NaN: missing or text
    states: Codes  # [n, 48] measurements.state; −1: a gap
    denominators: Floats | None = None  # [n, 48]; None: not asked for

    def periods(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Start and end of each column, datetime64[s]; NaT before a key's first one."""
        edges, nothing = self.clock.edges(), np.datetime64("NaT", "s")
        begun = np.arange(RECENT) >= self.first[:, None]
        return np.where(begun, edges[:, :-1], nothing), np.where(begun, edges[:, 1:], nothing)

    def copied(self) -> "Recents":
        """The same in arrays of its own."""
        return self.taken(np.arange(len(self.first)))

    def taken(self, rows: NDArray[Any]) -> "Recents":
        """Those of some of the keys."""
        below = None if self.denominators is None else self.denominators[rows]
        return replace(
            self,
            clock=self.clock.taken(rows),
            first=self.first[rows],
            values=self.values[rows],
            states=self.states[rows],
            denominators=below,
        )


def recents_of(duck: duckdb.DuckDBPyConnection, n: int, with_denominators: bool) -> Recents:
    """The recent periods of the ``n`` keys of the temp table ``batch_keys``.

    Of the kinds of period a key was measured in, that of its latest period is read.
    """
    duck.execute(
        f"create or replace temp table batch_window as"
        f" select k, {_KEY}, kind, last, last - {_SPAN} as since from batch_keys join ("
        f"select {_KEY}, max(last) as last, arg_max(kind, (last, kind)) as kind from ("
        f"select {_KEY}, period_kind as kind, max(period_start) as last from {_STANDING} m"
        f" semi join batch_keys using ({_KEY}) group by {_KEY}, period_kind) group by {_KEY})"
        f" using ({_KEY})"
    )
    last = duck.execute("select k, kind, last from batch_window").to_arrow_table()
    below = ", m.denominator" if with_denominators else ""
    rows = duck.execute(
        f"select w.k, m.period_start, m.value, m.state{below} from {_STANDING} m"
        " join batch_window w on m.indicator_key = w.indicator_key"
        " and m.organisation_key = w.organisation_key and m.period_kind = w.kind"
        " where m.period_start > w.since"
    ).to_arrow_table()
    return _grid(n, last, rows)


def _grid(n: int, last: pa.Table, rows: pa.Table) -> Recents:
    clock = _clock(n, last)
    k = rows["k"].to_numpy().astype(np.int64)
    column = clock.column(rows["period_start"].to_numpy().astype("M8[s]"), k)
    inside = column >= 0
    place = k * RECENT + column
    whole = bool(inside.all())
    place = place if whole else place[inside]

    def scattered(name: str, empty: float, kind: type[Any]) -> NDArray[Any]:
        made = np.full(n * RECENT, empty, kind)
        read = rows[name].to_numpy()
        made[place] = read if whole else read[inside]
        return made.reshape(n, RECENT)

    states = scattered("state", -1, np.int8)
    received = states >= 0
    first = np.where(received.any(axis=1), received.argmax(axis=1), RECENT)
    asked = "denominator" in rows.column_names
    below = scattered("denominator", np.nan, np.float64) if asked else None
    return Recents(clock, first, scattered("value", np.nan, np.float64), states, below)


def _clock(n: int, last: pa.Table) -> Clock:
    kind, begun = np.zeros(n, np.int8), np.zeros(n, "M8[s]")
    k = last["k"].to_numpy()
    kind[k] = last["kind"].to_numpy()
    begun[k] = last["last"].to_numpy()
    return Clock.ending(kind, begun)


def provenance(duck: duckdb.DuckDBPyConnection, wanted: pa.Table) -> dict[str, pa.Array]:
    """Where some values came from, and their parts.

    ``wanted``: indicator_key, organisation_key, kind, begun (null: no value, an empty row). In its
    order, in the columns of the verdict table.
    """
    names = ", ".join(f"m.{name}" for name in _PROVENANCE.values())
    numbered = wanted.append_column("place", pa.array(np.arange(wanted.num_rows), pa.int64()))
    # In a table of the engine's own: of an Arrow one it knows no size, and hashes the history.
    duck.register("numbered", numbered)
    duck.execute("create or replace temp table wanted_values as select * from numbered")
    duck.unregister("numbered")
    found = duck.execute(
        f"select w.place, {names} from {_STANDING} m join wanted_values w"
        " on m.indicator_key = w.indicator_key and m.organisation_key = w.organisation_key"
        " and m.period_start = w.begun and m.period_kind = w.kind"
    ).to_arrow_table()
    rows = np.full(wanted.num_rows, -1, np.int64)
    rows[found["place"].to_numpy()] = np.arange(found.num_rows)
    return {name: taken(found[source], rows) for name, source in _PROVENANCE.items()}


def taken(column: pa.ChunkedArray, rows: NDArray[np.int64]) -> pa.Array:
    """The values at ``rows``; null where that is negative."""
    found = column.take(pa.array(rows, pa.int64(), mask=rows < 0))
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
