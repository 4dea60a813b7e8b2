"""Who carries the gap: what each child adds to the distance between a value and its target."""

from collections.abc import Sequence
from dataclasses import dataclass

from pilotage.domain.indicator import RollUp
from pilotage.domain.status import Standing

MOST_NAMED = 8


@dataclass(frozen=True)
class Child:
    """One child's latest value and target; ``gap`` is its own, none without both.

    ``contribution`` is what it adds to the parent's gap, in the parent's unit, 0 or more; none
    where it cannot be told (no target, or nothing to weigh with).
    """

    indicator_id: str
    organisation_id: str
    title_fr: str
    title_en: str | None
    organisation_fr: str
    organisation_en: str | None
    unit: str
    decimals: int | None
    value: float | None
    gap: float | None
    weight: float | None
    standing: Standing
    contribution: float | None = None


@dataclass(frozen=True)
class Gap:
    """The children, the heaviest first; ``others`` are summed beyond the ones named.

    ``is_partial``: another child is out of sight, and no total is said that would give it away.
    """

    children: tuple[Child, ...]
    others: int
    others_contribution: float | None
    total: float | None
    missing: int
    is_partial: bool = False


def own_gap(
    direction: str, value: float | None, low: float | None, high: float | None
) -> float | None:
    """How far a value is on the wrong side of its target, in its unit; 0 when it satisfies it."""
    if value is None or (low is None and high is None):
        return None
    short = max(0.0, low - value) if low is not None else 0.0
    beyond = max(0.0, value - high) if high is not None else 0.0
    if direction == "at_least":
        return short
    if direction == "at_most":
        return beyond
    if direction == "exactly":
        aim = low if low is not None else high
        return abs(value - aim) if aim is not None else None
    return max(short, beyond)


def gap(children: Sequence[Child], roll_up: str | None, *, is_partial: bool = False) -> Gap | None:
    """What each child carries of the gap; none where there is no child.

    Sum adds the children's gaps; a mean weighs them by ``weight`` when every child with a gap has
    one, else equally. Weights are renormalised over the children that have a gap to weigh.
    """
    if not children:
        return None
    carrying = [child for child in children if child.gap is not None]
    shares = _shares(carrying, roll_up)
    weighed = {
        id(child): (child.gap or 0.0) * share for child, share in zip(carrying, shares, strict=True)
    }
    told = sorted(
        (_with_contribution(child, weighed.get(id(child))) for child in children),
        key=lambda child: (-(child.contribution or -1.0), child.organisation_fr, child.title_fr),
    )
    named, rest = told[:MOST_NAMED], told[MOST_NAMED:]
    if len(rest) == 1:
        named, rest = told, []
    return Gap(
        children=tuple(named),
        others=len(rest),
        others_contribution=_sum([child.contribution for child in rest]),
        total=None if is_partial else _sum([child.contribution for child in told]),
        missing=sum(child.value is None for child in children),
        is_partial=is_partial,
    )


def _shares(carrying: Sequence[Child], roll_up: str | None) -> list[float]:
    if roll_up == RollUp.SUM:
        return [1.0] * len(carrying)
    if not carrying:
        return []
    weights = [child.weight for child in carrying]
    known = [weight for weight in weights if weight is not None and weight > 0]
    if len(known) == len(weights) and known:
        return [weight / sum(known) for weight in known]
    return [1.0 / len(carrying)] * len(carrying)


def _with_contribution(child: Child, contribution: float | None) -> Child:
    return Child(**{**child.__dict__, "contribution": contribution})


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
