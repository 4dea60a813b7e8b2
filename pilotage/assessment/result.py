"""Does a value satisfy its target? (rules, section 2; sources: TBS, GC InfoBase)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pilotage.assessment.code import (
    AT_LEAST,
    AT_MOST,
    BETWEEN,
    EXACTLY,
    FUTURE,
    MET,
    NOT_AVAILABLE,
    NOT_MET,
    Codes,
    Flags,
    Floats,
)

_LARGEST_ROUNDED = 2.0**45
_NUDGE = 2.0**-50
"""Binary 79.85 lies a hair under 79.85: enough to lift it back, too little to turn a digit."""


def rounded(values: Floats, decimals: NDArray[np.int16]) -> Floats:
    """Values at their published decimals, half away from zero, as publishers print them.

    Missing  NaN stays NaN; decimals below 0 mean none were given: no rounding.
    Source   settled points, 7; rules, section 2: 79.85 % shown as 80 % meets 80 %.
    """
    scale = 10.0 ** np.maximum(decimals, 0)
    with np.errstate(over="ignore"):
        scaled = np.abs(values) * scale
    units = np.floor(scaled + 0.5 + scaled * _NUDGE)
    # Beyond some 35 000 billion units the nudge would be a digit, and no decimal is published.
    kept = (decimals < 0) | (scaled >= _LARGEST_ROUNDED)
    return np.where(kept, values, np.copysign(units / scale, values))


def bounds(low: Floats, high: Floats, direction: Codes) -> tuple[Floats, Floats]:
    """The interval in which a target is met, infinite on an open side; NaN, NaN: not usable.

    At least reads ``low`` alone and at most ``high`` alone; between accepts one side; exactly
    takes ``low``, or ``high`` for want of it.
    """
    point = np.where(np.isnan(low), high, low)
    between = (direction == BETWEEN) & ~np.isnan(point)
    floor = np.select(
        [direction == AT_LEAST, direction == AT_MOST, between, direction == EXACTLY],
        [
            low,
            np.where(np.isnan(high), np.nan, -np.inf),
            np.where(np.isnan(low), -np.inf, low),
            point,
        ],
        np.nan,
    )
    ceiling = np.select(
        [direction == AT_LEAST, direction == AT_MOST, between, direction == EXACTLY],
        [
            np.where(np.isnan(low), np.nan, np.inf),
            high,
            np.where(np.isnan(high), np.inf, high),
            point,
        ],
        np.nan,
    )
    return floor, ceiling


def satisfies(value: Floats, floor: Floats, ceiling: Floats, decimals: NDArray[np.int16]) -> Flags:
    """True where the value lies in the interval, both ends included, at published decimals.

    Missing  False where anything is NaN: a missing value never meets a target.
    """
    shown = rounded(value, decimals)
    return (shown >= rounded(floor, decimals)) & (shown <= rounded(ceiling, decimals))


def result_status(
    value: Floats, floor: Floats, ceiling: Floats, decimals: NDArray[np.int16], is_future: Flags
) -> Codes:
    """The result at the due date: codes of RESULTS.

    ``is_future`` marks targets whose due date lies ahead, or that have none: it wins over all.
    Without a value or a usable interval the result is not available.
    """
    met = satisfies(value, floor, ceiling, decimals)
    known = ~(np.isnan(value) | np.isnan(floor))
    judged = np.where(known, np.where(met, MET, NOT_MET), NOT_AVAILABLE)
    return np.where(is_future, FUTURE, judged).astype(np.int8)


@dataclass(frozen=True)
class ResultRates:
    """The three rates published together, in percent; NaN over nothing."""

    met_of_all: float
    met_of_judged: float
    coverage: float


def result_rates(results: Codes) -> ResultRates:
    """Met over all, met over judged, judged over all; future results are outside all three."""
    met = int(np.count_nonzero(results == MET))
    judged = met + int(np.count_nonzero(results == NOT_MET))
    everything = judged + int(np.count_nonzero(results == NOT_AVAILABLE))
    return ResultRates(
        _percent(met, everything), _percent(met, judged), _percent(judged, everything)
    )


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else float("nan")
