"""Two readings compared: nothing where they are the same, each change once, the worst first."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage.domain.blocker import BlockerState, LadderLevel, Seriousness
from pilotage.domain.indicator import Direction
from pilotage.domain.period import PeriodKind, starting
from pilotage.domain.status import Confidence, Standing
from pilotage.followup.blocker import Blocker
from pilotage.rooms.change import (
    RANK,
    Difference,
    Figure,
    Turn,
    blocker_turns,
    differences,
    figure_turns,
)

FIRST = date(2026, 10, 31)
SEPTEMBER, OCTOBER = (starting(PeriodKind.MONTH, datetime(2026, n, 1)) for n in (9, 10))
STAY = Figure(
    indicator_id="I-1",
    organisation_id="MSSS",
    title_fr="Séjour",
    title_en="Stay",
    unit="h",
    decimals=1,
    direction=Direction.AT_MOST,
    standing=Standing.AT_RISK,
    period=SEPTEMBER,
    value=16.0,
    value_text=None,
    low=None,
    high=14.0,
    target_text=None,
    due_date=date(2027, 3, 31),
    confidence=None,
)
STUCK = Blocker(
    blocker_id="B-1",
    title="Salles fermées",
    seriousness=Seriousness.MAJOR,
    state=BlockerState.OPEN,
    level=LadderLevel.TACTICAL,
    organisation_id="DUR",
    raised_on=date(2026, 10, 1),
    level_since=date(2026, 10, 1),
)

figures = st.builds(
    replace,
    st.just(STAY),
    indicator_id=st.sampled_from(["I-1", "I-2", "I-3", "I-4"]),
    organisation_id=st.sampled_from(["MSSS", "DUR"]),
    standing=st.sampled_from(Standing),
    period=st.sampled_from([None, SEPTEMBER, OCTOBER]),
    value=st.one_of(st.none(), st.floats(-1e15, 1e15)),
    low=st.one_of(st.none(), st.floats(-10, 10)),
    high=st.one_of(st.none(), st.floats(-10, 10)),
    due_date=st.sampled_from([None, date(2026, 3, 31), date(2027, 3, 31)]),
    confidence=st.one_of(st.none(), st.sampled_from(Confidence)),
)
blockers = st.builds(
    replace,
    st.just(STUCK),
    blocker_id=st.sampled_from(["B-1", "B-2", "B-3"]),
    state=st.sampled_from(BlockerState),
    level=st.sampled_from(LadderLevel),
    owner=st.sampled_from([None, "Mme Roy"]),
    due_on=st.sampled_from([None, date(2026, 12, 1)]),
    raised_on=st.sampled_from([date(2026, 10, 1), date(2026, 11, 2)]),
)
rooms = st.tuples(
    st.lists(figures, max_size=8, unique_by=lambda one: one.key),
    st.lists(blockers, max_size=4, unique_by=lambda one: one.blocker_id),
)


@given(rooms)
def test_a_room_compared_with_itself_has_not_changed(
    room: tuple[list[Figure], list[Blocker]],
) -> None:
    held, stuck = room
    assert differences((held, held[::-1]), (stuck, stuck[::-1]), FIRST) == ()


@given(rooms, rooms)
def test_every_change_is_listed_once_and_the_most_important_first(
    first: tuple[list[Figure], list[Blocker]], second: tuple[list[Figure], list[Blocker]]
) -> None:
    found = differences((first[0], second[0]), (first[1], second[1]), FIRST)
    names = [one.name for one in found]
    assert len(names) == len(set(names))
    assert [RANK[one.turns[0]] for one in found] == sorted(RANK[one.turns[0]] for one in found)
    for one in found:
        assert list(one.turns) == sorted(set(one.turns), key=RANK.__getitem__)
    assert {name for name in names if len(name) == 2} == changed(first[0], second[0])


def changed(before: list[Figure], now: list[Figure]) -> set[tuple[str, ...]]:
    """The figures that are not the same in both, said otherwise than the code says it."""
    old, new = {one.key: one for one in before}, {one.key: one for one in now}
    return {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}


@given(rooms, rooms)
def test_a_reading_may_be_given_in_any_order(
    first: tuple[list[Figure], list[Blocker]], second: tuple[list[Figure], list[Blocker]]
) -> None:
    there = differences((first[0], second[0]), (first[1], second[1]), FIRST)
    again = differences((first[0][::-1], second[0][::-1]), (first[1][::-1], second[1][::-1]), FIRST)
    assert there == again


@pytest.mark.parametrize(
    ("before", "now", "turn"),
    [
        (Standing.ON_TRACK, Standing.OFF_TARGET, Turn.OFF_TARGET),
        (Standing.STALE, Standing.OFF_TARGET, Turn.OFF_TARGET),
        (Standing.ON_TRACK, Standing.AT_RISK, Turn.WORSENED),
        (Standing.OFF_TARGET, Standing.AT_RISK, Turn.IMPROVED),
        (Standing.AT_RISK, Standing.ON_TRACK, Turn.IMPROVED),
        (Standing.ON_TRACK, Standing.STALE, Turn.NEWLY_LATE),
        (Standing.NO_STATUS, Standing.MISSING, Turn.NEWLY_LATE),
        (Standing.ON_TRACK, Standing.DISPUTED, Turn.IN_DOUBT),
        (Standing.MISSING, Standing.ON_TRACK, Turn.JUDGED_AGAIN),
    ],
)
def test_a_standing_that_turns_is_called_by_what_it_means(
    before: Standing, now: Standing, turn: Turn
) -> None:
    assert figure_turns(replace(STAY, standing=before), replace(STAY, standing=now)) == (turn,)


@pytest.mark.parametrize(
    ("bounds", "turn"),
    [
        ((None, 15.0), Turn.EASED),
        ((None, 13.0), Turn.TIGHTENED),
        ((None, None), Turn.EASED),
        ((10.0, 14.0), Turn.TIGHTENED),
        ((10.0, 15.0), Turn.NEW_DUE),
    ],
)
def test_a_target_that_gives_more_room_is_eased(
    bounds: tuple[float | None, float | None], turn: Turn
) -> None:
    low, high = bounds
    assert figure_turns(STAY, replace(STAY, low=low, high=high)) == (turn,)


def test_a_floor_that_goes_down_is_eased_too() -> None:
    floor = replace(STAY, low=90.0, high=None)
    assert figure_turns(floor, replace(floor, low=80.0)) == (Turn.EASED,)
    assert figure_turns(floor, replace(floor, low=95.0)) == (Turn.TIGHTENED,)


def test_the_target_of_another_due_date_is_neither_eased_nor_tightened() -> None:
    later = replace(STAY, high=15.0, due_date=date(2028, 3, 31))
    assert figure_turns(STAY, later) == (Turn.NEW_DUE,)


def test_another_value_for_the_same_period_is_a_revision() -> None:
    assert figure_turns(STAY, replace(STAY, value=16.1)) == (Turn.REVISED,)
    assert figure_turns(STAY, replace(STAY, value=16.1, period=OCTOBER)) == (Turn.MEASURED,)
    first_one = replace(STAY, value=None, period=None)
    assert figure_turns(first_one, STAY) == (Turn.MEASURED,)


def test_a_figure_says_all_its_turns_the_worst_first() -> None:
    now = replace(
        STAY,
        standing=Standing.OFF_TARGET,
        value=17.0,
        period=OCTOBER,
        high=15.0,
        confidence=Confidence.COMPROMISED,
    )
    turns = (Turn.OFF_TARGET, Turn.EASED, Turn.DECLARED, Turn.MEASURED)
    assert figure_turns(STAY, now) == turns


@pytest.mark.parametrize(
    ("changes", "turns"),
    [
        ({}, ()),
        ({"level": LadderLevel.STRATEGIC}, (Turn.ESCALATED,)),
        ({"state": BlockerState.ESCALATED}, (Turn.ESCALATED,)),
        ({"state": BlockerState.TAKEN, "owner": "Mme Roy"}, (Turn.TAKEN,)),
        ({"state": BlockerState.DEFERRED, "due_on": date(2026, 12, 1)}, (Turn.DEFERRED,)),
        ({"state": BlockerState.RETURNED}, (Turn.RETURNED,)),
        ({"state": BlockerState.RESOLVED}, (Turn.RESOLVED,)),
        (
            {"state": BlockerState.CLOSED, "level": LadderLevel.STRATEGIC},
            (Turn.ESCALATED, Turn.RESOLVED),
        ),
    ],
)
def test_what_happens_to_a_blocker_has_its_name(
    changes: dict[str, object], turns: tuple[Turn, ...]
) -> None:
    now = replace(STUCK, **changes)  # type: ignore[arg-type]
    assert blocker_turns(STUCK, now, FIRST) == turns


def test_a_blocker_told_of_late_was_not_raised_since() -> None:
    assert blocker_turns(None, STUCK, FIRST) == (Turn.LEARNED,)
    assert blocker_turns(None, replace(STUCK, raised_on=date(2026, 11, 3)), FIRST) == (Turn.RAISED,)
    settled = replace(STUCK, raised_on=date(2026, 11, 3), state=BlockerState.RESOLVED)
    assert blocker_turns(None, settled, FIRST) == (Turn.RAISED, Turn.RESOLVED)
    assert blocker_turns(replace(STUCK, state=BlockerState.CLOSED), STUCK, FIRST) == (
        Turn.REOPENED,
    )


def test_what_came_and_what_went_are_said() -> None:
    found = differences(([STAY], [replace(STAY, indicator_id="I-2")]), ([], []), FIRST)
    assert [(one.name, one.turns) for one in found] == [
        (("I-2", "MSSS"), (Turn.APPEARED,)),
        (("I-1", "MSSS"), (Turn.GONE,)),
    ]
    assert isinstance(found[0], Difference)
