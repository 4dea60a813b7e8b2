"""What was promised: the target rows of an indicator, and what became of the promise."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from pilotage.domain.indicator import Direction, Level
from pilotage.sample.chance import share
from pilotage.sample.course import Course, eased
from pilotage.sample.history import History
from pilotage.sample.passport import decimal
from pilotage.sample.pool import IndicatorLine
from pilotage.sample.series import tolerance
from pilotage.sample.span import fiscal_start, is_long_plan
from pilotage.sample.story import Story

_IN_WORDS = (
    "Maintenir ou améliorer le service d'une année à l'autre.",
    "Cible à déterminer après l'établissement de la mesure de départ.",
    "Mettre en place la mesure et publier un premier résultat.",
)
_WHY_EASED = (
    "Cible abaissée : la disponibilité de la main-d'œuvre a reculé depuis l'adoption du plan."
)
_CONFIDENCE = {
    Story.AT_RISK: (
        "appuis nécessaires",
        "Atteignable si les postes prévus sont pourvus d'ici l'hiver.",
    ),
    Story.OFF_TRACK: ("compromis", "Le retard ne peut plus être rattrapé avant l'échéance."),
    Story.WORSENING: ("appuis nécessaires", "Un appui du comité de direction est demandé."),
    Story.FAR_OFF: ("compromis", "La cible devra être réexaminée."),
    Story.AHEAD: ("sécurisé", "La cible est déjà dépassée."),
    Story.EASED: ("atteignable", "Atteignable depuis la révision."),
}
_CONFIDENT = (
    ("atteignable", "Les mesures en cours suffisent."),
    ("sécurisé", "Les gains sont déjà en place."),
)
_FORGETTABLE = {Story.ON_TRACK, Story.AT_RISK, Story.OFF_TRACK, Story.AHEAD, Story.RECOVERED}
_FORGOTTEN_SHARE = 0.12
_BLIND = ("atteignable", "Le dernier trimestre devrait renverser la tendance.")


@dataclass(frozen=True)
class Promise:
    """One target row before it is written; ``round`` 1 is a revision of round 0."""

    row: dict[str, str]
    round: int = 0


def _confidence(line: IndicatorLine, story: Story) -> tuple[str, str]:
    drawn = share("confidence", line.indicator_id)
    if line.level is Level.OPERATIONAL or (line.level is Level.TACTICAL and drawn < 0.5):
        return "", ""
    if story in {Story.OFF_TRACK, Story.WORSENING} and drawn > 0.75:
        return _BLIND
    return _CONFIDENCE.get(story, _CONFIDENT[int(drawn > 0.6)])


def _figures(line: IndicatorLine, goal: float) -> dict[str, str]:
    """The columns that hold the promise, by direction."""
    if line.direction is Direction.BETWEEN:
        assert line.low is not None and line.high is not None
        return {
            "cible_min": decimal(line.low, line.decimals),
            "cible_max": decimal(line.high, line.decimals),
            "tolerance": decimal(tolerance(line), line.decimals),
        }
    if line.direction is Direction.EXACTLY:
        return {
            "cible_min": decimal(goal, line.decimals),
            "tolerance": decimal(tolerance(line), line.decimals),
        }
    column = "cible_min" if line.direction is Direction.AT_LEAST else "cible_max"
    return {column: decimal(goal, line.decimals)}


def _period(line: IndicatorLine, year: int) -> str:
    return str(year) if line.rhythm == "C" else f"{year}-{year + 1}"


def _announced(line: IndicatorLine, course: Course, year: int, anchor: date) -> str:
    """Strategic targets are announced with the plan, the others at the start of their year."""
    first = course.baseline_day + timedelta(days=45)
    spring = date(year, 4 if line.rhythm != "C" else 1, 20)
    return min(first if is_long_plan(line) else max(first, spring), anchor).isoformat()


def _baseline(history: History) -> dict[str, str]:
    if history.story is Story.NO_BASELINE:
        return {}
    return {
        "depart": decimal(history.course.baseline, history.line.decimals),
        "depart_date": history.course.baseline_day.isoformat(),
    }


def _shape(history: History) -> str:
    if history.story is Story.EXPLICIT:
        return "explicite"
    steps = history.story is Story.STEPPED and share("step", history.line.indicator_id) < 0.6
    return "palier" if steps else "linéaire"


def _common(history: History) -> dict[str, str]:
    key = {
        "indicateur_id": history.line.indicator_id,
        "organisation_id": history.organisation_id,
        "trajectoire": _shape(history),
    }
    return key | _baseline(history)


def _renewed(history: History) -> int:
    """How many of the yearly targets were set: some below the ministry were not renewed."""
    years = len(history.course.years)
    forgotten = (
        history.line.level is not Level.STRATEGIC
        and history.story in _FORGETTABLE
        and share("renewal", history.line.indicator_id) < _FORGOTTEN_SHARE
    )
    return years - 1 if forgotten else years


def promises(history: History, anchor: date) -> list[Promise]:
    """The target rows of one indicator in one organisation, revisions after what they revise."""
    line, course, story = history.line, history.course, history.story
    if story is Story.NO_TARGET or line.low is None:
        return []
    if story is Story.UNDATED:
        figures = _figures(line, course.goals[-1])
        start = {"publie_le": _announced(line, course, course.years[0], anchor)}
        return [Promise(_common(history) | figures | {"periode": "indéterminée"} | start)]
    return [
        *(_yearly(history, index, anchor) for index in range(_renewed(history))),
        *(_quarterly(history, anchor) if story is Story.EXPLICIT else ()),
        *(_revised(history, anchor) if story is Story.EASED else ()),
    ]


def _yearly(history: History, index: int, anchor: date) -> Promise:
    line, course, story = history.line, history.course, history.story
    year = course.years[index]
    row = _common(history) | {
        "periode": _period(line, year),
        "publie_le": _announced(line, course, year, anchor),
    }
    if story is Story.TEXT_TARGET:
        words = _IN_WORDS[int(3 * share("words", line.indicator_id))]
        return Promise(row | {"cible_texte": words, "depart": "", "depart_date": ""})
    confidence, sentence = (
        _confidence(line, story) if year >= fiscal_start(anchor) - 1 else ("", "")
    )
    said = {"confiance": confidence, "confiance_commentaire": sentence}
    return Promise(row | _figures(line, course.goals[index]) | said)


def _quarterly(history: History, anchor: date) -> list[Promise]:
    """The intermediate points of an explicit path, by quarter of the current fiscal year."""
    line, course, year = history.line, history.course, fiscal_start(anchor)
    ends = (date(year, 6, 30), date(year, 9, 30), date(year, 12, 31))
    planned = course.planned(np.array([end.toordinal() for end in ends], dtype=np.float64))
    announced = _announced(line, course, year, anchor)
    return [
        Promise(
            _common(history)
            | _figures(line, round(float(goal), line.decimals))
            | {"periode": f"{year}-{year + 1}-T{quarter}", "publie_le": announced}
        )
        for quarter, goal in enumerate(planned, 1)
    ]


def _revised(history: History, anchor: date) -> list[Promise]:
    """The last targets eased in the spring, with the reason the contract asks for."""
    lowered = replace(history, course=eased(history.course, history.line))
    when = min(date(fiscal_start(anchor), 4, 1) + timedelta(days=75), anchor).isoformat()
    why = {"justification": _WHY_EASED, "publie_le": when}
    return [
        Promise(_yearly(lowered, index, anchor).row | why, round=1)
        for index in range(2, len(history.course.years))
    ]
