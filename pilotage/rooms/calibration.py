"""Whether the chances keep their word: those given, scored as values come; and past ones replayed.

What is counted is the whole government's, for everyone: shares over many series, which name
nobody. Only the chances listed one by one are those of the viewer's own scope.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from pilotage.access.operator import OPERATOR
from pilotage.assessment.code import Flags, Floats
from pilotage.assessment.hindcast import HORIZONS, Hindcast
from pilotage.assessment.result import rounded
from pilotage.assessment.score import Score, brier, reliability, score
from pilotage.domain.period import Period, PeriodKind, starting
from pilotage.domain.viewer import Scope
from pilotage.rooms.address import Address
from pilotage.rooms.memory import remembered
from pilotage.store.hindcast import asked_again
from pilotage.store.queries.chances import Outcomes, Pending, fallen_due, outcomes, pending
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
    """One chance beside what happened; ``period``: the one of the next value, where it was that."""

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
    period: Period | None
    is_met: bool


@dataclass(frozen=True)
class Given:
    """Chances of one kind, given in the rooms, whose value came; ``kept``: None under ten."""

    count: int
    kept: Kept | None


@dataclass(frozen=True)
class CalibrationRoom:
    """What the page shows; ``replayed`` is None under ten questions.

    ``due``: chances at a target's due date; ``soon``: at the next value. ``is_drawn``: there were
    more past targets than are replayed.
    """

    due: Given
    soon: Given
    waiting: Pending
    replayed_count: int
    replayed: Kept | None
    is_drawn: bool
    latest: tuple[Scored, ...]


def calibration_room(scope: Scope, warehouse: Warehouse, address: Address) -> CalibrationRoom:
    """``/calibration``, open to everyone; what is counted does not depend on who asks."""
    del address
    came = remembered(OPERATOR, warehouse, "outcomes", lambda: outcomes(OPERATOR, warehouse))
    waiting = remembered(OPERATOR, warehouse, "pending", lambda: pending(OPERATOR, warehouse))
    again = remembered(OPERATOR, warehouse, "hindcast", lambda: asked_again(warehouse))
    mine = () if scope.published_only else fallen_due(scope, warehouse, _LISTED)
    return CalibrationRoom(
        due=_given(came, ~came.is_next),
        soon=_given(came, came.is_next),
        waiting=waiting,
        replayed_count=again.chance.size,
        replayed=_replayed(again),
        is_drawn=again.is_drawn,
        latest=tuple(_scored(row) for row in mine),
    )


def _given(came: Outcomes, mine: Flags) -> Given:
    count = int(mine.sum())
    if count < FEWEST:
        return Given(count, None)
    chance = came.chance[mine]
    is_met = _is_met(came.value[mine], came.aim[mine], came.sense[mine], came.decimals[mine])
    met, light = is_met.astype(np.float64), came.was_met[mine].astype(np.float64)
    return Given(count, Kept(score(chance, met), brier(light, met), _bins(chance, met)))


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


def _is_met(value: Floats, aim: Floats, sense: Floats, decimals: NDArray[np.int16]) -> Flags:
    return np.asarray((rounded(value, decimals) - rounded(aim, decimals)) * sense >= 0)


def _scored(row: Row) -> Scored:
    decimals = np.array([-1 if row["decimals"] is None else row["decimals"]], dtype=np.int16)
    value, aim, sense = (np.array([float(row[name])]) for name in ("value", "aim", "sense"))
    start = row["awaited"]
    period = None if start is None else starting(PeriodKind(row["period_kind"]), start)
    names = [name for name in Scored.__dataclass_fields__ if name not in {"is_met", "period"}]
    return Scored(
        **{name: row[name] for name in names},
        period=period,
        is_met=bool(_is_met(value, aim, sense, decimals)[0]),
    )
