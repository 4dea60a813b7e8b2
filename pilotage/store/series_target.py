"""The targets of each key side by side, by due date, and where each came from."""

from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pilotage.store.series_value import taken

_MOST = 16
_TRAJECTORIES = pa.array(["", "linear", "step", "explicit"])
_EMPTY: dict[str, Any] = {
    "target_dues": np.datetime64("NaT", "D"),
    "target_lows": np.nan,
    "target_highs": np.nan,
    "target_tolerances": np.nan,
    "target_baselines": np.nan,
    "target_baseline_dates": np.datetime64("NaT", "D"),
    "target_trajectories": np.int8(0),
}
_PROVENANCE = {
    "target_text": "target_text",
    "confidence": "confidence",
    "confidence_note": "confidence_note",
    "target_load": "load_seq",
    "target_line": "load_line",
    "target_file": "load_file",
}


@dataclass(frozen=True)
class Targets:
    """n keys by their T targets, undated ones last, in the arrays of ``SeriesBatch``."""

    columns: dict[str, NDArray[Any]]  # [n, T] each
    has_text: NDArray[np.bool_]  # [n]
    rows: NDArray[np.int64]  # [n, T] row of ``table``; −1: none
    table: pa.Table

    def provenance(self, index: NDArray[np.int64]) -> dict[str, pa.Array]:
        """Words and origin of the target at each key's column ``index``; of its first otherwise."""
        if self.rows.shape[1]:
            rows = self.rows[np.arange(len(index)), np.maximum(index, 0)]
        else:
            rows = np.full(len(index), -1, np.int64)
        return {name: taken(self.table[source], rows) for name, source in _PROVENANCE.items()}

    def taken(self, rows: NDArray[Any]) -> "Targets":
        """Those of some of the keys."""
        columns = {name: column[rows] for name, column in self.columns.items()}
        return Targets(columns, self.has_text[rows], self.rows[rows], self.table)


def targets_of(duck: duckdb.DuckDBPyConnection, n: int) -> Targets:
    """The last 16 targets of the ``n`` keys of the temp table ``batch_keys``."""
    table = duck.execute(
        "select b.k, (case when t.period_kind = 1 then t.period_start"
        " else t.period_end - interval 1 day end)::date as target_dues, t.low as target_lows,"
        " t.high as target_highs, t.tolerance as target_tolerances, t.baseline as target_baselines,"
        " t.baseline_date as target_baseline_dates, coalesce(t.trajectory, '') as trajectory,"
        " t.target_text, t.confidence, t.confidence_note, t.load_seq, t.load_line, t.load_file,"
        " row_number() over ("
        "partition by b.k order by t.period_end desc nulls first, t.load_line) as back"
        f" from (select * from targets where superseded_seq is null) t join batch_keys b"
        " on t.indicator_key = b.indicator_key and t.organisation_key = b.organisation_key"
        f" qualify back <= {_MOST} order by b.k, t.period_end nulls last, t.load_line"
    ).to_arrow_table()
    codes = pc.fill_null(pc.index_in(table["trajectory"], _TRAJECTORIES), 0)
    return _grid(n, table.append_column("target_trajectories", codes))


def _grid(n: int, table: pa.Table) -> Targets:
    k = table["k"].to_numpy().astype(np.int64)
    count = np.bincount(k, minlength=n)
    width = int(count.max(initial=0))
    column = np.arange(len(k)) - (np.cumsum(count) - count)[k]

    def grid(empty: Any, values: NDArray[Any]) -> NDArray[Any]:
        made = np.full((n, width), empty)
        made[k, column] = values
        return made

    texts = np.zeros(n, np.bool_)
    texts[k[table["target_text"].is_valid().to_numpy()]] = True
    return Targets(
        {name: grid(empty, table[name].to_numpy()) for name, empty in _EMPTY.items()},
        texts,
        grid(np.int64(-1), np.arange(len(k))),
        table,
    )
