"""Every question asked of every series, and which stay lit among so many.

One series answers for itself where its own rhythm speaks (late when bad, smoothness…); near
misses, exact hits and eased targets are pooled over a ministry, where there are enough of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from pilotage.assessment import gaming
from pilotage.assessment.code import Days, Flags, Floats
from pilotage.assessment.false_discovery import discoveries
from pilotage.assessment.gaming import Finding
from pilotage.assessment.question import Question
from pilotage.assessment.variation import Process, vary
from pilotage.assessment.xmr_rule import UNOBSERVED

Series = tuple[str, str]
"""Indicator and organisation."""
WINDOW_DAYS = 92
"""An improvement and a concern nearer than a quarter go together."""
FALSE_SHARE = 0.05
"""At most this share of the questions shown may be chance."""
_FINE = 0.25
"""A series is written finely where one unit of it is less than this share of its variation."""
_DIGIT_SPREAD = 5.0
_SIGMA = 1.128  # mean moving range of a normal process, in standard deviations


class Record(NamedTuple):
    """One indicator in one organisation, a period a column, the oldest first; NaN where missing.

    ``free``: the values that do not sit on a bound of theirs, where they pile up by nature.
    ``aims``: the target in force, ``is_due`` where it falls due. ``delays``: days from the end of
    the period to the first publication. ``parts`` and ``sizes``: numerators and denominators.
    ``years``: years × periods of a flow, empty where it is none. ``easings``: targets revised once
    their result was known, by how much, positive where easier. ``sense``: 1 more is better, −1
    less is, 0 neither. ``unit``: one unit of the last published decimal, NaN where none is given.
    ``is_open``: a count without bounds.
    """

    last_days: Days
    values: Floats
    free: Floats
    aims: Floats
    is_due: Flags
    delays: Floats
    parts: Floats
    sizes: Floats
    years: Floats
    easings: Floats
    sense: float
    unit: float
    is_open: bool


class Raised(NamedTuple):
    """A question about one series or one ministry, what was found, and whether it stays lit."""

    question: Question
    subject: Series | str
    finding: Finding
    is_lit: bool


def asked_of_all(
    records: Mapping[Series, Record],
    pools: Mapping[Series, Sequence[str]],
    counters: Iterable[tuple[Series, Series]],
) -> list[Raised]:
    """Ask everything, the rarest by chance first; lit within a false-discovery share of 5 %.

    ``pools``: what each record is pooled into, its ministry and more. ``counters``: pairs
    (targeted, counter-indicator).
    Missing  questions that too little is known for are left out.
    """
    found = [*_alone(records), *_together(records, pools), *_paired(records, counters)]
    known = [one for one in found if not np.isnan(one[2].p)]
    lit: Flags = discoveries(np.array([finding.p for *_, finding in known]), FALSE_SHARE)
    raised = [Raised(*one, bool(light)) for one, light in zip(known, lit, strict=True)]
    return sorted(raised, key=lambda one: one.finding.p)


_Found = tuple[Question, Series | str, Finding]


def _alone(records: Mapping[Series, Record]) -> Iterator[_Found]:
    for subject, one in records.items():
        shortfall = one.sense * (one.aims - one.values)
        around, is_missing = _around(shortfall), np.isnan(one.values) * 1.0
        yield Question.LATE_WHEN_BAD, subject, gaming.late_when_bad(one.delays, shortfall)
        yield Question.MISSING_WHEN_BAD, subject, gaming.missing_when_bad(around, is_missing)
        yield Question.TOO_SMOOTH, subject, _smooth(one)
        yield Question.YEAR_END_SURGE, subject, gaming.year_end_surge(one.years)
        yield Question.FAVOURITE_DIGITS, subject, _digits(one)
        if one.is_open:
            yield Question.FIRST_DIGITS, subject, gaming.first_digits(one.values)


def _smooth(one: Record) -> Finding:
    """Shares of known denominators alone: a count need not be of independent cases."""
    if np.all(np.isnan(one.sizes)):
        return Finding(float("nan"), 0, float("nan"))
    return gaming.too_smooth(one.parts, one.sizes)


def _digits(one: Record) -> Finding:
    # Values that hardly vary cannot have all last digits.
    if np.isnan(one.unit) or not _sigma(one) >= _DIGIT_SPREAD * one.unit:
        return Finding(float("nan"), 0, float("nan"))
    return gaming.favourite_digits(one.free, one.unit)


def _around(shortfall: Floats) -> Floats:
    """What was to be expected of each period: the mean of its nearest known neighbours."""
    known = np.flatnonzero(~np.isnan(shortfall))
    if known.size < 2:
        return np.full(shortfall.shape, np.nan)
    at = np.arange(shortfall.size)
    before = known[np.maximum(np.searchsorted(known, at, "left") - 1, 0)]
    after = known[np.minimum(np.searchsorted(known, at, "right"), known.size - 1)]
    inside = (before < at) & (after > at)
    return np.where(inside, (shortfall[before] + shortfall[after]) / 2, np.nan)


def _together(
    records: Mapping[Series, Record], pools: Mapping[Series, Sequence[str]]
) -> Iterator[_Found]:
    members: dict[str, list[Record]] = defaultdict(list)
    for subject, one in records.items():
        for pool in pools.get(subject, ()):
            members[pool].append(one)
    for pool, mine in members.items():
        distances = [_distance(one) for one in mine]
        yield Question.JUST_PAST_TARGET, pool, gaming.just_past_target(np.concatenate(distances))
        yield Question.EXACTLY_ON_TARGET, pool, _exactly(mine)
        eased = np.concatenate([one.easings for one in mine])
        yield Question.TARGETS_EASED, pool, gaming.targets_eased(eased)


def _sigma(one: Record) -> float:
    known = one.values[~np.isnan(one.values)]
    return float(np.mean(np.abs(np.diff(known)))) / _SIGMA if known.size > 1 else 0.0


def _distance(one: Record) -> Floats:
    """How far past its target each result lies, in the series' own standard deviations.

    Only the values due: those between answer one another. Not those written so coarsely that
    they fall on the target by themselves.
    """
    sigma = _sigma(one)
    if one.sense == 0 or not sigma * _FINE >= one.unit:
        return np.empty(0)
    return np.asarray(one.sense * (one.free - one.aims) / sigma)[one.is_due]


def _exactly(mine: Sequence[Record]) -> Finding:
    dated = [one for one in mine if one.sense != 0 and _sigma(one) * _FINE >= one.unit]
    if not dated:
        return Finding(0, 0, float("nan"))
    sizes = [one.values.size for one in dated]
    return gaming.exactly_on_target(
        np.concatenate([one.free for one in dated]),
        np.concatenate([one.aims for one in dated]),
        np.repeat([_sigma(one) for one in dated], sizes),
        np.repeat([one.unit for one in dated], sizes),
    )


def _paired(
    records: Mapping[Series, Record], counters: Iterable[tuple[Series, Series]]
) -> Iterator[_Found]:
    for targeted, counter in counters:
        if targeted not in records or counter not in records:
            continue
        one, other = records[targeted], records[counter]
        if not one.values.size or not other.values.size or one.sense == 0 or other.sense == 0:
            continue
        first = max(one.last_days[0], other.last_days[0])
        last = min(one.last_days[-1], other.last_days[-1])
        observed = np.array([first, last])
        better, worse = _turns(one, 1.0), _turns(other, -1.0)
        better = better[(better >= first) & (better <= last)]
        worse = worse[(worse >= first) & (worse <= last)]
        finding = gaming.substitution(better, worse, WINDOW_DAYS, observed)
        yield Question.SUBSTITUTION, targeted, finding


def _turns(one: Record, way: float) -> Days:
    """The days on which the series left its usual range for the better (1) or the worse (−1)."""
    process = Process(np.array([one.sense]), np.array([np.nan]))
    points = vary(one.values[None, :], process).points[0]
    turned = (points != UNOBSERVED) & (points != 0) & (np.sign(points) == np.sign(one.sense * way))
    days: Days = one.last_days[turned]
    return days
