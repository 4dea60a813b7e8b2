"""A government to try the rooms on: real names, fictitious figures, the same for the same seed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pilotage.domain.period import period_code
from pilotage.sample.blocker import action_rows, blocker_rows
from pilotage.sample.file import write
from pilotage.sample.history import History, histories
from pilotage.sample.link import link_rows
from pilotage.sample.passport import decimal, passport
from pilotage.sample.plan import objective_rows, organisation_rows, plan_rows
from pilotage.sample.reading import Reading
from pilotage.sample.span import fiscal_start
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
    announced = {"publie_le": f"{fiscal_start(anchor) - 6}-04-01"}
    return [
        passport(one.line, one.course, one.story, anchor) | announced
        for one in found
        if one.organisation_id == one.line.organisation_id
    ]


def _target_rows(found: list[History], anchor: date, vintage: int) -> list[dict[str, str]]:
    return [
        promise.row
        for one in found
        for promise in promises(one, anchor)
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
