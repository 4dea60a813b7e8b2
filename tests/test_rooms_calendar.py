"""The calendar: what is late is what the rooms call late, and whoever owes it is named."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from layouts import calendar as page
from pilotage.access.operator import OPERATOR
from pilotage.domain.viewer import Role
from pilotage.errors import Forbidden
from pilotage.rooms.address import parse_address
from pilotage.rooms.blank_sheet import blank_sheet
from pilotage.rooms.calendar import CalendarRoom, calendar_room
from pilotage.store.tables import verdicts
from tests.component_text import text_of
from tests.door import MEASUREMENTS, TARGETS, Door, check_here, opened_door

__all__ = ["check_here"]
SENT = MEASUREMENTS + "I-M;M;2026-01;10\nI-M;N;2026-04;11\nI-Q;D;2026-05-28;5\n"


@pytest.fixture
def door(tmp_path: Path, check_here: None) -> Iterator[Door]:
    with opened_door(tmp_path, SENT, TARGETS + "I-T;M;2026-2027;85;;\n") as opened:
        opened.warehouse.as_of = date(2026, 6, 1)
        opened.warehouse.judge_day()
        yield opened


def shown(door: Door, query: str = "", role: Role = Role.STEWARD) -> CalendarRoom:
    address = parse_address("/donnees/calendrier", query)
    return calendar_room(replace(OPERATOR, role=role), door.warehouse, address)


def test_what_is_late_is_what_the_verdicts_call_late(door: Door) -> None:
    asked = sa.select(verdicts.c.indicator_id, verdicts.c.organisation_id).where(
        verdicts.c.next_due < door.warehouse.today
    )
    with door.warehouse.read() as connection:
        late = {tuple(row) for row in connection.execute(asked)}
    room = shown(door)
    assert {(o.indicator.identifier, o.organisation.identifier) for o in room.late} == late
    assert ("I-M", "M") in late
    assert room.late_total == len(late)


def test_a_late_value_says_its_period_its_day_and_its_working_days(door: Door) -> None:
    one = next(o for o in shown(door).late if o.indicator.identifier == "I-M")
    assert (one.period.start.month, one.has_come_before) == (2, True)
    assert one.due is not None
    assert one.due < date(2026, 6, 1)
    assert 0 < one.days_late < (date(2026, 6, 1) - one.due).days


def test_every_period_over_and_not_received_is_counted(door: Door) -> None:
    owed = {(o.indicator.identifier, o.organisation.identifier): o.owed for o in shown(door).late}
    assert owed["I-Q", "D"] == 3  # 29, 30 and 31 May
    assert owed["I-M", "M"] == 4  # February to May
    assert "3 périodes sans valeur" in text_of(
        page.layout(shown(door), parse_address("/donnees/calendrier", ""))
    )


def test_what_comes_within_the_month_is_told_in_order(door: Door) -> None:
    days = [one.due for one in shown(door).soon if one.due]
    assert days == sorted(days)
    assert all(date(2026, 6, 1) <= day <= date(2026, 7, 1) for day in days)


def test_each_organisation_and_frequency_has_its_line(door: Door) -> None:
    room = shown(door)
    assert sum(line.expected for line in room.lines) == room.expected
    assert sum(line.late for line in room.lines) == room.late_total
    only = shown(door, "?org=M")
    assert {line.organisation.identifier for line in only.lines} == {"M"}
    assert only.chosen is not None


def test_the_calendar_of_a_past_day_is_that_of_that_day(door: Door) -> None:
    assert shown(door, "?au=2026-01-15").on == date(2026, 1, 15)


def test_others_see_only_their_own(door: Door) -> None:
    own = replace(
        OPERATOR,
        everything=False,
        loads_everything=False,
        organisation_ids=frozenset({"N"}),
        loadable=frozenset({"N"}),
    )
    room = calendar_room(own, door.warehouse, parse_address("/donnees/calendrier", ""))
    assert {line.organisation.identifier for line in room.lines} == {"N"}


@pytest.mark.parametrize("lang", ["", "?lang=en"])
def test_the_page_says_it_in_one_sentence(door: Door, lang: str) -> None:
    address = parse_address("/donnees/calendrier", lang)
    words = text_of(page.layout(shown(door), address))
    assert ("within thirty days" if lang else "d'ici trente jours") in words
    assert ("working day" if lang else "jours ouvrables") in words


def test_an_empty_home_says_that_nothing_is_expected(tmp_path: Path, check_here: None) -> None:
    with opened_door(tmp_path, known=False) as empty:
        address = parse_address("/donnees/calendrier", "")
        words = text_of(page.layout(calendar_room(OPERATOR, empty.warehouse, address), address))
    assert "Aucune valeur n'est attendue" in words


def test_the_calendar_is_closed_to_who_sees_no_data(door: Door) -> None:
    with pytest.raises(Forbidden):
        shown(door, role=Role.ADMINISTRATOR)


def test_a_period_skipped_between_two_is_still_owed(door: Door) -> None:
    days = [f"I-Q;D;2026-05-{day};{day}" for day in (*range(18, 29), 30, 31)]
    door.load(MEASUREMENTS + "\n".join(days) + "\n")
    (one,) = shown(door).skipped
    assert (one.indicator.identifier, one.count) == ("I-Q", 1)
    assert one.first.start.day == 29
    said = text_of(page.layout(shown(door), parse_address("/donnees/calendrier", "")))
    assert "Périodes sautées" in said
    assert ("I-Q", "D", "2026-05-29", "") in blank_sheet(OPERATOR, door.warehouse)


def test_a_period_withdrawn_was_sent(door: Door) -> None:
    door.load(MEASUREMENTS + "I-Q;D;2026-05-29;6\nI-Q;D;2026-05-30;7\n")
    heads = MEASUREMENTS.strip() + ";statut\n"
    door.load(heads + "I-Q;D;2026-05-29;;RETIRER\n")
    assert shown(door).skipped == ()


def test_who_never_sends_on_a_weekend_owes_none(door: Door) -> None:
    weekdays = (18, 19, 20, 21, 22, 25, 26, 27, 29)  # May 2026, Thursday 28 came before
    rows = [f"I-Q;D;2026-05-{day};{day}" for day in weekdays if day != 26]
    door.load(MEASUREMENTS + "\n".join(rows) + "\n")
    (one,) = shown(door).skipped
    assert (one.count, one.first.start.day) == (1, 26)
