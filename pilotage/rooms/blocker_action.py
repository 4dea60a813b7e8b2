"""What a page asks to do about a blocker, from an untrusted form to the journal or to a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pilotage.domain.blocker import Seriousness
from pilotage.domain.viewer import Scope
from pilotage.followup.blocker import Blocker, Move, MoveError, Step
from pilotage.followup.event import Draft, NotAllowedError, make_move, raise_blocker
from pilotage.rooms.blocker import author_of, blocker_of
from pilotage.rooms.blockers import level_of
from pilotage.store.queries import blockers as queries
from pilotage.store.queries.directory import organisations
from pilotage.store.warehouse import Warehouse

_LONGEST_TITLE, _LONGEST_NOTE = 200, 2000


class Outcome(StrEnum):
    """What became of the request; the page has a sentence for each."""

    RAISED = "raised"
    MOVED = "moved"
    NOT_ALLOWED = "not_allowed"
    NOT_FROM_HERE = "not_from_here"
    ALREADY_AT_THE_TOP = "already_at_the_top"
    WORDS_MISSING = "words_missing"
    DATE_MISSING = "date_missing"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NOT_UNDERSTOOD = "not_understood"

    @property
    def is_done(self) -> bool:
        """True when something was written."""
        return self in {Outcome.RAISED, Outcome.MOVED}


@dataclass(frozen=True)
class Answer:
    """The outcome, and the blocker as it stands when something was written."""

    outcome: Outcome
    blocker: Blocker | None = None
    move: str | None = None


def act(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> Answer:
    """Do what the form asks, with the viewer's own rights; never raises on what a client sends."""
    text = {name: value for name, value in asked.items() if isinstance(value, str)}
    try:
        if text.get("move") == Move.RAISE:
            return _raise(scope, warehouse, text)
        return _move(scope, warehouse, text)
    except NotAllowedError:
        return Answer(Outcome.NOT_ALLOWED)
    except MoveError as error:
        return Answer(Outcome(error.reason.value))
    except ValueError:
        return Answer(Outcome.NOT_UNDERSTOOD)


def _step(scope: Scope, warehouse: Warehouse, asked: Mapping[str, str]) -> Step:
    until = asked.get("until")
    return Step(
        move=Move(asked["move"]) if asked.get("move") in set(Move) else _not_a_move(),
        author=author_of(scope),
        on=warehouse.today,
        note=asked.get("note", "").strip()[:_LONGEST_NOTE] or None,
        until=date.fromisoformat(until) if until else None,
    )


def _not_a_move() -> Move:
    raise ValueError("move")


def _raise(scope: Scope, warehouse: Warehouse, asked: Mapping[str, str]) -> Answer:
    place = asked.get("organisation_id", "")
    tree = organisations(scope, warehouse)
    kind = next((one.kind for one in tree if one.organisation_id == place), None)
    if kind is None:
        return Answer(Outcome.NOT_ALLOWED)
    named = asked.get("indicator_id", "")
    known = queries.indicator_titles(scope, warehouse, [named]) if named else {}
    draft = Draft(
        title=asked.get("title", "")[:_LONGEST_TITLE],
        seriousness=Seriousness(asked.get("seriousness", Seriousness.MAJOR.value)),
        level=level_of(kind),
        organisation_id=place,
        indicator_ids=tuple(known),
    )
    raised = raise_blocker(warehouse, scope, _step(scope, warehouse, asked), draft)
    return Answer(Outcome.RAISED, raised, Move.RAISE.value)


def _move(scope: Scope, warehouse: Warehouse, asked: Mapping[str, str]) -> Answer:
    row = queries.one_blocker(scope, warehouse, asked.get("blocker_id", ""))
    if row is None:
        return Answer(Outcome.NOT_ALLOWED)
    if asked.get("seq") not in {None, str(row["load_seq"])}:
        return Answer(Outcome.CHANGED_MEANWHILE, blocker_of(row))
    step = _step(scope, warehouse, asked)
    moved = make_move(warehouse, scope, blocker_of(row), step)
    return Answer(Outcome.MOVED, moved, step.move.value)
