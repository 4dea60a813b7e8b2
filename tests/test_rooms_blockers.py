"""The blockers' page on a small home: what is shown to whom, raised and moved from the page."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dash import html

from callbacks import blockers as callback
from layouts import blockers as page
from layouts.blocker import age_words
from layouts.blocker_form import move_forms
from pilotage.access.current import Sight, looking_as
from pilotage.domain.blocker import BlockerState, LadderLevel, Seriousness
from pilotage.domain.viewer import Role, Viewer
from pilotage.intake.loading import stop_checking
from pilotage.rooms.blocker_action import Outcome, act
from pilotage.rooms.blockers import BlockersRoom, blockers_room
from pilotage.rooms.waiting import by_age
from pilotage.store.warehouse import Warehouse, rebuild
from tests.component_text import found as find
from tests.component_text import text_of
from tests.room_case import a_blocker
from tests.small_home import at, scope, small_home


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = small_home(tmp_path)
    yield warehouse
    stop_checking(warehouse)
    warehouse.close()


def room(warehouse: Warehouse, search: str = "", role: Role = Role.DEPUTY_MINISTER) -> BlockersRoom:
    return blockers_room(scope(warehouse, role, "MSSS"), warehouse, at("/bloquants", search))


def shown(found: BlockersRoom) -> list[str]:
    return [card.blocker.blocker_id for rung in found.rungs for card in rung.cards]


def sight(warehouse: Warehouse, role: Role, place: str, name: str = "Essai") -> Sight:
    return Sight(Viewer("essai", name, role, place), scope(warehouse, role, place))


def raised(warehouse: Warehouse, **fields: str) -> dict[str, Any]:
    return {"move": "raise", "title": "Panne", "organisation_id": "DUR", **fields}


def test_blockers_stand_by_level_from_the_top_with_their_age(warehouse: Warehouse) -> None:
    found = room(warehouse)
    assert shown(found) == ["B-1", "B-2"]
    assert (found.figures.live, found.figures.over, found.figures.climbing_soon) == (2, 1, 1)


def test_the_page_opens_with_who_has_waited_longest_and_since_when(warehouse: Warehouse) -> None:
    found = room(warehouse)
    assert found.figures.longest is not None
    assert found.figures.longest.blocker.blocker_id == "B-1"
    drawn = page.lede(found, at("/bloquants"))
    assert "depuis le 21 octobre 2026" in text_of(drawn).replace("\N{NO-BREAK SPACE}", " ")
    assert "M. Tremblay" in text_of(drawn)
    assert [one.href for one in find(drawn, html.A)] == ["/bloquants?b=B-1"]


def test_what_has_waited_longest_comes_first_and_what_is_deferred_or_settled_last() -> None:
    old = a_blocker("A", date(2026, 9, 1), level=LadderLevel.GOVERNMENT)
    late = a_blocker("B", date(2026, 11, 3), seriousness=Seriousness.CRITICAL)
    put_off = a_blocker(
        "C", date(2026, 8, 1), state=BlockerState.DEFERRED, due_on=date(2026, 12, 1)
    )
    settled = a_blocker(
        "D", date(2026, 7, 1), state=BlockerState.CLOSED, resolved_on=date(2026, 11, 1)
    )
    order = by_age([settled, put_off, late, old])
    assert [one.blocker.blocker_id for one in order] == ["A", "B", "C", "D"]


@pytest.mark.parametrize(
    ("due_on", "since", "expected"),
    [
        pytest.param(
            date(2026, 12, 1), date(2026, 10, 1), "reporté au 1er décembre 2026", id="to come"
        ),
        pytest.param(
            date(2026, 11, 2), date(2026, 10, 30), "report échu le 2 novembre 2026 : 7 j", id="past"
        ),
        pytest.param(None, date(2026, 9, 1), "reporté sans date · dépassé : ", id="no date, over"),
        pytest.param(
            None, date(2026, 11, 5), "reporté sans date · 3 j ouvrables sur 10", id="no date"
        ),
    ],
)
def test_a_deferral_always_gives_its_date_or_says_it_has_none(
    due_on: date | None, since: date, expected: str
) -> None:
    said = age_words(a_blocker(since=since, state=BlockerState.DEFERRED, due_on=due_on), "fr")
    assert said.replace("\N{NO-BREAK SPACE}", " ").startswith(expected)


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        pytest.param("?niveau=2", ["B-2"], id="by level"),
        pytest.param("?etat=depasses", ["B-1"], id="overdue"),
        pytest.param("?etat=regles", [], id="settled"),
        pytest.param("?org=EQJ", [], id="an organisation with none"),
        pytest.param("?org=DUR", ["B-1", "B-2"], id="an organisation and below"),
        pytest.param("?org=MTQ", ["B-1", "B-2"], id="an organisation out of sight is ignored"),
        pytest.param("?niveau=x&etat=y", ["B-1", "B-2"], id="what is not understood is ignored"),
    ],
)
def test_the_address_filters(warehouse: Warehouse, search: str, expected: list[str]) -> None:
    found = room(warehouse, search)
    assert shown(found) == expected
    assert text_of(page.layout(found, at("/bloquants", search)))


def test_the_public_sees_none(warehouse: Warehouse) -> None:
    found = blockers_room(scope(warehouse, Role.PUBLIC, None), warehouse, at("/bloquants"))
    assert (shown(found), found.can_raise) == ([], False)
    assert "Aucun bloquant" in text_of(page.lede(found, at("/bloquants")))


def test_a_blocker_is_raised_where_the_address_says(warehouse: Warehouse) -> None:
    found = room(warehouse, "?signaler=1&org=DUR&indicateur=I-2")
    assert found.form
    assert (found.form.organisation_id, found.form.indicator_id) == ("DUR", "I-2")


def test_raising_from_the_page_shows_it_and_says_so(warehouse: Warehouse) -> None:
    asked = raised(warehouse, indicator_id="I-2", seriousness="critical")
    with looking_as(sight(warehouse, Role.MANAGER, "DUR")):
        said = text_of(callback.answer(warehouse, asked, "/bloquants", ""))
        assert "Bloquant signalé : « Panne »" in said
        lede, _detail, board = callback.refresh(warehouse, None, ["said"], None, "/bloquants", "")
    assert "3 bloquants" in text_of(lede)
    assert "Panne" in text_of(board)


def test_what_is_raised_survives_a_rebuild(warehouse: Warehouse) -> None:
    with looking_as(sight(warehouse, Role.MANAGER, "DUR")):
        callback.answer(warehouse, raised(warehouse), "/bloquants", "")
        before = room(warehouse)
    home = warehouse.home
    warehouse.close()
    rebuild(home)
    from pilotage.store.warehouse import open_warehouse

    again = open_warehouse(home)
    again.as_of = warehouse.as_of
    try:
        assert shown(room(again)) == shown(before)
    finally:
        again.close()


def test_each_move_is_kept_in_the_history_with_its_author_and_words(warehouse: Warehouse) -> None:
    manager = sight(warehouse, Role.MANAGER, "DUR", "Dominique Gagnon")
    with looking_as(manager):
        act(manager.scope, warehouse, {"move": "take", "blocker_id": "B-2"})
        act(
            manager.scope,
            warehouse,
            {"move": "resolve", "blocker_id": "B-2", "note": "Entente signée."},
        )
    found = room(warehouse, "?b=B-2&etat=tous")
    assert found.detail
    assert found.detail.card.blocker.state is BlockerState.RESOLVED
    assert [(one.move, one.author, one.note) for one in found.detail.history] == [
        (None, "", None),
        ("take", "Dominique Gagnon", None),
        ("resolve", "Dominique Gagnon", "Entente signée."),
    ]
    assert "Entente signée." in text_of(page.layout(found, at("/bloquants", "?b=B-2")))


def test_a_deputy_minister_answers_what_was_sent_up(warehouse: Warehouse) -> None:
    deputy = scope(warehouse, Role.DEPUTY_MINISTER, "MSSS")
    said = act(
        deputy, warehouse, {"move": "return", "blocker_id": "B-1", "note": "Budget accordé."}
    )
    assert said.outcome is Outcome.MOVED
    assert said.blocker
    assert (said.blocker.state, said.blocker.level) == (BlockerState.RETURNED, LadderLevel.TACTICAL)


@pytest.mark.parametrize(
    ("role", "place", "asked", "outcome"),
    [
        pytest.param(
            Role.MANAGER,
            "DUR",
            {"move": "take", "blocker_id": "B-3"},
            Outcome.NOT_ALLOWED,
            id="another ministry's blocker",
        ),
        pytest.param(
            Role.MANAGER,
            "DUR",
            {"move": "take", "blocker_id": "B-1"},
            Outcome.NOT_ALLOWED,
            id="a level above one's own",
        ),
        pytest.param(
            Role.MANAGER,
            "DUR",
            {"move": "raise", "title": "X", "organisation_id": "MTQ"},
            Outcome.NOT_ALLOWED,
            id="raised elsewhere",
        ),
        pytest.param(
            Role.MANAGER,
            "DUR",
            {"move": "raise", "title": "  ", "organisation_id": "DUR"},
            Outcome.WORDS_MISSING,
            id="raised without a title",
        ),
        pytest.param(
            Role.MANAGER,
            "DUR",
            {"move": "resolve", "blocker_id": "B-2"},
            Outcome.WORDS_MISSING,
            id="resolved without words",
        ),
        pytest.param(
            Role.MANAGER,
            "DUR",
            {"move": "take", "blocker_id": "B-2", "seq": "1"},
            Outcome.CHANGED_MEANWHILE,
            id="someone acted meanwhile",
        ),
        pytest.param(
            Role.DEPUTY_MINISTER,
            "MSSS",
            {"move": "defer", "blocker_id": "B-1", "note": "Plus tard", "until": "2026-11-01"},
            Outcome.DATE_MISSING,
            id="deferred to the past",
        ),
        pytest.param(
            Role.MANAGER,
            "DUR",
            {"move": "dance", "blocker_id": "B-2"},
            Outcome.NOT_UNDERSTOOD,
            id="forged move",
        ),
        pytest.param(
            Role.MANAGER,
            "DUR",
            {"move": "raise", "title": "X", "organisation_id": "DUR", "seriousness": "huge"},
            Outcome.NOT_UNDERSTOOD,
            id="forged seriousness",
        ),
        pytest.param(Role.MANAGER, "DUR", {"move": ["take"]}, Outcome.NOT_ALLOWED, id="not text"),
        pytest.param(
            Role.PUBLIC,
            None,
            {"move": "take", "blocker_id": "B-2"},
            Outcome.NOT_ALLOWED,
            id="public",
        ),
    ],
)
def test_what_may_not_be_done_is_refused_with_a_sentence_and_writes_nothing(
    warehouse: Warehouse, role: Role, place: str | None, asked: dict[str, Any], outcome: Outcome
) -> None:
    before = warehouse.version
    said = act(scope(warehouse, role, place), warehouse, asked)
    assert said.outcome is outcome
    assert warehouse.version == before
    assert text_of(page.answer(said, at("/bloquants", "?lang=en")))


def test_the_form_opens_on_the_viewers_own_organisation(warehouse: Warehouse) -> None:
    manager = scope(warehouse, Role.MANAGER, "DUR")
    found = blockers_room(manager, warehouse, at("/bloquants", "?signaler=1"))
    assert found.form
    assert found.form.organisation_id == "DUR"
    assert {one.identifier for one in found.form.indicators} == {"I-2"}


def test_choosing_another_organisation_offers_its_own_indicators(warehouse: Warehouse) -> None:
    with looking_as(sight(warehouse, Role.STEWARD, "MSSS")):
        offered = callback.touched(warehouse, "EQJ", "/bloquants", "?signaler=1")
        elsewhere = callback.touched(warehouse, "MTQ", "/bloquants", "?signaler=1")
    assert [one.value for one in offered] == ["", "I-1"]
    assert [one.value for one in elsewhere] == [""]


def test_moving_a_blocker_up_asks_why_and_keeps_it(warehouse: Warehouse) -> None:
    manager = scope(warehouse, Role.MANAGER, "DUR")
    asked = {"move": "escalate", "blocker_id": "B-2"}
    assert act(manager, warehouse, asked).outcome is Outcome.WORDS_MISSING
    told = {**asked, "note": "L'entente dépend du ministère."}
    assert act(manager, warehouse, told).outcome is Outcome.MOVED
    said = text_of(page.layout(room(warehouse, "?b=B-2"), at("/bloquants", "?b=B-2")))
    assert "L'entente dépend du ministère." in said


def test_only_taking_charge_is_one_click(warehouse: Warehouse) -> None:
    manager = scope(warehouse, Role.MANAGER, "DUR")
    address = at("/bloquants", "?b=B-2")
    found = blockers_room(manager, warehouse, address)
    assert found.detail
    take, *others = move_forms(found.detail.card, address).children
    assert isinstance(take, html.Form)
    assert all(isinstance(one, html.Details) for one in others)
    assert "Confirmer : escalader" in text_of(others)


def test_the_owner_is_said_with_the_day_she_took_it(warehouse: Warehouse) -> None:
    address = at("/bloquants", "?b=B-1")
    found = blockers_room(scope(warehouse, Role.DEPUTY_MINISTER, "MSSS"), warehouse, address)
    assert found.detail
    assert found.detail.owned_since == date(2026, 10, 21)
    assert [one.on for one in found.detail.history] == [date(2026, 10, 21)]
    assert "M. Tremblay, depuis le 21 octobre 2026" in text_of(page.layout(found, address))


def test_a_blocker_nobody_has_taken_names_no_day(warehouse: Warehouse) -> None:
    found = room(warehouse, "?b=B-2")
    assert found.detail
    assert found.detail.owned_since is None
