"""Whether to react: what a series says besides where its last value stands."""

from enum import StrEnum


class VariationKind(StrEnum):
    """What the last value says against the series it belongs to."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"


class Assurance(StrEnum):
    """Whether the process, left as it is, can be relied upon to meet its target."""

    PASS = "pass"
    INCONSISTENT = "inconsistent"
    FAIL = "fail"
