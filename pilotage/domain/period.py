"""The span a value or a target stands for: kind, start and half-open end.

Hours are kept in UTC; every longer period by its local midnights (America/Toronto). All moments
are naive: the kind says which clock they are read on.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from pilotage.domain.indicator import Frequency

GOVERNMENT_ZONE = ZoneInfo("America/Toronto")
FISCAL_START_MONTH = 4
_UTC = ZoneInfo("UTC")
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2200


class PeriodError(ValueError):
    """The text names no period."""


class NoSuchDayError(PeriodError):
    """Written as a day, and in no calendar."""


class SkippedHourError(PeriodError):
    """The clock skips that hour: it is moved forward that night."""


class PeriodKind(IntEnum):
    """How long a period lasts; the number is what the tables store."""

    HOUR = 1
    DAY = 2
    WEEK = 3
    MONTH = 4
    QUARTER = 5
    FISCAL_QUARTER = 6
    FISCAL_YEAR = 7
    YEAR = 8


KINDS_OF_FREQUENCY = {
    Frequency.HOURLY: frozenset({PeriodKind.HOUR}),
    Frequency.DAILY: frozenset({PeriodKind.DAY}),
    Frequency.WEEKLY: frozenset({PeriodKind.WEEK}),
    Frequency.MONTHLY: frozenset({PeriodKind.MONTH}),
    Frequency.QUARTERLY: frozenset({PeriodKind.QUARTER, PeriodKind.FISCAL_QUARTER}),
    Frequency.ANNUAL: frozenset({PeriodKind.FISCAL_YEAR, PeriodKind.YEAR}),
}
"""The kinds of period in which an indicator of each frequency is measured."""


@dataclass(frozen=True, order=True)
class Period:
    """A span of time; ``end`` is the first moment outside it."""

    kind: PeriodKind
    start: datetime
    end: datetime

    @property
    def last_day(self) -> date:
        """The last local day inside the period: a target's due date."""
        if self.kind is PeriodKind.HOUR:
            return local_hour(self.start).date()
        return (self.end - timedelta(days=1)).date()


def local_hour(start: datetime) -> datetime:
    """A stored (UTC) hour as the government's clock shows it."""
    return start.replace(tzinfo=_UTC).astimezone(GOVERNMENT_ZONE)


def _months_later(start: datetime, months: int) -> datetime:
    index = start.year * 12 + start.month - 1 + months
    return start.replace(year=index // 12, month=index % 12 + 1)


_LENGTH_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.FISCAL_QUARTER: 3,
    PeriodKind.FISCAL_YEAR: 12,
    PeriodKind.YEAR: 12,
}
_LENGTH_DELTA = {
    PeriodKind.HOUR: timedelta(hours=1),
    PeriodKind.DAY: timedelta(days=1),
    PeriodKind.WEEK: timedelta(weeks=1),
}


def starting(kind: PeriodKind, start: datetime) -> Period:
    """The period of that kind which starts at ``start``."""
    if kind in _LENGTH_DELTA:
        return Period(kind, start, start + _LENGTH_DELTA[kind])
    return Period(kind, start, _months_later(start, _LENGTH_MONTHS[kind]))


def following(period: Period) -> Period:
    """The next period of the same kind."""
    return starting(period.kind, period.end)


def period_containing(
    kind: PeriodKind, moment: datetime, fiscal_month: int = FISCAL_START_MONTH
) -> Period:
    """The period of that kind around a moment (UTC for hours, local otherwise)."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if kind is PeriodKind.HOUR:
        return starting(kind, moment.replace(minute=0, second=0, microsecond=0))
    if kind is PeriodKind.DAY:
        return starting(kind, day)
    if kind is PeriodKind.WEEK:
        return starting(kind, day - timedelta(days=day.weekday()))
    first = day.replace(day=1)
    length = _LENGTH_MONTHS[kind]
    offset = fiscal_month if kind in {PeriodKind.FISCAL_QUARTER, PeriodKind.FISCAL_YEAR} else 1
    return starting(kind, _months_later(first, -((first.month - offset) % length)))


_DAY_FIRST = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})$")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_HOUR = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2})(?:[:h](\d{2})(?::\d{2})?)?(Z|[+-]\d{2}:?\d{2})?$"
)
_WEEK = re.compile(r"(\d{4})-?[SW](\d{1,2})$", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{2})$")
_QUARTER = re.compile(r"(\d{4})-?[TQ]([1-4])$", re.IGNORECASE)
_FISCAL_YEAR = re.compile(r"(\d{4})-(\d{4})$")
_FISCAL_QUARTER = re.compile(r"(\d{4})-(\d{4})-?[TQ]([1-4])$", re.IGNORECASE)
_YEAR = re.compile(r"(\d{4})$")


def parse_day(text: str) -> date:
    """A day written ``2026-03-31``, ``31/03/2026`` or ``31-03-2026``; PeriodError otherwise."""
    if match := _ISO_DAY.match(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.match(text):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
    else:
        raise PeriodError(text)
    try:
        return _moment(text, year, month, day).date()
    except ValueError:
        raise NoSuchDayError(text) from None


def _moment(text: str, year: int, month: int = 1, day: int = 1) -> datetime:
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        raise PeriodError(text)
    try:
        return datetime(year, month, day)
    except ValueError:
        raise PeriodError(text) from None


def _hour(match: re.Match[str]) -> Period:
    text = match[0]
    day, hour = parse_day(match[1]), int(match[2])
    if hour > 23 or int(match[3] or 0) > 59:
        raise PeriodError(text)
    local = datetime(day.year, day.month, day.day, hour)
    if match[4]:
        offset = "+00:00" if match[4] == "Z" else match[4]
        aware = datetime.fromisoformat(local.isoformat() + offset)
    else:
        aware = local.replace(tzinfo=GOVERNMENT_ZONE)
        if aware.astimezone(_UTC).astimezone(GOVERNMENT_ZONE).hour != hour:
            raise SkippedHourError(text)
    return starting(PeriodKind.HOUR, aware.astimezone(_UTC).replace(tzinfo=None))


def _week(match: re.Match[str]) -> Period:
    try:
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        raise PeriodError(match[0]) from None
    return starting(PeriodKind.WEEK, _moment(match[0], monday.year, monday.month, monday.day))


def _fiscal(match: re.Match[str], fiscal_month: int) -> datetime:
    first, second = int(match[1]), int(match[2])
    if second != first + 1:
        raise PeriodError(match[0])
    return _moment(match[0], first, fiscal_month)


def parse_period(text: str, fiscal_month: int = FISCAL_START_MONTH) -> Period:
    """The period a cell names, in any of the contract's writings; PeriodError when it names none.

    Source: contract.md, section 2. An hour without an offset is read on the government's clock; in
    the repeated hour of autumn the first one is meant.
    """
    text = text.strip()
    if match := _HOUR.match(text):
        return _hour(match)
    if match := _WEEK.match(text):
        return _week(match)
    if match := _FISCAL_QUARTER.match(text):
        start = _fiscal(match, fiscal_month)
        return starting(PeriodKind.FISCAL_QUARTER, _months_later(start, 3 * (int(match[3]) - 1)))
    if match := _QUARTER.match(text):
        return starting(PeriodKind.QUARTER, _moment(text, int(match[1]), 3 * int(match[2]) - 2))
    if match := _FISCAL_YEAR.match(text):
        return starting(PeriodKind.FISCAL_YEAR, _fiscal(match, fiscal_month))
    if match := _MONTH.match(text):
        return starting(PeriodKind.MONTH, _moment(text, int(match[1]), int(match[2])))
    if match := _YEAR.match(text):
        return starting(PeriodKind.YEAR, _moment(text, int(match[1])))
    day = parse_day(text)
    return starting(PeriodKind.DAY, datetime(day.year, day.month, day.day))


def period_code(period: Period) -> str:
    """The contract's own writing of a period: ``parse_period`` reads it back."""
    start = period.start
    if period.kind is PeriodKind.HOUR:
        return local_hour(start).strftime("%Y-%m-%dT%H%z")[:-2] + ":00"
    if period.kind is PeriodKind.DAY:
        return start.strftime("%Y-%m-%d")
    if period.kind is PeriodKind.WEEK:
        year, week, _ = start.isocalendar()
        return f"{year}-S{week:02d}"
    if period.kind is PeriodKind.MONTH:
        return start.strftime("%Y-%m")
    if period.kind is PeriodKind.QUARTER:
        return f"{start.year}-T{(start.month + 2) // 3}"
    if period.kind is PeriodKind.YEAR:
        return str(start.year)
    first = start.year if start.month >= FISCAL_START_MONTH else start.year - 1
    if period.kind is PeriodKind.FISCAL_YEAR:
        return f"{first}-{first + 1}"
    quarter = (start.month - FISCAL_START_MONTH) % 12 // 3 + 1
    return f"{first}-{first + 1}-T{quarter}"
