"""What is written in the journal, and what is not when the viewer may not."""

import json
from datetime import date
from typing import Any

import pytest

from pilotage.domain.blocker import BlockerState, LadderLevel, Seriousness
from pilotage.domain.indicator import Level, Visibility
from pilotage.domain.viewer import Role, Scope
from pilotage.followup.blocker import Move, Step
from pilotage.followup.event import Draft, NotAllowedError, make_move, raise_blocker
from pilotage.followup.permission import allowed_moves
from tests.test_followup_blocker import MONDAY, blocker


class Written:
    """A recorder that keeps what it is given, as JSON would."""

    def __init__(self) -> None:
        self.events: list[tuple[str, str, dict[str, Any]]] = []

    def record(self, kind: str, author: str, payload: dict[str, Any]) -> int:
        self.events.append((kind, author, json.loads(json.dumps(payload))))
        return len(self.events)


def scope(role: Role, *organisations: str) -> Scope:
    return Scope(
        viewer_id="v",
        role=role,
        everything=role is Role.CENTRAL,
        organisation_ids=frozenset(organisations),
        levels=frozenset(Level),
        visibilities=frozenset(Visibility),
        published_only=False,
        loads_everything=False,
        loadable=frozenset(),
    )


def test_raising_a_blocker_writes_it_whole() -> None:
    written = Written()
    raised = raise_blocker(
        written,
        scope(Role.TEAM_MEMBER, "EQ-1"),
        Step(Move.RAISE, "Mme Roy", MONDAY),
        Draft(" Panne ", Seriousness.CRITICAL, LadderLevel.OPERATIONAL, "EQ-1", ("I-1",)),
    )
    kind, author, payload = written.events[0]
    assert (kind, author, payload["move"]) == ("blocker", "Mme Roy", "raise")
    assert payload["blocker"]["blocker_id"] == raised.blocker_id
    assert payload["blocker"]["title"] == "Panne"
    assert payload["blocker"]["raised_on"] == "2026-11-09"
    assert payload["blocker"]["level"] == 1
    assert payload["blocker"]["indicator_ids"] == ["I-1"]


def test_raising_elsewhere_than_at_home_is_refused_and_writes_nothing() -> None:
    written = Written()
    with pytest.raises(NotAllowedError):
        raise_blocker(
            written,
            scope(Role.TEAM_MEMBER, "EQ-1"),
            Step(Move.RAISE, "Mme Roy", MONDAY),
            Draft("Panne", Seriousness.MINOR, LadderLevel.OPERATIONAL, "EQ-2"),
        )
    assert not written.events


def test_a_move_is_recorded_with_the_state_it_leads_to() -> None:
    written = Written()
    until = date(2026, 12, 1)
    step = Step(Move.DEFER, "Sous-ministre", MONDAY, "Budget à venir.", until)
    up = blocker(BlockerState.ESCALATED, LadderLevel.STRATEGIC)
    make_move(written, scope(Role.DEPUTY_MINISTER, "MSSS"), up, step)
    payload = written.events[0][2]
    assert payload["until"] == "2026-12-01"
    assert payload["blocker"]["state"] == "deferred"


@pytest.mark.parametrize(
    ("role", "organisation", "level", "expected"),
    [
        pytest.param(
            Role.MANAGER,
            "MSSS",
            LadderLevel.TACTICAL,
            {Move.TAKE, Move.ESCALATE, Move.RESOLVE},
            id="a manager at her level",
        ),
        pytest.param(Role.MANAGER, "MSSS", LadderLevel.STRATEGIC, set(), id="not above it"),
        pytest.param(Role.MANAGER, "AILLEURS", LadderLevel.TACTICAL, set(), id="not elsewhere"),
        pytest.param(Role.AUDITOR, "MSSS", LadderLevel.TACTICAL, set(), id="an auditor only reads"),
        pytest.param(
            Role.CENTRAL,
            "MSSS",
            LadderLevel.GOVERNMENT,
            {Move.TAKE, Move.RESOLVE},
            id="the centre at the top",
        ),
    ],
)
def test_the_moves_offered_are_those_the_role_may_make(
    role: Role, organisation: str, level: LadderLevel, expected: set[Move]
) -> None:
    found = allowed_moves(blocker(level=level), scope(role, organisation), "Quelqu'un")
    assert found == expected


def test_the_owner_may_still_resolve_what_she_sent_up() -> None:
    up = blocker(BlockerState.ESCALATED, LadderLevel.STRATEGIC)
    found = allowed_moves(up, scope(Role.MANAGER, "MSSS"), "M. Tremblay")
    assert found == {Move.ESCALATE, Move.RESOLVE}


def test_only_the_originator_closes() -> None:
    resolved = blocker(BlockerState.RESOLVED)
    line = scope(Role.DEPUTY_MINISTER, "MSSS")
    assert allowed_moves(resolved, line, "Quelqu'un") == {Move.REOPEN}
    assert allowed_moves(resolved, scope(Role.TEAM_MEMBER, "MSSS"), "Mme Roy") == {
        Move.CLOSE,
        Move.REOPEN,
    }
