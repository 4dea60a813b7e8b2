"""Search: best first, by either language or an identifier, and only what one may see."""

from collections.abc import Iterator

import pytest
from dash import html

from callbacks.search import answer
from layouts import keys
from layouts import search as page
from pilotage.access.current import Sight, looking_as
from pilotage.domain.blocker import BlockerState, LadderLevel
from pilotage.domain.status import Standing
from pilotage.domain.viewer import Role, Scope, Viewer
from pilotage.rooms.matching import query
from pilotage.rooms.search import MOST_OF_A_KIND, Entry, Index, Kind, Results, found_in, search
from pilotage.store.warehouse import Warehouse
from tests.component_text import found, text_of
from tests.small_home import at, scope, small_home

HERE = at("/gouvernement")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    opened = small_home(tmp_path_factory.mktemp("search"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def deputy(warehouse: Warehouse) -> Scope:
    return scope(warehouse, Role.DEPUTY_MINISTER, "MSSS")


def named(results: Results) -> list[str]:
    return [one.identifier for group in results.groups for one in group.entries]


def entry(identifier: str, label: str, kind: Kind = Kind.INDICATOR, rank: int = 0) -> Entry:
    return Entry(kind, identifier, label, None, None, ("indicateurs", identifier), rank=rank)


def an_index(*entries: Entry) -> Index:
    made = Index()
    for one in entries:
        made.add((one,))
    return made


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("duree civiere", "I-1"),
        ("STRETCHER", "I-1"),
        ("i-1", "I-1"),
        ("I1", "I-1"),
        ("chirurgie", "I-2"),
        ("perfusionniste", "B-1"),
        ("direction des urgences", "DUR"),
        ("emergency", "DUR"),
    ],
)
def test_a_thing_is_found_by_its_words_in_either_language_and_by_its_identifier(
    warehouse: Warehouse, deputy: Scope, typed: str, first: str
) -> None:
    assert named(search(deputy, warehouse, HERE, typed))[0] == first


def test_every_word_must_be_found_in_the_name_or_in_its_place(
    warehouse: Warehouse, deputy: Scope
) -> None:
    results = search(deputy, warehouse, HERE, "civière jour")
    (only,) = [one for group in results.groups for one in group.entries]
    assert (only.identifier, only.parameters) == ("I-1", {"org": "EQJ"})
    assert search(deputy, warehouse, HERE, "civière routes").total == 0


def test_a_result_says_its_kind_its_place_and_its_state(
    warehouse: Warehouse, deputy: Scope
) -> None:
    results = search(deputy, warehouse, HERE, "salles fermées")
    (blocker,) = results.groups[0].entries
    assert (blocker.kind, blocker.state) == (Kind.BLOCKER, BlockerState.ESCALATED)
    assert blocker.rung is LadderLevel.STRATEGIC
    drawn = text_of(page.found(results, HERE))
    assert "Bloquants" in drawn
    assert "Direction des urgences · M. Tremblay · B-1" in drawn
    assert "Stratégique · escaladé" in drawn
    stretcher = search(deputy, warehouse, HERE, "civière")
    assert stretcher.groups[0].entries[0].standing is Standing.OFF_TARGET
    (link, *_) = found(page.found(stretcher, HERE), html.A)
    assert link.href == "/indicateurs/I-1?org=MSSS"


@pytest.mark.parametrize("typed", ["routes", "I-4", "MTQ", "transports", "B-3", "sel en retard"])
def test_what_one_may_not_see_does_not_exist(
    warehouse: Warehouse, deputy: Scope, typed: str
) -> None:
    said = search(deputy, warehouse, HERE, typed)
    nothing = search(deputy, warehouse, HERE, "zzyzx")
    assert page.said(said, HERE) == page.said(nothing, HERE)
    assert not said.groups


def test_the_treasury_board_finds_no_figure_kept_in_a_ministry(warehouse: Warehouse) -> None:
    treasury = scope(warehouse, Role.CENTRAL, None)
    assert named(search(treasury, warehouse, HERE, "chirurgie")) == []
    assert "I-4" in named(search(treasury, warehouse, HERE, "routes"))


def test_who_sees_nothing_finds_nothing(warehouse: Warehouse) -> None:
    public = scope(warehouse, Role.PUBLIC, None)
    assert search(public, warehouse, HERE, "santé").total == 0


def test_the_state_is_that_of_the_day_the_address_asks_for(
    warehouse: Warehouse, deputy: Scope
) -> None:
    past = at("/gouvernement", "?au=2026-10-30")
    assert named(search(deputy, warehouse, past, "entente non signée")) == []
    assert named(search(deputy, warehouse, HERE, "entente non signée")) == ["B-2"]


def test_the_identifier_then_the_name_then_its_beginning_come_first() -> None:
    index = an_index(
        entry("X-1", "Délai de traitement"),
        entry("X-2", "Traitement"),
        entry("X-3", "Traitement des dossiers"),
        entry("TRAITEMENT", "Autre chose"),
    )
    said = found_in(index, query("traitement"))
    assert named(said) == ["TRAITEMENT", "X-2", "X-3", "X-1"]


def test_between_equals_what_deserves_attention_comes_first() -> None:
    index = an_index(entry("A", "Délai un", rank=3), entry("B", "Délai deux", rank=0))
    assert named(found_in(index, query("delai"))) == ["B", "A"]


def test_the_kind_of_the_best_result_comes_first_and_the_rest_is_counted() -> None:
    many = [entry(f"I-{n}", f"Mesure du bruit {n}") for n in range(9)]
    index = an_index(*many, entry("BRUIT", "Bruit", Kind.BLOCKER))
    first, second = found_in(index, query("bruit")).groups
    assert (first.kind, second.kind) == (Kind.BLOCKER, Kind.INDICATOR)
    assert (len(second.entries), second.total) == (MOST_OF_A_KIND, 9)
    assert "et 3 autres" in text_of(page.found(found_in(index, query("bruit")), HERE))


@pytest.mark.parametrize("junk", [None, 0, [], {"text": 3}, {"text": "   "}, {"text": "x" * 9000}])
def test_anything_may_be_sent_as_a_question(
    warehouse: Warehouse, deputy: Scope, junk: object
) -> None:
    with looking_as(Sight(Viewer("d", "D", Role.DEPUTY_MINISTER, "MSSS"), deputy)):
        said, drawn = answer(warehouse, junk, "?lang=en")
    assert drawn == []
    assert said


def test_the_dialogs_have_a_name_and_list_every_key() -> None:
    drawn = keys.dialog(HERE)
    assert drawn.to_plotly_json()["props"]["aria-labelledby"] == "keys-title"
    for names, _ in keys.KEYS:
        assert all(name in text_of(drawn) for name in names)
    assert page.dialog(HERE).to_plotly_json()["props"]["aria-label"].startswith("Rechercher")


def test_a_person_is_found_by_what_she_answers_for(warehouse: Warehouse, deputy: Scope) -> None:
    results = search(deputy, warehouse, HERE, "tremblay")
    assert named(results) == ["B-1"]
    assert "M. Tremblay" in text_of(page.found(results, HERE))
