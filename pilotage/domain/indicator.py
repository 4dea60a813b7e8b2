"""The vocabulary of an indicator: what it measures, which way is good, how often it is expected."""

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """Which side of the target is good."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"
    EXACTLY = "exactly"
    NONE = "none"


class Nature(StrEnum):
    """What kind of thing is measured, from what goes in to what changes for people."""

    INPUT = "input"
    ACTIVITY = "activity"
    OUTPUT = "output"
    OUTCOME = "outcome"
    EXPERIENCE = "experience"
    CONTEXT = "context"


class Level(StrEnum):
    """The room in which an indicator is steered."""

    STRATEGIC = "strategic"
    TACTICAL = "tactical"
    OPERATIONAL = "operational"


class Frequency(StrEnum):
    """How often a value is expected."""

    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"


class Aggregation(StrEnum):
    """How values add up over time."""

    LAST = "last"
    SUM = "sum"
    MEAN = "mean"


class RollUp(StrEnum):
    """How children make a parent's value."""

    SUM = "sum"
    MEAN = "mean"
    WEIGHTED_MEAN = "weighted_mean"
    WORST = "worst"
    NONE = "none"


class Visibility(StrEnum):
    """The widest circle that may see an indicator."""

    PUBLIC = "public"
    GOVERNMENT = "government"
    ORGANISATION = "organisation"
    TEAM = "team"


class LinkKind(StrEnum):
    """What ties a parent indicator to a child."""

    ADDITIVE = "additive"
    CONTRIBUTES = "contributes"
    IDENTICAL = "identical"
    COUNTER = "counter"


@dataclass(frozen=True)
class Indicator:
    """An indicator's data passport, as its ministry published it."""

    indicator_id: str
    title_fr: str
    title_en: str | None
    definition_fr: str | None
    definition_en: str | None
    unit: str
    decimals: int | None
    direction: Direction
    nature: Nature
    level: Level
    frequency: Frequency
    organisation_id: str
    visibility: Visibility
