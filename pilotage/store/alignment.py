"""What children sent, period by period, in the periods of their parents."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilotage.assessment.code import NONE, WITHDRAWN_VALUE, Codes, Flags, Floats, Indices
from pilotage.assessment.judgement import RECENT
from pilotage.store.cascade import Edges
from pilotage.store.series_calendar import Clock
from pilotage.store.series_value import Recents

_COLUMNS = np.arange(RECENT)


@dataclass(frozen=True)
class Aligned:
    """m children by the 48 periods of each one's parent."""

    values: Floats  # NaN: missing, withdrawn or text
    states: Codes  # measurements.state; −1: nothing sent
    denominators: Floats
    applies: Flags  # the child exists in that period, or sent a value all the same
    is_known: Flags  # False: the period is older than what is read of the child


def parents_clock(clock: Clock, parents: Indices, edges: Edges, is_published: Flags) -> Clock:
    """The calendars of ``parents``: their own where published, else that of their latest child."""
    tied = edges.taken(np.flatnonzero((edges.child != NONE) & ~is_published[edges.parent]))
    children = clock.taken(tied.child)
    begun = children.edges()[:, RECENT - 1].astype(np.int64)
    order = np.lexsort((children.kind, begun, tied.parent))
    is_latest = np.append(np.diff(tied.parent[order]) > 0, True)[: len(order)]
    latest = order[is_latest]
    whole = Clock(clock.kind.copy(), clock.phase.copy(), clock.last.copy())
    whole.kind[tied.parent[latest]] = children.kind[latest]
    whole.phase[tied.parent[latest]] = children.phase[latest]
    whole.last[tied.parent[latest]] = children.last[latest]
    return whole.taken(parents)


def aligned(recents: Recents, edges: Edges, own: Clock) -> Aligned:
    """The children's values in the calendars ``own`` of their parents, one per child.

    A child measured in another kind of period has nothing to give.
    """
    child = np.maximum(edges.child, 0)
    theirs = recents.clock.taken(child)
    is_same = (edges.child != NONE) & (own.kind > 0)
    is_same &= (theirs.kind == own.kind) & (theirs.phase == own.phase)
    column = _COLUMNS + np.where(is_same, own.last - theirs.last, RECENT)[:, None]
    place = child[:, None] * RECENT + np.clip(column, 0, RECENT - 1)
    is_inside = (column >= 0) & (column < RECENT)
    states = np.where(is_inside, recents.states.ravel()[place], NONE).astype(np.int8)
    is_value = is_inside & (states != WITHDRAWN_VALUE)
    values = np.where(is_value, recents.values.ravel()[place], np.nan)
    below = recents.values if recents.denominators is None else recents.denominators
    denominators = np.where(is_value, below.ravel()[place], np.nan)
    applies = _exists(edges, own) | ~np.isnan(values)
    return Aligned(values, states, denominators, applies, column >= 0)


def _exists(edges: Edges, own: Clock) -> NDArray[Any]:
    """Whether each child's organisation exists at some moment of each period."""
    bounded = np.flatnonzero(~(np.isnat(edges.valid_from) & np.isnat(edges.valid_to)))
    exists = np.ones((len(edges.parent), RECENT), np.bool_)
    moments = own.taken(bounded).edges()
    too_early = moments[:, 1:] <= edges.valid_from[bounded, None]
    too_late = moments[:, :-1] > edges.valid_to[bounded, None]
    exists[bounded] = ~(too_early | too_late)
    return exists
