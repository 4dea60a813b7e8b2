"""What stands in the way of a target, who is on it and how high it has climbed."""

from enum import IntEnum, StrEnum


class BlockerState(StrEnum):
    """From raised to closed; nothing closes by itself."""

    OPEN = "open"
    TAKEN = "taken"
    ESCALATED = "escalated"
    RETURNED = "returned"
    DEFERRED = "deferred"
    RESOLVED = "resolved"
    CLOSED = "closed"

    @property
    def is_live(self) -> bool:
        """True while somebody still has to act."""
        return self not in {BlockerState.RESOLVED, BlockerState.CLOSED}


class Seriousness(StrEnum):
    """How much it hurts."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class LadderLevel(IntEnum):
    """The rungs of the ladder, lowest first."""

    OPERATIONAL = 1
    TACTICAL = 2
    STRATEGIC = 3
    GOVERNMENT = 4


ALLOWED_WORKING_DAYS = {
    LadderLevel.OPERATIONAL: 2,
    LadderLevel.TACTICAL: 5,
    LadderLevel.STRATEGIC: 10,
    LadderLevel.GOVERNMENT: 20,
}
"""Working days a blocker may stay at a level before it climbs (rules, section 6)."""
