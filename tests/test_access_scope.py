"""What each role sees, and that nobody sees more by standing lower."""

from hypothesis import given
from hypothesis import strategies as st

from pilotage.access.operator import OPERATOR
from pilotage.access.scope import scope_of, subtree
from pilotage.access.viewers import DEMO_VIEWERS, demo_viewers
from pilotage.domain.indicator import Level, Visibility
from pilotage.domain.organisation import Organisation, OrganisationKind
from pilotage.domain.viewer import Role, Viewer


def organisation(
    organisation_id: str,
    parent_id: str | None,
    kind: OrganisationKind = OrganisationKind.DIRECTORATE,
    label: str = "Direction",
) -> Organisation:
    return Organisation(organisation_id, parent_id, kind, label, None, None)


GOVERNMENT = [
    organisation("gov", None, OrganisationKind.GOVERNMENT, "Gouvernement"),
    organisation("sante", "gov", OrganisationKind.MINISTRY, "Santé et Services sociaux"),
    organisation("urgences", "sante", OrganisationKind.DIRECTORATE, "Urgences"),
    organisation("triage", "urgences", OrganisationKind.TEAM, "Triage"),
    organisation("transports", "gov", OrganisationKind.MINISTRY, "Transports"),
    organisation("ponts", "transports", OrganisationKind.DIRECTORATE, "Ponts"),
]
COUNTS = {
    ("sante", Level.STRATEGIC): 4,
    ("urgences", Level.TACTICAL): 9,
    ("triage", Level.OPERATIONAL): 6,
    ("transports", Level.STRATEGIC): 30,
    ("ponts", Level.TACTICAL): 2,
}


def viewer(role: Role, organisation_id: str | None) -> Viewer:
    return Viewer("someone", "Someone", role, organisation_id)


def test_the_public_sees_nothing_before_a_publication() -> None:
    scope = scope_of(viewer(Role.PUBLIC, None), GOVERNMENT)
    assert not any(scope.may_see(one.organisation_id) for one in GOVERNMENT)
    assert scope.published_only
    assert scope.visibilities == {Visibility.PUBLIC}


def test_a_team_member_sees_her_team_s_operational_room_and_loads_nothing() -> None:
    scope = scope_of(viewer(Role.TEAM_MEMBER, "triage"), GOVERNMENT)
    assert scope.organisation_ids == {"triage"}
    assert scope.levels == {Level.OPERATIONAL}
    assert not scope.may_load("triage")


def test_a_manager_sees_and_loads_her_directorate_and_below() -> None:
    scope = scope_of(viewer(Role.MANAGER, "urgences"), GOVERNMENT)
    assert scope.organisation_ids == {"urgences", "triage"}
    assert scope.levels == {Level.TACTICAL, Level.OPERATIONAL}
    assert scope.may_load("triage")
    assert not scope.may_load("sante")


def test_a_deputy_minister_sees_every_level_of_her_ministry_and_no_other() -> None:
    scope = scope_of(viewer(Role.DEPUTY_MINISTER, "sante"), GOVERNMENT)
    assert scope.organisation_ids == {"sante", "urgences", "triage"}
    assert scope.levels == set(Level)
    assert Visibility.TEAM not in scope.visibilities
    assert not scope.may_see("transports")


def test_the_treasury_board_sees_the_upper_two_levels_of_everyone() -> None:
    scope = scope_of(viewer(Role.CENTRAL, None), GOVERNMENT)
    assert scope.may_see("ponts")
    assert scope.levels == {Level.STRATEGIC, Level.TACTICAL}
    assert scope.visibilities == {Visibility.PUBLIC, Visibility.GOVERNMENT}
    assert not scope.may_load("ponts")


def test_an_administrator_sees_no_business_figure() -> None:
    scope = scope_of(viewer(Role.ADMINISTRATOR, None), GOVERNMENT)
    assert not scope.organisation_ids
    assert not scope.everything
    assert not scope.levels


def test_whoever_holds_the_machine_loads_everything() -> None:
    assert OPERATOR.may_load("anything")


def test_an_organisation_that_is_not_loaded_opens_nothing() -> None:
    scope = scope_of(viewer(Role.STEWARD, "ailleurs"), GOVERNMENT)
    assert not scope.organisation_ids
    assert not scope.loadable


def test_a_cycle_in_the_tree_does_not_hang() -> None:
    looped = [organisation("a", "b"), organisation("b", "a")]
    assert subtree("a", looped) == {"a", "b"}


@st.composite
def trees(draw: st.DrawFn) -> list[Organisation]:
    size = draw(st.integers(1, 25))
    parents = [None, *(draw(st.integers(0, i - 1)) for i in range(1, size))]
    return [
        organisation(str(i), None if parent is None else str(parent))
        for i, parent in enumerate(parents)
    ]


@given(trees(), st.sampled_from(Role), st.data())
def test_a_scope_never_widens_down_the_tree(
    tree: list[Organisation], role: Role, data: st.DataObject
) -> None:
    child = data.draw(st.sampled_from(tree))
    above = scope_of(viewer(role, child.parent_id or child.organisation_id), tree)
    below = scope_of(viewer(role, child.organisation_id), tree)
    assert below.organisation_ids <= above.organisation_ids
    assert below.loadable <= above.loadable
    assert below.everything <= above.everything
    assert below.levels <= above.levels
    assert below.visibilities <= above.visibilities


@given(trees(), st.sampled_from(Role), st.data())
def test_nobody_loads_where_she_may_not_look(
    tree: list[Organisation], role: Role, data: st.DataObject
) -> None:
    place = data.draw(st.sampled_from(tree)).organisation_id
    scope = scope_of(viewer(role, place), tree)
    assert all(scope.may_see(one) for one in scope.loadable)


def places(
    organisations: list[Organisation], counts: dict[tuple[str, Level], int]
) -> dict[str, str | None]:
    return {one.viewer_id: one.organisation_id for one in demo_viewers(organisations, counts)}


def test_the_demonstration_s_deputy_minister_is_at_health_though_others_have_more() -> None:
    assert places(GOVERNMENT, COUNTS) == {
        "public": None,
        "team": "triage",
        "manager": "urgences",
        "deputy": "sante",
        "treasury": None,
        "administrator": None,
    }


def test_without_health_the_ministry_with_most_indicators_is_chosen() -> None:
    without = [
        one for one in GOVERNMENT if one.organisation_id not in {"sante", "urgences", "triage"}
    ]
    chosen = places(without, COUNTS)
    assert (chosen["deputy"], chosen["manager"], chosen["team"]) == ("transports", "ponts", "ponts")


def test_a_source_without_ministries_still_places_everyone() -> None:
    hospitals = [organisation(name, None, OrganisationKind.BODY) for name in ("h1", "h2")]
    chosen = places(hospitals, {("h2", Level.OPERATIONAL): 3, ("h1", Level.OPERATIONAL): 1})
    assert (chosen["deputy"], chosen["manager"], chosen["team"]) == ("h2", "h2", "h2")


def test_with_nothing_loaded_the_sample_people_stand_nowhere() -> None:
    assert set(places([], {}).values()) == {None}
    assert len(DEMO_VIEWERS) == 6
