"""Blockers as events of the journal: what is written when one is raised or moved.

Kind ``blocker``. Payload: ``{"move", "note", "until", "blocker": {every field after the move}}``,
plain JSON, days in ISO. The blocker as it stands after the move travels in the event, so that
projecting it is one insert and a rebuild does not depend on the rules in force when it is replayed.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol
from uuid import uuid4

from pilotage.domain.blocker import BlockerState, LadderLevel, Seriousness
from pilotage.domain.viewer import Scope
from pilotage.followup.blocker import Blocker, MoveError, MoveRefused, Step, after
from pilotage.followup.permission import allowed_moves, may_raise

KIND = "blocker"


class NotAllowedError(PermissionError):
    """The viewer may not make this move; nothing was written."""


class Recorder(Protocol):
    """What the store offers to follow-up: append an event and project it."""

    def record(self, kind: str, author: str, payload: dict[str, Any]) -> int:
        """Append and project; the sequence of the event once it is on disk."""
        ...


def payload(blocker: Blocker, step: Step) -> dict[str, Any]:
    """The event's content: the move and the blocker as it stands after it."""
    return {
        "move": step.move.value,
        "note": step.note,
        "until": _plain(step.until),
        "blocker": {name: _plain(value) for name, value in asdict(blocker).items()},
    }


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, LadderLevel):
        return int(value)
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True)
class Draft:
    """What a person writes to raise a blocker."""

    title: str
    seriousness: Seriousness
    level: LadderLevel
    organisation_id: str
    indicator_ids: tuple[str, ...] = ()


def raise_blocker(recorder: Recorder, scope: Scope, step: Step, draft: Draft) -> Blocker:
    """Raise a blocker in one organisation and record it.

    Raises NotAllowedError outside the scope, MoveError without a title; then nothing is written.
    """
    if not may_raise(scope, draft.organisation_id):
        raise NotAllowedError(draft.organisation_id)
    if not draft.title.strip():
        raise MoveError(MoveRefused.WORDS_MISSING)
    raised = Blocker(
        blocker_id=f"B-{uuid4().hex[:12]}",
        title=draft.title.strip(),
        seriousness=draft.seriousness,
        state=BlockerState.OPEN,
        level=draft.level,
        organisation_id=draft.organisation_id,
        raised_on=step.on,
        level_since=step.on,
        originator=step.author,
        indicator_ids=draft.indicator_ids,
        last_note=step.note,
    )
    recorder.record(KIND, step.author, payload(raised, step))
    return raised


def make_move(recorder: Recorder, scope: Scope, blocker: Blocker, step: Step) -> Blocker:
    """Make the move and record it.

    Raises NotAllowedError when the viewer may not, MoveError when the ladder does not allow it;
    then nothing is written.
    """
    moved = after(blocker, step)
    if step.move not in allowed_moves(blocker, scope, step.author):
        raise NotAllowedError(step.move)
    recorder.record(KIND, step.author, payload(moved, step))
    return moved
