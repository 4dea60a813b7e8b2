"""The last periods of one indicator as a process: which are more than chance, what to beware of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from pilotage.assessment.code import FREQUENCIES
from pilotage.assessment.remark import Caution, Remark, remarks, sentence
from pilotage.assessment.signals import SEASON
from pilotage.assessment.variation import Process, vary
from pilotage.domain.indicator import Direction, Frequency
from pilotage.i18n import Lang
from pilotage.rooms.signal import Signal, is_special, signal_of

_SIGNS = {Direction.AT_LEAST: 1.0, Direction.AT_MOST: -1.0}
_TOLD = frozenset(
    {
        Caution.NO_VARIATION,
        Caution.UNSCREENED,
        Caution.GAPS,
        Caution.PAST_BOUNDS,
        Caution.SEASONAL,
        Caution.AUTOCORRELATED,
    }
)
"""Cautions of the chart itself; the others are said where variation and assurance are."""


@dataclass(frozen=True)
class ProcessView:
    """The signal of an indicator, the periods it rests on and those that stand out.

    ``first`` is the start of the first of those periods, ``special`` the starts of the ones that
    are more than chance.
    """

    signal: Signal
    first: datetime | None
    special: frozenset[datetime]
    cautions: tuple[Remark, ...]

    def caution_sentences(self, lang: Lang) -> tuple[str, ...]:
        """What to beware of before the chart is believed."""
        return tuple(sentence(one, lang) for one in self.cautions)


def process_view(row: Mapping[str, Any], passport: Mapping[str, Any]) -> ProcessView:
    """A verdict's row as a process; without values, an empty one."""
    starts, causes = row["recent_starts"] or [], row["recent_causes"] or []
    dated = [(start, cause) for start, cause in zip(starts, causes, strict=True) if start]
    return ProcessView(
        signal=signal_of(row),
        first=dated[0][0] if dated else None,
        special=frozenset(start for start, cause in dated if is_special(cause)),
        cautions=_cautions(row, passport),
    )


def _cautions(row: Mapping[str, Any], passport: Mapping[str, Any]) -> tuple[Remark, ...]:
    held = [np.nan if value is None else value for value in row["recent_values"] or []]
    if not held:
        return ()
    values = np.array([held])
    sign = np.array([_SIGNS.get(Direction(passport["direction"]), 0.0)])
    process = Process(sign, np.array([np.nan]))
    season = SEASON.get(FREQUENCIES.index(Frequency(passport["frequency"])), 1)
    low, high = passport["minimum"], passport["maximum"]
    bounds = (-np.inf if low is None else low, np.inf if high is None else high)
    found = remarks(values, process, vary(values, process), season, bounds)[0]
    return tuple(one for one in found if one.caution in _TOLD)
