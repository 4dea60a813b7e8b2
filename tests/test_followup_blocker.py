"""A blocker's states: what may follow what, and what each move changes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage.domain.blocker import BlockerState, LadderLevel, Seriousness
from pilotage.followup.blocker import (
    Blocker,
    Move,
    MoveError,
    MoveRefused,
    Step,
    after,
    possible_moves,
)

MONDAY = date(2026, 11, 9)


def blocker(
    state: BlockerState = BlockerState.OPEN, level: LadderLevel = LadderLevel.TACTICAL
) -> Blocker:
    return Blocker(
        blocker_id="B-1",
        title="Trois salles fermées",
        seriousness=Seriousness.MAJOR,
        state=state,
        level=level,
        organisation_id="MSSS",
        raised_on=date(2026, 11, 2),
        level_since=date(2026, 11, 2),
        owner="M. Tremblay",
        originator="Mme Roy",
    )


def step(move: Move, note: str | None = "Fait.", until: date | None = None) -> Step:
    return Step(move, "Mme Gagnon", MONDAY, note, until)


def test_taking_a_blocker_names_its_owner() -> None:
    taken = after(blocker(), step(Move.TAKE))
    assert (taken.state, taken.owner) == (BlockerState.TAKEN, "Mme Gagnon")


def test_escalating_climbs_one_level_keeps_the_owner_and_restarts_the_clock() -> None:
    up = after(blocker(BlockerState.TAKEN), step(Move.ESCALATE))
    assert (up.state, up.level) == (BlockerState.ESCALATED, LadderLevel.STRATEGIC)
    assert (up.owner, up.level_since) == ("M. Tremblay", MONDAY)


def test_returning_with_an_answer_goes_down_one_level() -> None:
    back = after(blocker(BlockerState.ESCALATED, LadderLevel.STRATEGIC), step(Move.RETURN, "Oui."))
    assert (back.state, back.level) == (BlockerState.RETURNED, LadderLevel.TACTICAL)
    assert back.last_note == "Oui."


def test_deferring_keeps_the_date_on_which_it_comes_back() -> None:
    until = MONDAY + timedelta(days=14)
    deferred = after(blocker(BlockerState.ESCALATED), step(Move.DEFER, "Budget.", until))
    assert (deferred.state, deferred.due_on) == (BlockerState.DEFERRED, until)


def test_resolving_then_closing_then_reopening() -> None:
    resolved = after(blocker(BlockerState.TAKEN), step(Move.RESOLVE))
    assert (resolved.state, resolved.resolved_on) == (BlockerState.RESOLVED, MONDAY)
    closed = after(resolved, step(Move.CLOSE))
    reopened = after(closed, step(Move.REOPEN))
    assert (reopened.state, reopened.resolved_on) == (BlockerState.OPEN, None)


@pytest.mark.parametrize(
    ("state", "level", "asked", "reason"),
    [
        pytest.param(
            BlockerState.OPEN,
            LadderLevel.GOVERNMENT,
            step(Move.ESCALATE),
            MoveRefused.ALREADY_AT_THE_TOP,
            id="nothing is above the government",
        ),
        pytest.param(
            BlockerState.OPEN,
            LadderLevel.TACTICAL,
            step(Move.CLOSE),
            MoveRefused.NOT_FROM_HERE,
            id="nothing closes before it is resolved",
        ),
        pytest.param(
            BlockerState.TAKEN,
            LadderLevel.TACTICAL,
            step(Move.RESOLVE, note="  "),
            MoveRefused.WORDS_MISSING,
            id="resolved says what was done",
        ),
        pytest.param(
            BlockerState.ESCALATED,
            LadderLevel.STRATEGIC,
            step(Move.DEFER, until=MONDAY),
            MoveRefused.DATE_MISSING,
            id="deferred to a day that is still to come",
        ),
        pytest.param(
            BlockerState.OPEN,
            LadderLevel.TACTICAL,
            step(Move.RAISE),
            MoveRefused.NOT_FROM_HERE,
            id="a blocker is raised once",
        ),
    ],
)
def test_a_move_the_ladder_does_not_allow_says_why(
    state: BlockerState, level: LadderLevel, asked: Step, reason: MoveRefused
) -> None:
    with pytest.raises(MoveError) as refused:
        after(blocker(state, level), asked)
    assert refused.value.reason is reason


@given(st.lists(st.sampled_from(list(Move)), max_size=30))
def test_whatever_the_moves_a_blocker_climbs_one_level_at_a_time(moves: list[Move]) -> None:
    now = blocker(level=LadderLevel.OPERATIONAL)
    for move in moves:
        if move not in possible_moves(now):
            with pytest.raises(MoveError):
                after(now, step(move, until=MONDAY + timedelta(days=3)))
            continue
        then = after(now, step(move, until=MONDAY + timedelta(days=3)))
        assert abs(then.level - now.level) <= 1
        assert (then.resolved_on is None) == then.state.is_live
        assert (then.due_on is not None) == (then.state is BlockerState.DEFERRED)
        assert then.blocker_id == now.blocker_id
        now = then


@given(st.sampled_from(list(BlockerState)), st.sampled_from(list(LadderLevel)))
def test_every_state_has_a_way_out(state: BlockerState, level: LadderLevel) -> None:
    assert possible_moves(blocker(state, level))
