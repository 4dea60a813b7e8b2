"""The states a figure can be in. Two axes never mixed, and the state of the data before both."""

from enum import StrEnum


class Result(StrEnum):
    """Where a value stands at the due date of its target (rules, section 2)."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_AVAILABLE = "not_available"
    FUTURE = "future"


class Trajectory(StrEnum):
    """Where a value stands on its way, before the due date (rules, section 3)."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    NO_PATH = "no_path"


class Change(StrEnum):
    """Which way the last value moved, by the indicator's own threshold."""

    IMPROVING = "improving"
    STABLE = "stable"
    WORSENING = "worsening"


class DataState(StrEnum):
    """Missing, stale, disputed, in error replace a status; provisional, unverified annotate it."""

    OK = "ok"
    MISSING = "missing"
    STALE = "stale"
    PROVISIONAL = "provisional"
    UNVERIFIED = "unverified"
    DISPUTED = "disputed"
    IN_ERROR = "in_error"

    @property
    def replaces_status(self) -> bool:
        """True where no status may be shown at all."""
        return self in {
            DataState.MISSING,
            DataState.STALE,
            DataState.DISPUTED,
            DataState.IN_ERROR,
        }


_FRESH = frozenset({DataState.OK, DataState.PROVISIONAL, DataState.UNVERIFIED})


def state_once_due(state: DataState, *, is_late: bool) -> DataState:
    """The state of the data on a later day: what was fresh is stale once the next value is due."""
    return DataState.STALE if is_late and state in _FRESH else state


class Confidence(StrEnum):
    """What the person responsible says of the target."""

    SECURED = "secured"
    ACHIEVABLE = "achievable"
    SUPPORT_NEEDED = "support_needed"
    COMPROMISED = "compromised"


class Standing(StrEnum):
    """The one state a card shows: the data's state first, then the trajectory, then the result."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TARGET = "off_target"
    NO_STATUS = "no_status"
    MISSING = "missing"
    STALE = "stale"
    DISPUTED = "disputed"
    IN_ERROR = "in_error"


def standing(result: Result, trajectory: Trajectory, state: DataState) -> Standing:
    """The state a card shows: what replaces a status, else the trajectory, else the result."""
    if state.replaces_status:
        return Standing(state.value)
    if trajectory is Trajectory.OFF_TRACK:
        return Standing.OFF_TARGET
    if trajectory in {Trajectory.ON_TRACK, Trajectory.AT_RISK}:
        return Standing(trajectory.value)
    if result is Result.MET:
        return Standing.ON_TRACK
    if result is Result.NOT_MET:
        return Standing.OFF_TARGET
    return Standing.NO_STATUS
