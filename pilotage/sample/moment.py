"""When the sample tells that something was written."""

from datetime import UTC, date, datetime, time, timedelta

from pilotage.domain.period import GOVERNMENT_ZONE


def days_before(anchor: date, days: int, number: int) -> datetime:
    """So many days before the anchor, in working hours, as a naive UTC moment."""
    hour = time(9 + number % 7, number * 7 % 60)
    here = datetime.combine(anchor - timedelta(days=days), hour, GOVERNMENT_ZONE)
    return here.astimezone(UTC).replace(tzinfo=None)
