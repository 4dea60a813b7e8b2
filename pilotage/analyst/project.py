"""``pilotage project``: where each series is heading, and the chance it meets a target."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np

from pilotage.analyst.calendar import SEASON, Rhythm, period_number, rhythm
from pilotage.analyst.series_file import Point
from pilotage.assessment.calibration import DEFAULT, Calibration, calibrate
from pilotage.assessment.code import Floats
from pilotage.assessment.outlook import (
    BOUNDS,
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
    found: dict[str, Answer] = {}
    alike: dict[tuple[int, int], dict[str, Rhythm]] = {}
    for case, one in rhythms.items():
        trouble, steps = _trouble(series[case], one, aim)
        if trouble or one is None:
            found[case] = Answer(case, steps, *_SILENT, trouble)
        else:
            alike.setdefault((one.frequency, steps), {})[case] = one
    for (frequency, steps), group in alike.items():
        pool = [one for one in rhythms.values() if one and _can_teach(one, frequency)]
        calibration = _calibration(pool, frequency, steps, aim)
        told = _totals if aim.is_total else _values
        found |= {one.case_id: one for one in told(group, frequency, steps, aim, calibration)}
    return tuple(found[case] for case in series)


def _can_teach(one: Rhythm, frequency: int) -> bool:
    known = int(np.count_nonzero(~np.isnan(one.values)))
    return one.frequency == frequency and known >= FEWEST


def _trouble(points: tuple[Point, ...], one: Rhythm | None, aim: Aim) -> tuple[str, int]:
    known = sum(not math.isnan(point.value) for point in points)
    if known < FEWEST:
        return "too_few", 0
    low, high = BOUNDS[aim.transform]
    if any(point.value < low or point.value > high for point in points):
        return "out_of_nature", 0
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
    if len(pool) < _POOL:
        return DEFAULT[frequency]
    scaled = to_scale(_stacked(pool), aim.transform)
    return calibrate(scaled, SEASON[frequency], steps, DEFAULT[frequency])


def _stacked(rhythms: Iterable[Rhythm]) -> Floats:
    """Series side by side, each ending in the last column."""
    rows = [one.values[: int(np.flatnonzero(~np.isnan(one.values))[-1]) + 1] for one in rhythms]
    width = max(row.size for row in rows)
    answer = np.full((len(rows), width), np.nan)
    for at, row in enumerate(rows):
        answer[at, width - row.size :] = row
    return answer


def _values(
    group: dict[str, Rhythm], frequency: int, steps: int, aim: Aim, calibration: Calibration
) -> list[Answer]:
    """The value at the date."""
    scaled = to_scale(_stacked(group.values()), aim.transform)
    projected = light_projection(scaled, SEASON[frequency], steps)
    target = to_scale(np.array([aim.target]), aim.transform)
    chance = meeting_probability(projected, target, np.array([aim.sign]), calibration)
    low, high = BOUNDS[aim.transform]
    if not low <= aim.target <= high:
        # What cannot be is not a chance: nothing lies past a bound.
        is_met = aim.sign * (np.clip(aim.target, low, high) - aim.target) > 0
        chance = np.where(np.isnan(chance), np.nan, float(is_met))
    return _told(group, steps, outlook(projected, calibration, aim.transform), chance)


def _totals(
    group: dict[str, Rhythm], frequency: int, steps: int, aim: Aim, calibration: Calibration
) -> list[Answer]:
    """The sum over the cycle (a year; a week of days, a day of hours) that ends at the date."""
    cycle = SEASON[frequency]
    values = _stacked(group.values())
    ahead = light_projection(values, cycle, steps)
    remaining = min(steps, cycle)
    known = values[:, values.shape[1] - (cycle - remaining) :]
    # A value missing in the cycle leaves no total: NaN runs through the sums.
    so_far = known.sum(axis=1) if known.shape[1] == cycle - remaining else _none(values)
    last = Projection(
        ahead.mean[:, steps - remaining :], ahead.scale[:, steps - remaining :], ahead.degrees
    )
    total = year_total(so_far, last, remaining)
    target = np.full(so_far.shape, aim.target)
    chance = total_probability(total, target, np.full(so_far.shape, aim.sign), calibration)
    seen = outlook(
        Projection(total.middle[:, None], total.scale[:, None], last.degrees), calibration
    )
    if aim.transform != "level":
        # Nothing of these natures is negative, nor is their sum.
        seen = Outlook(*(np.maximum(end, 0.0) for end in seen))
    told = _told(group, steps, seen, chance[:, None])
    return [one._replace(trouble="incomplete") if math.isnan(one.middle) else one for one in told]


def _none(values: Floats) -> Floats:
    return np.full(values.shape[0], np.nan)


def _told(group: dict[str, Rhythm], steps: int, seen: Outlook, chance: Floats) -> list[Answer]:
    ends = (end[:, -1].tolist() for end in (*seen, chance))
    return [
        Answer(case, steps, middle, lower, upper, probability, "")
        for case, middle, lower, upper, probability in zip(group, *ends, strict=True)
    ]


def sentence(answer: Answer, aim: Aim, lang: Lang) -> str:
    """The answer as one sentence; the reason, where there is none."""
    _ = translator(lang)
    reasons = {
        "too_few": _("{case} : moins de cinq valeurs, rien n'est projeté."),
        "no_rhythm": _("{case} : les dates ne suivent pas un calendrier régulier."),
        "no_variation": _("{case} : aucune variation, rien n'est projeté."),
        "out_of_nature": _(
            "{case} : des valeurs sortent de ce que la nature choisie admet (rate : 0 à 1 ; "
            "percent : 0 à 100 ; count : 0 et plus)."
        ),
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
