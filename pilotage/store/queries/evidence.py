"""What the questions on how figures were made are read from: every value with its first
publication, the target in force for it, and the targets revised once the result was known.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa

from pilotage.assessment.code import Days, Flags, Floats, Indices
from pilotage.assessment.inquiry import Record
from pilotage.domain.period import PeriodKind
from pilotage.domain.viewer import Scope
from pilotage.store.queries.row import Row, rows
from pilotage.store.queries.scoped import current, visible
from pilotage.store.tables import indicator_links, indicators, measurements, targets, verdicts
from pilotage.store.warehouse import Warehouse

Key = tuple[str, str]
"""Indicator and organisation."""
_PERIODS_A_YEAR = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.FISCAL_QUARTER: 4}
_UNSOUND = (2, 3, 4)  # withdrawn, disputed, in error
_LONGEST = 600  # periods
_FISCAL_SHIFT = 3  # months from January to the first of the fiscal year
_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.FISCAL_QUARTER: 3,
    PeriodKind.FISCAL_YEAR: 12,
    PeriodKind.YEAR: 12,
}
_DAYS = {PeriodKind.DAY: 1, PeriodKind.WEEK: 7}


def evidence(scope: Scope, warehouse: Warehouse) -> dict[Key, Record]:
    """One record a verdict with values; hours are left out, for nobody decides them one by one."""
    values = _grouped(rows(warehouse, _values(scope)))
    aims = _grouped(rows(warehouse, _targets(scope)))
    found = {}
    for key, mine in values.items():
        record = _record(mine, aims.get(key, ()))
        if record is not None:
            found[key] = record
    return found


def counter_pairs(scope: Scope, warehouse: Warehouse) -> list[tuple[Key, Key]]:
    """Targeted indicators beside their counter-indicators, in the organisations that have both."""
    both = verdicts.alias("both")
    asked = (
        sa.select(
            indicator_links.c.parent_id, indicator_links.c.child_id, verdicts.c.organisation_id
        )
        .join(verdicts, verdicts.c.indicator_id == indicator_links.c.parent_id)
        .join(
            both,
            (both.c.indicator_id == indicator_links.c.child_id)
            & (both.c.organisation_id == verdicts.c.organisation_id),
        )
        .where(
            indicator_links.c.kind == "counter",
            *current(indicator_links),
            *visible(scope, verdicts),
        )
    )
    return [
        ((row["parent_id"], row["organisation_id"]), (row["child_id"], row["organisation_id"]))
        for row in rows(warehouse, asked)
    ]


def _values(scope: Scope) -> sa.Select[Any]:
    first = (
        sa.select(
            measurements.c.indicator_key,
            measurements.c.organisation_key,
            measurements.c.period_start,
            sa.func.min(measurements.c.published_at).label("at"),
        )
        .group_by(
            measurements.c.indicator_key,
            measurements.c.organisation_key,
            measurements.c.period_start,
        )
        .subquery()
    )
    return (
        sa.select(
            verdicts.c.indicator_id,
            verdicts.c.organisation_id,
            indicators.c.direction,
            indicators.c.decimals,
            indicators.c.unit,
            indicators.c.minimum,
            indicators.c.maximum,
            indicators.c.time_aggregation,
            measurements.c.period_kind,
            measurements.c.period_start,
            measurements.c.period_end,
            measurements.c.value,
            measurements.c.numerator,
            measurements.c.denominator,
            first.c.at,
        )
        .join(
            verdicts,
            (verdicts.c.indicator_key == measurements.c.indicator_key)
            & (verdicts.c.organisation_key == measurements.c.organisation_key)
            & (verdicts.c.period_kind == measurements.c.period_kind),
        )
        .join(indicators, indicators.c.indicator_key == measurements.c.indicator_key)
        .join(
            first,
            (first.c.indicator_key == measurements.c.indicator_key)
            & (first.c.organisation_key == measurements.c.organisation_key)
            & (first.c.period_start == measurements.c.period_start),
        )
        .where(
            measurements.c.period_kind != PeriodKind.HOUR,
            measurements.c.state.not_in(_UNSOUND),
            *current(measurements, indicators),
            *visible(scope, indicators, verdicts),
        )
        .order_by(verdicts.c.indicator_id, verdicts.c.organisation_id, measurements.c.period_start)
    )


def _targets(scope: Scope) -> sa.Select[Any]:
    """Every version of every dated target, in the order of their publication."""
    return (
        sa.select(
            verdicts.c.indicator_id,
            verdicts.c.organisation_id,
            targets.c.period_start,
            targets.c.period_end,
            targets.c.low,
            targets.c.high,
            targets.c.published_at,
            targets.c.superseded_seq,
        )
        .join(
            verdicts,
            (verdicts.c.indicator_key == targets.c.indicator_key)
            & (verdicts.c.organisation_key == targets.c.organisation_key),
        )
        .join(indicators, indicators.c.indicator_key == targets.c.indicator_key)
        .where(
            targets.c.period_end.is_not(None),
            *current(indicators),
            *visible(scope, indicators, verdicts),
        )
        .order_by(targets.c.period_end, targets.c.published_at, targets.c.load_seq)
    )


def _grouped(found: Sequence[Row]) -> Mapping[Key, list[Row]]:
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in found:
        groups[row["indicator_id"], row["organisation_id"]].append(row)
    return groups


def _record(mine: Sequence[Row], aims: Sequence[Row]) -> Record | None:
    passport = mine[0]
    kind = PeriodKind(passport["period_kind"])
    places = _places(kind, [row["period_start"] for row in mine])
    places = places - places[-1]
    kept = [at for at, place in enumerate(places) if place > -_LONGEST]
    mine, places = [mine[at] for at in kept], places[kept] - places[kept[0]]
    width = int(places[-1]) + 1

    def column(values: Sequence[Any]) -> Floats:
        answer = np.full(width, np.nan)
        answer[places] = [np.nan if value is None else float(value) for value in values]
        return answer

    last = np.full(width, np.datetime64("NaT", "D"))
    last[places] = [np.datetime64(row["period_end"], "D") - 1 for row in mine]
    values = column([row["value"] for row in mine])
    sense = {"at_least": 1.0, "at_most": -1.0}.get(passport["direction"], 0.0)
    bound = "low" if sense > 0 else "high"
    late = [(row["at"] - row["period_end"]).total_seconds() / 86_400 for row in mine]
    decimals = passport["decimals"]
    is_share = passport["unit"] == "%" or passport["maximum"] is not None
    ends = [passport["minimum"] or 0.0, passport["maximum"], 100.0 if is_share else None]
    standing = [row for row in aims if row["superseded_seq"] is None and row[bound] is not None]
    in_force, is_due = _in_force(last, standing, bound)
    return Record(
        last_days=last,
        values=values,
        free=np.where(np.isin(values, [end for end in ends if end is not None]), np.nan, values),
        aims=in_force,
        is_due=is_due,
        delays=column(late),
        parts=column([row["numerator"] for row in mine]),
        sizes=column([row["denominator"] for row in mine]),
        years=_years(kind, passport, values, mine[0]),
        easings=np.array(list(_easings(aims, bound, sense, mine)), dtype=float),
        sense=sense,
        unit=float("nan") if decimals is None else 10.0 ** -int(decimals),
        is_open=not is_share,
    )


def _places(kind: PeriodKind, starts: Sequence[Any]) -> Indices:
    """The number of each period, so that a missing one leaves a gap."""
    days = np.array(starts, dtype="datetime64[D]")
    if kind in _DAYS:
        return days.astype(np.int64) // _DAYS[kind]
    return days.astype("datetime64[M]").astype(np.int64) // _MONTHS[kind]


def _in_force(last: Days, standing: Sequence[Row], bound: str) -> tuple[Floats, Flags]:
    """The target in force in each period, and whether it falls due there.

    In force: the one due in the period, else the next one due, else the last one there was.
    """
    aims, is_due = np.full(last.shape, np.nan), np.zeros(last.shape, dtype=bool)
    if not standing:
        return aims, is_due
    dues = np.array([np.datetime64(row["period_end"], "D") - 1 for row in standing])
    bounds = np.array([row[bound] for row in standing], dtype=float)
    dated = np.flatnonzero(~np.isnat(last))
    passed = np.searchsorted(dues, last[dated], "right")
    before = np.concatenate([passed[:1], passed[:-1]])
    falls = passed > before
    at = np.where(falls, passed - 1, np.minimum(passed, len(standing) - 1))
    aims[dated], is_due[dated] = bounds[at], falls
    return aims, is_due


def _easings(
    versions: Sequence[Row], bound: str, sense: float, mine: Sequence[Row]
) -> Iterator[float]:
    """How much easier each target revised after its result was known became, in its unit."""
    known_at = {row["period_end"]: row["at"] for row in mine}
    before: dict[Any, Row] = {}
    for row in versions:
        due, aim = row["period_end"], row[bound]
        earlier = before.get(due)
        before[due] = row
        if earlier is None or sense == 0 or aim is None or earlier[bound] is None:
            continue
        if row["published_at"] >= known_at.get(due, due):
            yield sense * (earlier[bound] - aim)


def _years(kind: PeriodKind, passport: Row, values: Floats, first: Row) -> Floats:
    """Fiscal years × periods of what adds up over a year; empty for anything else."""
    count = _PERIODS_A_YEAR.get(kind, 0)
    if not count or passport["time_aggregation"] != "sum":
        return np.empty((0, 0))
    month = np.datetime64(first["period_start"], "M").astype(np.int64)
    # Counted from the start of the fiscal year in which the series begins.
    lead = int((month - _FISCAL_SHIFT) % 12) * count // 12
    padded = np.concatenate([np.full(lead, np.nan), values])
    whole = -(-padded.size // count) * count
    return np.pad(padded, (0, whole - padded.size), constant_values=np.nan).reshape(-1, count)


def titles(scope: Scope, warehouse: Warehouse, indicator_ids: Collection[str]) -> list[Row]:
    """The titles of some indicators."""
    asked = sa.select(
        indicators.c.indicator_id, indicators.c.title_fr, indicators.c.title_en
    ).where(
        indicators.c.indicator_id.in_(sorted(indicator_ids)),
        *current(indicators),
        *visible(scope, indicators),
    )
    return rows(warehouse, asked)
