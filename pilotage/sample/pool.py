"""The texts of the sample government, read from ``pools/*.csv``: names, titles, first levels.

The pools hold what a person writes and may correct; everything that is drawn by chance is made
elsewhere from the seed.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pilotage.domain.indicator import Direction, Level, Nature

_POOLS = Path(__file__).parent / "pools"

DIRECTIONS = {
    "+": Direction.AT_LEAST,
    "-": Direction.AT_MOST,
    "b": Direction.BETWEEN,
    "=": Direction.EXACTLY,
    "o": Direction.NONE,
}
NATURES = {
    "I": Nature.INPUT,
    "A": Nature.ACTIVITY,
    "E": Nature.OUTPUT,
    "R": Nature.OUTCOME,
    "X": Nature.EXPERIENCE,
    "C": Nature.CONTEXT,
}
LEVELS = {
    "ministère": Level.STRATEGIC,
    "organisme": Level.STRATEGIC,
    "direction": Level.TACTICAL,
    "équipe": Level.OPERATIONAL,
}


@dataclass(frozen=True)
class OrganisationLine:
    """One organisation of the pool; ``genre`` is the contract's French word."""

    organisation_id: str
    parent_id: str
    genre: str
    label_fr: str
    label_en: str
    state_function: str
    staff: str


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator of the pool, before chance has given it a history.

    ``start`` and ``low``..``high`` are in its unit; ``low`` is ``high`` unless the direction is
    between, and both are none for context. ``rhythm`` is the pool's letter: H hour, J day, W week,
    M month, T quarter, F fiscal quarter, A fiscal year, C calendar year. ``elsewhere`` starts with
    ``*`` where every ministry is measured, and may then give some a story: ``* MSSS=never``.
    """

    indicator_id: str
    organisation_id: str
    title_fr: str
    title_en: str
    unit: str
    direction: Direction
    nature: Nature
    level: Level
    rhythm: str
    start: float
    low: float | None
    high: float | None
    decimals: int
    objective: int
    story: str
    elsewhere: str

    @property
    def is_rate(self) -> bool:
        """True for a part of a whole: published with numerator and denominator."""
        return self.unit in {"%", "‰"} and self.decimals > 0

    @property
    def bounds(self) -> tuple[float, float]:
        """The range the unit allows; infinite where it sets none."""
        lows = {"M$": float("-inf"), "%v": -100.0}
        highs = {"%": 100.0, "‰": 1000.0}
        return lows.get(self.unit, 0.0), highs.get(self.unit, float("inf"))


def rows(name: str) -> list[dict[str, str]]:
    """The lines of ``pools/<name>.csv`` by column."""
    with (_POOLS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";", restval=""))


@lru_cache(maxsize=1)
def organisations() -> tuple[OrganisationLine, ...]:
    """Every organisation, parents before children."""
    return tuple(
        OrganisationLine(
            row["id"],
            row["parent"],
            row["genre"],
            row["fr"],
            row["en"],
            row["fonction"],
            row["effectif"],
        )
        for row in rows("organisations")
    )


@lru_cache(maxsize=1)
def _by_id() -> dict[str, OrganisationLine]:
    return {line.organisation_id: line for line in organisations()}


def ministry_of(organisation_id: str) -> str:
    """The ministry an organisation stands under, or itself."""
    line = _by_id()[organisation_id]
    while line.genre not in {"ministère", "gouvernement"}:
        line = _by_id()[line.parent_id]
    return line.organisation_id


def parent_of(organisation_id: str) -> str:
    """The organisation right above."""
    return _by_id()[organisation_id].parent_id


def _goal(text: str) -> tuple[float | None, float | None]:
    if not text:
        return None, None
    low, _, high = text.partition("..")
    return float(low), float(high or low)


def _indicator(row: dict[str, str], number: int) -> IndicatorLine:
    low, high = _goal(row["cible"])
    organisation_id = row["organisation"]
    return IndicatorLine(
        indicator_id=f"{organisation_id}-{number:02d}",
        organisation_id=organisation_id,
        title_fr=row["fr"],
        title_en=row["en"],
        unit=row["unite"],
        direction=DIRECTIONS[row["sens"]],
        nature=NATURES[row["nature"]],
        level=LEVELS[_by_id()[organisation_id].genre],
        rhythm=row["frequence"],
        start=float(row["depart"]),
        low=low,
        high=high,
        decimals=int(row["decimales"]),
        objective=int(row["objectif"]),
        story=row["cas"],
        elsewhere=row["aussi"],
    )


def _named(names: Sequence[str]) -> list[dict[str, str]]:
    return [row for name in names for row in rows(name)]


@lru_cache(maxsize=1)
def indicators() -> tuple[IndicatorLine, ...]:
    """Every indicator; its identifier is its organisation's and its rank there."""
    names = sorted(path.stem for path in _POOLS.glob("indicateurs_*.csv"))
    seen: Counter[str] = Counter()
    lines = []
    for row in _named(names):
        seen[row["organisation"]] += 1
        lines.append(_indicator(row, seen[row["organisation"]]))
    return tuple(lines)
