"""A server that stays up past midnight judges by the new day, and never stops looking."""

import threading
from datetime import date

import pytest

from pilotage.live.day import turn_days
from pilotage.store.warehouse import Warehouse


class Turned(Warehouse):
    """A home whose day turns as told; ``stop`` is set after as many looks as there are days."""

    def __init__(self, days: list[date], fails_at: int | None = None) -> None:
        self.days, self.turned, self.looks = days, 0, 0
        self.fails_at, self.stop = fails_at, threading.Event()

    @property
    def today(self) -> date:
        day = self.days[min(self.looks, len(self.days) - 1)]
        self.looks += 1
        if self.looks >= len(self.days):
            self.stop.set()
        return day

    def turn_day(self) -> bool:
        if self.looks == self.fails_at:
            raise OSError
        self.turned += 1
        return True


FIRST, SECOND = date(2026, 11, 30), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("days", "fails_at", "turned"),
    [
        ([FIRST, FIRST, FIRST], None, 1),
        ([FIRST, FIRST, SECOND, SECOND], None, 2),
        ([FIRST, FIRST, SECOND, SECOND], 3, 2),  # the look that failed is taken again
    ],
)
def test_a_day_is_turned_once_and_again_where_it_failed(
    days: list[date], fails_at: int | None, turned: int
) -> None:
    home = Turned(days, fails_at)
    turn_days(home, home.stop, every_s=0.0)
    assert home.turned == turned
