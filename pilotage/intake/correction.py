"""Refused rows corrected in place: a small file of their own, loaded like any other."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow.parquet as pq

from pilotage.intake.report import CheckReport

_FIRST_LINE = 2
"""Where the first row of a file of corrections stands, below its header."""


@dataclass(frozen=True)
class Corrects:
    """The load whose refused rows a file corrects, and their numbers in the file's order."""

    load_seq: int
    rows: tuple[int, ...]


def correction_file(fields: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    """A contract file of corrected rows: one line a row, whatever was typed.

    Columns are those of the contract; a row without one of them leaves its cell empty.
    """
    held = io.StringIO()
    writer = csv.writer(held, delimiter=";", lineterminator="\n")
    writer.writerow(fields)
    for row in rows:
        writer.writerow([" ".join(row.get(name, "").split()) for name in fields])
    return held.getvalue().encode("utf-8", errors="replace")


def corrected(corrects: Corrects | None, report: CheckReport) -> dict[str, Any]:
    """What the load's event says of the rows it corrects: those that are sound by now."""
    if corrects is None:
        return {}
    told = pq.read_table(report.problems_path, columns=["line", "severity"]).to_pylist()
    wrong = {one["line"] for one in told if one["severity"] == "error"}
    sound = [row for n, row in enumerate(corrects.rows, _FIRST_LINE) if n not in wrong]
    return {"corrects": {"load_seq": corrects.load_seq, "rows": sound}}
