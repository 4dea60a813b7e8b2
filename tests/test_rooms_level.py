"""Level rooms, from a home loaded through the same door as any file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from layouts.opening import below_sentence, line_sentence
from pilotage.domain.indicator import Level
from pilotage.domain.status import DataState, Standing
from pilotage.domain.viewer import Role, Scope, Viewer
from pilotage.errors import NotFound
from pilotage.rooms.card import by_attention
from pilotage.rooms.choice import choice
from pilotage.rooms.frame import nearest
from pilotage.rooms.government import government_room
from pilotage.rooms.home import home
from pilotage.rooms.level import MOST_CARDS, level_room
from pilotage.rooms.news import is_news
from pilotage.rooms.standing import standing_tree
from pilotage.rooms.tally import ATTENTION, standing_of, tally
from pilotage.store.warehouse import Warehouse
from tests.room_case import a_card
from tests.small_home import at, scope, small_home


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    folder: Path = tmp_path_factory.mktemp("rooms")
    opened = small_home(folder)
    yield opened
    opened.close()


@pytest.fixture
def deputy(warehouse: Warehouse) -> Scope:
    return scope(warehouse, Role.DEPUTY_MINISTER, "MSSS")


@pytest.fixture
def treasury(warehouse: Warehouse) -> Scope:
    return scope(warehouse, Role.CENTRAL, None)


def test_a_room_shows_its_own_indicators_of_its_own_level(
    warehouse: Warehouse, deputy: Scope
) -> None:
    strategic = level_room(deputy, warehouse, at("/strategique/MSSS"))
    tactical = level_room(deputy, warehouse, at("/tactique/DUR"))
    assert {one.indicator_id for one in strategic.cards} >= {"I-1"}
    assert {one.indicator_id for one in tactical.cards} == {"I-2"}


def test_a_card_carries_the_line_of_the_file_that_made_it(
    warehouse: Warehouse, deputy: Scope
) -> None:
    room = level_room(deputy, warehouse, at("/strategique/MSSS"))
    card = next(one for one in room.cards if one.indicator_id == "I-1")
    assert card.value == 17.4
    assert (card.origin.file_name, card.origin.line) == ("mesures_revisees.csv", 2)
    assert card.recents[-1].value == 17.4


def test_a_blocker_waits_in_the_room_of_its_level(warehouse: Warehouse, deputy: Scope) -> None:
    room = level_room(deputy, warehouse, at("/strategique/MSSS"))
    assert [one.blocker.blocker_id for one in room.blockers.here] == ["B-1"]
    below = level_room(deputy, warehouse, at("/tactique/DUR"))
    assert [one.blocker.blocker_id for one in below.blockers.here] == ["B-2"]
    assert [one.blocker.blocker_id for one in below.blockers.risen] == ["B-1"]
    assert below.blockers.below == 0


@pytest.mark.parametrize("path", ["/strategique/MTQ", "/strategique/inconnu", "/tactique/%00"])
def test_what_is_out_of_sight_is_not_found_like_what_does_not_exist(
    warehouse: Warehouse, deputy: Scope, path: str
) -> None:
    with pytest.raises(NotFound):
        level_room(deputy, warehouse, at(path))


def test_the_same_question_is_answered_once_per_version(
    warehouse: Warehouse, deputy: Scope, treasury: Scope
) -> None:
    address = at("/strategique/MSSS")
    assert level_room(deputy, warehouse, address) is level_room(deputy, warehouse, address)
    assert level_room(deputy, warehouse, address) is not level_room(treasury, warehouse, address)


def test_every_indicator_is_one_address_away(warehouse: Warehouse, deputy: Scope) -> None:
    few = level_room(deputy, warehouse, at("/strategique/MSSS"))
    every = level_room(deputy, warehouse, at("/strategique/MSSS", "?tout=1"))
    assert few.shown == MOST_CARDS[Level.STRATEGIC]
    assert every.shown == len(every.cards)


def test_the_government_room_adds_up_its_ministries(warehouse: Warehouse, treasury: Scope) -> None:
    room = government_room(treasury, warehouse, at("/gouvernement"))
    assert room.tally.total == sum(one.below.total for one in room.branches)
    assert room.level is Level.STRATEGIC
    assert not room.is_partial


def test_a_partial_view_of_the_government_says_so(warehouse: Warehouse, deputy: Scope) -> None:
    room = government_room(deputy, warehouse, at("/gouvernement"))
    assert room.is_partial
    assert {one.organisation.organisation_id for one in room.branches} == {"MSSS"}


def test_the_rooms_to_choose_from_are_those_with_figures(
    warehouse: Warehouse, treasury: Scope
) -> None:
    found = choice(treasury, warehouse, at("/strategique"))
    assert {one.organisation.organisation_id for one in found.branches} >= {"MSSS", "MTQ"}


@pytest.mark.parametrize(
    ("role", "place", "expected"),
    [
        (Role.PUBLIC, None, ("public",)),
        (Role.CENTRAL, None, ("gouvernement",)),
        (Role.DEPUTY_MINISTER, "MSSS", ("strategique", "MSSS")),
        (Role.MANAGER, "DUR", ("tactique", "DUR")),
        (Role.DEPUTY_MINISTER, "inconnu", ("donnees",)),
    ],
)
def test_everyone_lands_on_her_own_room(
    warehouse: Warehouse, role: Role, place: str | None, expected: tuple[str, ...]
) -> None:
    seen = scope(warehouse, role, place)
    assert home(seen, warehouse, Viewer("essai", "Essai", role, place)) == expected


def test_the_nearest_room_of_a_level_is_found_above(warehouse: Warehouse, treasury: Scope) -> None:
    tree = standing_tree(treasury, warehouse)
    found = nearest(tree, "EQJ", Level.STRATEGIC)
    assert found is not None
    assert found.organisation_id == "MSSS"
    assert nearest(tree, "MSSS", Level.OPERATIONAL) is None


@pytest.mark.parametrize(
    ("hint", "drawn", "expected"),
    [
        pytest.param({"version": 9, "organisations": ["EQJ"]}, {"version": 8}, True, id="below"),
        pytest.param({"version": 9, "organisations": ["MTQ"]}, {"version": 8}, False, id="aside"),
        pytest.param({"version": 9, "organisations": None}, {"version": 8}, True, id="unknown"),
        pytest.param({"version": 8, "organisations": ["EQJ"]}, {"version": 8}, False, id="drawn"),
        pytest.param("forged", None, False, id="forged hint"),
        pytest.param({"version": "9"}, [], False, id="forged version"),
    ],
)
def test_only_news_of_the_room_redraws_it(
    warehouse: Warehouse, treasury: Scope, hint: object, drawn: object, expected: bool
) -> None:
    address = at("/strategique/MSSS")
    assert is_news(treasury, warehouse, hint, drawn, address) is expected


def test_what_deserves_attention_comes_first_and_the_order_is_stable() -> None:
    cards = [a_card(one, indicator_id=name) for one in reversed(ATTENTION) for name in ("b", "a")]
    ordered = by_attention(cards)
    assert [one.standing for one in ordered][::2] == list(ATTENTION)
    assert [one.indicator_id for one in ordered] == ["a", "b"] * len(ATTENTION)


@pytest.mark.parametrize(
    ("state", "is_late", "expected"),
    [
        (DataState.OK, True, Standing.STALE),
        (DataState.PROVISIONAL, True, Standing.STALE),
        (DataState.DISPUTED, True, Standing.DISPUTED),
        (DataState.OK, False, Standing.ON_TRACK),
    ],
)
def test_what_was_fresh_when_judged_grows_stale_by_itself(
    state: DataState, is_late: bool, expected: Standing
) -> None:
    row = {"result": "future", "trajectory": "on_track", "data_state": state.value}
    assert standing_of(row, is_late=is_late) is expected


def test_a_ministry_says_the_number_the_governments_table_gives_it(
    warehouse: Warehouse, treasury: Scope
) -> None:
    table = government_room(treasury, warehouse, at("/gouvernement"))
    rows = {one.organisation.organisation_id: one.below for one in table.branches}
    room = level_room(treasury, warehouse, at("/strategique/MSSS"))
    assert table.level is Level.STRATEGIC
    assert room.line == rows["MSSS"]


def test_a_headline_that_leaves_figures_of_its_level_out_says_so() -> None:
    own = tally([Standing.OFF_TARGET, Standing.ON_TRACK])
    line = tally([Standing.OFF_TARGET] * 3 + [Standing.ON_TRACK])
    assert line_sentence(own, own, "fr") == ""
    assert line_sentence(own, line, "fr").endswith(": 3 hors cible sur 4.")


def test_nothing_off_target_below_is_a_sentence_and_not_a_zero() -> None:
    said = below_sentence(tally([Standing.ON_TRACK]), "fr")
    assert said.startswith("**Aucun indicateur sur 1** n'est hors cible")
