"""Whether the chances keep their word: those given, scored as values come; and past ones replayed.

What is counted is the whole government's, for everyone: shares over many series, which name
nobody. Only the chances listed one by one are those of the viewer's own scope.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from pilotage.access.operator import OPERATOR
from pilotage.assessment.code import Flags, Floats
from pilotage.assessment.hindcast import HORIZONS, Hindcast
from pilotage.assessment.result import rounded
from pilotage.assessment.score import Score, brier, reliability, score
from pilotage.domain.viewer import Scope
from pilotage.rooms.address import Address
from pilotage.rooms.memory import remembered
from pilotage.store.hindcast import asked_again
from pilotage.store.queries.chances import Pending, fallen_due, pending
from pilotage.store.queries.row import Row
from pilotage.store.warehouse import Warehouse

FEWEST = 10
"""Questions below which no score is given: one value would turn it."""
_LISTED = 12


@dataclass(frozen=True)
class Bin:
    """Chances within one tenth: how many, what they said and what happened, in 0–1."""

    first: float
    last: float
    n: int
    said: float
    happened: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Horizon:
    """The questions asked so many periods before the due date."""

    steps: int
    score: Score
    light: float


@dataclass(frozen=True)
class Kept:
    """A set of chances against what happened; ``light``: Brier of the last value's colour."""

    score: Score
    light: float
    bins: tuple[Bin, ...]
    horizons: tuple[Horizon, ...] = ()

    @property
    def lean(self) -> float:
        """Above 0 where the chances are too sure of themselves, below where they are too shy.

        In 0–1: how much closer to the overall share the truth lies than what was said.
        """
        share = sum(one.n * one.happened for one in self.bins) / self.score.n
        away = sum(
            one.n * np.sign(one.said - share) * (one.said - one.happened) for one in self.bins
        )
        return float(away / self.score.n)


@dataclass(frozen=True)
class Scored:
    """One chance beside what happened."""

    indicator_id: str
    organisation_id: str
    title_fr: str
    title_en: str | None
    unit: str
    decimals: int | None
    said_on: date
    due_day: date
    chance: float
    aim: float
    sense: int
    value: float
    is_met: bool


@dataclass(frozen=True)
class CalibrationRoom:
    """What the page shows; ``given`` and ``replayed`` are None under ten questions.

    ``is_drawn``: there were more past targets than are replayed.
    """

    given_count: int
    given: Kept | None
    waiting: Pending
    replayed_count: int
    replayed: Kept | None
    is_drawn: bool
    latest: tuple[Scored, ...]


def calibration_room(scope: Scope, warehouse: Warehouse, address: Address) -> CalibrationRoom:
    """``/calibration``, open to everyone; what is counted does not depend on who asks."""
    del address
    fallen = remembered(OPERATOR, warehouse, "fallen", lambda: fallen_due(OPERATOR, warehouse))
    waiting = remembered(OPERATOR, warehouse, "pending", lambda: pending(OPERATOR, warehouse))
    again = remembered(OPERATOR, warehouse, "hindcast", lambda: asked_again(warehouse))
    mine = () if scope.published_only else fallen_due(scope, warehouse)[:_LISTED]
    return CalibrationRoom(
        given_count=len(fallen),
        given=_given(fallen),
        waiting=waiting,
        replayed_count=again.chance.size,
        replayed=_replayed(again),
        is_drawn=again.is_drawn,
        latest=tuple(_scored(row) for row in mine),
    )


def _given(rows: list[Row]) -> Kept | None:
    if len(rows) < FEWEST:
        return None
    chance = np.array([row["chance"] for row in rows])
    met = np.array([float(_is_met(row)) for row in rows])
    light = np.array([float(bool(row["was_met"])) for row in rows])
    return Kept(score(chance, met), brier(light, met), _bins(chance, met))


def _replayed(again: Hindcast) -> Kept | None:
    if again.chance.size < FEWEST:
        return None
    found = []
    for steps in HORIZONS:
        mine: Flags = again.steps == steps
        if mine.sum() >= FEWEST:
            found.append(_horizon(steps, again, mine))
    return Kept(
        score(again.chance, again.happened),
        brier(again.light, again.happened),
        _bins(again.chance, again.happened),
        tuple(found),
    )


def _horizon(steps: int, again: Hindcast, mine: Flags) -> Horizon:
    happened = again.happened[mine]
    return Horizon(steps, score(again.chance[mine], happened), brier(again.light[mine], happened))


def _bins(chance: Floats, happened: Floats) -> tuple[Bin, ...]:
    found = reliability(chance, happened)
    width = 1 / len(found.n)
    return tuple(
        Bin(at * width, (at + 1) * width, int(n), *(float(part[at]) for part in found[1:]))
        for at, n in enumerate(found.n)
        if n
    )


def _is_met(row: Row) -> bool:
    decimals = np.array([-1 if row["decimals"] is None else row["decimals"]], dtype=np.int16)
    value, aim = (float(rounded(np.array([row[name]]), decimals)[0]) for name in ("value", "aim"))
    return bool((value - aim) * row["sense"] >= 0)


def _scored(row: Row) -> Scored:
    names = [name for name in Scored.__dataclass_fields__ if name != "is_met"]
    return Scored(**{name: row[name] for name in names}, is_met=_is_met(row))
