"""One blocker as a page shows it: its age against its allowance and what the viewer may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pilotage.access.current import current_viewer
from pilotage.domain.blocker import BlockerState, LadderLevel, Seriousness
from pilotage.domain.viewer import Scope
from pilotage.errors import Forbidden
from pilotage.followup.blocker import Blocker
from pilotage.followup.ladder import Age, age
from pilotage.followup.permission import allowed_moves, may_raise
from pilotage.rooms.past import is_past
from pilotage.store.queries import blockers as queries
from pilotage.store.warehouse import Warehouse

ORDER = ("take", "return", "defer", "escalate", "resolve", "close", "reopen")
"""The order in which moves are offered: the answer expected first."""


@dataclass(frozen=True)
class Named:
    """Something with a name in both languages and a page of its own."""

    identifier: str
    label_fr: str
    label_en: str | None


@dataclass(frozen=True)
class BlockerCard:
    """What a page says of a blocker; ``moves`` are those this viewer may make now, in order."""

    blocker: Blocker
    place: Named
    age: Age
    indicators: tuple[Named, ...]
    moves: tuple[str, ...]
    changed_seq: int


def blocker_of(row: Mapping[str, Any]) -> Blocker:
    """A stored row in the words of the trade."""
    return Blocker(
        blocker_id=row["blocker_id"],
        title=row["title"],
        title_en=row["title_en"],
        description=row["description"],
        seriousness=Seriousness(row["seriousness"]),
        state=BlockerState(row["state"]),
        level=LadderLevel(row["level"]),
        organisation_id=row["organisation_id"],
        owner=row["owner"],
        originator=row["originator"],
        raised_on=row["raised_on"],
        level_since=row["level_since"],
        due_on=row["due_on"],
        resolved_on=row["resolved_on"],
        indicator_ids=tuple(row["indicator_ids"] or ()),
        last_note=row["last_note"],
    )


def card(
    scope: Scope,
    author: str,
    row: Mapping[str, Any],
    titles: Mapping[str, tuple[str, str | None, str]],
    today: date,
) -> BlockerCard:
    """A blocker's row as a card; indicators the viewer may not see are left out."""
    blocker = blocker_of(row)
    moves = allowed_moves(blocker, scope, author)
    return BlockerCard(
        blocker=blocker,
        place=Named(blocker.organisation_id, row["label_fr"], row["label_en"]),
        age=age(blocker, today),
        indicators=tuple(
            Named(name, titles[name][0], titles[name][1])
            for name in blocker.indicator_ids
            if name in titles
        ),
        moves=tuple(move for move in ORDER if move in moves),
        changed_seq=row["load_seq"],
    )


def author_of(scope: Scope) -> str:
    """The name under which this viewer's events are recorded: hers, else her identifier."""
    try:
        viewer = current_viewer()
    except Forbidden:
        return scope.viewer_id
    return viewer.name if viewer.viewer_id == scope.viewer_id else scope.viewer_id


def cards(
    scope: Scope, warehouse: Warehouse, rows: Sequence[Mapping[str, Any]], today: date
) -> tuple[BlockerCard, ...]:
    """Cards of these rows, in their order."""
    named = {name for row in rows for name in row["indicator_ids"] or ()}
    titles = queries.indicator_titles(scope, warehouse, named) if named else {}
    author = author_of(scope)
    found = tuple(card(scope, author, row, titles, today) for row in rows)
    # What was to be done on a past day is not to be done on it now.
    return tuple(replace(one, moves=()) for one in found) if is_past(warehouse) else found


def linked_blockers(
    scope: Scope, warehouse: Warehouse, pair: tuple[str, str], today: date
) -> tuple[tuple[BlockerCard, ...], bool]:
    """Live blockers that name the indicator of the pair, and whether the viewer may raise one.

    A blocker of another organisation is shown too: it is the indicator that suffers.
    """
    indicator_id, organisation_id = pair
    live = queries.standing_blockers(scope, warehouse, is_live=True)
    rows = [row for row in live if indicator_id in (row["indicator_ids"] or ())]
    can_raise = not is_past(warehouse) and may_raise(scope, organisation_id)
    return cards(scope, warehouse, rows, today), can_raise
