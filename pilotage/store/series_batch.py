"""What the projection knows of some keys, in the padded arrays that judgement reads."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pilotage.assessment.code import DIRECTIONS, FREQUENCIES
from pilotage.assessment.judgement import RECENT, SeriesBatch
from pilotage.domain.period import PeriodKind

_MOST_TARGETS = 16
_TRAJECTORIES = ("", "linear", "step", "explicit")
_SPAN = (
    "case m.period_kind when 1 then interval 48 hour when 2 then interval 48 day when 3 then interval 336 day"
    " when 4 then interval 48 month when 5 then interval 144 month when 6 then interval 144 month"
    " else interval 576 month end"
)
_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.FISCAL_QUARTER: 3,
    PeriodKind.FISCAL_YEAR: 12,
    PeriodKind.YEAR: 12,
}
_KINDS = max(PeriodKind) + 1
_ORIGIN = int(np.datetime64("1969-12-29", "s").astype(np.int64))  # a Monday
_SECONDS = {PeriodKind.HOUR: 3600, PeriodKind.DAY: 86_400, PeriodKind.WEEK: 604_800}


@dataclass(frozen=True)
class Series:
    """A batch to judge and where each of its values and targets came from."""

    batch: SeriesBatch
    indicator_key: NDArray[np.int32]
    organisation_key: NDArray[np.int32]
    indicator_id: pa.Array
    organisation_id: pa.Array
    value_rows: NDArray[np.int64]  # [n, 48] row of ``values``; −1: none
    values: pa.Table
    target_rows_of: NDArray[np.int64]  # [n, T] row of ``targets``; −1: none
    targets: pa.Table

    @property
    def size(self) -> int:
        """How many keys."""
        return len(self.indicator_key)

    def last_rows(self, index: NDArray[np.int64]) -> dict[str, pa.Array]:
        """Provenance and parts of the value at each key's column ``index``."""
        rows = _picked(self.value_rows, index)
        names = {
            "period_kind": "period_kind",
            "period_start": "period_start",
            "period_end": "period_end",
            "numerator": "numerator",
            "denominator": "denominator",
            "value_text": "value_text",
            "dispute": "dispute",
            "value_state": "state",
            "value_load": "load_seq",
            "value_line": "load_line",
            "value_file": "load_file",
        }
        return {name: _taken(self.values[source], rows) for name, source in names.items()}

    def target_rows(self, index: NDArray[np.int64]) -> dict[str, pa.Array]:
        """Provenance and words of the target at each key's column ``index``; its first text otherwise."""
        fallback = np.where(self.target_rows_of.shape[1] > 0, 0, -1)
        rows = _picked(self.target_rows_of, np.where(index < 0, fallback, index))
        names = {
            "target_text": "target_text",
            "confidence": "confidence",
            "confidence_note": "confidence_note",
            "target_load": "load_seq",
            "target_line": "load_line",
            "target_file": "load_file",
        }
        return {name: _taken(self.targets[source], rows) for name, source in names.items()}


def _picked(grid: NDArray[np.int64], index: NDArray[np.int64]) -> NDArray[np.int64]:
    if not grid.shape[1]:
        return np.full(len(index), -1)
    return np.where(index < 0, -1, grid[np.arange(len(index)), np.maximum(index, 0)])


def _taken(column: pa.ChunkedArray, rows: NDArray[np.int64]) -> pa.Array:
    wanted = pa.array(rows, pa.int64(), mask=rows < 0)
    taken = column.take(wanted)
    return taken.combine_chunks() if isinstance(taken, pa.ChunkedArray) else taken


def series_of(duck: duckdb.DuckDBPyConnection, keys: str, published_by: date | None) -> Series:
    """The series of the keys in the table ``keys`` (indicator_key, organisation_key).

    ``published_by``: only what was published by the end of that day; None for what stands now.
    Keys whose indicator or organisation is unknown are left out.
    """
    duck.execute(
        "create or replace temp table batch_keys as select (row_number() over (order by i.indicator_id, o.organisation_id)"
        " - 1)::integer as k, t.indicator_key, t.organisation_key, i.indicator_id, o.organisation_id, i.direction,"
        " i.frequency, coalesce(i.decimals, -1) as decimals, coalesce(i.delay_days, 0) as delay_days, i.change_threshold"
        f" from (select distinct indicator_key, organisation_key from {keys}) t"
        " join indicators i on i.indicator_key = t.indicator_key and i.superseded_seq is null"
        " join organisations o on o.organisation_key = t.organisation_key and o.superseded_seq is null"
    )
    known = duck.execute("select * from batch_keys order by k").to_arrow_table()
    last, values = _values(duck, published_by)
    targets = _targets(duck, published_by)
    return _assembled(known, last, values, targets)


def _standing(table: str, keys: str, published_by: date | None) -> tuple[str, dict[str, Any]]:
    """The vintages that stand: the current ones, or those published by a day."""
    if published_by is None:
        return f"(select * from {table} where superseded_seq is null)", {}
    by = datetime.combine(published_by, datetime.min.time()) + timedelta(days=1)
    return (
        f"(select * from {table} where published_at < $by"
        " and load_seq not in (select load_seq from loads where withdrawn_seq is not null)"
        f" qualify row_number() over (partition by {keys} order by published_at desc, load_seq desc, load_line desc) = 1)",
        {"by": by},
    )


def _values(
    duck: duckdb.DuckDBPyConnection, published_by: date | None
) -> tuple[pa.Table, pa.Table]:
    """Last period of each key, and the values of the 48 periods that end with it."""
    keys = "indicator_key, organisation_key, period_start, period_end"
    source, given = _standing("measurements", keys, published_by)
    joined = (
        f"{source} m join batch_keys b"
        " on m.indicator_key = b.indicator_key and m.organisation_key = b.organisation_key"
    )
    duck.execute(
        "create or replace temp table batch_last as select b.k, max(m.period_start) as last,"
        f" arg_max(m.period_kind, m.period_start) as kind from {joined} group by b.k",
        given,
    )
    last = duck.execute("select * from batch_last").to_arrow_table()
    values = duck.execute(
        "select b.k, m.period_kind, m.period_start, m.period_end, m.value, m.numerator,"
        " m.denominator, m.state, m.value_text, m.dispute, m.load_seq, m.load_line, m.load_file"
        f" from {joined} join batch_last l on b.k = l.k where m.period_start > l.last - {_SPAN}",
        given,
    ).to_arrow_table()
    return last, values


def _targets(duck: duckdb.DuckDBPyConnection, published_by: date | None) -> pa.Table:
    source, given = _standing(
        "targets", "indicator_key, organisation_key, period_start, period_end", published_by
    )
    return duck.execute(
        "select b.k, case when t.period_kind = 1 then t.period_start::date else (t.period_end - interval 1 day)::date end as due,"
        " t.low, t.high, t.tolerance, t.baseline, t.baseline_date, coalesce(t.trajectory, '') as trajectory, t.target_text,"
        " t.confidence, t.confidence_note, t.load_seq, t.load_line, t.load_file,"
        " row_number() over (partition by b.k order by t.period_end desc nulls first, t.load_line) as back"
        f" from {source} t join batch_keys b on t.indicator_key = b.indicator_key and t.organisation_key = b.organisation_key"
        f" qualify back <= {_MOST_TARGETS} order by b.k, t.period_end nulls last, t.load_line",
        given,
    ).to_arrow_table()


def _numpy(table: pa.Table, name: str, kind: str) -> NDArray[Any]:
    column = table[name]
    if kind.startswith(("datetime", "M8")):
        return column.to_numpy().astype(kind)
    if kind == "float64":
        return column.cast(pa.float64()).to_numpy().astype("float64")
    return column.to_numpy().astype(kind)


def _assembled(known: pa.Table, last: pa.Table, values: pa.Table, targets: pa.Table) -> Series:
    n = known.num_rows
    recent = _recent_grid(last, values, n)
    target = _target_grid(targets, n)
    positions = {str(name): i for i, name in enumerate(DIRECTIONS)}
    frequencies = {str(name): i for i, name in enumerate(FREQUENCIES)}
    texts = np.zeros(n, bool)
    if targets.num_rows:
        texts[_numpy(targets, "k", "int64")[np.array(targets["target_text"].is_valid())]] = True
    batch = SeriesBatch(
        direction=np.array([positions[d] for d in known["direction"].to_pylist()], np.int8),
        decimals=_numpy(known, "decimals", "int16"),
        frequency=np.array([frequencies[f] for f in known["frequency"].to_pylist()], np.int8),
        delay_days=_numpy(known, "delay_days", "int32"),
        change_threshold=_numpy(known, "change_threshold", "float64"),
        has_text_target=texts,
        **recent["batch"],
        **target["batch"],
    )
    return Series(
        batch,
        _numpy(known, "indicator_key", "int32"),
        _numpy(known, "organisation_key", "int32"),
        known["indicator_id"].combine_chunks(),
        known["organisation_id"].combine_chunks(),
        recent["rows"],
        values,
        target["rows"],
        targets,
    )


def _recent_grid(last: pa.Table, values: pa.Table, n: int) -> dict[str, Any]:
    """Values in a calendar of 48 consecutive periods ending at each key's last one."""
    start = np.full((n, RECENT), np.datetime64("NaT"), "datetime64[s]")
    end, value = start.copy(), np.full((n, RECENT), np.nan)
    # -1: a gap; 0 or more: something was sent, be it a text.
    state, rows = np.full((n, RECENT), -1, np.int8), np.full((n, RECENT), -1, np.int64)
    if values.num_rows:
        k = _numpy(values, "k", "int64")
        clock = _clock(last, n)
        column = (
            RECENT - 1 - clock.last[k] + clock.ordinal(_numpy(values, "period_start", "M8[s]"), k)
        )
        inside = column >= 0
        k, column = k[inside], column[inside]
        value[k, column] = _numpy(values, "value", "float64")[inside]
        state[k, column] = _numpy(values, "state", "int8")[inside]
        rows[k, column] = np.flatnonzero(inside)
        start, end = _calendar(clock, rows)
    return {
        "rows": rows,
        "batch": {
            "recent_starts": start,
            "recent_ends": end,
            "recent_values": value,
            "recent_states": state,
        },
    }


@dataclass(frozen=True)
class _Clock:
    """Each key's kind of period, the phase of its calendar and the number of its last period.

    Neighbouring periods differ by one; a fiscal year's phase is its first month.
    """

    kind: NDArray[np.int8]
    phase: NDArray[np.int64]
    last: NDArray[np.int64]

    def ordinal(self, begun: NDArray[Any], k: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of the periods that start at ``begun`` in the calendars of the keys ``k``."""
        return _ordinal(begun, self.kind[k], self.phase[k])

    def moment(self, ordinal: NDArray[np.int64]) -> NDArray[Any]:
        """Starts of the periods of those numbers; one row of numbers a key."""
        found = np.full(ordinal.shape, np.datetime64("NaT"), "datetime64[s]")
        for kind in np.unique(self.kind[self.kind > 0]):
            those = self.kind == kind
            found[those] = _start(ordinal[those], int(kind), self.phase[those][:, None])
        return found


def _clock(last: pa.Table, n: int) -> _Clock:
    kind, phase, number = np.zeros(n, np.int8), np.zeros(n, np.int64), np.zeros(n, np.int64)
    k = _numpy(last, "k", "int64")
    begun = _numpy(last, "last", "M8[s]")
    kind[k] = _numpy(last, "kind", "int8")
    months = begun.astype("M8[M]").astype(np.int64)
    lengths = np.ones(_KINDS, np.int64)
    for period_kind, length in _MONTHS.items():
        lengths[period_kind] = length
    phase[k] = months % lengths[kind[k]]
    number[k] = _ordinal(begun, kind[k], phase[k])
    return _Clock(kind, phase, number)


def _ordinal(begun: NDArray[Any], kind: NDArray[Any], phase: NDArray[Any]) -> NDArray[np.int64]:
    found = np.zeros(len(begun), np.int64)
    kinds = np.unique(kind)
    for period_kind in kinds:
        those = slice(None) if len(kinds) == 1 else kind == period_kind
        if period_kind in _SECONDS:
            origin = _ORIGIN if period_kind == PeriodKind.WEEK else 0
            seconds = begun[those].astype(np.int64)
            found[those] = (seconds - origin) // _SECONDS[PeriodKind(period_kind)]
        elif period_kind in _MONTHS:
            months = begun[those].astype("M8[M]").astype(np.int64)
            found[those] = (months - phase[those]) // _MONTHS[PeriodKind(period_kind)]
    return found


def _start(ordinal: NDArray[np.int64], kind: int, phase: NDArray[np.int64]) -> NDArray[Any]:
    if kind in _SECONDS:
        origin = _ORIGIN if kind == PeriodKind.WEEK else 0
        return (ordinal * _SECONDS[PeriodKind(kind)] + origin).astype("M8[s]")
    months = ordinal * _MONTHS[PeriodKind(kind)] + phase
    return months.astype("M8[M]").astype("M8[s]")


def _calendar(clock: _Clock, rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Start and end of each column, gaps included; NaT before a key's first value."""
    columns = np.arange(RECENT + 1)[None, :] - (RECENT - 1)
    edges = clock.moment(clock.last[:, None] + columns)
    begun = np.maximum.accumulate(rows >= 0, axis=1)
    nothing = np.datetime64("NaT", "s")
    return np.where(begun, edges[:, :-1], nothing), np.where(begun, edges[:, 1:], nothing)


def _target_grid(targets: pa.Table, n: int) -> dict[str, Any]:
    """Targets of each key side by side, by due date, undated ones last."""
    k = _numpy(targets, "k", "int64") if targets.num_rows else np.zeros(0, np.int64)
    width = int(np.bincount(k).max()) if len(k) else 0
    first = np.searchsorted(k, np.arange(n)) if len(k) else np.zeros(n, np.int64)
    column = np.arange(len(k)) - first[k] if len(k) else k

    def grid(name: str, kind: str, empty: Any) -> NDArray[Any]:
        made = np.full((n, width), empty, kind)
        if len(k):
            made[k, column] = _numpy(targets, name, kind)
        return made

    nothing = np.datetime64("NaT", "D")
    shapes = np.zeros((n, width), np.int8)
    if len(k):
        codes = {name: i for i, name in enumerate(_TRAJECTORIES)}
        shapes[k, column] = [codes.get(t, 0) for t in targets["trajectory"].to_pylist()]
    rows = np.full((n, width), -1, np.int64)
    rows[k, column] = np.arange(len(k))
    return {
        "rows": rows,
        "batch": {
            "target_dues": grid("due", "datetime64[D]", nothing),
            "target_lows": grid("low", "float64", np.nan),
            "target_highs": grid("high", "float64", np.nan),
            "target_tolerances": grid("tolerance", "float64", np.nan),
            "target_baselines": grid("baseline", "float64", np.nan),
            "target_baseline_dates": grid("baseline_date", "datetime64[D]", nothing),
            "target_trajectories": shapes,
        },
    }
