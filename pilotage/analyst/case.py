"""How an analyst wants each series judged: the lines of CASES.csv."""

import math
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pilotage.analyst.series_file import WrongFile, number, table

_SIGNS = {
    "increase": 1.0,
    "at_least": 1.0,
    "hausse": 1.0,
    "decrease": -1.0,
    "at_most": -1.0,
    "baisse": -1.0,
    "neutral": 0.0,
    "neutre": 0.0,
    "none": 0.0,
    "between": 0.0,
    "exactly": 0.0,
    "": 0.0,
}
_FALSE = {"false", "f", "0", "no", "non", "faux"}
SHORTEST_BASELINE = 12


@dataclass(frozen=True)
class Case:
    """One series' rules: ``sign`` as in ``variation.Process``; target NaN for none."""

    case_id: str
    sign: float
    target: float
    rebase_dates: frozenset[datetime]
    fixed_after: int  # 0: every point feeds the limits
    is_screened: bool


def cases_of(path: Path) -> dict[str, Case]:
    """Every case by its id. Raises WrongFile, naming the line, for what cannot be used."""
    found: dict[str, Case] = {}
    for line, row in table(path, ("case_id",)):
        if row["case_id"] in found:
            raise WrongFile(
                f"« {path.name} », ligne {line} : « {row['case_id']} » y est deux fois.",
                f"“{path.name}”, line {line}: “{row['case_id']}” is there twice.",
            )
        found[row["case_id"]] = Case(
            row["case_id"],
            sign_of(row.get("improvement_direction", ""), f"« {path.name} », {line}"),
            number(row.get("target", ""), path, line),
            _dates(row.get("rebase_dates", ""), path, line),
            _baseline(row.get("fix_after_n_points", ""), path, line),
            row.get("screen_outliers", "").lower() not in _FALSE,
        )
    return found


def sign_of(direction: str, place: str) -> float:
    """1 where more is better, −1 where less is, 0 where neither is. Raises WrongFile."""
    sign = _SIGNS.get(direction.lower())
    if sign is None:
        raise WrongFile(
            f"{place} : « {direction} » n'est pas un sens ; écrivez increase, decrease ou neutral.",
            f"{place}: “{direction}” is not a direction; write increase, decrease or neutral.",
        )
    return sign


def _dates(text: str, path: Path, line: int) -> frozenset[datetime]:
    try:
        return frozenset(
            datetime.fromisoformat(part.strip()).replace(tzinfo=None)
            for part in text.split(";")
            if part.strip() and part.strip().lower() != "na"
        )
    except ValueError:
        raise WrongFile(
            f"« {path.name} », ligne {line} : « {text} » ne donne pas de dates (2026-03-31;…).",
            f"“{path.name}”, line {line}: “{text}” gives no dates (2026-03-31;…).",
        ) from None


def _baseline(text: str, path: Path, line: int) -> int:
    asked = number(text, path, line)
    if math.isnan(asked):
        return 0
    if asked < SHORTEST_BASELINE or asked != int(asked):
        raise WrongFile(
            f"« {path.name} », ligne {line} : des limites se figent sur 12 points ou plus.",
            f"“{path.name}”, line {line}: limits are frozen on 12 points or more.",
        )
    return int(asked)
