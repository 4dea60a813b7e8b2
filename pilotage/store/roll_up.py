"""Parents made of their children: figures where none was published, and to set beside the others.

A published value wins. What was never published is filled, period by period, from the bottom up;
a period lacks a figure while a child that applies has none. The gravest state of the children's
values is the parent's: a sum of which a part is disputed or in error is so too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from pilotage.assessment.code import (
    DISPUTED_VALUE,
    ERROR_VALUE,
    FINAL_VALUE,
    NO_ROLL_UP,
    NONE,
    PROVISIONAL_VALUE,
    SUM,
    UNVERIFIED_VALUE,
    WITHDRAWN_VALUE,
    Codes,
    Flags,
    Floats,
    Indices,
)
from pilotage.assessment.judgement import RECENT
from pilotage.assessment.rollup import Children, chosen_weights, roll_up_all
from pilotage.store.alignment import Aligned, aligned, parents_clock
from pilotage.store.cascade import Edges
from pilotage.store.series_batch import Series
from pilotage.store.series_calendar import Clock
from pilotage.store.series_value import Recents

_BY_GRAVITY = np.array(
    [FINAL_VALUE, PROVISIONAL_VALUE, UNVERIFIED_VALUE, DISPUTED_VALUE, ERROR_VALUE], np.int8
)
_GRAVITY = np.zeros(len(_BY_GRAVITY) + 1, np.int8)
_GRAVITY[_BY_GRAVITY] = np.arange(len(_BY_GRAVITY))


@dataclass(frozen=True)
class RolledUp:
    """What the m children of n keys make together, in each key's own 48 periods."""

    is_filled: Flags  # [n] published nothing: its recent values are its children's
    values: Floats  # [n, 48] NaN: no figure, or no children
    received: Flags  # [n, 48] a child that counts sent something
    edges: Edges
    counts: Flags  # [m] children that make their parent's figure
    missing: Flags  # [m, 48] children that apply and have no value

    def missing_at(self, column: Indices) -> dict[int, list[str]]:
        """Names of each key's missing children at its column; of all its children at −1."""
        at = column[self.edges.parent]
        is_missing = self.missing[np.arange(len(at)), np.maximum(at, 0)] | (at == NONE)
        found: dict[int, list[str]] = {}
        for edge in np.flatnonzero(is_missing & self.counts):
            found.setdefault(int(self.edges.parent[edge]), []).append(str(self.edges.name[edge]))
        return found


@dataclass(frozen=True)
class _Work:
    """The arrays that fill from the bottom up, a level at a time."""

    recents: Recents
    is_published: Flags
    is_expected: Flags  # sent something, has a target, or has a child that is expected
    rolled: RolledUp


def rolled_up(series: Series, edges: Edges) -> tuple[Series, RolledUp]:
    """The series with every unpublished parent filled, and what children make of every parent.

    The recent periods of ``series`` must carry denominators.
    """
    work = _started(series, edges)
    for level in _levels(edges, work.is_published):
        _fill(work, series, level)
    return replace(series, recents=work.recents), work.rolled


def _started(series: Series, edges: Edges) -> _Work:
    n, m = series.size, len(edges.parent)
    recents = series.recents.copied()
    is_sent = (recents.states != NONE) & (recents.states != WITHDRAWN_VALUE)
    rolled = RolledUp(
        is_filled=np.zeros(n, np.bool_),
        values=np.full((n, RECENT), np.nan),
        received=np.zeros((n, RECENT), np.bool_),
        edges=edges,
        counts=np.zeros(m, np.bool_),
        missing=np.zeros((m, RECENT), np.bool_),
    )
    return _Work(recents, is_sent.any(axis=1), series.is_received | series.has_target, rolled)


def _levels(edges: Edges, is_published: Flags) -> Iterator[Flags]:
    """Parents by level, each after the unpublished ones below it; those caught in a loop last."""
    waiting = np.zeros(len(is_published), np.bool_)
    waiting[edges.parent] = True
    is_done = is_published | ~waiting
    while waiting.any():
        is_blocking = (edges.child != NONE) & ~is_done[edges.child]
        ready = waiting.copy()
        ready[edges.parent[is_blocking]] = False
        ready = ready if ready.any() else waiting.copy()
        yield ready
        is_done |= ready
        waiting &= ~ready


def _fill(work: _Work, series: Series, level: Flags) -> None:
    chosen = _counting(work, level)
    edges = work.rolled.edges.taken(chosen)
    if not len(chosen):
        return
    parents, local = np.unique(edges.parent, return_inverse=True)
    own = parents_clock(work.recents.clock, parents, edges, work.is_published)
    sent = aligned(work.recents, edges, own.taken(local))
    made = _made(sent, edges, local, series.keys.roll_up[parents], series.keys.direction[parents])
    rolled = work.rolled
    rolled.counts[chosen] = True
    rolled.missing[chosen] = made.missing
    rolled.values[parents] = made.values
    rolled.received[parents] = made.received
    work.is_expected[parents] = True
    unpublished = np.flatnonzero(~work.is_published[parents])
    rolled.is_filled[parents[unpublished]] = True
    _write(work.recents, parents[unpublished], made.taken(unpublished), own.taken(unpublished))


def _counting(work: _Work, level: Flags) -> Indices:
    """The children that make the figures of a level: organisations below, else what is tied."""
    edges = work.rolled.edges
    here = level[edges.parent] & (edges.is_link | work.is_expected[edges.child])
    has_below = np.zeros(len(level), np.bool_)
    has_below[edges.parent[here & ~edges.is_link]] = True
    return np.flatnonzero(here & (~edges.is_link | ~has_below[edges.parent]))


@dataclass(frozen=True)
class _Made:
    """g parents by 48 periods; ``missing`` by child."""

    values: Floats
    states: Codes
    denominators: Floats
    received: Flags
    missing: Flags

    def taken(self, rows: Indices) -> "_Made":
        return _Made(
            self.values[rows],
            self.states[rows],
            self.denominators[rows],
            self.received[rows],
            self.missing,
        )


def _made(sent: Aligned, edges: Edges, local: Indices, rule: Codes, direction: Codes) -> _Made:
    shape = (len(rule), RECENT)
    group = (local[:, None] * RECENT + np.arange(RECENT)).ravel()

    def spread(column: Indices | Floats) -> Floats:
        return np.repeat(column, RECENT)

    children = Children(
        parent=group,
        value=sent.values.ravel(),
        weight=np.ones(group.size),
        applies=sent.applies.ravel(),
        identity=np.repeat(edges.identity, RECENT),
    )
    weights = chosen_weights(children, sent.denominators.ravel(), spread(edges.weight))
    rule = np.where(rule == NO_ROLL_UP, SUM, rule)  # only additive links are left
    made = roll_up_all(
        replace(children, weight=weights), np.repeat(rule, RECENT), np.repeat(direction, RECENT)
    )
    is_used = made.weight != 0
    size = shape[0] * RECENT
    gravity = np.zeros(size, np.int8)
    np.maximum.at(gravity, group[is_used], _GRAVITY[sent.states.ravel()[is_used]])
    parts = np.where(is_used, sent.denominators.ravel(), 0.0)
    has_value = ~np.isnan(made.value)
    received = np.bincount(group, (sent.states != NONE).ravel(), size) > 0
    return _Made(
        made.value.reshape(shape),
        np.where(has_value, _BY_GRAVITY[gravity], NONE).astype(np.int8).reshape(shape),
        np.where(has_value, np.bincount(group, parts, size), np.nan).reshape(shape),
        received.reshape(shape),
        made.missing.reshape(-1, RECENT) & sent.is_known,
    )


def _write(recents: Recents, rows: Indices, made: _Made, own: Clock) -> None:
    recents.clock.kind[rows] = own.kind
    recents.clock.phase[rows] = own.phase
    recents.clock.last[rows] = own.last
    has_any = made.received.any(axis=1)
    recents.first[rows] = np.where(has_any, made.received.argmax(axis=1), RECENT)
    recents.values[rows], recents.states[rows] = made.values, made.states
    if recents.denominators is not None:
        recents.denominators[rows] = made.denominators
