"""How many figures stand where."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pilotage.domain.status import (
    DataState,
    Result,
    Standing,
    Trajectory,
    standing,
    state_once_due,
)

ATTENTION = (
    Standing.OFF_TARGET,
    Standing.STALE,
    Standing.MISSING,
    Standing.IN_ERROR,
    Standing.AT_RISK,
    Standing.DISPUTED,
    Standing.NO_STATUS,
    Standing.ON_TRACK,
)
"""States in the order in which they deserve attention."""


@dataclass(frozen=True)
class Tally:
    """Counts by standing; a standing nobody holds is absent."""

    counts: Mapping[Standing, int]

    def __getitem__(self, one: Standing) -> int:
        """How many hold that standing."""
        return self.counts.get(one, 0)

    @property
    def total(self) -> int:
        """Every figure, judged or not."""
        return sum(self.counts.values())

    @property
    def unknown(self) -> int:
        """Figures that did not come, or that are too old."""
        return self[Standing.MISSING] + self[Standing.STALE]

    @property
    def judged(self) -> int:
        """Figures with a status: on track, at risk or off target."""
        return self[Standing.ON_TRACK] + self[Standing.AT_RISK] + self[Standing.OFF_TARGET]

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(Counter(self.counts) + Counter(other.counts))


NOTHING = Tally({})


def tally(standings: Iterable[Standing]) -> Tally:
    """Count them."""
    return Tally(Counter(standings))


def together(tallies: Iterable[Tally]) -> Tally:
    """All of them added."""
    counts: Counter[Standing] = Counter()
    for one in tallies:
        counts.update(one.counts)
    return Tally(counts)


def standing_of(row: Mapping[str, Any], *, is_late: bool) -> Standing:
    """The standing of a verdict's row; what was fresh when judged is stale once ``is_late``."""
    state = state_once_due(DataState(row["data_state"]), is_late=is_late)
    return standing(Result(row["result"]), Trajectory(row["trajectory"]), state)
