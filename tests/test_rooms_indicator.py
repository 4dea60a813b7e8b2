"""The indicator page on a small home: a figure, its origin, its gap, what is denied."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from layouts import indicator as page
from layouts.chart import figure
from layouts.evolution import summary
from layouts.lede import opening
from layouts.passport import missing_parts
from layouts.provenance import origin
from pilotage.domain.status import Standing
from pilotage.domain.viewer import Role
from pilotage.errors import NotFound
from pilotage.intake.loading import stop_checking
from pilotage.rooms.address import Address
from pilotage.rooms.indicator import IndicatorRoom, Place, indicator_room
from pilotage.store.warehouse import Warehouse
from tests.component_text import text_of
from tests.small_home import at, scope, small_home


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    home: Path = tmp_path_factory.mktemp("indicator")
    warehouse = small_home(home)
    yield warehouse
    stop_checking(warehouse)
    warehouse.close()


def room(warehouse: Warehouse, path: str, search: str = "") -> tuple[IndicatorRoom, Address]:
    address = at(path, search)
    return indicator_room(scope(warehouse, Role.STEWARD, "MSSS"), warehouse, address), address


def test_the_sentence_says_value_period_target_and_due_date(warehouse: Warehouse) -> None:
    said = text_of(opening(*room(warehouse, "/indicateurs/I-1")))
    assert "Hors cible" in said
    assert "17,4\N{NO-BREAK SPACE}h (octobre 2026)" in said
    assert "≤\N{NO-BREAK SPACE}15,0\N{NO-BREAK SPACE}h au 31 mars 2027" in said


def test_the_sentence_is_whole_in_english_too(warehouse: Warehouse) -> None:
    said = text_of(opening(*room(warehouse, "/indicateurs/I-1", "?lang=en")))
    assert "Off target: " in said
    assert "by March 31, 2027" in said


def test_a_figure_leads_to_its_file_its_line_and_the_value_it_replaced(
    warehouse: Warehouse,
) -> None:
    found, _ = room(warehouse, "/indicateurs/I-1")
    current, replaced = found.vintages
    assert (current.value, current.is_current) == (17.4, True)
    assert (current.source.file_name, current.source.line) == ("mesures_revisees.csv", 2)
    assert (replaced.value, replaced.source.file_name) == (17.5, "mesures.csv")
    assert current.comment == "Chiffre définitif"


def test_an_eased_target_is_marked_with_its_justification(warehouse: Warehouse) -> None:
    found, _ = room(warehouse, "/indicateurs/I-1")
    before, then = found.targets
    assert (before.is_eased, then.is_eased) == (False, True)
    assert then.aim.justification == "Hiver plus dur que prévu"
    assert before.aim.replaced_on == then.aim.published_on


def test_the_place_right_below_carries_the_gap(warehouse: Warehouse) -> None:
    found, _ = room(warehouse, "/indicateurs/I-1")
    assert found.gap
    assert [(one.organisation_id, one.contribution) for one in found.gap.children] == [("DUR", 4.0)]


def test_the_missing_month_breaks_the_line(warehouse: Warehouse) -> None:
    found, address = room(warehouse, "/indicateurs/I-1")
    traces = figure(found, address.lang)["data"]
    values = next(trace for trace in traces if "text" in trace)
    assert values["y"].count(None) == 1
    assert values["y"][-1] == 17.4


def test_the_curve_is_said_in_one_sentence(warehouse: Warehouse) -> None:
    found, address = room(warehouse, "/indicateurs/I-1")
    said = summary(found, address.lang)
    assert said.startswith("9 valeurs (janvier 2026 – octobre 2026)")
    assert "au plus bas 15,3\N{NO-BREAK SPACE}h (janvier 2026)" in said


def test_another_place_is_asked_for_in_the_address(warehouse: Warehouse) -> None:
    found, _ = room(warehouse, "/indicateurs/I-1", "?org=EQJ")
    assert found.place.organisation_id == "EQJ"
    assert found.vintages[0].comment == "Deux quarts manquent"


def test_linked_indicators_and_blockers_are_named(warehouse: Warehouse) -> None:
    found, _ = room(warehouse, "/indicateurs/I-1")
    assert {(one.side, one.indicator_id) for one in found.links} == {
        ("child", "I-2"),
        ("counter", "I-5"),
    }
    assert [card.blocker.blocker_id for card in found.blockers] == ["B-1"]
    assert found.blockers[0].age.is_over


def test_a_target_in_words_is_shown_and_not_judged(warehouse: Warehouse) -> None:
    found, address = room(warehouse, "/indicateurs/I-3")
    assert "Adopter la stratégie" in text_of(opening(found, address))
    assert found.verdict
    assert found.verdict.standing in {Standing.NO_STATUS, Standing.MISSING}


def test_an_indicator_nobody_measured_says_so_and_names_what_its_passport_lacks(
    warehouse: Warehouse,
) -> None:
    found, address = room(warehouse, "/indicateurs/I-5")
    assert not found.curve.points
    assert "Aucune valeur" in text_of(page.layout(found, address))
    assert "définition" in missing_parts(found)


@pytest.mark.parametrize(
    ("path", "search"),
    [
        pytest.param("/indicateurs/I-4", "", id="another ministry's"),
        pytest.param("/indicateurs/INCONNU", "", id="unknown"),
        pytest.param("/indicateurs/I-1", "?org=MTQ", id="a place out of sight"),
    ],
)
def test_unknown_and_forbidden_are_refused_in_the_same_words(
    warehouse: Warehouse, path: str, search: str
) -> None:
    with pytest.raises(NotFound):
        room(warehouse, path, search)


def test_the_public_sees_no_indicator_before_its_publication(warehouse: Warehouse) -> None:
    with pytest.raises(NotFound):
        indicator_room(scope(warehouse, Role.PUBLIC, None), warehouse, at("/indicateurs/I-1"))


@pytest.mark.parametrize("indicator_id", ["I-1", "I-2", "I-3", "I-5"])
@pytest.mark.parametrize("search", ["", "?lang=en", "?etendue=tout"])
def test_every_page_can_be_drawn(warehouse: Warehouse, indicator_id: str, search: str) -> None:
    found, address = room(warehouse, f"/indicateurs/{indicator_id}", search)
    assert page.title(found, address)
    assert text_of(page.layout(found, address))


def test_a_recomputed_figure_names_the_children_it_lacks(warehouse: Warehouse) -> None:
    found, address = room(warehouse, "/indicateurs/I-1")
    assert found.verdict is not None
    verdict = replace(found.verdict, is_rolled_up=True, rolled_missing=("A", "B", "C"))
    named = replace(found, verdict=verdict, silent=(Place("A", "Direction A", None),))
    said = text_of(origin(named, address))
    assert "il manque : Direction A, 2 autres enfants." in said
