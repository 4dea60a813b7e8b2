"""A past day asked for in an address is applied, or the page says that it is not."""

from collections.abc import Iterator
from datetime import date

import orjson
import pytest
import sqlalchemy as sa
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks import level
from callbacks.shell import show
from pilotage.access.current import Sight, looking_as
from pilotage.access.operator import OPERATOR
from pilotage.domain.viewer import Role, Scope, Viewer
from pilotage.rooms.blockers import blockers_room
from pilotage.rooms.data import load_room
from pilotage.rooms.government import government_room
from pilotage.rooms.indicator import indicator_room
from pilotage.rooms.level import level_room
from pilotage.rooms.news import is_news
from pilotage.settings import Settings
from pilotage.store.past import warehouse_on
from pilotage.store.tables import verdicts
from pilotage.store.warehouse import Warehouse
from tests.small_home import TODAY, at, scope, small_home

ROOM = "/strategique/MSSS"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    opened = small_home(tmp_path_factory.mktemp("past"))
    yield opened
    opened.close()


@pytest.fixture
def treasury(warehouse: Warehouse) -> Iterator[Scope]:
    seen = scope(warehouse, Role.CENTRAL, None)
    with looking_as(Sight(Viewer("treasury", "Andrée", Role.CENTRAL, None), seen)):
        yield seen


def said(warehouse: Warehouse, path: str, search: str) -> str:
    """The band and the page, as text."""
    _, _, band, content, _ = show(warehouse, Settings(), path, search)
    drawn = orjson.dumps([band, content], default=Component.to_plotly_json).decode()
    return drawn.replace("\u00a0", " ")


def test_a_room_on_a_past_day_shows_what_was_published_by_then(
    warehouse: Warehouse, treasury: Scope
) -> None:
    room = level_room(treasury, warehouse, at(ROOM, "?au=2026-05-20"))
    card = next(one for one in room.cards if one.indicator_id == "I-1")
    assert (card.value, card.high) == (16.0, 14.0)
    assert card.period is not None
    assert card.period.last_day == date(2026, 4, 30)
    assert (room.judged_on, room.is_past) == (date(2026, 5, 20), True)


def test_an_indicator_is_missing_only_since_it_is_described(
    warehouse: Warehouse, treasury: Scope
) -> None:
    shown = {
        day: {one.indicator_id for one in level_room(treasury, warehouse, at(ROOM, day)).cards}
        for day in ("?au=2023-12-31", "?au=2024-01-01")
    }
    assert shown == {"?au=2023-12-31": set(), "?au=2024-01-01": {"I-1", "I-3", "I-5"}}


def test_blockers_stand_as_they_did_that_day(warehouse: Warehouse, treasury: Scope) -> None:
    """B-2 was raised on 3 November, B-3 on the 9th."""
    asked = "?au=2026-11-05"
    board = blockers_room(treasury, warehouse, at("/bloquants", asked))
    assert [one.blocker.blocker_id for rung in board.rungs for one in rung.cards] == ["B-1", "B-2"]
    assert (board.can_raise, board.form) == (False, None)
    assert not any(one.moves for rung in board.rungs for one in rung.cards)
    below = level_room(treasury, warehouse, at(ROOM, asked)).blockers
    assert [one.blocker.blocker_id for one in below.here] == ["B-1"]
    assert below.here[0].age.days < board_today(warehouse, treasury)


def board_today(warehouse: Warehouse, treasury: Scope) -> int:
    """The age of the first blocker of the room today, in working days."""
    return level_room(treasury, warehouse, at(ROOM)).blockers.here[0].age.days


def test_a_blocker_told_of_late_is_said_to_be_unknown(
    warehouse: Warehouse, treasury: Scope
) -> None:
    """B-1 was raised on 1 October; the only file that tells of it was published on the 21st."""
    asked = "?au=2026-10-10"
    rooms = (
        blockers_room(treasury, warehouse, at("/bloquants", asked)).told_since,
        government_room(treasury, warehouse, at("/gouvernement", asked)).told_since,
        level_room(treasury, warehouse, at(ROOM, asked)).told_since,
        indicator_room(treasury, warehouse, at("/indicateurs/I-1", asked)).told_since,
        indicator_room(treasury, warehouse, at("/indicateurs/I-4", asked)).told_since,
        blockers_room(treasury, warehouse, at("/bloquants", "?au=2026-10-21")).told_since,
        blockers_room(treasury, warehouse, at("/bloquants")).told_since,
    )
    assert rooms == (1, 1, 1, 1, 0, 0, 0)
    for path in ("/bloquants", "/gouvernement", ROOM, "/indicateurs/I-1"):
        assert "1 bloquant signalé avant la fin de ce jour" in said(warehouse, path, asked)


def test_the_indicator_page_knows_no_later_revision(warehouse: Warehouse, treasury: Scope) -> None:
    page = "/indicateurs/I-1"
    before = indicator_room(treasury, warehouse, at(page, "?org=MSSS&au=2026-11-08"))
    after = indicator_room(treasury, warehouse, at(page, "?org=MSSS"))
    assert [(one.value, one.is_current) for one in before.vintages] == [(17.5, True)]
    assert [(one.value, one.is_current) for one in after.vintages] == [(17.4, True), (17.5, False)]
    early = indicator_room(treasury, warehouse, at(page, "?org=MSSS&au=2026-09-14"))
    assert [(one.aim.high, one.aim.replaced_on) for one in early.targets] == [(14.0, None)]
    assert not early.can_raise


def test_the_government_counts_what_was_known_that_day(
    warehouse: Warehouse, treasury: Scope
) -> None:
    past = government_room(treasury, warehouse, at("/gouvernement", "?au=2026-04-01"))
    now = government_room(treasury, warehouse, at("/gouvernement"))
    assert (past.judged_on, now.judged_on) == (date(2026, 4, 1), TODAY)
    owing = {one.organisation_id: owed for one, owed in past.late}
    assert owing["MTQ"] == 1
    assert "MTQ" not in {one.organisation_id for one, _ in now.late}
    assert past.blockers == ()


def test_what_a_past_day_is_read_through_leaves_today_alone(
    warehouse: Warehouse, treasury: Scope
) -> None:
    before = level_room(treasury, warehouse, at(ROOM))
    past = warehouse_on(warehouse, date(2026, 5, 20))
    with past.read() as connection:
        found = connection.execute(sa.select(sa.func.max(verdicts.c.judged_at))).scalar()
    assert found == date(2026, 5, 20)
    with warehouse.read() as connection:
        found = connection.execute(sa.select(sa.func.max(verdicts.c.judged_at))).scalar()
    assert found != date(2026, 5, 20)
    with pytest.raises(RuntimeError):
        past.record("blocker", "Essai", {})
    assert level_room(treasury, warehouse, at(ROOM)) == before


def test_today_asked_for_as_a_day_is_the_room_as_it_stands(
    warehouse: Warehouse, treasury: Scope
) -> None:
    asked = level_room(treasury, warehouse, at(ROOM, f"?au={TODAY}"))
    assert asked == level_room(treasury, warehouse, at(ROOM))


@pytest.mark.usefixtures("treasury")
@pytest.mark.parametrize(
    ("path", "search", "sentence"),
    [
        (
            ROOM,
            "?au=2026-05-20",
            "Situation au 20 mai 2026, d'après ce qui était publié ce jour-là. Les noms",
        ),
        (ROOM, "?au=2026-13-45", "« 2026-13-45 » n'est pas une date"),
        (ROOM, "?au=2027-05-20", "demande la situation au 20 mai 2027"),
        ("/gouvernement", "?au=2026-05-20", "Situation au 20 mai 2026"),
        ("/strategique", "?au=2026-05-20", "Situation au 20 mai 2026"),
        ("/indicateurs/I-1", "?au=2026-05-20", "Situation au 20 mai 2026"),
        ("/bloquants", "?au=2026-05-20", "Situation au 20 mai 2026"),
        ("/donnees", "?au=2026-05-20", "Situation au 20 mai 2026"),
        ("/indicateurs/I-1", "?au=2027-05-20", "cette page montre celle d'aujourd'hui"),
        ("/donnees/versements/5", "?au=2026-05-20", "cette page montre celle d'aujourd'hui"),
        ("/public", "?au=2026-05-20", "cette page montre celle d'aujourd'hui"),
    ],
)
def test_the_page_says_what_became_of_the_day_asked_for(
    warehouse: Warehouse, path: str, search: str, sentence: str
) -> None:
    drawn = said(warehouse, path, search)
    assert sentence in drawn
    assert "Revenir à aujourd'hui" in drawn


@pytest.mark.usefixtures("treasury")
@pytest.mark.parametrize(
    ("path", "write"),
    [
        (ROOM, "Signaler un bloquant"),
        ("/indicateurs/I-1?org=MSSS", "Signaler un bloquant"),
        ("/bloquants", "Signaler un bloquant"),
        ("/bloquants?signaler=1", "raise"),
        ("/bloquants?b=B-1", "data-asks"),
        ("/donnees", "Déposer un fichier"),
    ],
)
def test_nothing_is_offered_to_do_on_a_past_day(
    warehouse: Warehouse, path: str, write: str
) -> None:
    page, _, asked = path.partition("?")
    assert write in said(warehouse, page, f"?{asked}")
    assert write not in said(warehouse, page, f"?{asked}&au=2026-11-09")


def test_a_load_is_not_withdrawn_from_a_past_day(warehouse: Warehouse) -> None:
    page = "/donnees/versements/5"
    assert load_room(OPERATOR, warehouse, at(page)).can_withdraw
    assert not load_room(OPERATOR, warehouse, at(page, "?au=2026-11-09")).can_withdraw


@pytest.mark.usefixtures("treasury")
@pytest.mark.parametrize("path", ["/gouvernement", ROOM, "/indicateurs/I-1", "/bloquants"])
def test_a_past_day_is_not_redrawn_by_news(
    warehouse: Warehouse, treasury: Scope, path: str
) -> None:
    hint, drawn = {"version": 10_000}, {"version": 1}
    assert is_news(treasury, warehouse, hint, drawn, at(path))
    assert not is_news(treasury, warehouse, hint, drawn, at(path, "?au=2026-05-20"))


@pytest.mark.usefixtures("treasury")
def test_a_room_of_a_past_day_stays_as_it_was_drawn(warehouse: Warehouse) -> None:
    with pytest.raises(PreventUpdate):
        level.refresh(warehouse, {"version": 10_000}, {"version": 1}, ROOM, "?au=2026-05-20")
