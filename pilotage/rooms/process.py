"""The last periods of one indicator as a process: which are more than chance, what to beware of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

import numpy as np

from pilotage.assessment.code import FREQUENCIES, Floats
from pilotage.assessment.remark import Caution, Remark, remarks, sentence
from pilotage.assessment.signals import SEASON
from pilotage.assessment.variation import FEWEST, Process, vary
from pilotage.domain.indicator import Direction, Frequency
from pilotage.i18n import Lang
from pilotage.rooms.signal import Signal, is_special, signal_of
from pilotage.rooms.step import Steps

SIGNS = {Direction.AT_LEAST: 1.0, Direction.AT_MOST: -1.0}
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
class Phase:
    """Limits between two changes of level: starts of its first and last periods, its lines."""

    first: datetime
    last: datetime
    lower: float
    mean: float
    upper: float


@dataclass(frozen=True)
class ProcessView:
    """The signal of an indicator, its phases, the periods that stand out, the changes of level.

    ``special``: the starts of the periods whose value is more than chance.
    """

    signal: Signal
    phases: tuple[Phase, ...]
    special: frozenset[datetime]
    cautions: tuple[Remark, ...]
    steps: Steps

    def caution_sentences(self, lang: Lang) -> tuple[str, ...]:
        """What to beware of before the chart is believed."""
        return tuple(sentence(one, lang) for one in self.cautions)


def process_view(row: Mapping[str, Any], passport: Mapping[str, Any], steps: Steps) -> ProcessView:
    """A verdict's row as a process; without values, an empty one."""
    starts, causes = row["recent_starts"] or [], row["recent_causes"] or []
    dated = [(start, cause) for start, cause in zip(starts, causes, strict=True) if start]
    return ProcessView(
        signal=signal_of(row),
        phases=_phases(row, steps.begins),
        special=frozenset(start for start, cause in dated if is_special(cause)),
        cautions=_cautions(row, passport, steps.begins),
        steps=steps,
    )


def _phases(row: Mapping[str, Any], begins: frozenset[datetime]) -> tuple[Phase, ...]:
    """The limits of each phase of five values or more."""
    starts, values = row["recent_starts"] or [], _values(row)
    if not starts:
        return ()
    marks = np.array([[start in begins for start in starts]])
    process = Process(np.zeros(1), np.array([np.nan]), marks)
    chart = vary(values, process, has_chart=True).chart[:, 0]
    edges = [0, *(at for at, is_new in enumerate(marks[0]) if is_new and at), len(starts)]
    found = []
    for first, past in pairwise(edges):
        held = [at for at in range(first, past) if not np.isnan(values[0, at])]
        lower, mean, upper = (float(line) for line in chart[:, first])
        if len(held) >= FEWEST and not np.isnan(lower):
            found.append(Phase(starts[held[0]], starts[held[-1]], lower, mean, upper))
    return tuple(found)


def _values(row: Mapping[str, Any]) -> Floats:
    held = [np.nan if value is None else value for value in row["recent_values"] or []]
    return np.array([held], dtype=float)


def _cautions(
    row: Mapping[str, Any], passport: Mapping[str, Any], begins: frozenset[datetime]
) -> tuple[Remark, ...]:
    """What to beware of in the latest phase."""
    starts, values = row["recent_starts"] or [], _values(row)
    if not starts:
        return ()
    since = max((at for at, start in enumerate(starts) if start in begins), default=0)
    values = values[:, since:]
    sign = np.array([SIGNS.get(Direction(passport["direction"]), 0.0)])
    process = Process(sign, np.array([np.nan]))
    season = SEASON.get(FREQUENCIES.index(Frequency(passport["frequency"])), 1)
    low, high = passport["minimum"], passport["maximum"]
    bounds = (-np.inf if low is None else low, np.inf if high is None else high)
    found = remarks(values, process, vary(values, process), season, bounds)[0]
    return tuple(one for one in found if one.caution in _TOLD)
