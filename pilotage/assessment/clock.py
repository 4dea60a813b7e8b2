"""Moments as day numbers on the government's clock."""

from dataclasses import dataclass
from datetime import date, datetime, time

import numpy as np

from pilotage.assessment.code import HOURLY, Codes, Days, Flags, Indices, Moments
from pilotage.domain.period import GOVERNMENT_ZONE

_DAY_SECONDS = 86_400
_NOON = time(12)


@dataclass(frozen=True)
class Calendar:
    """The days of recent periods, [n, 48], counted from 1970; what stands at NaT means nothing."""

    exists: Flags
    has_ended: Flags  # by the end of the judging day
    first_day: Indices
    last_day: Indices
    end_day: Indices  # the day of the first moment outside


def calendar_of(starts: Moments, ends: Moments, frequency: Codes, on: np.datetime64) -> Calendar:
    """Read stored moments (UTC for hours, local otherwise) as local days.

    Hours use the offset from UTC of the judging day: one hour off, at worst, at the edges of days
    on the other side of a change of clock.
    """
    exists = ~(np.isnat(starts) | np.isnat(ends))
    shift = np.where(frequency == HOURLY, _utc_offset(on), 0)[:, None]
    first = np.where(exists, starts, np.datetime64(0, "s")).astype(np.int64) + shift
    end = np.where(exists, ends, np.datetime64(0, "s")).astype(np.int64) + shift
    last_day = (end - 1) // _DAY_SECONDS
    return Calendar(
        exists=exists,
        has_ended=exists & (last_day <= on.astype("datetime64[D]").astype(np.int64)),
        first_day=first // _DAY_SECONDS,
        last_day=last_day,
        end_day=end // _DAY_SECONDS,
    )


def _utc_offset(on: np.datetime64) -> int:
    day: date = on.astype("datetime64[D]").item()
    offset = datetime.combine(day, _NOON, GOVERNMENT_ZONE).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def day_numbers(days: Days) -> Indices:
    """Days since 1970; NaT becomes ``NEVER``, after every day."""
    return np.where(np.isnat(days), NEVER, days.astype(np.int64))


NEVER = 2**40
