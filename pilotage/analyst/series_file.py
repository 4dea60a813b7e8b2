"""Series and cases of an analyst, read from plain CSV files; one sentence for what is wrong."""

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from pilotage.errors import Refused

_NONE = {"", "na", "nan", "null"}


@dataclass(frozen=True)
class Point:
    """One line of a series: its own index, its date, its value (NaN where missing)."""

    idx: str
    date: datetime
    value: float


def series_of(path: Path) -> dict[str, tuple[Point, ...]]:
    """Every series of a file ``case_id,idx,date,value``, each in date order, in file order.

    Raises Refused for a file that cannot be read, a column or number that is not there, and two
    lines of one series on one date.
    """
    found: dict[str, list[Point]] = {}
    for line, row in table(path, ("case_id", "idx", "date", "value")):
        point = Point(row["idx"], _date(row["date"], path, line), number(row["value"], path, line))
        found.setdefault(row["case_id"], []).append(point)
    if not found:
        raise Refused(f"« {path.name} » n'a aucune ligne.", f"“{path.name}” has no row.")
    return {case: _in_order(case, points) for case, points in found.items()}


def _in_order(case: str, points: list[Point]) -> tuple[Point, ...]:
    ordered = sorted(points, key=lambda point: point.date)
    for before, after in pairwise(ordered):
        if before.date == after.date:
            day = f"{before.date:%Y-%m-%d}"
            raise _wrong(
                f"La série « {case} » a deux valeurs au {day} ; gardez-en une.",
                f"Series “{case}” has two values on {day}; keep one.",
            )
    return tuple(ordered)


def table(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a CSV file with their numbers, cells trimmed, by lower-case column name."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            head = stream.readline()
            stream.seek(0)
            separator = ";" if head.count(";") > head.count(",") else ","
            rows = csv.reader(stream, delimiter=separator)
            names = [name.strip().lower() for name in next(rows, [])]
            missing = [column for column in columns if column not in names]
            if missing:
                raise Refused(
                    f"« {path.name} » n'a pas la colonne « {missing[0]} ».",
                    f"“{path.name}” has no column “{missing[0]}”.",
                )
            for row in rows:
                if any(cell.strip() for cell in row):
                    cells = [cell.strip() for cell in row] + [""] * (len(names) - len(row))
                    yield rows.line_num, dict(zip(names, cells, strict=False))
    except FileNotFoundError:
        raise Refused(f"« {path} » n'existe pas.", f"“{path}” does not exist.") from None
    except (OSError, UnicodeDecodeError, csv.Error):
        raise _wrong(
            f"« {path.name} » ne se lit pas : donnez un fichier CSV en UTF-8.",
            f"“{path.name}” cannot be read: give a CSV file in UTF-8.",
        ) from None


def number(text: str, path: Path, line: int) -> float:
    """A number written with a point or a comma; NaN for an empty cell, NA or NaN."""
    if text.lower() in _NONE:
        return math.nan
    try:
        read = float(text.replace(",", ".").replace("\u202f", "").replace("\u00a0", ""))
    except ValueError:
        read = math.inf
    if math.isinf(read):
        raise _wrong(
            f"« {path.name} », ligne {line} : « {text} » n'est pas un nombre.",
            f"“{path.name}”, line {line}: “{text}” is not a number.",
        )
    return read


def _date(text: str, path: Path, line: int) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise _wrong(
            f"« {path.name} », ligne {line} : « {text} » n'est pas une date (2026-03-31).",
            f"“{path.name}”, line {line}: “{text}” is not a date (2026-03-31).",
        ) from None


class WrongFile(Refused):
    """The file was read and what it says cannot be used: a problem found, not a misuse."""

    exit_code = 1


def _wrong(fr: str, en: str) -> WrongFile:
    return WrongFile(fr, en)
