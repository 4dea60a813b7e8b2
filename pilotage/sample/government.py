"""A government to try the rooms on: real names, fictitious figures, the same for the same seed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pilotage.domain.period import period_code
from pilotage.sample import pool
from pilotage.sample.blocker import action_rows, blocker_rows
from pilotage.sample.chance import generator
from pilotage.sample.course import Course, course_of
from pilotage.sample.file import write
from pilotage.sample.link import additive_children, link_rows, shared_with
from pilotage.sample.passport import decimal, passport
from pilotage.sample.plan import objective_rows, organisation_rows, plan_rows
from pilotage.sample.pool import IndicatorLine
from pilotage.sample.reading import Reading, readings
from pilotage.sample.revision import with_revisions
from pilotage.sample.span import fiscal_start
from pilotage.sample.story import Dealer, Story
from pilotage.sample.target import promises

_RHYTHM_FILES = {
    "A": "annuelles",
    "C": "annuelles",
    "T": "trimestrielles",
    "F": "trimestrielles",
    "M": "mensuelles",
    "W": "hebdomadaires",
    "J": "quotidiennes",
    "H": "horaires",
}
_REVISIONS = {1: "revisees", 2: "revisees_2"}
_FILE_ORDER = (*dict.fromkeys(_RHYTHM_FILES.values()), *_REVISIONS.values())


@dataclass(frozen=True)
class History:
    """An indicator in one organisation: what was meant, what happened, what was sent."""

    line: IndicatorLine
    organisation_id: str
    course: Course
    story: Story
    sent: list[Reading]


def _places(line: IndicatorLine) -> list[str]:
    """Where it is measured: its organisation, or every ministry for three of the SCT's."""
    if not line.everywhere:
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
    return replace(line, start=moved, story="")


def _history(line: IndicatorLine, place: str, story: Story, anchor: date, seed: int) -> History:
    course = course_of(line, anchor)
    rng = generator(seed, line.indicator_id, place)
    sent = readings(line, course, story, anchor, rng)
    return History(line, place, course, story, with_revisions(sent, line, story, anchor, rng))


def histories(anchor: date, seed: int) -> list[History]:
    """Every indicator's history; sums and shared series agree with what they are made of."""
    dealer = Dealer(seed)
    found: dict[tuple[str, str], History] = {}
    for line in pool.indicators():
        for place in _places(line):
            here = _starting_at(line, place, seed)
            found[line.indicator_id, place] = _history(here, place, dealer.deal(here), anchor, seed)
    by_id = {
        history.line.indicator_id: key
        for key, history in found.items()
        if key[1] == history.line.organisation_id
    }
    for child, parent in shared_with().items():
        source = found[by_id[parent]]
        found[by_id[child]] = replace(
            source, line=found[by_id[child]].line, organisation_id=by_id[child][1]
        )
    for parent, children in additive_children().items():
        history = found[by_id[parent]]
        if history.story is not Story.ROLLED:
            found[by_id[parent]] = _summed(history, [found[by_id[child]] for child in children])
    return list(found.values())


def _summed(parent: History, children: list[History]) -> History:
    """The parent's values as the sum of its children's, where all of them sent one."""
    values: defaultdict[object, list[float]] = defaultdict(list)
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


def _measurement(history: History, one: Reading) -> dict[str, str]:
    decimals = history.line.decimals
    return {
        "indicateur_id": history.line.indicator_id,
        "organisation_id": history.organisation_id,
        "periode": period_code(one.period),
        "valeur": "" if one.value is None else decimal(one.value, decimals),
        "numerateur": "" if one.numerator is None else str(one.numerator),
        "denominateur": "" if one.denominator is None else str(one.denominator),
        "statut": one.state,
        "commentaire": one.comment,
        "contestation": one.dispute,
        "valeur_texte": one.text,
        "publie_le": one.published,
    }


def _measurement_files(found: list[History]) -> dict[str, list[dict[str, str]]]:
    files: dict[str, list[dict[str, str]]] = {name: [] for name in _FILE_ORDER}
    for history in found:
        for one in history.sent:
            name = _REVISIONS.get(one.round, _RHYTHM_FILES[history.line.rhythm])
            files[name].append(_measurement(history, one))
    return files


def _indicator_rows(found: list[History], anchor: date) -> list[dict[str, str]]:
    announced = {"publie_le": f"{fiscal_start(anchor) - 2}-05-15"}
    return [
        passport(one.line, one.course, one.story, anchor) | announced
        for one in found
        if one.organisation_id == one.line.organisation_id
    ]


def _target_rows(found: list[History], anchor: date, vintage: int) -> list[dict[str, str]]:
    return [
        promise.row
        for one in found
        for promise in promises(one.line, one.organisation_id, one.course, one.story, anchor)
        if promise.round == vintage
    ]


def _files(found: list[History], anchor: date) -> Iterator[tuple[str, str, list[dict[str, str]]]]:
    """Name, subject and rows of each file, in the order in which they load."""
    yield "organisations", "organisations", organisation_rows(anchor)
    yield "plans", "plans", plan_rows(anchor)
    yield "objectifs", "objectifs", objective_rows(anchor)
    yield "indicateurs", "indicateurs", _indicator_rows(found, anchor)
    yield "liens", "liens", link_rows(anchor)
    yield "cibles", "cibles", _target_rows(found, anchor, 0)
    yield "cibles_revisees", "cibles", _target_rows(found, anchor, 1)
    for name, rows in _measurement_files(found).items():
        yield f"mesures_{name}", "mesures", rows
    yield "bloquants", "bloquants", blocker_rows(anchor)
    yield "actions", "actions", action_rows(anchor)


def write_government(folder: Path, anchor: date, seed: int = 2026) -> list[Path]:
    """Write the sample government as contract CSV files and give their paths in load order.

    ``anchor`` is the day on which it is looked at: nothing is published after it. The bytes depend
    on the anchor and the seed alone. ``folder`` is made where it does not exist; files of the same
    names are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = histories(anchor, seed)
    return [
        write(folder / f"{number:02d}_{name}.csv", subject, rows)
        for number, (name, subject, rows) in enumerate(_files(found, anchor), 1)
    ]
