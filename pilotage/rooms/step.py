"""Changes of level: proposed by the figures, accepted or refused by a person who says why.

An accepted one starts the limits anew; what was said before stands in the journal and on the chart.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import numpy as np

from pilotage.access.person import person
from pilotage.assessment.step import Evidence, proposals
from pilotage.domain.period import Period, PeriodKind, starting
from pilotage.domain.viewer import Scope
from pilotage.rooms.blocker import author_of
from pilotage.store.queries.passport import verdict
from pilotage.store.queries.steps import decided_steps, definition_changes
from pilotage.store.warehouse import Warehouse

_LONGEST_REASON = 500


class StepAnswer(StrEnum):
    """What became of a decision; the page has a sentence for each."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNDONE = "undone"
    NOT_ALLOWED = "not_allowed"
    NO_SUCH = "no_such"
    WORDS_MISSING = "words_missing"


_DECISIONS = (StepAnswer.ACCEPTED, StepAnswer.REFUSED, StepAnswer.UNDONE)


@dataclass(frozen=True)
class StepOffer:
    """A change of level the figures speak for; means in the indicator's unit."""

    begins: Period
    before: float
    after: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class StepTaken:
    """A decision on a change of level: accepted, refused or, of an earlier one, undone."""

    begins: Period
    decision: StepAnswer
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True)
class Steps:
    """What is proposed, what stands decided, every decision ever made, and who may decide."""

    offers: tuple[StepOffer, ...] = ()
    taken: tuple[StepTaken, ...] = ()
    history: tuple[StepTaken, ...] = ()
    may_decide: bool = False

    @property
    def begins(self) -> frozenset[datetime]:
        """The starts of the periods from which the process is judged anew."""
        return frozenset(
            one.begins.start for one in self.taken if one.decision is StepAnswer.ACCEPTED
        )


def steps_of(
    scope: Scope,
    warehouse: Warehouse,
    row: Mapping[str, Any],
    *,
    is_past: bool,
) -> Steps:
    """The changes of level of a verdict's row."""
    if row["period_kind"] is None:
        return Steps()
    kind = PeriodKind(row["period_kind"])
    pair = (row["indicator_id"], row["organisation_id"])
    decided = decided_steps(scope, warehouse, pair)
    last = {one["begins"]: one for one in decided}
    standing = [one for one in last.values() if one["decision"] != StepAnswer.UNDONE]
    taken = tuple(_made(kind, one) for one in sorted(standing, key=lambda one: one["begins"]))
    known = {one.begins.start for one in taken}
    accepted = {one.begins.start for one in taken if one.decision is StepAnswer.ACCEPTED}
    changes = definition_changes(scope, warehouse, row["indicator_id"])
    offered = _offers(row, kind, accepted, changes)
    offers = tuple(one for one in offered if one.begins.start not in known)
    may = not is_past and scope.may_load(row["organisation_id"])
    return Steps(offers, taken, tuple(_made(kind, one) for one in decided), may)


def _made(kind: PeriodKind, row: Mapping[str, Any]) -> StepTaken:
    return StepTaken(
        starting(kind, row["begins"]),
        StepAnswer(row["decision"]),
        row["reason"],
        person(row["author"]) or "",
        row["at"],
    )


def _offers(
    row: Mapping[str, Any],
    kind: PeriodKind,
    accepted: set[datetime],
    changes: Sequence[datetime],
) -> Sequence[StepOffer]:
    """What the values since the last accepted change propose.

    ``changes``: when another way of counting was published, which speaks for a step.
    """
    dated = [
        (start, np.nan if value is None else value)
        for start, value in zip(row["recent_starts"] or [], row["recent_values"] or [], strict=True)
        if start is not None and start >= max(accepted, default=start)
    ]
    if not dated:
        return []
    starts = [start for start, _ in dated]
    # A new way of counting holds from the period that was running when it was published.
    events = tuple(
        max(0, bisect_right(starts, change) - 1)
        for change in changes
        if starts[0] <= change <= starting(kind, starts[-1]).end
    )
    found = proposals(np.array([value for _, value in dated], dtype=float), events)
    return [
        StepOffer(starting(kind, dated[one.index][0]), one.before, one.after, one.evidence)
        for one in found
    ]


def decide_step(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> StepAnswer:
    """Record the decision of a form, where the viewer answers for the organisation."""
    texts = {name: value for name, value in asked.items() if isinstance(value, str)}
    pair = (texts.get("indicator_id", ""), texts.get("organisation_id", ""))
    row = verdict(scope, warehouse, *pair)
    decision = texts.get("decision", "")
    if row is None or decision not in _DECISIONS:
        return StepAnswer.NO_SUCH
    if not scope.may_load(pair[1]):
        return StepAnswer.NOT_ALLOWED
    reason = texts.get("reason", "").strip()[:_LONGEST_REASON]
    if not reason:
        return StepAnswer.WORDS_MISSING
    held = steps_of(scope, warehouse, row, is_past=False)
    begun = {one.begins.start.isoformat() for one in held.offers}
    begun |= {one.begins.start.isoformat() for one in held.taken}
    if texts.get("begins") not in begun:
        return StepAnswer.NO_SUCH
    payload = {
        "indicator_id": pair[0],
        "organisation_id": pair[1],
        "begins": texts["begins"],
        "decision": decision,
        "reason": reason,
    }
    warehouse.record("step", author_of(scope), payload)
    return StepAnswer(decision)
