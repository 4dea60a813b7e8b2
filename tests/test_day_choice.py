"""The days a room offers: all past, each once, and the address says which one is shown."""

from datetime import date

import pytest
from dash import html
from hypothesis import given
from hypothesis import strategies as st

from layouts.shell import band
from pilotage.domain.viewer import Role, Viewer
from pilotage.rooms.address import Address
from pilotage.rooms.day_choice import past_days, since_days
from pilotage.rooms.frame import Frame
from tests.component_text import found, text_of
from tests.small_home import TODAY, at

CENTRAL = Viewer("t", "T", Role.CENTRAL, None)


def drawn(address: Address, *, follows: bool = True) -> list[object]:
    days = past_days(TODAY) if follows else ()
    around = Frame(CENTRAL, None, "/", (), (), None, True, TODAY, True, days)
    return list(band(around, address))


def test_ends_of_the_last_month_quarter_and_fiscal_year_are_offered() -> None:
    offered = {one.name: one.on for one in past_days(date(2026, 11, 10))}
    assert offered == {
        "Fin du mois dernier": date(2026, 10, 31),
        "Fin du trimestre dernier": date(2026, 9, 30),
        "Fin de l'exercice dernier": date(2026, 3, 31),
        "Il y a un an": date(2025, 11, 10),
    }


def test_a_day_that_has_two_names_is_offered_once() -> None:
    offered = past_days(date(2026, 4, 12))
    assert [one.on for one in offered] == [date(2026, 3, 31), date(2025, 4, 12)]
    assert offered[0].name == "Fin de l'exercice dernier"


def test_quarters_count_from_the_first_month_of_the_fiscal_year() -> None:
    offered = {one.name: one.on for one in past_days(date(2026, 5, 3), fiscal_month=2)}
    assert offered["Fin du trimestre dernier"] == date(2026, 4, 30)
    assert offered["Fin de l'exercice dernier"] == date(2026, 1, 31)


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)), st.integers(1, 12))
def test_every_day_offered_is_past_and_there_once(today: date, fiscal_month: int) -> None:
    for offered in (past_days(today, fiscal_month), since_days(today, fiscal_month)):
        days = [one.on for one in offered]
        assert all(one < today for one in days)
        assert days == sorted(set(days), reverse=True)


def test_a_person_chooses_the_day_without_touching_the_address() -> None:
    links = {link.href for link in found(drawn(at("/strategique/MSSS", "?lang=en")), html.A)}
    assert "/strategique/MSSS?au=2026-10-31&lang=en" in links
    assert "As of November 10, 2026" in text_of(drawn(at("/strategique/MSSS", "?lang=en")))


def test_on_a_past_day_one_is_told_so_and_may_come_back() -> None:
    address = at("/strategique/MSSS", "?au=2026-10-31&tout=1")
    said = drawn(address)
    assert "Au 31 octobre 2026" in text_of(said)
    back = [link for link in found(said, html.A) if text_of(link) == "Revenir à aujourd'hui"]
    assert {link.href for link in back} == {"/strategique/MSSS?tout=1"}
    marked = [
        link for link in found(said, html.A) if "aria-current" in link.to_plotly_json()["props"]
    ]
    assert [link.href for link in marked] == ["/strategique/MSSS?au=2026-10-31&tout=1"]


@pytest.mark.parametrize("path", ["/donnees/versements/3", "/public"])
def test_a_page_that_follows_no_day_offers_none(path: str) -> None:
    assert found(drawn(at(path), follows=False), html.Details) == []
