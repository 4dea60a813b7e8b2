"""« Qu'est-ce qui a changé depuis… » on the rooms: from the store to what one reads."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from dash import html

from callbacks.shell import show
from layouts import government as government_page
from layouts import level as level_page
from layouts.changes import changes
from layouts.shell import band
from pilotage.access.current import Sight, looking_as
from pilotage.domain.viewer import Role, Scope, Viewer
from pilotage.rooms.address import Address
from pilotage.rooms.change import Figure, Turn
from pilotage.rooms.frame import frame
from pilotage.rooms.government import government_room
from pilotage.rooms.level import LevelRoom, level_room
from pilotage.rooms.since import Since
from pilotage.rooms.turn_words import counts
from pilotage.settings import Settings
from pilotage.store.warehouse import Warehouse
from tests.component_text import found, text_of
from tests.small_home import at, scope, small_home

ROOM = "/strategique/MSSS"
DEPUTY = Viewer("d", "D", Role.DEPUTY_MINISTER, "MSSS")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    opened = small_home(tmp_path_factory.mktemp("since"))
    yield opened
    opened.close()


@pytest.fixture
def deputy(warehouse: Warehouse) -> Iterator[Scope]:
    seen = scope(warehouse, Role.DEPUTY_MINISTER, "MSSS")
    with looking_as(Sight(DEPUTY, seen)):
        yield seen


def room(deputy: Scope, warehouse: Warehouse, search: str) -> LevelRoom:
    return level_room(deputy, warehouse, at(ROOM, search))


def turns(since: Since | None) -> dict[tuple[str, ...], tuple[Turn, ...]]:
    assert since is not None
    return {one.name: one.turns for one in since.changes}


def text(since: Since | None, address: Address) -> str:
    return text_of(changes(since, address)).replace("\u00a0", " ").replace("\u202f", " ")


def test_a_room_says_nothing_of_the_past_unless_asked(warehouse: Warehouse, deputy: Scope) -> None:
    plain = room(deputy, warehouse, "")
    assert plain.since is None
    assert level_page.since(plain, at(ROOM)) == []


def test_a_target_eased_a_value_and_a_blocker_are_listed_with_both_readings(
    warehouse: Warehouse, deputy: Scope
) -> None:
    seen = room(deputy, warehouse, "?depuis=2026-09-10")
    assert turns(seen.since) == {
        ("I-1", "MSSS"): (Turn.EASED, Turn.MEASURED),
        ("B-1",): (Turn.RAISED,),
    }
    said = text(seen.since, at(ROOM, "?depuis=2026-09-10"))
    assert "cible assouplie : ≤ 14,0 h au 31 mars 2027 → ≤ 15,0 h au 31 mars 2027" in said
    assert "17,0 h → 17,4 h (octobre 2026)" in said
    assert "signalé le 1er octobre 2026, niveau stratégique" in said
    assert "1 cible assouplie · 1 bloquant signalé · 1 nouvelle valeur" in said


def test_a_revised_value_is_told_apart_from_a_new_one(warehouse: Warehouse, deputy: Scope) -> None:
    seen = room(deputy, warehouse, "?depuis=2026-11-08")
    assert turns(seen.since)["I-1", "MSSS"] == (Turn.REVISED,)
    english = at(ROOM, "?depuis=2026-11-08&lang=en")
    assert "value revised (October 2026): 17.5 h → 17.4 h" in text(seen.since, english)


def test_two_past_days_may_be_compared(warehouse: Warehouse, deputy: Scope) -> None:
    seen = room(deputy, warehouse, "?au=2026-09-20&depuis=2026-09-10")
    assert turns(seen.since) == {("I-1", "MSSS"): (Turn.EASED,)}


def test_a_day_on_which_nothing_moved_says_so(warehouse: Warehouse, deputy: Scope) -> None:
    asked = "?depuis=2026-11-09"
    seen = room(deputy, warehouse, asked)
    assert seen.since is not None
    assert seen.since.changes == ()
    assert "Rien n'a changé depuis le 9 novembre 2026" in text(seen.since, at(ROOM, asked))


@pytest.mark.parametrize("day", ["hier", "2026-11-10", "2031-01-01", "2026-13-01"])
def test_a_day_with_which_nothing_can_be_compared_is_told(
    warehouse: Warehouse, deputy: Scope, day: str
) -> None:
    seen = room(deputy, warehouse, f"?depuis={day}")
    assert seen.since == Since(day, None)
    assert f"« {day} » n'est pas un jour" in text(seen.since, at(ROOM, f"?depuis={day}"))


def test_the_cards_concerned_are_marked_in_words_too(warehouse: Warehouse, deputy: Scope) -> None:
    address = at(ROOM, "?depuis=2026-09-10")
    drawn = level_page.store(room(deputy, warehouse, "?depuis=2026-09-10"), address)["cards"]
    marked = {one["k"]: one.get("y") for one in drawn}
    assert marked["I-1|MSSS"] == "a changé depuis le 10 septembre 2026"
    assert marked["I-3|MSSS"] is None
    table = at(ROOM, "?depuis=2026-09-10&vue=tableau")
    assert level_page.store(room(deputy, warehouse, "?depuis=2026-09-10"), table)["cards"] == []
    twin = text_of(level_page.twin(room(deputy, warehouse, "?depuis=2026-09-10"), table))
    assert twin.count("a changé depuis le") == 1


def test_the_government_hears_of_what_turned_and_of_the_top_of_the_ladder(
    warehouse: Warehouse,
) -> None:
    treasury = scope(warehouse, Role.CENTRAL, None)
    address = at("/gouvernement", "?depuis=2026-04-01")
    with looking_as(Sight(Viewer("t", "T", Role.CENTRAL, None), treasury)):
        seen = government_room(treasury, warehouse, address)
    found_turns = turns(seen.since)
    assert Turn.MEASURED not in {turn for all_of in found_turns.values() for turn in all_of}
    assert found_turns["I-1", "MSSS"] == (Turn.EASED,)
    assert ("B-1",) not in found_turns
    drawn = text_of(government_page.body(seen, address))
    assert "Ce qui a changé depuis le 1er avril 2026" in drawn
    assert "Santé et services sociaux" in drawn


def test_what_one_may_not_see_has_not_changed(warehouse: Warehouse) -> None:
    """I-2 is kept in its ministry, B-2 is tactical: a team of the day hears of neither."""
    team = scope(warehouse, Role.TEAM_MEMBER, "EQJ")
    with looking_as(Sight(Viewer("m", "M", Role.TEAM_MEMBER, "EQJ"), team)):
        seen = level_room(team, warehouse, at("/operationnel/EQJ", "?depuis=2026-09-10"))
    assert turns(seen.since) == {}


def test_the_band_offers_days_and_a_way_out(warehouse: Warehouse, deputy: Scope) -> None:
    address = at(ROOM, "?depuis=2026-10-31")
    around = frame(Sight(DEPUTY, deputy), warehouse, Settings(), address)
    drawn = band(around, address)
    links = {link.href: text_of(link) for link in found(drawn, html.A)}
    assert "Fin du mois dernier" in links["/strategique/MSSS?depuis=2026-10-31"]
    assert links["/strategique/MSSS"] == "Ne plus comparer"
    assert "Il y a 7 jours" in links["/strategique/MSSS?depuis=2026-11-03"]
    (visit,) = [one for one in found(drawn, html.Li) if getattr(one, "hidden", False)]
    assert visit.to_plotly_json()["props"]["data-visit"] == "2026-11-10"
    elsewhere = at("/bloquants")
    around = frame(Sight(DEPUTY, deputy), warehouse, Settings(), elsewhere)
    assert around.since_days == ()
    assert around.past_days != ()


@pytest.mark.usefixtures("deputy")
def test_the_whole_page_is_drawn_with_its_comparison(warehouse: Warehouse) -> None:
    *_, content, said = show(warehouse, Settings(), ROOM, "?depuis=2026-09-10&lang=en")
    assert "What has changed since September 10, 2026" in str(content)
    assert said["title"] == "Health and Social Services"


def test_what_has_no_count_of_its_own_is_counted_as_a_change(
    warehouse: Warehouse, deputy: Scope
) -> None:
    since = room(deputy, warehouse, "?depuis=2026-09-10").since
    assert since is not None
    (one,) = [each for each in since.changes if isinstance(each.subject, Figure)]
    declared = replace(since, changes=(replace(one, turns=(Turn.DECLARED,)),))
    assert counts(declared, "fr") == "1 changement"
