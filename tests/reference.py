"""The published results of ``../shared/reference``; tests that need them are skipped without."""

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from pilotage.assessment.code import Floats

REFERENCE = Path(__file__).parents[2] / "shared" / "reference"
needs_reference = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="the published results of ../shared/reference are not here"
)
Rows = list[dict[str, str]]


def rows(place: str) -> Rows:
    """The lines of one reference file, as text."""
    with (REFERENCE / place).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def by_case(place: str, column: str = "case_id") -> dict[str, Rows]:
    """The lines of one reference file, by case, in file order."""
    found: dict[str, Rows] = defaultdict(list)
    for row in rows(place):
        found[row[column]].append(row)
    return dict(found)


def number(text: str) -> float:
    """A reference figure; NaN for NA (empty) and NaN."""
    return float(text) if text else float("nan")


def column(lines: Rows, name: str) -> Floats:
    """One column of figures."""
    return np.array([number(line[name]) for line in lines])


def m3(period: str) -> list[tuple[Floats, Floats]]:
    """The M3 series of one frequency, in file order: at most the last 60 known values, the test."""
    known: dict[str, list[float]] = {}
    hidden: dict[str, list[float]] = {}
    with gzip.open(REFERENCE / "forecast" / "m3.csv.gz", "rt", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["period"] == period:
                part = hidden if row["test"] == "1" else known
                part.setdefault(row["sn"], []).append(float(row["y"]))
    return [(np.array(known[name][-60:]), np.array(hidden[name])) for name in known]
