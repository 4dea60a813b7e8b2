"""What people write: explanations of a gap, comments, recognitions, records of huddles."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pilotage.domain.indicator import Level
from pilotage.domain.period import Period

LONGEST_BODY = 5000
"""Characters of one text at most; a longer one is refused, never cut."""
LONGEST_NAME = 200
"""Characters of a name, a practice or a reason at most."""
RECORD_LINES = 5
"""Lines of the record of a huddle."""
LONGEST_LINE = 500
"""Characters of one of its lines at most."""
MOST_PRESENT = 60
"""People at a huddle at most."""


class PostKind(StrEnum):
    """What is written, and so who may write it and where it shows."""

    EXPLANATION = "explanation"
    COMMENT = "comment"
    RECOGNITION = "recognition"
    HUDDLE = "huddle"


@dataclass(frozen=True)
class Words:
    """What the person writes; what a kind does not ask for stays none.

    ``body``: the comment, the cause of the gap, what is recognised. ``under_way`` and ``back_on``:
    what is being done and the day expected back on target. ``honoured``: a person, none for the
    organisation itself; ``practice``: what is worth sharing. Of a huddle, ``body`` is its five
    lines, ``level`` the room it was held in, ``present`` who was there and ``minutes`` how long it
    lasted, none where no timer was started.
    """

    body: str
    period: Period | None = None
    under_way: str | None = None
    back_on: date | None = None
    honoured: str | None = None
    practice: str | None = None
    level: Level | None = None
    present: tuple[str, ...] = ()
    minutes: int | None = None


@dataclass(frozen=True)
class Post:
    """One version of what somebody wrote: the last one stands, the earlier ones are kept.

    ``author`` wrote the first version, ``author_id`` is who that is; ``by`` wrote this one.
    ``withdrawn_for`` is the reason once it is withdrawn.
    """

    post_id: str
    kind: PostKind
    version: int
    organisation_id: str
    author: str
    author_id: str
    by: str
    words: Words
    indicator_id: str | None = None
    blocker_id: str | None = None
    withdrawn_for: str | None = None

    @property
    def is_withdrawn(self) -> bool:
        """True when nothing of it is to be read any more but that it was withdrawn, and why."""
        return self.withdrawn_for is not None
