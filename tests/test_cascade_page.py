"""The cascade through the store: what it says, to whom, and on which day."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dash import dcc, html

from layouts.cascade import TABLES, layout, title, tree
from layouts.hoshin import hoshin
from layouts.indicator import layout as indicator_layout
from layouts.plain import plain, read_back
from layouts.sheet import grids
from pilotage.access.current import Sight
from pilotage.access.operator import OPERATOR
from pilotage.access.scope import scope_of
from pilotage.domain.viewer import Role, Scope, Viewer
from pilotage.errors import NotFound
from pilotage.intake import loading
from pilotage.reports.sheet import Amount
from pilotage.rooms.address import parse_address
from pilotage.rooms.cascade import CascadeRoom, cascade_room
from pilotage.rooms.frame import frame
from pilotage.rooms.indicator import indicator_room
from pilotage.settings import Settings
from pilotage.store.queries.directory import organisations
from tests.component_text import found, text_of
from tests.door import Door, HereChecker, opened_door

TODAY = date(2026, 2, 1)
NASTY = "<img src=x onerror=alert(1)>"
INDICATOR = parse_address("/indicateurs/S-P", "?org=M")
PLANS = """plan_id;organisation_id;libelle_fr;libelle_en;etat;debut;fin;publie_le
P-M;M;Plan du ministère;Ministry plan;publié;2025-04-01;2028-03-31;2025-04-01
P-N;N;Plan des autres;;publié;2025-04-01;2028-03-31;2025-04-01
"""
OBJECTIVES = """objectif_id;plan_id;genre;libelle_fr;libelle_en;parent_id;publie_le
O-1;P-M;orientation;Servir mieux;Serve better;;2025-04-01
B-1;P-M;objectif;Réduire l'attente;Reduce waiting;O-1;2025-04-01
B-2;P-M;objectif;Promis sans mesure;;O-1;2026-01-15
B-N;P-N;objectif;Objectif des autres;;;2025-04-01
"""
SUMMED = f"""indicateur_id;titre_fr;unite;sens;nature;niveau;frequence;organisation_id;objectif_id;\
agregation_organisations;decimales;visibilite;publie_le
S-P;Dossiers en attente;nombre;au plus;résultat;stratégique;mensuelle;M;B-1;somme;0;;2025-04-01
S-1;Dossiers du nord;nombre;au plus;extrant;tactique;mensuelle;D;B-1;somme;0;;2025-04-01
S-2;Dossiers du sud {NASTY};nombre;au plus;extrant;tactique;mensuelle;D;B-1;somme;0;\
organisation;2025-04-01
"""
LINKS = """parent_id;enfant_id;genre;publie_le
S-P;S-1;additif;2025-04-01
S-P;S-2;additif;2025-04-01
"""
VALUES = """indicateur_id;organisation_id;periode;valeur;publie_le
S-P;M;2025-12;100;2026-01-05
S-1;D;2025-12;60;2026-01-05
S-2;D;2025-12;40;2026-01-05
"""
REVISED = """indicateur_id;organisation_id;periode;valeur;publie_le
S-2;D;2025-12;47;2026-01-20
"""
TARGETS = """indicateur_id;organisation_id;periode;cible_max;publie_le
S-P;M;2026-2027;50;2025-04-01
S-1;D;2026-2027;30;2025-04-01
S-2;D;2026-2027;20;2025-04-01
"""


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    monkeypatch.setattr(loading, "Checker", HereChecker)
    loaded = (PLANS, OBJECTIVES, SUMMED, LINKS, VALUES, REVISED, TARGETS)
    with opened_door(tmp_path / "foyer", *loaded) as opened:
        opened.warehouse.as_of = TODAY
        yield opened


def seen_by(door: Door, role: Role, place: str | None = None) -> Scope:
    viewer = Viewer("essai", "Essai", role, place)
    return scope_of(viewer, organisations(OPERATOR, door.warehouse))


def room(door: Door, path: str = "/cascade", search: str = "", **seat: Any) -> CascadeRoom:
    scope = seen_by(door, **seat) if seat else OPERATOR
    return cascade_room(scope, door.warehouse, parse_address(path, search))


def words(found_room: CascadeRoom, path: str = "/cascade", search: str = "") -> str:
    """All that the page says."""
    return text_of(layout(found_room, parse_address(path, search)))


def test_a_revision_that_breaks_a_sum_is_said_with_its_amount(door: Door) -> None:
    found_room = room(door)
    (check,) = found_room.checks
    assert (check.value.known, check.value.difference, check.target.difference) == (107, 7, 0)
    said = words(found_room)
    assert "7 de plus que le parent" in said
    assert "1 somme ne tombe pas juste" in said


def test_a_sum_is_the_one_the_store_works_out(door: Door) -> None:
    with door.warehouse.read() as connection:
        asked = "select rolled_value from verdicts where indicator_id = 'S-P'"
        (rolled,) = connection.exec_driver_sql(asked).one()
    assert room(door).checks[0].value.known == rolled


def test_the_day_asked_for_decides(door: Door) -> None:
    before = room(door, search="?au=2026-01-10")
    assert before.judged_on == date(2026, 1, 10)
    assert before.checks[0].value.difference == 0
    assert "Promis sans mesure" not in words(before)
    assert "Promis sans mesure" in words(room(door))


def test_the_tree_goes_from_the_plan_to_the_last_figure(door: Door) -> None:
    address = parse_address("/cascade/M", "?lang=en")
    said = text_of(tree(room(door, "/cascade/M"), address))
    order = ["Serve better", "Reduce waiting", "Dossiers en attente", "Dossiers du nord"]
    assert [said.index(one) for one in order] == sorted(said.index(one) for one in order)
    links = [one.href for one in found(tree(room(door, "/cascade/M"), address), html.A)]
    assert "/indicateurs/S-1?lang=en&org=D" in links


def test_orphans_have_their_names_and_their_doors(door: Door) -> None:
    orphans = room(door).orphans
    assert [one.objective_id for one in orphans.unmeasured] == ["B-2", "B-N"]
    assert {one.indicator_id for one in orphans.aimless} >= {"I-M", "I-N"}
    drawn = layout(room(door), parse_address("/cascade", ""))
    assert "/cascade/M" in [one.href for one in found(drawn, html.A)]


def test_a_manager_sees_the_objective_she_serves_and_no_other(door: Door) -> None:
    found_room = room(door, role=Role.MANAGER, place="D")
    said = words(found_room)
    assert "Réduire l'attente" in said
    assert "Dossiers du nord" in said
    assert "1 objectif reçu" in said
    for unseen in ("Dossiers en attente", "Promis sans mesure", "Servir mieux", "des autres"):
        assert unseen not in said
    assert found_room.organisation is not None
    assert found_room.checks == ()


def test_a_neighbour_sees_nothing_of_it(door: Door) -> None:
    said = words(room(door, role=Role.DEPUTY_MINISTER, place="N"))
    assert "Objectif des autres" in said
    for unseen in ("Dossiers", "attente", "Promis"):
        assert unseen not in said


def test_an_indicators_page_gives_no_total_that_would_give_a_hidden_child_away(
    door: Door,
) -> None:
    for role, place, is_partial in ((Role.CENTRAL, None, True), (Role.DEPUTY_MINISTER, "M", False)):
        found_room = indicator_room(seen_by(door, role, place), door.warehouse, INDICATOR)
        assert found_room.gap is not None
        assert found_room.gap.is_partial is is_partial
        assert (found_room.gap.total is None) is is_partial
        said = text_of(indicator_layout(found_room, INDICATOR))
        assert ("Recalculé à partir des enfants" in said) is not is_partial
        assert ("additionne est hors de votre vue" in said) is is_partial


def test_coverage_and_matrix_can_be_taken_away(door: Door) -> None:
    address = parse_address("/cascade/M", "")
    found_room = room(door, "/cascade/M")
    (covered,) = grids(TABLES["couverture"](found_room, address), "couverture", address)
    cells = dict(zip(covered.heads, covered.rows[0], strict=True))
    assert cells["Organisation"] == "Ministère"
    assert (cells["Objectifs"], cells["Objectifs mesurés"]) == (Amount(2, "", 0), Amount(1, "", 0))
    (crossed,) = grids(TABLES["matrice"](found_room, address), "matrice", address)
    values = [one for row in crossed.rows for one in row if isinstance(one, Amount)]
    assert Amount(100, "", 0) in values
    said = str(layout(found_room, address))
    for name in ("couverture", "matrice"):
        assert f"table={name}&format=xlsx" in said


def test_a_child_kept_in_its_ministry_leaves_the_total_incomplete(door: Door) -> None:
    found_room = room(door, role=Role.CENTRAL)
    (check,) = found_room.checks
    assert (check.hidden, check.value.difference) == (1, None)
    said = words(found_room)
    assert "une partie de ce qu'elle additionne est hors de votre vue" in said
    assert "Dossiers du sud" not in said
    assert found_room.is_partial


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.ADMINISTRATOR])
def test_who_sees_no_room_sees_no_cascade(door: Door, role: Role) -> None:
    with pytest.raises(NotFound):
        room(door, role=role)


@pytest.mark.parametrize("path", ["/cascade/M", "/cascade/NULLE-PART"])
def test_a_branch_out_of_sight_is_as_unknown_as_one_that_is_not_there(
    door: Door, path: str
) -> None:
    with pytest.raises(NotFound):
        room(door, path, role=Role.MANAGER, place="D")


@pytest.mark.parametrize(
    ("role", "place", "href"),
    [
        (Role.CENTRAL, None, "/cascade"),
        (Role.MANAGER, "D", "/cascade"),
        (Role.PUBLIC, None, None),
        (Role.ADMINISTRATOR, None, None),
    ],
)
def test_the_door_is_for_whoever_sees_rooms(
    door: Door, role: Role, place: str | None, href: str | None
) -> None:
    scope = seen_by(door, role, place)
    sight = Sight(Viewer("essai", "Essai", role, place), scope, ())
    around = frame(sight, door.warehouse, Settings(), parse_address("/donnees", ""))
    assert next((one.href for one in around.doors if one.room == "cascade"), None) == href


def test_the_matrix_and_its_twin_say_the_same(door: Door) -> None:
    found_room = room(door, "/cascade/M")
    assert found_room.matrix is not None
    for search, lacks in (("", "as-table"), ("?vue=tableau", "xxx")):
        drawn = hoshin(found_room.matrix, found_room.seen, parse_address("/cascade/M", search))
        assert lacks not in str(vars(drawn)["className"])
        drawing, twin = (text_of(part) for part in drawn.children)
        for words_of_both in ("Dossiers en attente", "Réduire l'attente", "Servir mieux"):
            assert words_of_both in drawing
            assert words_of_both in twin
        assert "Promis sans mesure" in twin


def test_what_the_browser_draws_says_the_same_and_stays_text(door: Door) -> None:
    drawn = tree(room(door, "/cascade/M"), parse_address("/cascade/M", ""))
    assert read_back(plain(drawn)) == text_of(drawn)
    assert NASTY in read_back(plain(drawn))


def test_only_plain_elements_are_drawn_by_the_browser() -> None:
    with pytest.raises(ValueError, match="Store"):
        plain(dcc.Store(id="x"))
    assert plain(html.Td(["a", None, html.B(1)], className="k", colSpan="2")) == [
        ["td", {"class": "k", "colspan": "2"}, "a", ["b", {}, "1"]]
    ]


def test_an_empty_home_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "Checker", HereChecker)
    with opened_door(tmp_path / "vide", known=False) as empty:
        with pytest.raises(NotFound):
            room(empty)
        empty.load("organisation_id;genre;libelle_fr\nG;gouvernement;Gouvernement\n")
        bare = room(empty)
        assert bare.is_empty
        assert "Aucun objectif ni aucun indicateur" in words(bare)
        assert title(bare, parse_address("/cascade", "?lang=en")) == "The government's cascade"
