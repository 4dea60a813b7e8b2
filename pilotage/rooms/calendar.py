"""What is expected of whom: late, due soon, in order; by organisation and frequency.

Late is what every room calls late: past ``next_due``. What is only added up is sent by nobody.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pilotage.domain.indicator import Frequency
from pilotage.domain.period import Period, PeriodKind, starting
from pilotage.domain.viewer import Role, Scope
from pilotage.errors import Forbidden
from pilotage.followup.calendar import working_days
from pilotage.rooms.address import Address
from pilotage.rooms.blank_sheet import next_period, owed_periods
from pilotage.rooms.blocker import Named
from pilotage.rooms.memory import remembered
from pilotage.rooms.past import on_asked_day
from pilotage.store.queries.holes import holes
from pilotage.store.queries.passport import expected_places
from pilotage.store.warehouse import Warehouse

SOON_DAYS = 30
MOST_SHOWN = 100
MOST_OWED = 1_000


@dataclass(frozen=True)
class Expected:
    """A value that is expected: its period, its last day, and how late it is in working days.

    ``due`` is None for an indicator that nothing dates: no target, no value yet. ``owed``: periods
    over and not received, this one included; ``MOST_OWED`` stands for more.
    """

    indicator: Named
    organisation: Named
    frequency: Frequency
    period: Period
    due: date | None
    days_late: int
    has_come_before: bool
    owed: int = 1


@dataclass(frozen=True)
class Line:
    """An organisation and a frequency: values expected, late, due soon, undated; next day due."""

    organisation: Named
    frequency: Frequency
    expected: int
    late: int
    soon: int
    undated: int
    next_due: date | None


@dataclass(frozen=True)
class Skipped:
    """Periods nothing was sent for, though later ones came: the first, the last, how many."""

    indicator: Named
    organisation: Named
    first: Period
    last: Period
    count: int


@dataclass(frozen=True)
class CalendarRoom:
    """The page: totals over all that is expected, then the first of each kind.

    ``chosen`` is the organisation asked for. ``can_load``: the viewer may send some of it.
    """

    on: date
    expected: int
    late_total: int
    soon_total: int
    late: tuple[Expected, ...]
    soon: tuple[Expected, ...]
    lines: tuple[Line, ...]
    chosen: Named | None
    can_load: bool
    skipped: tuple[Skipped, ...] = ()
    skipped_total: int = 0


def calendar_room(scope: Scope, warehouse: Warehouse, address: Address) -> CalendarRoom:
    """``/donnees/calendrier?org=<organisation>``. Raises Forbidden for who sees no data."""
    if scope.role is Role.ADMINISTRATOR:
        raise Forbidden
    asked_day = on_asked_day(warehouse, address)
    today = asked_day.today
    places = expected_places(scope, asked_day)
    everything = [_expected(row, today) for row in places]
    chosen = address.parameters.get("org")
    shown = [one for one in everything if chosen in (None, one.organisation.identifier)]
    late, soon = late_of(shown), soon_of(shown, today)
    skipped = [
        one
        for one in _skipped(places, _holes(scope, asked_day))
        if chosen in (None, one.organisation.identifier)
    ]
    return CalendarRoom(
        on=today,
        expected=len(shown),
        late_total=len(late),
        soon_total=len(soon),
        late=tuple(late[:MOST_SHOWN]),
        soon=tuple(soon[:MOST_SHOWN]),
        lines=lines_of(shown, today),
        chosen=next((o.organisation for o in shown), None) if chosen else None,
        can_load=bool(scope.loads_everything or scope.loadable),
        skipped=tuple(skipped[:MOST_SHOWN]),
        skipped_total=len(skipped),
    )


def _holes(scope: Scope, warehouse: Warehouse) -> Mapping[tuple[str, str], Sequence[datetime]]:
    return remembered(scope, warehouse, "holes", lambda: holes(scope, warehouse))


def _skipped(
    places: Sequence[Mapping[str, Any]], found: Mapping[tuple[str, str], Sequence[datetime]]
) -> list[Skipped]:
    """The series with a hole, those with most first."""
    told = []
    for row in places:
        starts = found.get((row["indicator_id"], row["organisation_id"]))
        if starts:
            kind = PeriodKind(row["period_kind"])
            indicator = Named(row["indicator_id"], row["title_fr"], row["title_en"])
            place = Named(row["organisation_id"], row["label_fr"], row["label_en"])
            ends = (starting(kind, starts[0]), starting(kind, starts[-1]))
            told.append(Skipped(indicator, place, *ends, len(starts)))
    return sorted(told, key=lambda one: (-one.count, one.indicator.label_fr))


def expected_of(scope: Scope, warehouse: Warehouse) -> list[Expected]:
    """Every value the organisations of the scope are to send next."""
    return [_expected(row, warehouse.today) for row in expected_places(scope, warehouse)]


def _expected(row: Mapping[str, Any], today: date) -> Expected:
    due, period = row["next_due"], next_period(row, today)
    days_late = max(1, working_days(due, today)) if due is not None and due < today else 0
    has_come = row["period_kind"] is not None
    return Expected(
        indicator=Named(row["indicator_id"], row["title_fr"], row["title_en"]),
        organisation=Named(row["organisation_id"], row["label_fr"], row["label_en"]),
        frequency=Frequency(row["frequency"]),
        period=period,
        due=due,
        days_late=days_late,
        has_come_before=has_come,
        owed=len(owed_periods(period, today, MOST_OWED)) if days_late and has_come else 1,
    )


def late_of(expected: Sequence[Expected]) -> list[Expected]:
    """Those past their day, the oldest first."""
    late = [one for one in expected if one.days_late]
    return sorted(late, key=lambda one: (one.due or date.max, _name(one)))


def soon_of(expected: Sequence[Expected], today: date) -> list[Expected]:
    """Those due from today within the month, the first due first."""
    end = today + timedelta(days=SOON_DAYS)
    soon = [one for one in expected if one.due is not None and today <= one.due <= end]
    return sorted(soon, key=lambda one: (one.due or date.max, _name(one)))


def lines_of(expected: Sequence[Expected], today: date) -> tuple[Line, ...]:
    """One line an organisation and frequency, those with most late first."""
    groups: dict[tuple[str, Frequency], list[Expected]] = defaultdict(list)
    for one in expected:
        groups[one.organisation.identifier, one.frequency].append(one)
    lines = [
        Line(
            organisation=found[0].organisation,
            frequency=frequency,
            expected=len(found),
            late=len(late_of(found)),
            soon=len(soon_of(found, today)),
            undated=sum(one.due is None for one in found),
            next_due=min((one.due for one in found if one.due and one.due >= today), default=None),
        )
        for (_, frequency), found in groups.items()
    ]
    return tuple(
        sorted(lines, key=lambda one: (-one.late, one.organisation.label_fr, one.frequency))
    )


def _name(one: Expected) -> tuple[str, str]:
    return one.organisation.label_fr, one.indicator.label_fr
