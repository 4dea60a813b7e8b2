"""What differs between two readings of a room: pure, each figure and each blocker at most once.

A reading is what was known at the end of a day, judged on that day. A difference says every way in
which its subject changed (its turns), the most important first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pilotage.domain.indicator import Direction
from pilotage.domain.organisation import Organisation
from pilotage.domain.period import Period
from pilotage.domain.status import Confidence, Standing
from pilotage.followup.blocker import Blocker
from pilotage.rooms.tally import ATTENTION


class Turn(StrEnum):
    """One way in which something changed, the most important first.

    ``learned``: a blocker of before, which nothing told of on the first day. ``new_due``: another
    target applies, for another due date. ``revised``: another value for the same period.
    """

    OFF_TARGET = "off_target"
    ESCALATED = "escalated"
    RAISED = "raised"
    REOPENED = "reopened"
    NEWLY_LATE = "newly_late"
    EASED = "eased"
    WORSENED = "worsened"
    LEARNED = "learned"
    IN_DOUBT = "in_doubt"
    RESOLVED = "resolved"
    IMPROVED = "improved"
    JUDGED_AGAIN = "judged_again"
    TIGHTENED = "tightened"
    DEFERRED = "deferred"
    RETURNED = "returned"
    TAKEN = "taken"
    REVISED = "revised"
    DECLARED = "declared"
    NEW_DUE = "new_due"
    MEASURED = "measured"
    APPEARED = "appeared"
    GONE = "gone"


RANK = {turn: rank for rank, turn in enumerate(Turn)}
_JUDGED = (Standing.ON_TRACK, Standing.AT_RISK, Standing.OFF_TARGET)
"""Standings that say how a target is met, the best first."""
_LATE = frozenset({Standing.MISSING, Standing.STALE})
_DOUBTFUL = frozenset({Standing.DISPUTED, Standing.IN_ERROR})


@dataclass(frozen=True)
class Figure:
    """What is compared of an indicator in an organisation."""

    indicator_id: str
    organisation_id: str
    title_fr: str
    title_en: str | None
    unit: str
    decimals: int | None
    direction: Direction
    standing: Standing
    period: Period | None
    value: float | None
    value_text: str | None
    low: float | None
    high: float | None
    target_text: str | None
    due_date: date | None
    confidence: Confidence | None

    @property
    def key(self) -> tuple[str, str]:
        """Which indicator, where."""
        return self.indicator_id, self.organisation_id


@dataclass(frozen=True)
class Difference:
    """One subject in two readings, its turns in order; ``before`` or ``now`` may be absent."""

    turns: tuple[Turn, ...]
    before: Figure | Blocker | None
    now: Figure | Blocker | None
    place: Organisation | None = None

    @property
    def subject(self) -> Figure | Blocker:
        """As last known."""
        known = self.now or self.before
        assert known is not None, "a difference has a subject"
        return known

    @property
    def name(self) -> tuple[str, ...]:
        """What tells it from every other."""
        known = self.subject
        return known.key if isinstance(known, Figure) else (known.blocker_id,)


def differences(
    figures: tuple[Iterable[Figure], Iterable[Figure]],
    blockers: tuple[Iterable[Blocker], Iterable[Blocker]],
    first_day: date,
) -> tuple[Difference, ...]:
    """All that changed from the first reading to the second, the most important first.

    ``figures`` and ``blockers`` are each (before, now); ``first_day`` is that of the first reading.
    """
    found = [*_figures(*figures), *_blockers(*blockers, first_day)]
    return tuple(sorted(found, key=_order))


def _order(one: Difference) -> tuple[int, int, int, tuple[str, ...]]:
    known = one.subject
    attention = ATTENTION.index(known.standing) if isinstance(known, Figure) else 0
    return RANK[one.turns[0]], attention, -len(one.turns), one.name


def _figures(before: Iterable[Figure], now: Iterable[Figure]) -> Iterable[Difference]:
    first, second = {one.key: one for one in before}, {one.key: one for one in now}
    for key in sorted(first.keys() | second.keys()):
        old, new = first.get(key), second.get(key)
        turns = figure_turns(old, new) if old and new else (_presence(new),)
        if turns:
            yield Difference(turns, old, new)


def _presence(new: object | None) -> Turn:
    return Turn.GONE if new is None else Turn.APPEARED


def figure_turns(before: Figure, now: Figure) -> tuple[Turn, ...]:
    """Every way in which a figure changed, in order; empty where it is the same."""
    found = set()
    if now.standing is not before.standing:
        found.add(_standing_turn(before.standing, now.standing))
    if turn := _target_turn(before, now):
        found.add(turn)
    if (before.value, before.value_text, before.period) != (now.value, now.value_text, now.period):
        is_same_period = before.period == now.period and before.period is not None
        found.add(Turn.REVISED if is_same_period else Turn.MEASURED)
    if before.confidence is not now.confidence:
        found.add(Turn.DECLARED)
    return tuple(sorted(found, key=RANK.__getitem__))


def _standing_turn(before: Standing, now: Standing) -> Turn:
    if now is Standing.OFF_TARGET:
        return Turn.OFF_TARGET
    if now in _LATE:
        return Turn.NEWLY_LATE
    if now in _DOUBTFUL:
        return Turn.IN_DOUBT
    if before in _JUDGED and now in _JUDGED:
        is_better = _JUDGED.index(now) < _JUDGED.index(before)
        return Turn.IMPROVED if is_better else Turn.WORSENED
    return Turn.JUDGED_AGAIN


def _target_turn(before: Figure, now: Figure) -> Turn | None:
    """Eased or tightened by direction; for another due date, or otherwise, only another target."""
    old, new = (before.low, before.high), (now.low, now.high)
    if (*old, before.due_date, before.target_text) == (*new, now.due_date, now.target_text):
        return None
    if before.due_date != now.due_date or old == new:
        return Turn.NEW_DUE
    eased = _widening(before.low, now.low, 1), _widening(before.high, now.high, -1)
    if max(eased) > 0 and min(eased) >= 0:
        return Turn.EASED
    return Turn.TIGHTENED if min(eased) < 0 and max(eased) <= 0 else Turn.NEW_DUE


def _widening(before: float | None, now: float | None, sign: int) -> int:
    """1 where a bound gives more room than before, -1 where it gives less, 0 where it is the same.

    ``sign`` is 1 for the lower bound, -1 for the upper one. A bound that goes leaves more room.
    """
    if before == now:
        return 0
    if before is None or now is None:
        return 1 if now is None else -1
    return 1 if sign * (before - now) > 0 else -1


def _blockers(
    before: Iterable[Blocker], now: Iterable[Blocker], first_day: date
) -> Iterable[Difference]:
    first = {one.blocker_id: one for one in before}
    second = {one.blocker_id: one for one in now}
    for name in sorted(first.keys() | second.keys()):
        old, new = first.get(name), second.get(name)
        turns = blocker_turns(old, new, first_day)
        if turns:
            yield Difference(turns, old, new)


def blocker_turns(before: Blocker | None, now: Blocker | None, first_day: date) -> tuple[Turn, ...]:
    """Every way in which a blocker moved, in order; empty where it stands as it did."""
    if now is None:
        return (Turn.GONE,) if before else ()
    found: set[Turn] = set()
    if before is None:
        found.add(Turn.LEARNED if now.raised_on <= first_day else Turn.RAISED)
    elif now.state.is_live and not before.state.is_live:
        found.add(Turn.REOPENED)
    elif now.level > before.level:
        found.add(Turn.ESCALATED)
    if not now.state.is_live and (before is None or before.state.is_live):
        found.add(Turn.RESOLVED)
    if before is not None and now.state.is_live and not found:
        found |= _answer(before, now)
    return tuple(sorted(found, key=RANK.__getitem__))


def _answer(before: Blocker, now: Blocker) -> set[Turn]:
    """What was answered to a blocker that neither came, climbed nor went."""
    if now.state is before.state:
        is_same = (now.owner, now.due_on) == (before.owner, before.due_on)
        return set() if is_same else {Turn.TAKEN if now.owner != before.owner else Turn.DEFERRED}
    return {_ANSWERS.get(now.state.value, Turn.TAKEN)}


_ANSWERS: Mapping[str, Turn] = {
    "escalated": Turn.ESCALATED,
    "deferred": Turn.DEFERRED,
    "returned": Turn.RETURNED,
    "open": Turn.RETURNED,
    "taken": Turn.TAKEN,
}
