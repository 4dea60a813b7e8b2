"""What happens to an indicator: the stories that make every state of the rooms occur."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import cycle

from pilotage.domain.indicator import Direction, Level
from pilotage.sample.chance import generator
from pilotage.sample.pool import IndicatorLine


class Story(StrEnum):
    """The course of one indicator in one organisation."""

    ON_TRACK = "on_track"
    AHEAD = "ahead"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    WORSENING = "worsening"
    RECOVERED = "recovered"
    FAR_OFF = "far_off"
    STEPPED = "stepped"
    VOLATILE = "volatile"
    FROZEN = "frozen"
    EXACT_HIT = "exact_hit"
    LATE = "late"
    NEVER = "never"
    DISPUTED = "disputed"
    IN_ERROR = "in_error"
    UNVERIFIED = "unverified"
    PROVISIONAL = "provisional"
    NO_BASELINE = "no_baseline"
    TEXT_TARGET = "text_target"
    UNDATED = "undated"
    EASED = "eased"
    EXPLICIT = "explicit"
    NO_TARGET = "no_target"
    ROLLED = "rolled"


_HOW_OFTEN = {
    Story.ON_TRACK: 11,
    Story.AT_RISK: 5,
    Story.OFF_TRACK: 4,
    Story.AHEAD: 2,
    Story.RECOVERED: 2,
    Story.PROVISIONAL: 2,
    Story.ROLLED: 0,
}
"""Cards of each story in a deck; one where nothing is said, none for what a pool must ask for."""

_NEEDS_A_WAY = {Story.TEXT_TARGET, Story.UNDATED, Story.EASED, Story.EXPLICIT, Story.NO_BASELINE}


def _deck(seed: int, level: Level) -> Iterator[Story]:
    cards = [story for story in Story for _ in range(_HOW_OFTEN.get(story, 1))]
    order = generator(seed, "deck", level).permutation(len(cards))
    return cycle([cards[int(index)] for index in order])


class Dealer:
    """Deals stories level by level, so that each of them occurs at every level."""

    def __init__(self, seed: int) -> None:
        """One shuffled deck for each level."""
        self._decks = {level: _deck(seed, level) for level in Level}

    def deal(self, line: IndicatorLine) -> Story:
        """The story the pool asks for, else the next card that fits the indicator."""
        if line.story:
            return Story(line.story)
        card = next(self._decks[line.level])
        if line.direction is Direction.NONE:
            return Story.NO_TARGET if card in _NEEDS_A_WAY else card
        while line.direction in {Direction.BETWEEN, Direction.EXACTLY} and card in _NEEDS_A_WAY:
            card = next(self._decks[line.level])
        return card
