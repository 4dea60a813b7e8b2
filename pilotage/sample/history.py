"""One indicator in one organisation: what was meant, what happened, what was sent."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from pilotage.domain.period import Period
from pilotage.sample import pool
from pilotage.sample.chance import generator
from pilotage.sample.course import Course, course_of
from pilotage.sample.link import additive_children, shared_with
from pilotage.sample.pool import IndicatorLine
from pilotage.sample.reading import Reading, readings
from pilotage.sample.revision import with_revisions
from pilotage.sample.story import Dealer, Story


@dataclass(frozen=True)
class History:
    """The indicator, where it is measured, its plan, its story, and its values oldest first."""

    line: IndicatorLine
    organisation_id: str
    course: Course
    story: Story
    sent: list[Reading]


def _places(line: IndicatorLine) -> list[str]:
    """Where it is measured: its organisation, or every ministry for three of the SCT's."""
    if not line.elsewhere:
        return [line.organisation_id]
    ministries = [one.organisation_id for one in pool.organisations() if one.genre == "ministère"]
    return [line.organisation_id, *(place for place in ministries if place != line.organisation_id)]


def _starting_at(line: IndicatorLine, place: str, seed: int) -> IndicatorLine:
    """The same indicator with another ministry's level."""
    if place == line.organisation_id:
        return line
    moved = round(
        line.start * float(generator(seed, "start", line.indicator_id, place).uniform(0.8, 1.15)),
        line.decimals,
    )
    stories = dict(word.split("=") for word in line.elsewhere.split() if "=" in word)
    return replace(line, start=moved, story=stories.get(place, ""))


def _history(line: IndicatorLine, place: str, story: Story, anchor: date, seed: int) -> History:
    course = course_of(line, anchor)
    rng = generator(seed, line.indicator_id, place)
    sent = readings(line, course, story, anchor, rng)
    return History(line, place, course, story, with_revisions(sent, line, story, anchor, rng))


def histories(anchor: date, seed: int) -> list[History]:
    """Every indicator's history; sums and shared series agree with what they are made of."""
    dealer = Dealer(seed)
    drawn = {
        (line.indicator_id, place): _history(here, place, dealer.deal(here), anchor, seed)
        for line in pool.indicators()
        for place in _places(line)
        for here in [_starting_at(line, place, seed)]
    }
    return _agreed(drawn)


def _agreed(found: dict[tuple[str, str], History]) -> list[History]:
    """Shared series repeated, then sums made of their children's values."""
    key = {
        line.indicator_id: (line.indicator_id, line.organisation_id) for line in pool.indicators()
    }
    for child, parent in shared_with().items():
        own = found[key[child]]
        found[key[child]] = replace(
            found[key[parent]], line=own.line, organisation_id=own.organisation_id
        )
    for parent, children in additive_children().items():
        if found[key[parent]].story is not Story.ROLLED:
            parts = [found[key[child]] for child in children]
            found[key[parent]] = _summed(found[key[parent]], parts)
    return list(found.values())


def _summed(parent: History, children: list[History]) -> History:
    """The parent's values as the sum of its children's, where all of them sent one."""
    values: defaultdict[Period, list[float]] = defaultdict(list)
    for child in children:
        for reading in child.sent:
            if reading.round == 0 and reading.value is not None:
                values[reading.period].append(reading.value)
    sent = [
        replace(one, value=sum(values[one.period]))
        for one in parent.sent
        if one.round == 0 and len(values[one.period]) == len(children)
    ]
    return replace(parent, sent=sent)
