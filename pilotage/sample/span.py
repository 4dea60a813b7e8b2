"""The periods in which an indicator has sent values by the anchor date."""

from datetime import date, datetime, time, timedelta

from pilotage.domain.indicator import Frequency, Level
from pilotage.domain.period import Period, PeriodKind, following, period_containing
from pilotage.sample.pool import IndicatorLine

KINDS = {
    "H": PeriodKind.HOUR,
    "J": PeriodKind.DAY,
    "W": PeriodKind.WEEK,
    "M": PeriodKind.MONTH,
    "T": PeriodKind.QUARTER,
    "F": PeriodKind.FISCAL_QUARTER,
    "A": PeriodKind.FISCAL_YEAR,
    "C": PeriodKind.YEAR,
}
FREQUENCIES = {
    "H": Frequency.HOURLY,
    "J": Frequency.DAILY,
    "W": Frequency.WEEKLY,
    "M": Frequency.MONTHLY,
    "T": Frequency.QUARTERLY,
    "F": Frequency.QUARTERLY,
    "A": Frequency.ANNUAL,
    "C": Frequency.ANNUAL,
}
DELAY_DAYS = {"H": 1, "J": 1, "W": 3, "M": 15, "T": 30, "F": 30, "A": 90, "C": 120}
_BACK_DAYS = {"H": 10, "J": 400}
_BACK_YEARS = {"A": 5, "C": 5}
_OPEN_EVERY_DAY = ("SQ", "MSSS", "MTMD-DVH", "MCN", "MEQ-DIS")


def keeps_office_hours(line: IndicatorLine) -> bool:
    """True where nothing is counted on weekends."""
    return line.rhythm == "J" and not line.organisation_id.startswith(_OPEN_EVERY_DAY)


def _first_day(line: IndicatorLine, anchor: date) -> date:
    if line.rhythm in _BACK_DAYS:
        return anchor - timedelta(days=_BACK_DAYS[line.rhythm])
    years = _BACK_YEARS.get(line.rhythm, 3)
    return date(anchor.year - years, anchor.month, 1)


def available_on(line: IndicatorLine, period: Period) -> date:
    """The day on which the value of a period normally arrives."""
    if line.rhythm == "H":
        return period.last_day
    return period.last_day + timedelta(days=DELAY_DAYS[line.rhythm])


def periods(line: IndicatorLine, anchor: date) -> list[Period]:
    """Periods whose value has arrived by the anchor, oldest first."""
    kind = KINDS[line.rhythm]
    midnight = datetime.combine(anchor, time())
    period = period_containing(kind, datetime.combine(_first_day(line, anchor), time()))
    found = []
    while period.end <= midnight and available_on(line, period) <= anchor:
        if not (keeps_office_hours(line) and period.start.weekday() > 4):
            found.append(period)
        period = following(period)
    return found


def fiscal_start(anchor: date) -> int:
    """The year in which the fiscal year of the anchor began."""
    year = period_containing(PeriodKind.FISCAL_YEAR, datetime.combine(anchor, time())).start.year
    return int(year)


def is_long_plan(line: IndicatorLine) -> bool:
    """True for the indicators of a strategic plan, whose targets reach two years further."""
    return line.level is Level.STRATEGIC
