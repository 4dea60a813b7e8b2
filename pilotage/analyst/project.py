"""``pilotage project``: where each series is heading, and the chance it meets a target."""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np

from pilotage.analyst.calendar import SEASON, Rhythm, period_number, rhythm
from pilotage.analyst.series_file import Point
from pilotage.assessment.calibration import DEFAULT, Calibration, calibrate
from pilotage.assessment.code import Floats
from pilotage.assessment.outlook import (
    Outlook,
    Transform,
    meeting_probability,
    outlook,
    to_scale,
    total_probability,
    year_total,
)
from pilotage.assessment.projection import FEWEST, Projection, light_projection
from pilotage.i18n import Lang, translator

_POOL = 20  # series of one frequency from which their own errors correct the spread


@dataclass(frozen=True)
class Aim:
    """What is asked: a target, the date it falls due, which way is good, what is measured."""

    target: float
    at: datetime
    sign: float = 1.0
    transform: Transform = "level"
    is_total: bool = False  # of the cycle of periods that ends at the date


class Answer(NamedTuple):
    """One series' answer: figures in its unit, NaN and a sentence where there are none."""

    case_id: str
    steps: int  # periods from the last value to the date
    middle: float
    lower: float
    upper: float
    probability: float
    trouble: str  # empty, or the code of why nothing is said


_SILENT = (math.nan,) * 4


def answers(series: dict[str, tuple[Point, ...]], aim: Aim) -> tuple[Answer, ...]:
    """The answer of every series, in their order; the spread is corrected by their own errors."""
    rhythms = {case: rhythm(points) for case, points in series.items()}
    pools: dict[tuple[int, int], Calibration] = {}
    found = []
    for case, one in rhythms.items():
        trouble, steps = _trouble(series[case], one, aim)
        if trouble or one is None:
            found.append(Answer(case, steps, *_SILENT, trouble))
            continue
        key = (one.frequency, steps)
        if key not in pools:
            pools[key] = _calibration([r for r in rhythms.values() if r], one.frequency, steps, aim)
        found.append(_answer(case, one, steps, aim, pools[key]))
    return tuple(found)


def _trouble(points: tuple[Point, ...], one: Rhythm | None, aim: Aim) -> tuple[str, int]:
    known = sum(not math.isnan(point.value) for point in points)
    if known < FEWEST:
        return "too_few", 0
    if one is None:
        return "no_rhythm", 0
    seen = np.flatnonzero(~np.isnan(one.values))
    steps = period_number(one.frequency, aim.at) - one.first - int(seen[-1])
    if np.ptp(one.values[seen]) == 0:
        return "no_variation", steps
    if steps <= 0:
        return "past", steps
    return ("too_far", steps) if steps > known else ("", steps)


def _calibration(pool: list[Rhythm], frequency: int, steps: int, aim: Aim) -> Calibration:
    alike = [one.values for one in pool if one.frequency == frequency]
    if len(alike) < _POOL:
        return DEFAULT[frequency]
    width = max(values.size for values in alike)
    stacked = np.full((len(alike), width), np.nan)
    for row, values in enumerate(alike):
        stacked[row, width - values.size :] = values
    scaled = to_scale(stacked, aim.transform)
    return calibrate(scaled, SEASON[frequency], steps, DEFAULT[frequency])


def _answer(case: str, one: Rhythm, steps: int, aim: Aim, calibration: Calibration) -> Answer:
    if aim.is_total:
        return _total(case, one, steps, aim, calibration)
    values = to_scale(one.values[None], aim.transform)
    projected = light_projection(values, SEASON[one.frequency], steps)
    target = to_scale(np.array([aim.target]), aim.transform)
    chance = meeting_probability(projected, target, np.array([aim.sign]), calibration)
    seen = outlook(projected, calibration, aim.transform)
    return _told(case, steps, seen, chance)


def _total(case: str, one: Rhythm, steps: int, aim: Aim, calibration: Calibration) -> Answer:
    """The sum over the cycle (a year; a week of days, a day of hours) that ends at the date."""
    cycle = SEASON[one.frequency]
    projected = light_projection(one.values[None], cycle, steps)
    last = int(np.flatnonzero(~np.isnan(one.values))[-1])
    already = one.values[max(0, last + 1 + steps - cycle) : last + 1] if steps < cycle else _NOTHING
    if np.isnan(already).any() or already.size + min(steps, cycle) < cycle:
        return Answer(case, steps, *_SILENT, "incomplete")
    remaining = min(steps, cycle)
    ahead = Projection(
        projected.mean[:, steps - remaining :],
        projected.scale[:, steps - remaining :],
        projected.degrees,
    )
    total = year_total(np.array([already.sum()]), ahead, remaining)
    chance = total_probability(total, np.array([aim.target]), np.array([aim.sign]), calibration)
    alone = Projection(total.middle[:, None], total.scale[:, None], projected.degrees)
    return _told(case, steps, outlook(alone, calibration), chance[:, None])


_NOTHING = np.empty(0)


def _told(case: str, steps: int, seen: Outlook, chance: Floats) -> Answer:
    middle, lower, upper = (float(end[0, -1]) for end in seen)
    return Answer(case, steps, middle, lower, upper, float(chance[0, -1]), "")


def sentence(answer: Answer, aim: Aim, lang: Lang) -> str:
    """The answer as one sentence; the reason, where there is none."""
    _ = translator(lang)
    reasons = {
        "too_few": _("{case} : moins de cinq valeurs, rien n'est projeté."),
        "no_rhythm": _("{case} : les dates ne suivent pas un calendrier régulier."),
        "no_variation": _("{case} : aucune variation, rien n'est projeté."),
        "past": _("{case} : la date demandée n'est pas après la dernière valeur."),
        "too_far": _("{case} : {steps} périodes d'avance, plus que de valeurs connues."),
        "incomplete": _("{case} : il manque des valeurs dans le cycle à totaliser."),
    }
    if answer.trouble:
        return reasons[answer.trouble].format(case=answer.case_id, steps=answer.steps)
    if math.isnan(answer.probability):
        return _(
            "{case} : dans {steps} périodes, {middle} (95 % entre {lower} et {upper}) ; "
            "aucun sens n'est meilleur."
        ).format(**_fields(answer, aim))
    return _(
        "{case} : dans {steps} périodes, {middle} (95 % entre {lower} et {upper}) ; "
        "cible {target} atteinte avec une probabilité de {chance} %."
    ).format(**_fields(answer, aim))


def _fields(answer: Answer, aim: Aim) -> dict[str, str | int]:
    return {
        "case": answer.case_id,
        "steps": answer.steps,
        "middle": f"{answer.middle:.6g}",
        "lower": f"{answer.lower:.6g}",
        "upper": f"{answer.upper:.6g}",
        "target": f"{aim.target:g}",
        "chance": _percent(answer.probability),
    }


def _percent(probability: float) -> str:
    """A whole percentage; nothing is said to be certain."""
    if math.isnan(probability):
        return ""
    whole = round(100 * probability)
    return "< 1" if whole < 1 else "> 99" if whole > 99 else str(whole)
