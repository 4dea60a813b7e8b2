"""What a ministry sends: one value per period with its state, its gaps and its second thoughts."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from pilotage.domain.indicator import Direction, Level
from pilotage.domain.period import Period, PeriodKind, local_hour
from pilotage.sample.course import Course, Floats
from pilotage.sample.pool import IndicatorLine
from pilotage.sample.series import values
from pilotage.sample.span import available_on, periods
from pilotage.sample.story import Story


@dataclass(frozen=True)
class Reading:
    """One value as it was published; ``round`` 0 is the first vintage, 1 and 2 its revisions."""

    period: Period
    published: str
    value: float | None
    numerator: int | None = None
    denominator: int | None = None
    state: str = ""
    comment: str = ""
    dispute: str = ""
    text: str = ""
    round: int = 0


_LATE_PERIODS = {"H": 90, "J": 14, "W": 5, "M": 3, "T": 2, "F": 2, "A": 2, "C": 2}
_WHOLE = {Level.STRATEGIC: 16000, Level.TACTICAL: 3200, Level.OPERATIONAL: 400}
_GAP_SHARE = 0.04
_DISPUTE = "Le centre régional conteste le compte : des dossiers transférés y figurent deux fois."
_ERROR = "Valeur erronée signalée par le système source ; correction attendue."
_COMMENTS = (
    "Un jour férié réduit l'activité.",
    "Effet de la mise à niveau du système source.",
    "Tempête majeure durant la période.",
    "Effectif réduit pendant les vacances.",
    "Nouvelle règle de comptage appliquée à la mi-période.",
)


def _moments(found: list[Period]) -> Floats:
    """Ordinal days of the periods' last day, hours as a fraction."""
    return np.array(
        [
            period.start.toordinal() + period.start.hour / 24
            if period.kind is PeriodKind.HOUR
            else period.last_day.toordinal()
            for period in found
        ],
        dtype=np.float64,
    )


def _published(line: IndicatorLine, period: Period, late_days: int, anchor: date) -> str:
    if line.rhythm == "H":
        return (local_hour(period.end) + timedelta(minutes=20)).strftime("%Y-%m-%dT%H:%M")
    return min(available_on(line, period) + timedelta(days=late_days), anchor).isoformat()


def _counted(line: IndicatorLine, value: float, rng: np.random.Generator) -> tuple[float, int, int]:
    """A rate as the numerator and denominator that give it back at its decimals."""
    scale = 100 if line.unit == "%" else 1000
    least = _WHOLE[line.level] * (10 if line.decimals > 1 or scale > 100 else 1)
    whole = round(least * float(rng.uniform(1.0, 2.2)))
    part = round(value * whole / scale)
    return round(scale * part / whole, line.decimals) + 0.0, part, whole


def _reading(
    line: IndicatorLine, period: Period, value: float, anchor: date, rng: np.random.Generator
) -> Reading:
    late = int(rng.integers(1, 12)) if rng.random() < 0.08 else 0
    published = _published(line, period, late, anchor)
    comment = str(rng.choice(_COMMENTS)) if rng.random() < 0.012 else ""
    if not line.is_rate:
        return Reading(period, published, value, comment=comment)
    shown, part, whole = _counted(line, value, rng)
    return Reading(period, published, shown, part, whole, comment=comment)


def readings(
    line: IndicatorLine, course: Course, story: Story, anchor: date, rng: np.random.Generator
) -> list[Reading]:
    """The first vintage of an indicator's values, oldest first; empty for who never sent any."""
    if story in {Story.NEVER, Story.ROLLED}:
        return []
    found = periods(line, anchor)
    series = values(line, course, story, _moments(found), rng)
    sent = [
        _reading(line, period, float(value), anchor, rng)
        for period, value in zip(found, series, strict=True)
    ]
    if story is Story.EXACT_HIT or line.direction is Direction.EXACTLY:
        sent = [
            replace(one, value=float(value), numerator=None, denominator=None)
            for one, value in zip(sent, series, strict=True)
        ]
    return _with_state(_with_gaps(sent, line, rng), line, story)


def _with_gaps(sent: list[Reading], line: IndicatorLine, rng: np.random.Generator) -> list[Reading]:
    """Some series miss a few values in the past; never the last three."""
    if len(sent) < 12 or rng.random() > 0.14:
        return sent
    kept = rng.random(len(sent)) > _GAP_SHARE * (2 if line.rhythm == "M" else 1)
    return [one for index, one in enumerate(sent) if kept[index] or index >= len(sent) - 3]


def _with_state(sent: list[Reading], line: IndicatorLine, story: Story) -> list[Reading]:
    last = sent[-1]
    if story is Story.LATE:
        return sent[: -_LATE_PERIODS[line.rhythm]]
    if story is Story.DISPUTED:
        return [*sent[:-1], replace(last, state="contesté", dispute=_DISPUTE)]
    if story is Story.IN_ERROR:
        return [*sent[:-1], _in_error(last, line)]
    if story is Story.PROVISIONAL:
        return [*sent[:-1], replace(last, state="provisoire")]
    if story is Story.UNVERIFIED:
        return [*sent[:-3], *(replace(one, state="non vérifié") for one in sent[-3:])]
    if story is Story.TEXT_TARGET and line.rhythm in {"A", "C"}:
        text = "Chantier en cours : les travaux avancent selon le calendrier révisé."
        return [*sent[:-1], replace(last, value=None, numerator=None, denominator=None, text=text)]
    return sent


def _in_error(last: Reading, line: IndicatorLine) -> Reading:
    value = (last.value or 0.0) * 3
    low, high = line.bounds
    wrong = value if low <= value <= high else high - (last.value or 0.0)
    shown = round(wrong, line.decimals) + 0.0
    return replace(
        last, value=shown, numerator=None, denominator=None, state="en erreur", comment=_ERROR
    )
