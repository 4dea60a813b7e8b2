"""The days a person is likely to ask for, so that she need not type one."""

from dataclasses import dataclass
from datetime import date, timedelta

from pilotage.i18n import N_

FISCAL_YEAR_STARTS = 4


@dataclass(frozen=True)
class DayChoice:
    """A day before today, and what it is called (a sentence of the catalogue)."""

    name: str
    on: date


def past_days(today: date, fiscal_month: int = FISCAL_YEAR_STARTS) -> tuple[DayChoice, ...]:
    """Ends of the last month, quarter and fiscal year, and a year ago; each day once, latest first.

    ``fiscal_month`` is the month (1-12) in which the fiscal year starts: quarters count from it.
    """
    month = today.replace(day=1) - timedelta(days=1)
    quarter = _end_before(today, (today.month - fiscal_month) % 3)
    year = _end_before(today, (today.month - fiscal_month) % 12)
    offered = [
        DayChoice(N_("Fin de l'exercice dernier"), year),
        DayChoice(N_("Fin du trimestre dernier"), quarter),
        DayChoice(N_("Fin du mois dernier"), month),
        DayChoice(N_("Il y a un an"), _a_year_before(today)),
    ]
    once: dict[date, DayChoice] = {}
    for one in offered:
        once.setdefault(one.on, one)
    return tuple(sorted(once.values(), key=lambda one: one.on, reverse=True))


def since_days(
    day: date, fiscal_month: int = FISCAL_YEAR_STARTS, met_on: date | None = None
) -> tuple[DayChoice, ...]:
    """With what a room of that day is compared: a week, a month ago, the end of the last ones.

    ``met_on``: the day of the room's last huddle, which comes first.
    """
    ends = [one for one in past_days(day, fiscal_month) if one.on != _a_year_before(day)]
    days = [
        DayChoice(N_("Il y a 7 jours"), day - timedelta(days=7)),
        DayChoice(N_("Il y a 30 jours"), day - timedelta(days=30)),
    ]
    once: dict[date, DayChoice] = {}
    for one in (*days, *ends):
        once.setdefault(one.on, one)
    found = sorted(once.values(), key=lambda one: one.on, reverse=True)
    met = [DayChoice(N_("Dernière rencontre"), met_on)] if met_on else []
    return (*met, *found)


def _end_before(today: date, months: int) -> date:
    """The last day before the month that is ``months`` before this one."""
    first = today.replace(day=1)
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    return first - timedelta(days=1)


def _a_year_before(today: date) -> date:
    """The same day one year before; 28 February for a 29."""
    try:
        return today.replace(year=today.year - 1)
    except ValueError:
        return today.replace(year=today.year - 1, day=28)
