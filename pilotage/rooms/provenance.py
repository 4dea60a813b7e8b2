"""Where a figure comes from: its vintages, each down to its file, line and load."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from pilotage.access.person import person
from pilotage.domain.period import Period, PeriodKind
from pilotage.rooms.curve import Aim, is_eased

PROVISIONAL, WITHDRAWN, DISPUTED, IN_ERROR, UNVERIFIED = 1, 2, 3, 4, 5
"""``measurements.state``; 0 is final."""


@dataclass(frozen=True)
class Source:
    """The line of the file that made a figure; moments in UTC."""

    load_seq: int
    line: int
    file_name: str | None
    author: str | None
    way_in: str | None
    profile: str | None
    received_at: datetime | None
    published_at: datetime
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Vintage:
    """A value as it was once published; one of them is current."""

    value: float | None
    text: str | None
    numerator: float | None
    denominator: float | None
    state: int
    comment: str | None
    is_current: bool
    source: Source


@dataclass(frozen=True)
class AimVintage:
    """A target as it was once published; ``is_eased`` when it asks for less than the one before.

    ``before`` is the one it revised, for the same due date; none for the first one.
    """

    aim: Aim
    is_eased: bool
    source: Source
    before: Aim | None = None


@dataclass(frozen=True)
class ValueRevision:
    """A published value that another file changed."""

    period: Period
    before: Vintage
    after: Vintage


def source(row: Mapping[str, Any]) -> Source:
    """The source named by a row of facts joined with its load."""
    return Source(
        load_seq=row["load_seq"],
        line=row["load_line"],
        file_name=row.get("load_file") or row["file_name"],
        author=person(row["author"]),
        way_in=row["way_in"],
        profile=row["profile"],
        received_at=row["received_at"],
        published_at=row["published_at"],
        is_withdrawn=row["load_state"] == "withdrawn",
    )


def value_vintages(rows: Sequence[Mapping[str, Any]]) -> tuple[Vintage, ...]:
    """The vintages of one period, in the order given (newest first)."""
    return tuple(_vintage(row) for row in rows)


def _vintage(row: Mapping[str, Any]) -> Vintage:
    return Vintage(
        value=row["value"],
        text=row["value_text"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        state=row["state"],
        comment=row["comment"],
        is_current=row["superseded_seq"] is None,
        source=source(row),
    )


def value_revisions(rows: Sequence[Mapping[str, Any]]) -> tuple[ValueRevision, ...]:
    """Each vintage beside the one it replaced, the latest published first.

    ``rows``: the vintages that stand, by period then publication.
    """
    found = [
        ValueRevision(
            Period(PeriodKind(row["period_kind"]), row["period_start"], row["period_end"]),
            _vintage(before),
            _vintage(row),
        )
        for before, row in pairwise(rows)
        if (before["period_kind"], before["period_start"])
        == (row["period_kind"], row["period_start"])
    ]
    return tuple(sorted(found, key=lambda one: one.after.source.published_at, reverse=True))


def aim_vintages(rows: Sequence[Mapping[str, Any]], direction: str) -> tuple[AimVintage, ...]:
    """Every target as published, by due date then publication; eased ones marked."""
    found: list[AimVintage] = []
    before: dict[date | None, Aim] = {}
    published = {(row["load_seq"], row["period_end"]): row["published_at"].date() for row in rows}
    for row in rows:
        replaced = published.get((row["superseded_seq"], row["period_end"]))
        aim = _aim(row, replaced)
        older = before.get(aim.due)
        eased = older is not None and is_eased(direction, older, aim)
        found.append(AimVintage(aim, eased, source(row), older))
        if row["load_state"] != "withdrawn":  # nothing is eased against what was taken back
            before[aim.due] = aim
    return tuple(found)


def _aim(row: Mapping[str, Any], replaced: date | None) -> Aim:
    superseded = row["superseded_seq"] is not None
    published = row["published_at"].date()
    return Aim(
        due=_last_day(row["period_end"]),
        low=row["low"],
        high=row["high"],
        tolerance=row["tolerance"],
        baseline=row["baseline"],
        baseline_date=row["baseline_date"],
        published_on=published,
        replaced_on=(replaced or published) if superseded else None,
        trajectory=row["trajectory"],
        justification=row["justification"],
        text=row["target_text"],
        load_seq=row["load_seq"],
        load_line=row["load_line"],
    )


def _last_day(end: datetime | None) -> date | None:
    return date.fromordinal(end.date().toordinal() - 1) if end else None
