"""A blocker and what may happen to it: pure functions from one state to the next.

Source: rules, section 6. Each function returns the blocker after the move; the event is what is
kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pilotage.domain.blocker import BlockerState, LadderLevel, Seriousness


class Move(StrEnum):
    """What a person does about a blocker; the first one makes it exist."""

    RAISE = "raise"
    TAKE = "take"
    ESCALATE = "escalate"
    RETURN = "return"
    DEFER = "defer"
    RESOLVE = "resolve"
    CLOSE = "close"
    REOPEN = "reopen"


@dataclass(frozen=True)
class Blocker:
    """One blocker as it stands; ``level_since`` is the day it came to its level."""

    blocker_id: str
    title: str
    seriousness: Seriousness
    state: BlockerState
    level: LadderLevel
    organisation_id: str
    raised_on: date
    level_since: date
    title_en: str | None = None
    description: str | None = None
    owner: str | None = None
    originator: str | None = None
    due_on: date | None = None
    resolved_on: date | None = None
    indicator_ids: tuple[str, ...] = ()
    last_note: str | None = None


@dataclass(frozen=True)
class Step:
    """One move: who, on which day, with what words; ``until`` is the date of a deferral."""

    move: Move
    author: str
    on: date
    note: str | None = None
    until: date | None = None


class MoveRefused(StrEnum):
    """Why a move cannot be made from where the blocker stands."""

    NOT_FROM_HERE = "not_from_here"
    ALREADY_AT_THE_TOP = "already_at_the_top"
    WORDS_MISSING = "words_missing"
    DATE_MISSING = "date_missing"


class MoveError(ValueError):
    """A move that the ladder does not allow; ``reason`` says which rule."""

    def __init__(self, reason: MoveRefused) -> None:
        """Refuse for that reason."""
        super().__init__(reason.value)
        self.reason = reason


_FROM: Mapping[BlockerState, frozenset[Move]] = {
    BlockerState.OPEN: frozenset({Move.TAKE, Move.ESCALATE, Move.RESOLVE}),
    BlockerState.TAKEN: frozenset({Move.TAKE, Move.ESCALATE, Move.RESOLVE}),
    BlockerState.ESCALATED: frozenset(
        {Move.TAKE, Move.RETURN, Move.DEFER, Move.ESCALATE, Move.RESOLVE}
    ),
    BlockerState.RETURNED: frozenset({Move.TAKE, Move.ESCALATE, Move.RESOLVE}),
    BlockerState.DEFERRED: frozenset({Move.TAKE, Move.RETURN, Move.ESCALATE, Move.RESOLVE}),
    BlockerState.RESOLVED: frozenset({Move.CLOSE, Move.REOPEN}),
    BlockerState.CLOSED: frozenset({Move.REOPEN}),
}

NEEDS_WORDS = frozenset({Move.ESCALATE, Move.RETURN, Move.DEFER, Move.RESOLVE})
"""An escalation and a deferral carry a reason, a return its answer, a resolution what was done."""


def possible_moves(blocker: Blocker) -> frozenset[Move]:
    """The moves the ladder allows from this state, whoever makes them."""
    moves = _FROM[blocker.state]
    return moves - {Move.ESCALATE} if blocker.level is LadderLevel.GOVERNMENT else moves


def after(blocker: Blocker, step: Step) -> Blocker:
    """The blocker once the step is made; MoveError when the ladder does not allow it."""
    _check(blocker, step)
    noted = replace(blocker, last_note=step.note or blocker.last_note)
    return _AFTER[step.move](noted, step)


def _check(blocker: Blocker, step: Step) -> None:
    if step.move is Move.ESCALATE and blocker.level is LadderLevel.GOVERNMENT:
        raise MoveError(MoveRefused.ALREADY_AT_THE_TOP)
    if step.move not in possible_moves(blocker):
        raise MoveError(MoveRefused.NOT_FROM_HERE)
    if step.move in NEEDS_WORDS and not (step.note or "").strip():
        raise MoveError(MoveRefused.WORDS_MISSING)
    if step.move is Move.DEFER and (step.until is None or step.until <= step.on):
        raise MoveError(MoveRefused.DATE_MISSING)


def _taken(blocker: Blocker, step: Step) -> Blocker:
    return replace(blocker, state=BlockerState.TAKEN, owner=step.author, due_on=None)


def _escalated(blocker: Blocker, step: Step) -> Blocker:
    # The owner stays: below, she is still co-owner and hears the answer.
    level = LadderLevel(blocker.level + 1)
    return replace(
        blocker, state=BlockerState.ESCALATED, level=level, level_since=step.on, due_on=None
    )


def _returned(blocker: Blocker, step: Step) -> Blocker:
    level = LadderLevel(max(LadderLevel.OPERATIONAL, blocker.level - 1))
    return replace(
        blocker, state=BlockerState.RETURNED, level=level, level_since=step.on, due_on=None
    )


def _deferred(blocker: Blocker, step: Step) -> Blocker:
    return replace(blocker, state=BlockerState.DEFERRED, due_on=step.until)


def _resolved(blocker: Blocker, step: Step) -> Blocker:
    return replace(blocker, state=BlockerState.RESOLVED, resolved_on=step.on, due_on=None)


def _closed(blocker: Blocker, _step: Step) -> Blocker:
    return replace(blocker, state=BlockerState.CLOSED)


def _reopened(blocker: Blocker, step: Step) -> Blocker:
    return replace(blocker, state=BlockerState.OPEN, resolved_on=None, level_since=step.on)


_AFTER: Mapping[Move, Callable[[Blocker, Step], Blocker]] = {
    Move.TAKE: _taken,
    Move.ESCALATE: _escalated,
    Move.RETURN: _returned,
    Move.DEFER: _deferred,
    Move.RESOLVE: _resolved,
    Move.CLOSE: _closed,
    Move.REOPEN: _reopened,
}
