"""The blockers of a room: what waits there, and where the others are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pilotage.domain.blocker import LadderLevel
from pilotage.domain.indicator import Level
from pilotage.domain.viewer import Scope
from pilotage.rooms.blocker import BlockerCard, cards
from pilotage.store.queries import blockers as queries
from pilotage.store.warehouse import Warehouse

LADDER_OF_LEVEL = {
    Level.STRATEGIC: LadderLevel.STRATEGIC,
    Level.TACTICAL: LadderLevel.TACTICAL,
    Level.OPERATIONAL: LadderLevel.OPERATIONAL,
}


@dataclass(frozen=True)
class Waiting:
    """Live blockers of an organisation and of those below it, each in one place.

    ``here`` wait for an answer at this level; ``put_off`` are deferred to a coming date;
    ``climbing`` are one level lower and about to climb here; ``risen`` have climbed past this
    level; ``below`` counts the others.
    """

    here: tuple[BlockerCard, ...] = ()
    put_off: tuple[BlockerCard, ...] = ()
    climbing: tuple[BlockerCard, ...] = ()
    risen: tuple[BlockerCard, ...] = ()
    below: int = 0


def waiting(
    scope: Scope,
    warehouse: Warehouse,
    organisation_ids: Iterable[str],
    level: Level,
    today: date,
) -> Waiting:
    """Where the live blockers of these organisations are, seen from that level."""
    rows = queries.standing_blockers(scope, warehouse, tuple(organisation_ids), is_live=True)
    everything = cards(scope, warehouse, rows, today)
    return placed(everything, LADDER_OF_LEVEL[level])


def placed(everything: Iterable[BlockerCard], rung: LadderLevel) -> Waiting:
    """Each live blocker in its place; what has waited longest first."""
    ordered = by_age(everything)
    here = [one for one in ordered if one.blocker.level is rung]
    lower = [one for one in ordered if one.blocker.level < rung]
    climbing = [one for one in lower if one.blocker.level == rung - 1 and _climbs(one)]
    return Waiting(
        here=tuple(one for one in here if not is_put_off(one)),
        put_off=tuple(one for one in here if is_put_off(one)),
        climbing=tuple(climbing),
        risen=tuple(one for one in ordered if one.blocker.level > rung),
        below=len(lower) - len(climbing),
    )


def is_put_off(one: BlockerCard) -> bool:
    """A live blocker whose clock is stopped: deferred to a coming date."""
    return one.age.climbs_on is None and not one.age.is_over


def _climbs(one: BlockerCard) -> bool:
    return one.age.climbs_soon or one.age.is_over


def by_age(blockers: Iterable[BlockerCard]) -> tuple[BlockerCard, ...]:
    """What has waited longest at its level first; what is put off to a coming day, then settled
    blockers, come last.
    """
    return tuple(sorted(blockers, key=_rank))


def _rank(one: BlockerCard) -> tuple[bool, bool, int, int, str]:
    is_settled, days, allowed = not one.blocker.state.is_live, one.age.days, one.age.allowed
    return is_settled, is_put_off(one), -days, allowed, one.blocker.blocker_id
