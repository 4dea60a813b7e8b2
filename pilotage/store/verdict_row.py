"""Judgements in the columns of the verdict table."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pilotage.assessment.code import NONE, Flags, Floats, Indices
from pilotage.assessment.judgement import (
    CHANGES,
    DATA_STATES,
    RECENT,
    RESULTS,
    RULE_VERSION,
    TRAJECTORIES,
    Judgement,
    SeriesBatch,
)
from pilotage.assessment.signals import ASSURANCES, VARIATIONS, Signals
from pilotage.assessment.xmr import REFERENCE, RULE_SETS
from pilotage.store.roll_up import RolledUp
from pilotage.store.series_batch import Series
from pilotage.store.tables import verdicts


@dataclass(frozen=True)
class RolledRows:
    """What children make, at the period that each of n verdicts speaks of."""

    is_filled: Flags
    value: Floats
    missing: list[str | None]  # JSON lists

    @classmethod
    def of(
        cls, rolled: RolledUp, rows: Indices, batch: SeriesBatch, judged: Judgement, on: date
    ) -> "RolledRows":
        """For the keys ``rows`` of what was rolled up.

        A published parent names the children missing for its value's period; one that its children
        make, those missing for the last period of which any was received.
        """
        is_filled, k = rolled.is_filled[rows], np.arange(len(rows))
        has_ended = batch.recent_ends <= np.datetime64(on) + np.timedelta64(1, "D")
        sent = np.where(is_filled[:, None], rolled.received[rows], batch.recent_states != NONE)
        last = _last_true(has_ended & sent)
        shown = np.where(judged.value_index == NONE, last, judged.value_index)
        value = np.where(shown == NONE, np.nan, rolled.values[rows][k, np.maximum(shown, 0)])
        column = np.full(len(rolled.is_filled), NONE)
        column[rows] = np.where(is_filled, last, shown)
        missing = rolled.missing_at(column)
        is_told = is_filled | (shown != NONE)
        names = [
            missing.get(row) if told else None for row, told in zip(rows, is_told, strict=True)
        ]
        texts = [json.dumps(found, ensure_ascii=False) if found else None for found in names]
        return cls(is_filled, value, texts)


def _last_true(flags: Flags) -> Indices:
    last = RECENT - 1 - flags[:, ::-1].argmax(axis=1)
    return np.where(flags.any(axis=1), last, NONE)


@dataclass(frozen=True)
class _Lists:
    """Ragged lists out of padded rows: only the columns that exist."""

    offsets: NDArray[np.int32]
    mask: Flags

    @classmethod
    def of(cls, mask: Flags) -> "_Lists":
        offsets = np.concatenate([[0], np.cumsum(mask.sum(axis=1))]).astype(np.int32)
        return cls(offsets, mask)

    def build(self, values: pa.Array) -> pa.Array:
        return pa.ListArray.from_arrays(pa.array(self.offsets, pa.int32()), values)


def _words(codes: NDArray[Any], names: tuple[Any, ...]) -> pa.Array:
    dictionary = pa.array([str(name) for name in names], pa.string())
    indices = pa.array(codes.astype(np.int8), pa.int8(), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, dictionary).cast(pa.string())


def _floats(values: Floats) -> pa.Array:
    return pa.array(values, pa.float64(), mask=np.isnan(values))


def _days(values: NDArray[Any]) -> pa.Array:
    return pa.array(values.astype("datetime64[D]"), pa.date32())


def version_of(rules: str) -> str:
    """What a verdict says of the rules it was made under: « 2026-1 », « 2026-1 abspc »."""
    return RULE_VERSION if RULE_SETS[rules] is REFERENCE else f"{RULE_VERSION} {rules}"


class Said(NamedTuple):
    """What the arrays say: the status, whether to react, and what children make."""

    judged: Judgement
    seen: Signals
    rolled: RolledRows | None


def verdict_rows(
    duck: duckdb.DuckDBPyConnection,
    series: Series,
    batch: SeriesBatch,
    said: Said,
    on: date,
    rules: str,
) -> pa.Table:
    """The rows of the verdict table, in its columns; ``rules`` is a name of ``RULE_SETS``."""
    judged = said.judged
    n = series.size
    columns: dict[str, Any] = {
        "indicator_key": pa.array(series.keys.indicator_key, pa.int32()),
        "organisation_key": pa.array(series.keys.organisation_key, pa.int32()),
        "indicator_id": series.keys.indicator_id,
        "organisation_id": series.keys.organisation_id,
        "judged_at": pa.array(np.full(n, np.datetime64(on)), pa.date32()),
        "rule_version": pa.array(np.full(n, version_of(rules)), pa.string()),
        **_last_value(duck, series, batch, judged, said.rolled),
        **series.targets.provenance(judged.target_index),
        **_judgement(judged),
        **_signals(said.seen, batch),
        **_recents(batch, judged),
    }
    return pa.table({c.name: columns[c.name] for c in verdicts.columns})


def _last_value(
    duck: duckdb.DuckDBPyConnection,
    series: Series,
    batch: SeriesBatch,
    judged: Judgement,
    rolled: RolledRows | None,
) -> dict[str, Any]:
    """The value, its period, what made it and what its children make."""
    n, index, never = series.size, judged.value_index, np.datetime64("NaT", "s")
    is_filled = rolled.is_filled if rolled else np.zeros(n, np.bool_)
    k, at, is_none = np.arange(n), np.maximum(index, 0), index == NONE
    begun = np.where(is_none, never, batch.recent_starts[k, at])
    ended = np.where(is_none, never, batch.recent_ends[k, at])
    origin = series.provenance(duck, np.where(is_filled, never, begun))
    if is_filled.any() and series.recents.denominators is not None:
        below = np.where(is_none, np.nan, series.recents.denominators[k, at])
        parts = origin["denominator"].to_numpy(zero_copy_only=False).astype(np.float64)
        origin["denominator"] = _floats(np.where(is_filled, below, parts))
    source = np.where(is_filled, "rollup", "published").astype(object)
    source[is_none & ~is_filled] = None
    return {
        **origin,
        "period_kind": pa.array(series.recents.clock.kind, pa.int16(), mask=is_none),
        "period_start": pa.array(begun.astype("M8[us]")),
        "period_end": pa.array(ended.astype("M8[us]")),
        "value_state": pa.array(batch.recent_states[k, at], pa.int16(), mask=is_none),
        "value": _floats(judged.value),
        "previous_value": _floats(judged.previous_value),
        "value_source": pa.array(source, pa.string()),
        "rolled_value": _floats(rolled.value) if rolled else pa.nulls(n, pa.float64()),
        "rolled_missing": pa.array(rolled.missing if rolled else [None] * n, pa.string()),
    }


def _judgement(judged: Judgement) -> dict[str, Any]:
    return {
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
    }


def _signals(seen: Signals, batch: SeriesBatch) -> dict[str, Any]:
    recent = _Lists.of(~np.isnat(batch.recent_starts))
    return {
        "process_known": pa.array(seen.known, pa.int32()),
        "process_mean": _floats(seen.mean),
        "process_lower": _floats(seen.lower),
        "process_upper": _floats(seen.upper),
        "variation": _words(seen.variation, VARIATIONS),
        "cause": pa.array(seen.cause, pa.int16()),
        "assurance": _words(seen.assurance, ASSURANCES),
        "drifts": pa.array(seen.drifts, pa.bool_()),
        "run_signal": pa.array(seen.run_signal, pa.bool_()),
        "next_meets": _floats(seen.next_meets),
        "next_aim": _floats(seen.next_aim),
        "due_meets": _floats(seen.due_meets),
        "due_middle": _floats(seen.due_middle),
        "due_lower": _floats(seen.due_lower),
        "due_upper": _floats(seen.due_upper),
        "due_day": _days(seen.due_day),
        "due_aim": _floats(seen.due_aim),
        "recent_causes": recent.build(pa.array(seen.points[recent.mask], pa.int16())),
    }


def _recents(batch: SeriesBatch, judged: Judgement) -> dict[str, pa.Array]:
    recent = _Lists.of(~np.isnat(batch.recent_starts))
    dated = _Lists.of(~np.isnat(batch.target_dues))
    starts = batch.recent_starts[recent.mask].astype("datetime64[us]")
    statuses = judged.recent_statuses[recent.mask]
    return {
        "recent_starts": recent.build(pa.array(starts, pa.timestamp("us"))),
        "recent_values": recent.build(_floats(batch.recent_values[recent.mask])),
        "recent_paths": recent.build(_floats(judged.recent_paths[recent.mask])),
        "recent_statuses": recent.build(pa.array(statuses, pa.int16())),
        "target_dues": dated.build(_days(batch.target_dues[dated.mask])),
        "target_lows": dated.build(_floats(batch.target_lows[dated.mask])),
        "target_highs": dated.build(_floats(batch.target_highs[dated.mask])),
    }
