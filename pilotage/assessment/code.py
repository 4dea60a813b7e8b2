"""The small integers that stand for the words of ``domain`` inside arrays.

A code is the position of its word in the tuple; −1 stands for none where that can happen.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilotage.domain.indicator import Direction, Frequency, RollUp
from pilotage.domain.status import Change, DataState, Result, Trajectory

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]
Flags = NDArray[np.bool_]
Indices = NDArray[np.int64]
Days = NDArray[Any]
"""datetime64[D]; NaT where there is none."""
Moments = NDArray[Any]
"""datetime64[s]; NaT where there is none."""

DIRECTIONS: Final = tuple(Direction)
AT_LEAST, AT_MOST, BETWEEN, EXACTLY, NO_DIRECTION = range(5)

FREQUENCIES: Final = tuple(Frequency)
HOURLY, DAILY, WEEKLY, MONTHLY, QUARTERLY, ANNUAL = range(6)

RESULTS: Final = tuple(Result)
MET, NOT_MET, NOT_AVAILABLE, FUTURE = range(4)

TRAJECTORIES: Final = tuple(Trajectory)
ON_TRACK, AT_RISK, OFF_TRACK, NO_PATH = range(4)

CHANGES: Final = tuple(Change)
IMPROVING, STABLE, WORSENING = range(3)

DATA_STATES: Final = tuple(DataState)
OK, MISSING, STALE, PROVISIONAL, UNVERIFIED, DISPUTED, IN_ERROR = range(7)

ROLL_UPS: Final = tuple(RollUp)
SUM, MEAN, WEIGHTED_MEAN, WORST, NO_ROLL_UP = range(5)

NONE: Final = -1

FINAL_VALUE, PROVISIONAL_VALUE, WITHDRAWN_VALUE, DISPUTED_VALUE, ERROR_VALUE, UNVERIFIED_VALUE = (
    range(6)
)
"""States of a stored value: ``measurements.state`` of the store's tables."""

LINEAR_PATH, STEP_PATH, EXPLICIT_PATH = 1, 2, 3
"""Shapes of a planned path; 0 (nothing said) is read as linear."""

(
    CELL_NONE,
    CELL_ON_TRACK,
    CELL_AT_RISK,
    CELL_OFF_TARGET,
    CELL_MISSING,
    CELL_STALE,
    CELL_DISPUTED,
    CELL_IN_ERROR,
) = range(8)
"""Statuses of one period in a bowling chart."""
