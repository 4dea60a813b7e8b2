"""One indicator of a room: its figure, its target, where it stands, where it comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from math import isnan
from typing import Any

from pilotage.domain.indicator import Direction
from pilotage.domain.period import Period, PeriodKind, starting
from pilotage.domain.signal import VariationKind
from pilotage.domain.status import Change, Confidence, DataState, Result, Standing, Trajectory
from pilotage.rooms.blocker import Named
from pilotage.rooms.signal import Signal, is_special, signal_of
from pilotage.rooms.tally import ATTENTION, standing_of

_CELLS = {
    1: Standing.ON_TRACK,
    2: Standing.AT_RISK,
    3: Standing.OFF_TARGET,
    4: Standing.MISSING,
    5: Standing.STALE,
    6: Standing.DISPUTED,
    7: Standing.IN_ERROR,
}
"""Codes of ``verdicts.recent_statuses``; 0 is no status."""


@dataclass(frozen=True)
class Recent:
    """One of the last periods, as the bowling chart and the curve of a card show it.

    ``is_special``: its value is more than chance.
    """

    period: Period
    value: float | None
    path: float | None
    standing: Standing
    is_special: bool = False


_AMISS = frozenset({Standing.OFF_TARGET, Standing.AT_RISK})
_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Origin:
    """The line of the file that made the figure; ``is_recomputed`` when children made it."""

    load_seq: int | None
    line: int | None
    file_name: str | None
    is_recomputed: bool


@dataclass(frozen=True)
class OffTarget:
    """Off target since that period without a break; ``is_longer``: since before what is known."""

    since: Period
    is_longer: bool


@dataclass(frozen=True)
class Said:
    """The first line of an explanation, the day it was written and the period it explains."""

    line: str
    on: date
    period: Period
    is_current: bool


@dataclass(frozen=True)
class Account:
    """Since when a figure is off target, and what explains it; none where nothing does."""

    off: OffTarget
    said: Said | None


@dataclass(frozen=True)
class Carrier:
    """Who carries most of a gap: an organisation below, and its share of it (0-1)."""

    place: Named
    share: float


@dataclass(frozen=True)
class Card:
    """Everything a card says; percents 0-100, unclipped; ``recents`` oldest first, 48 at most."""

    indicator_id: str
    organisation_id: str
    title_fr: str
    title_en: str | None
    unit: str
    decimals: int | None
    direction: Direction
    standing: Standing
    result: Result
    trajectory: Trajectory
    data_state: DataState
    is_to_confirm: bool
    period: Period | None
    value: float | None
    value_text: str | None
    low: float | None
    high: float | None
    target_text: str | None
    due_date: date | None
    progress_rate: float | None
    attainment_rate: float | None
    change: Change | None
    confidence: Confidence | None
    next_due: date | None
    system_of_record: str | None
    objective_id: str | None
    recents: tuple[Recent, ...]
    origin: Origin
    signal: Signal
    account: Account | None = None
    carrier: Carrier | None = None

    @property
    def has_target(self) -> bool:
        """True where there is a number to aim at."""
        return self.low is not None or self.high is not None

    @property
    def days_amiss(self) -> float:
        """Days since it was last on track, up to its last period: a quarter weighs three months."""
        found = [*takewhile(lambda one: one.standing in _AMISS, reversed(self.recents))]
        if not found:
            return 0.0
        return (found[0].period.end - found[-1].period.start).total_seconds() / _DAY

    @property
    def turn(self) -> int:
        """How much it turns for the worse: 0 gets better, 1 as usual, 2 worse, 3 to 6 by signal.

        A series too short for a signal is worse where its last value is, or lies behind the
        baseline: weaker evidence than any signal, more than none.
        """
        if self.signal.urgency:
            return 2 + self.signal.urgency
        if self.signal.variation is not None:
            return 0 if self.signal.variation is VariationKind.IMPROVEMENT else 1
        is_behind = self.progress_rate is not None and self.progress_rate < 0
        return 2 if is_behind or self.change is Change.WORSENING else 1


def card(row: Mapping[str, Any], on: date) -> Card:
    """A verdict's row as a card on that day."""
    next_due = row["next_due"]
    return Card(
        indicator_id=row["indicator_id"],
        organisation_id=row["organisation_id"],
        title_fr=row["title_fr"],
        title_en=row["title_en"],
        unit=row["unit"],
        decimals=row["decimals"],
        direction=Direction(row["direction"]),
        standing=standing_of(row, is_late=next_due is not None and next_due < on),
        result=Result(row["result"]),
        trajectory=Trajectory(row["trajectory"]),
        data_state=DataState(row["data_state"]),
        is_to_confirm=bool(row["to_confirm"]),
        period=period_of(row),
        value=row["value"],
        value_text=row["value_text"],
        low=row["low"],
        high=row["high"],
        target_text=row["target_text"],
        due_date=row["due_date"],
        progress_rate=row["progress_rate"],
        attainment_rate=row["attainment_rate"],
        change=Change(row["change"]) if row["change"] else None,
        confidence=Confidence(row["confidence"]) if row["confidence"] else None,
        next_due=next_due,
        system_of_record=row["system_of_record"],
        objective_id=row["objective_id"],
        recents=recents_of(row),
        origin=Origin(
            row["value_load"],
            row["value_line"],
            row["file_name"],
            is_recomputed=row["value_source"] == "rollup",
        ),
        signal=signal_of(row),
    )


def period_of(row: Mapping[str, Any]) -> Period | None:
    """The period of a verdict's last value."""
    kind, start = row["period_kind"], row["period_start"]
    return None if kind is None or start is None else starting(PeriodKind(kind), start)


def recents_of(row: Mapping[str, Any]) -> tuple[Recent, ...]:
    """The last periods of a verdict's row, oldest first."""
    if row["period_kind"] is None or row["recent_starts"] is None:
        return ()
    kind = PeriodKind(row["period_kind"])
    values, paths, states = row["recent_values"], row["recent_paths"], row["recent_statuses"]
    causes = row["recent_causes"]
    return tuple(
        Recent(
            starting(kind, start),
            _known(value),
            _known(path),
            _CELLS.get(state or 0, Standing.NO_STATUS),
            is_special(cause),
        )
        for start, value, path, state, cause in zip(
            row["recent_starts"], values, paths, states, causes, strict=True
        )
        if start is not None
    )


def _known(value: float | None) -> float | None:
    # Arrays of the store may hold NaN where a period has no figure.
    return None if value is None or isnan(value) else value


def by_attention(cards: Iterable[Card]) -> tuple[Card, ...]:
    """What deserves attention first, in this order: the standing, how much it turns for the worse,
    how long it has been amiss, how little chance is left to meet the target.

    Equals by identifier, so that the order is stable.
    """
    ranks = {standing: rank for rank, standing in enumerate(ATTENTION)}

    def attention(one: Card) -> tuple[int, int, float, float, str]:
        chance = 1.0 if one.signal.due_meets is None else one.signal.due_meets
        return ranks[one.standing], -one.turn, -one.days_amiss, chance, one.indicator_id

    return tuple(sorted(cards, key=attention))
