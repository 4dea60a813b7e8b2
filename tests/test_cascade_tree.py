"""What hangs on what, what hangs on nothing, and how much of a plan is covered."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage.domain.indicator import Direction, Level
from pilotage.domain.organisation import Organisation, OrganisationKind
from pilotage.rooms.alignment import Aim, Bough, Forest, Limb, aims, leaves, limbs, nested
from pilotage.rooms.figure import Bond, Figure, Key, Tie, bonds, served
from pilotage.rooms.hoshin import MOST_COLUMNS, matrix
from pilotage.rooms.orphan import coverage, orphans
from pilotage.rooms.tree import Tree, tree
from tests.test_cascade_sum import a_figure

KINDS = OrganisationKind
PLACES = [
    Organisation("G", None, KINDS.GOVERNMENT, "Gouvernement", None, None),
    Organisation("M", "G", KINDS.MINISTRY, "Ministère", None, None),
    Organisation("D", "M", KINDS.DIRECTORATE, "Direction", None, None),
    Organisation("T", "D", KINDS.TEAM, "Équipe", None, None),
    Organisation("N", "G", KINDS.MINISTRY, "Autre", None, None),
]
SEEN = tree(PLACES)
EVERYWHERE = frozenset(SEEN.organisations)


def a_row(name: str, parent: str | None = None, kind: str = "objective") -> dict[str, str | None]:
    return {
        "objective_id": name,
        "parent_id": parent,
        "kind": kind,
        "label_fr": f"Objectif {name}",
        "label_en": None,
        "owner_id": "M",
    }


AIMS = aims([a_row("O", None, "orientation"), a_row("B1", "O"), a_row("B2", "O")], SEEN)


def by_key(*figures: Figure) -> dict[Key, Figure]:
    return {one.key: one for one in figures}


def a_forest(figures: dict[Key, Figure], *ties: Bond) -> Forest:
    return Forest(figures, ties, nested(figures, ties, SEEN), AIMS, {"M": ("Plan", None)}, SEEN)


def grown(forest: Forest, name: str = "M") -> Limb:
    held = frozenset(SEEN.subtree(name))
    (limb,) = limbs(forest, [(SEEN.organisations[name], held)])
    return limb


def keys_of(limb: Limb) -> list[Key]:
    """Every figure of a limb, as often as it is shown."""

    def of(boughs: tuple[Bough, ...]) -> list[Key]:
        found = []
        for bough in boughs:
            found += [one.key for twig in bough.twigs for one in twig.all]
            found += of(bough.below)
        return found

    loose = [one.key for twig in limb.loose for one in twig.all]
    return [*of(limb.boughs), *of(limb.received), *loose]


def test_a_plan_goes_down_to_the_team() -> None:
    figures = by_key(a_figure("A", "M", objective_id="B1"), a_figure("B", "D"), a_figure("C", "T"))
    down = [
        Bond(("A", "M"), ("B", "D"), Tie.CONTRIBUTES),
        Bond(("B", "D"), ("C", "T"), Tie.CONTRIBUTES),
    ]
    limb = grown(a_forest(figures, *down))
    (orientation,) = limb.boughs
    first = orientation.below[0]
    assert [one.objective_id for one in leaves(AIMS)] == ["B1", "B2"]
    assert [one.key for one in first.twigs[0].all] == [("A", "M"), ("B", "D"), ("C", "T")]
    assert limb.tally.total == 3


def test_the_same_indicator_hangs_under_its_nearest_organisation_above() -> None:
    figures = by_key(*(a_figure("A", place, lead_id="M") for place in ("M", "T")))
    assert bonds(figures, [], SEEN) == (Bond(("A", "M"), ("A", "T"), Tie.SAME),)


def test_a_link_to_a_neighbour_does_not_take_a_figure_out_of_its_own_branch() -> None:
    figures = by_key(a_figure("A", "M", objective_id="B1"), a_figure("B", "N"))
    forest = a_forest(figures, Bond(("A", "M"), ("B", "N"), Tie.IDENTICAL))
    assert keys_of(grown(forest)) == [("A", "M")]
    (twig,) = grown(forest, "N").loose
    assert twig.figure.key == ("B", "N")
    assert [one.key for one in twig.beside] == [("A", "M")]


places = st.sampled_from(["M", "D", "T"])
names = st.sampled_from("ABCDE")


@given(
    held=st.dictionaries(names, st.tuples(places, st.sampled_from([None, "B1", "B2", "?"]))),
    links=st.lists(st.tuples(names, names, st.sampled_from(list(Tie))), max_size=12),
)
def test_every_figure_is_shown_once_whatever_loops_the_links_make(
    held: dict[str, tuple[str, str | None]], links: list[tuple[str, str, Tie]]
) -> None:
    figures = by_key(
        *(a_figure(name, place, objective_id=aim) for name, (place, aim) in held.items())
    )
    ties = [
        Bond((one, held[one][0]), (other, held[other][0]), tie)
        for one, other, tie in links
        if one in held and other in held and one != other
    ]
    assert sorted(keys_of(grown(a_forest(figures, *ties)))) == sorted(figures)


def test_orphans_are_found() -> None:
    figures = by_key(a_figure("A", "M", objective_id="B1"), a_figure("B", "D"))
    found = orphans(leaves(AIMS), served(figures, []), figures, [], EVERYWHERE, SEEN)
    assert [one.objective_id for one in found.unmeasured] == ["B2"]
    assert [one.key for one in found.aimless] == [("B", "D")]
    assert [(one.aim.objective_id, one.organisation.organisation_id) for one in found.unpassed] == [
        ("B1", "M")
    ]
    assert [one.organisation_id for one in found.silent] == ["N", "T"]
    assert found.total == 5


def test_a_figure_serves_the_objective_of_what_it_hangs_under() -> None:
    figures = by_key(a_figure("A", "M", objective_id="B1"), a_figure("B", "D"))
    ties = [Bond(("A", "M"), ("B", "D"), Tie.CONTRIBUTES)]
    serves = served(figures, ties)
    assert serves["B", "D"] == {"B1"}
    found = orphans(leaves(AIMS), serves, figures, ties, EVERYWHERE, SEEN)
    assert found.aimless == ()
    assert [one.organisation.organisation_id for one in found.unpassed] == ["D"]


def test_what_hangs_under_something_unseen_is_not_called_an_orphan() -> None:
    figures = by_key(a_figure("B", "D"))
    ties = [Bond(None, ("B", "D"), Tie.CONTRIBUTES)]
    assert orphans((), served(figures, ties), figures, ties, EVERYWHERE, SEEN).aimless == ()


def test_who_may_not_see_teams_is_not_told_that_they_measure_nothing() -> None:
    seen = replace(SEEN, levels=frozenset({Level.STRATEGIC, Level.TACTICAL}))
    figures = by_key(*(a_figure(place, place, objective_id="B1") for place in ("M", "N", "D")))
    serves = served(figures, [])
    found = orphans(leaves(AIMS), serves, figures, [], EVERYWHERE, seen)
    assert found.silent == ()
    assert found.unpassed == ()
    assert coverage(leaves(AIMS), serves, figures, EVERYWHERE, seen).to_team is None


@pytest.mark.parametrize(("place", "passed", "to_team"), [("M", 0, 0), ("D", 1, 0), ("T", 1, 1)])
def test_coverage_says_how_far_an_objective_goes(place: str, passed: int, to_team: int) -> None:
    figures = by_key(
        a_figure("A", place, objective_id="B1"),
        a_figure("B", "D", high=None),
        a_figure("C", "D", direction=Direction.NONE, high=None),
    )
    found = coverage(leaves(AIMS), served(figures, []), figures, EVERYWHERE, SEEN)
    assert (found.objectives, found.measured, found.passed, found.to_team) == (
        2,
        1,
        passed,
        to_team,
    )
    assert (found.figures, found.aimed, found.context) == (2, 1, 1)


def test_an_objective_received_is_a_directorates_own_to_pass_down() -> None:
    figures = by_key(a_figure("A", "D", objective_id="B1"), a_figure("N", "N", objective_id="B2"))
    serves, held = served(figures, []), frozenset(SEEN.subtree("D"))
    found = coverage(leaves(AIMS), serves, figures, held, SEEN, "D")
    assert (found.objectives, found.measured, found.passed, found.to_team) == (1, 1, 0, 0)
    # What a neighbour shares is nobody's to pass down.
    assert coverage(leaves(AIMS), serves, figures, {"N"}, SEEN, "N").objectives == 0


def test_the_matrix_says_who_answers_and_who_contributes() -> None:
    figures = by_key(a_figure("A", "M", objective_id="B1"), a_figure("B", "T"))
    forest = a_forest(figures, Bond(("A", "M"), ("B", "T"), Tie.CONTRIBUTES))
    found = matrix(grown(forest), AIMS, SEEN)
    assert found is not None
    (column,) = found.columns
    assert (column.answers, set(column.contributing)) == ("M", {"D"})
    assert found.orientation_of(column) == "O"
    assert [one.objective_id for one in found.objectives] == ["B1", "B2"]
    assert [one.organisation_id for one in found.organisations] == ["M", "D"]


def test_a_wide_matrix_keeps_one_indicator_for_each_objective() -> None:
    many = [a_figure(f"A{n:02d}", "M", objective_id="B1") for n in range(MOST_COLUMNS + 5)]
    found = matrix(
        grown(a_forest(by_key(*many, a_figure("Z", "M", objective_id="B2")))), AIMS, SEEN
    )
    assert found is not None
    assert len(found.drawn) == MOST_COLUMNS
    assert {one.objective_id for one in found.drawn} == {"B1", "B2"}


def test_no_matrix_where_nothing_is_promised() -> None:
    assert (
        matrix(grown(a_forest(by_key(a_figure("B", "D")))), AIMS, Tree(SEEN.organisations)) is None
    )


def test_an_objective_whose_owner_is_unseen_keeps_its_words() -> None:
    alone = tree([PLACES[2], PLACES[3]])
    found: dict[str, Aim] = aims([a_row("B1", "O")], alone)
    assert found["B1"].owner is None
    assert found["B1"].parent_id is None
