"""What children make together of their parent (rules, section 5).

A parent has no figure while a child that applies has none, and that child is named. A shared
indicator counts once. Nothing is stored: a roll-up is recomputed, also backwards.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pilotage.assessment.code import (
    AT_LEAST,
    AT_MOST,
    MEAN,
    SUM,
    WEIGHTED_MEAN,
    WORST,
    Codes,
    Flags,
    Floats,
    Indices,
)


@dataclass(frozen=True)
class Children:
    """m children of g parents (or of g parents x periods), flat and in any order."""

    parent: Indices  # [m] 0 … g − 1
    value: Floats  # [m] NaN: missing
    weight: Floats  # [m] 0 or more, read by weighted mean alone; NaN: unknown
    applies: Flags  # [m] False: this child is outside the figure
    identity: Indices  # [m] equal for the copies of one shared indicator under a parent


@dataclass(frozen=True)
class RolledUp:
    """The parents' figures and how their children made them."""

    value: Floats  # [g] NaN: none
    missing: Flags  # [m] children that apply and have no value
    weight: Floats  # [m] weight used, adding up to 1 (each 1 in a sum); 0: not used


def roll_up_all(children: Children, rule: Codes, direction: Codes) -> RolledUp:
    """The figure of each parent from its children.

    Shape    ``rule`` (codes of ROLL_UPS) and ``direction`` [g].
    Missing  NaN where a child that applies has no value, where none applies, where the weights
             add up to nothing or one is unknown, for the rule none, and for worst without a
             one-sided direction.
    Source   rules, section 5: weights renormalised over the children that apply.
    """
    parents = len(rule)
    counts = children.applies & _first_of_its_kind(children)
    missing = counts & np.isnan(children.value)
    own_rule = rule[children.parent]
    raw = np.where(own_rule == WEIGHTED_MEAN, children.weight, 1.0)
    raw = np.where(own_rule == WORST, _is_worst(children, counts, direction), raw)
    raw = np.where(counts, raw, 0.0)
    total = np.bincount(children.parent, raw, parents)
    shared = np.where(own_rule == SUM, 1.0, total[children.parent])
    weight = np.divide(raw, shared, out=np.zeros_like(raw), where=shared != 0)
    product = np.where(counts & (weight != 0), weight * children.value, 0.0)
    value = np.bincount(children.parent, product, parents)
    lacking = np.bincount(children.parent, missing, parents) > 0
    known = np.isin(rule, (SUM, MEAN, WEIGHTED_MEAN, WORST)) & (total > 0) & ~lacking
    return RolledUp(np.where(known, value, np.nan), missing, weight)


def roll_up(
    values: Floats, weights: Floats, applicable: Flags, rule: int, direction: int
) -> tuple[float, Indices, Floats]:
    """One parent's figure, the positions of its missing children, and the weights used."""
    count = len(values)
    own = np.arange(count)
    children = Children(np.zeros(count, dtype=np.int64), values, weights, applicable, own)
    rolled = roll_up_all(
        children, np.array([rule], dtype=np.int8), np.array([direction], dtype=np.int8)
    )
    return float(rolled.value[0]), np.flatnonzero(rolled.missing), rolled.weight


def chosen_weights(children: Children, denominators: Floats, links: Floats) -> Floats:
    """The weights of a weighted mean: denominators, else link weights, else equal ones.

    One kind for all the children of a parent: denominators where every child that applies has
    one, else link weights on the same condition (settled points, 8).
    """
    parents = int(children.parent.max(initial=-1)) + 1

    def complete(weights: Floats) -> Flags:
        without = children.applies & np.isnan(weights)
        all_there: Flags = np.bincount(children.parent, without, parents) == 0
        return all_there[children.parent]

    return np.where(complete(denominators), denominators, np.where(complete(links), links, 1.0))


def _first_of_its_kind(children: Children) -> Flags:
    """One child per parent and identity: the first that applies with a value, else the first."""
    rank = np.where(children.applies, np.where(np.isnan(children.value), 1, 0), 2)
    order = np.lexsort((np.arange(len(rank)), rank, children.identity, children.parent))
    parent, identity = children.parent[order], children.identity[order]
    opens = np.ones(len(order), dtype=np.bool_)
    opens[1:] = (parent[1:] != parent[:-1]) | (identity[1:] != identity[:-1])
    first = np.zeros(len(order), dtype=np.bool_)
    first[order] = opens
    return first


def _is_worst(children: Children, counts: Flags, direction: Codes) -> NDArray[np.float64]:
    """1 for one child per parent, the one on the wrong side of all the others; 0 elsewhere."""
    sense = np.select([direction == AT_LEAST, direction == AT_MOST], [1.0, -1.0], np.nan)
    badness = np.where(counts, sense[children.parent] * children.value, np.inf)
    order = np.lexsort((badness, children.parent))
    opens = np.ones(len(order), dtype=np.bool_)
    opens[1:] = children.parent[order][1:] != children.parent[order][:-1]
    worst = np.zeros(len(order), dtype=np.bool_)
    worst[order] = opens
    return np.where(worst & np.isfinite(badness), 1.0, 0.0)
