"""Consecutive periods as numbers, so that 48 of them in a row are a row of an array."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilotage.assessment.judgement import RECENT
from pilotage.domain.period import PeriodKind

_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.FISCAL_QUARTER: 3,
    PeriodKind.FISCAL_YEAR: 12,
    PeriodKind.YEAR: 12,
}
_SECONDS = {PeriodKind.HOUR: 3600, PeriodKind.DAY: 86_400, PeriodKind.WEEK: 604_800}
_ORIGIN = int(np.datetime64("1969-12-29", "s").astype(np.int64))  # a Monday
_LENGTHS = np.array([_MONTHS.get(PeriodKind(k), 1) if k else 1 for k in range(9)], np.int64)


@dataclass(frozen=True)
class Clock:
    """Each key's kind of period, the phase of its calendar and the number of its last period.

    Neighbouring periods differ by one; a fiscal year's phase is its first month. Kind 0: no period.
    """

    kind: NDArray[np.int8]
    phase: NDArray[np.int64]
    last: NDArray[np.int64]

    @classmethod
    def ending(cls, kind: NDArray[np.int8], last: NDArray[Any]) -> "Clock":
        """The clocks of keys whose last periods start at ``last`` (datetime64[s])."""
        phase = last.astype("M8[M]").astype(np.int64) % _LENGTHS[kind]
        return cls(kind, phase, ordinal(last, kind, phase))

    def column(self, begun: NDArray[Any], k: NDArray[np.int64]) -> NDArray[np.int64]:
        """Columns of the periods of the keys ``k`` that start at ``begun``; below 0: too old."""
        return RECENT - 1 - self.last[k] + ordinal(begun, self.kind[k], self.phase[k])

    def edges(self) -> NDArray[Any]:
        """The 49 moments around each key's 48 periods, datetime64[s]; NaT without a period."""
        found = np.full((len(self.kind), RECENT + 1), np.datetime64("NaT"), "datetime64[s]")
        columns = np.arange(RECENT + 1) - (RECENT - 1)
        _, first, same = np.unique(self._identity(), return_index=True, return_inverse=True)
        distinct = found[first]
        for kind in np.unique(self.kind[self.kind > 0]):
            those = self.kind[first] == kind
            numbers = self.last[first][those][:, None] + columns
            distinct[those] = _start(numbers, int(kind), self.phase[first][those][:, None])
        return distinct[same]

    def taken(self, rows: NDArray[Any]) -> "Clock":
        """The clocks of some of the keys."""
        return Clock(self.kind[rows], self.phase[rows], self.last[rows])

    def _identity(self) -> NDArray[np.int64]:
        return (self.last * 12 + self.phase) * len(_LENGTHS) + self.kind


def ordinal(begun: NDArray[Any], kind: NDArray[Any], phase: NDArray[Any]) -> NDArray[np.int64]:
    """The number of each period that starts at ``begun`` (datetime64[s])."""
    found = np.zeros(len(begun), np.int64)
    present = np.flatnonzero(np.bincount(kind, minlength=len(_LENGTHS))).tolist()
    for period_kind in present:
        those = slice(None) if len(present) == 1 else kind == period_kind
        if period_kind in _SECONDS:
            origin = _ORIGIN if period_kind == PeriodKind.WEEK else 0
            seconds = begun[those].astype(np.int64)
            found[those] = (seconds - origin) // _SECONDS[PeriodKind(period_kind)]
        elif period_kind in _MONTHS:
            months = begun[those].astype("M8[M]").astype(np.int64)
            found[those] = (months - phase[those]) // _LENGTHS[period_kind]
    return found


def _start(numbers: NDArray[np.int64], kind: int, phase: NDArray[np.int64]) -> NDArray[Any]:
    if kind in _SECONDS:
        origin = _ORIGIN if kind == PeriodKind.WEEK else 0
        return (numbers * _SECONDS[PeriodKind(kind)] + origin).astype("M8[s]")
    months = (numbers * _LENGTHS[kind] + phase).astype("M8[M]")
    begun: NDArray[Any] = months.astype("M8[s]")
    return begun
