"""``pilotage spc``: the XmR chart of every series of a file, in the reference's words."""

import csv
import math
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pilotage.analyst.case import Case, cases_of
from pilotage.analyst.series_file import Point, WrongFile, series_of
from pilotage.assessment.assurance import CONSISTENT_FAIL, CONSISTENT_PASS, INCONSISTENT
from pilotage.assessment.remark import Remark, remarks
from pilotage.assessment.variation import (
    COMMON_CAUSE,
    CONCERN,
    IMPROVEMENT,
    NEUTRAL_HIGH,
    NEUTRAL_LOW,
    Process,
    Variation,
    variation_of,
    vary,
)
from pilotage.assessment.xmr import REFERENCE, XmrSetting
from pilotage.assessment.xmr_rule import COMMON, LIMIT, SHIFT, TREND, TWO_IN_THREE

POINT_COLUMNS = ("case_id", "idx", "mean", "lpl", "upl", "special_cause_type", "point_type")
SUMMARY_COLUMNS = ("case_id", "variation_type", "assurance_type")
TYPES = {
    COMMON_CAUSE: "common_cause",
    IMPROVEMENT: "special_cause_improvement",
    CONCERN: "special_cause_concern",
    NEUTRAL_HIGH: "special_cause_neutral_high",
    NEUTRAL_LOW: "special_cause_neutral_low",
}
ASSURANCES = {
    CONSISTENT_PASS: "consistent_pass",
    INCONSISTENT: "inconsistent",
    CONSISTENT_FAIL: "consistent_fail",
}
_Named = tuple[Case, tuple[Point, ...]]


def causes(setting: XmrSetting = REFERENCE) -> dict[int, str]:
    """The reference's words for each special cause, under the numbers of these rules."""
    return {
        COMMON: "Common Cause",
        LIMIT: "Above UCL",
        -LIMIT: "Below LCL",
        TREND: f"{setting.trend} Point Trend (Increasing)",
        -TREND: f"{setting.trend} Point Trend (Decreasing)",
        TWO_IN_THREE: "2 in 3 Above CL",
        -TWO_IN_THREE: "2 in 3 Below CL",
        SHIFT: f"{setting.shift} Points Above CL",
        -SHIFT: f"{setting.shift} Points Below CL",
    }


class Charted(NamedTuple):
    """One series' answer: the rows of POINTS, the row of SUMMARY, and what must be said."""

    points: list[tuple[str, ...]]
    summary: tuple[str, ...]
    remarks: tuple[Remark, ...]


def chart_files(
    series: Path, cases: Path, out: Path, summary: Path, setting: XmrSetting = REFERENCE
) -> dict[str, Charted]:
    """Judge every series of SERIES.csv as CASES.csv asks and write both files, in file order.

    Raises Refused or WrongFile, before anything is written, for files that cannot be used.
    """
    charted = charts(series_of(series), cases_of(cases), setting)
    points = (row for one in charted.values() for row in one.points)
    _write(out, POINT_COLUMNS, points)
    _write(summary, SUMMARY_COLUMNS, (one.summary for one in charted.values()))
    return charted


def charts(
    series: dict[str, tuple[Point, ...]], cases: dict[str, Case], setting: XmrSetting = REFERENCE
) -> dict[str, Charted]:
    """The chart of every series, in their order; a case without a series asks for nothing.

    Raises WrongFile for a series without a case.
    """
    unknown = next((name for name in series if name not in cases), None)
    if unknown is not None:
        raise WrongFile(
            f"La série « {unknown} » n'a pas de ligne dans les cas.",
            f"Series “{unknown}” has no row among the cases.",
        )
    named = [(cases[name], points) for name, points in series.items()]
    # Series of like lengths go together: one very long series must not widen all the others.
    ordered = sorted(named, key=_size)
    found = {
        case.case_id: one
        for _, group in groupby(ordered, key=_size)
        for (case, _points), one in _charted(list(group), setting)
    }
    return {name: found[name] for name in series}


def _size(pair: _Named) -> int:
    return len(pair[1]).bit_length()


def _charted(pairs: list[_Named], setting: XmrSetting) -> Iterator[tuple[_Named, Charted]]:
    width = max(len(points) for _, points in pairs)
    values, begins = np.full((len(pairs), width), np.nan), np.zeros((len(pairs), width), bool)
    for row, (case, points) in enumerate(pairs):
        values[row, : len(points)] = [point.value for point in points]
        if case.rebase_dates:
            begins[row, : len(points)] = [point.date in case.rebase_dates for point in points]
    process = Process(
        np.array([case.sign for case, _ in pairs]),
        np.array([case.target for case, _ in pairs]),
        begins,
        np.array([case.fixed_after for case, _ in pairs]),
        np.array([case.is_screened for case, _ in pairs]),
    )
    judged = vary(values, process, setting, has_chart=True)
    types = variation_of(judged.points, process.sign[:, None])
    said, words = remarks(values, process, judged), causes(setting)
    for row, pair in enumerate(pairs):
        yield pair, _one(pair, judged, types[row], row, said[row], words)


def _one(
    pair: _Named,
    judged: Variation,
    types: np.ndarray,
    row: int,
    said: tuple[Remark, ...],
    words: dict[int, str],
) -> Charted:
    case, points = pair
    lower, mean, upper = (line[row, : len(points)].tolist() for line in judged.chart)
    found = judged.points[row].tolist()
    rows: list[tuple[str, ...]] = [
        (
            case.case_id,
            point.idx,
            _text(mean[at]),
            _text(lower[at]),
            _text(upper[at]),
            words.get(found[at], ""),
            TYPES.get(int(types[at]), ""),
        )
        for at, point in enumerate(points)
    ]
    variation = TYPES.get(int(judged.variation[row]), "")
    assurance = ASSURANCES.get(int(judged.assurance[row]), "")
    return Charted(rows, (case.case_id, variation, assurance), said)


def _text(number: float) -> str:
    return "" if math.isnan(number) else repr(number)


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows(rows)
