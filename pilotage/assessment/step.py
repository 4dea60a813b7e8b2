"""Steps: where a process changed level. Proposed here; a person accepts or refuses, knowingly.

Source   least-squares optimal partition (strucchange, ruptures Dynp), statistics.md § 7.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from pilotage.assessment.code import Floats, Indices

SHORTEST = 6
"""Values a segment must hold."""
SUSTAINED = 8
"""Values after a step that must all stay on its side."""
LONGEST = 600
"""Only so many last values are searched: the search is quadratic."""
_MOST_STEPS = 5
_NEAR = 1  # dates between a step and the event that explains it


class Evidence(StrEnum):
    """What speaks for a step; two of three are asked."""

    SUSTAINED = "sustained"
    FITTED = "fitted"
    RECORDED = "recorded"


class Partition(NamedTuple):
    """The best cut into a number of segments: where each begins (but the first)."""

    begins: tuple[int, ...]
    residual: float  # sum of squares about the segments' means
    criterion: float  # BIC; −inf for a perfect fit


@dataclass(frozen=True)
class StepProposal:
    """A step a person may accept: the index of the first value after it, and what speaks for it."""

    index: int
    evidence: tuple[Evidence, ...]
    before: float  # mean up to it
    after: float  # mean from it on


def partitions(values: Floats) -> tuple[Partition, ...]:
    """The best partition with 0, 1, 2… steps, as many as the length allows (5 at most).

    Shape    one series without missing values.
    """
    n = values.size
    cost = _segment_costs(values)
    most = min(_MOST_STEPS, n // SHORTEST - 1)
    total = cost[0].copy()  # cost of the best cut of the first values, ending at each date
    found = [_partition(n, (), total[-1])] if n else []
    back: list[Indices] = []
    for step in range(1, most + 1):
        # before[start, end]: the best earlier segments up to start, then one segment to end.
        before = np.full((n, n), np.inf)
        before[1:] = total[:-1, None] + cost[1:]
        back.append(np.argmin(before, axis=0))
        total = before[back[-1], np.arange(n)]
        found.append(_partition(n, _traced(back, step, n), total[-1]))
    return tuple(found)


def _segment_costs(values: Floats) -> Floats:
    """Sum of squares about the mean of values[start:end+1]; infinite when too short."""
    n = values.size
    centred = values - values.mean() if n else values
    sums = np.concatenate(([0.0], np.cumsum(centred)))
    squares = np.concatenate(([0.0], np.cumsum(centred**2)))
    start, end = np.arange(n)[:, None], np.arange(1, n + 1)[None, :]
    length = end - start
    cost = squares[end] - squares[start] - (sums[end] - sums[start]) ** 2 / np.maximum(length, 1)
    return np.where(length >= SHORTEST, np.maximum(cost, 0.0), np.inf)


def _traced(back: list[Indices], step: int, n: int) -> tuple[int, ...]:
    begins: list[int] = []
    end = n - 1
    for level in range(step - 1, -1, -1):
        start = int(back[level][end])
        begins.append(start)
        end = start - 1
    return tuple(reversed(begins))


def _partition(n: int, begins: tuple[int, ...], residual: float) -> Partition:
    """Its BIC; rounding left in the sums of a perfect fit counts as zero."""
    with np.errstate(divide="ignore"):
        fit = n * (np.log(2 * np.pi) + np.log(residual) - np.log(n) + 1)
    return Partition(begins, float(residual), float(fit + 2 * (len(begins) + 1) * np.log(n)))


def fitted_steps(values: Floats) -> tuple[int, ...]:
    """Where the BIC puts steps; none in a series too short, or that does not vary."""
    if values.size < 2 * SHORTEST or np.ptp(values) == 0:
        return ()
    return min(partitions(values), key=lambda one: one.criterion).begins


def proposals(values: Floats, events: tuple[int, ...] = ()) -> tuple[StepProposal, ...]:
    """The steps two of three evidences speak for, in order of date.

    Shape    one series in date order, NaN where missing; events: indices in it of recorded
             changes (a new definition, perimeter, reform).
    Range    only the last 600 values are searched. A series that a straight line explains better
             climbs without steps: cut in two, every slope would show one.
    """
    seen = np.flatnonzero(~np.isnan(values))[-LONGEST:]
    kept = values[seen]
    fitted = () if _is_a_slope(kept) else fitted_steps(kept)
    recorded = tuple(int(np.searchsorted(seen, event)) for event in events)
    found: list[StepProposal] = []
    for at in sorted({*fitted, *(r for r in recorded if not _is_near(r, fitted))}):
        evidence = _evidence(kept, at, fitted, recorded)
        if len(evidence) >= 2:
            before, after = float(kept[:at].mean()), float(kept[at:].mean())
            found.append(StepProposal(int(seen[at]), evidence, before, after))
    return tuple(found)


def _is_a_slope(values: Floats) -> bool:
    """Whether a straight line has a lower BIC than the best cut into levels."""
    n = values.size
    if n < 2 * SHORTEST or np.ptp(values) == 0:
        return False
    dates = np.arange(n) - (n - 1) / 2
    slope = float(dates @ values) / float(dates @ dates)
    residual = float(np.sum((values - values.mean() - slope * dates) ** 2))
    # As many free figures as one step has: two levels or two ends, and where it turns.
    line = _partition(n, (0,), max(residual, 0.0)).criterion
    return line < min(one.criterion for one in partitions(values))


def _evidence(
    values: Floats, at: int, fitted: tuple[int, ...], recorded: tuple[int, ...]
) -> tuple[Evidence, ...]:
    if not 0 < at < values.size:
        return ()
    gap = values[at:] - values[:at].mean()
    is_sustained = gap.size >= SUSTAINED and (bool(np.all(gap > 0)) or bool(np.all(gap < 0)))
    holds = {
        Evidence.SUSTAINED: is_sustained,
        Evidence.FITTED: _is_near(at, fitted),
        Evidence.RECORDED: _is_near(at, recorded),
    }
    return tuple(evidence for evidence, is_held in holds.items() if is_held)


def _is_near(at: int, others: tuple[int, ...]) -> bool:
    return any(abs(at - other) <= _NEAR for other in others)
