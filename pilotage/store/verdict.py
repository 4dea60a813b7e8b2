"""The verdict table: one row per indicator × organisation, judged before a load is shown.

Rows are made again for the keys in the temp table ``touched`` only; the same function over every
key makes the whole table, and a test proves that both agree.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pilotage.assessment.judgement import (
    CHANGES,
    DATA_STATES,
    RESULTS,
    RULE_VERSION,
    TRAJECTORIES,
    Judgement,
    judge,
)
from pilotage.store.holiday import quebec_holidays
from pilotage.store.series_batch import Series, series_of
from pilotage.store.tables import verdicts


def judge_touched(duck: duckdb.DuckDBPyConnection, today: date) -> None:
    """Replace the verdicts of every key in ``touched``, judged on ``today``."""
    series = series_of(duck, "touched", None)
    known = duck.execute("select 1 from verdicts limit 1").fetchone()
    if known:
        duck.execute(
            "delete from verdicts v using touched t where v.indicator_key = t.indicator_key and v.organisation_key = t.organisation_key"
        )
    if not series.size:
        return
    judged = judge(series.batch, np.datetime64(today), quebec_holidays())
    rows = verdict_rows(series, judged, today)
    duck.register("judged_rows", rows)
    names = ", ".join(c.name for c in verdicts.columns)
    duck.execute(f"insert into verdicts ({names}) select {names} from judged_rows")
    duck.unregister("judged_rows")


def judge_all(duck: duckdb.DuckDBPyConnection, today: date) -> None:
    """Make the whole verdict table again: every key measured, targeted or owned."""
    duck.execute(f"create or replace temp table touched as {ALL_KEYS}")
    duck.execute("delete from verdicts")
    judge_touched(duck, today)


ALL_KEYS = (
    "select indicator_key, organisation_key from measurements where superseded_seq is null"
    " union select indicator_key, organisation_key from targets where superseded_seq is null"
    " union select i.indicator_key, o.organisation_key from indicators i join organisations o"
    " on i.organisation_id = o.organisation_id and o.superseded_seq is null where i.superseded_seq is null"
)


def judged_on(
    duck: duckdb.DuckDBPyConnection, keys: str, on: date, published_by: date | None = None
) -> pa.Table:
    """Verdict rows of the keys in the SELECT ``keys``, judged on another day; nothing is kept.

    ``published_by``: only what was published by the end of that day (« as of »).
    """
    duck.execute(f"create or replace temp table asked_keys as {keys}")
    series = series_of(duck, "asked_keys", published_by)
    return verdict_rows(series, judge(series.batch, np.datetime64(on), quebec_holidays()), on)


def _words(codes: NDArray[Any], names: tuple[Any, ...]) -> pa.Array:
    dictionary = pa.array([str(name) for name in names], pa.string())
    indices = pa.array(codes.astype(np.int8), pa.int8(), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, dictionary).cast(pa.string())


def _floats(values: NDArray[np.float64]) -> pa.Array:
    return pa.array(values, pa.float64(), mask=np.isnan(values))


def _days(values: NDArray[Any]) -> pa.Array:
    return pa.array(values.astype("datetime64[D]"), pa.date32())


@dataclass(frozen=True)
class _Lists:
    """Ragged lists out of padded rows: only the columns that exist."""

    offsets: NDArray[np.int32]
    mask: NDArray[np.bool_]

    @classmethod
    def of(cls, mask: NDArray[np.bool_]) -> "_Lists":
        offsets = np.concatenate([[0], np.cumsum(mask.sum(axis=1))]).astype(np.int32)
        return cls(offsets, mask)

    def build(self, values: pa.Array) -> pa.Array:
        return pa.ListArray.from_arrays(pa.array(self.offsets, pa.int32()), values)


def verdict_rows(series: Series, judged: Judgement, today: date) -> pa.Table:
    """The rows of the verdict table, in its columns."""
    batch, n = series.batch, series.size
    last = series.last_rows(judged.value_index)
    target = series.target_rows(judged.target_index)
    recent = _Lists.of(~np.isnat(batch.recent_starts))
    dated = _Lists.of(~np.isnat(batch.target_dues))
    columns: dict[str, Any] = {
        "indicator_key": pa.array(series.indicator_key, pa.int32()),
        "organisation_key": pa.array(series.organisation_key, pa.int32()),
        "indicator_id": series.indicator_id,
        "organisation_id": series.organisation_id,
        "judged_at": pa.array(np.full(n, np.datetime64(today)), pa.date32()),
        **last,
        "value": _floats(judged.value),
        "previous_value": _floats(judged.previous_value),
        "value_source": pa.array(np.where(np.isnan(judged.value), None, "published"), pa.string()),
        **target,
        "low": _floats(judged.low),
        "high": _floats(judged.high),
        "tolerance": _floats(judged.tolerance),
        "baseline": _floats(judged.baseline),
        "baseline_date": _days(judged.baseline_date),
        "due_date": _days(judged.due_date),
        "path_value": _floats(judged.path_value),
        "result": _words(judged.result, RESULTS),
        "progress_rate": _floats(judged.progress_rate),
        "progress_rate_clipped": _floats(judged.progress_rate_clipped),
        "attainment_rate": _floats(judged.attainment_rate),
        "trajectory": _words(judged.trajectory, TRAJECTORIES),
        "to_confirm": pa.array(judged.to_confirm, pa.bool_()),
        "change": _words(judged.change, CHANGES),
        "data_state": _words(judged.data_state, DATA_STATES),
        "next_due": _days(judged.next_due),
        "rolled_value": pa.nulls(n, pa.float64()),
        "rolled_missing": pa.nulls(n, pa.string()),
        "rule_version": pa.array(np.full(n, RULE_VERSION), pa.string()),
        "recent_starts": recent.build(
            pa.array(batch.recent_starts[recent.mask].astype("datetime64[us]"), pa.timestamp("us"))
        ),
        "recent_values": recent.build(_floats(batch.recent_values[recent.mask])),
        "recent_paths": recent.build(_floats(judged.recent_paths[recent.mask])),
        "recent_statuses": recent.build(pa.array(judged.recent_statuses[recent.mask], pa.int16())),
        "target_dues": dated.build(_days(batch.target_dues[dated.mask])),
        "target_lows": dated.build(_floats(batch.target_lows[dated.mask])),
        "target_highs": dated.build(_floats(batch.target_highs[dated.mask])),
    }
    return pa.table({c.name: columns[c.name] for c in verdicts.columns})
