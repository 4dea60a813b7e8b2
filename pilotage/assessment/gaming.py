"""Questions a series can raise about how it was made. Never accusations: each has its n and its p.

Every function answers a ``Finding``; ``p`` is NaN where too little is known for the question to be
asked. Read many of them together through ``false_discovery``. Source: statistics.md § 10.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from pilotage.assessment.code import Days, Floats, Indices
from pilotage.assessment.distribution import binomial_upper, chi2_cdf

_BAND = 0.25
_OUTER = 5  # bands
_DRAWS = 4_999
_FIRST_DRAWS = 199
_SETTLED = 20  # draws beyond what was seen after which no rarity is left to measure
_LATEST = 120  # periods: older habits say little of today's
_SEED = 20_260_331


class Finding(NamedTuple):
    """What was seen, out of how many, and how often honest data would show as much."""

    seen: float
    n: int
    p: float
    expected: float = float("nan")  # of what is seen, where honest data give a figure


def just_past_target(distance: Floats, band: float = _BAND) -> Finding:
    """More values just past their target than just short of it (caliper test).

    Shape    distance: signed (actual − target)/sigma, positive where met, pooled over units and
             periods. Seen: those at 0 to ``band``; n: those and the near misses, one band short
             of the target or two, whichever says more; p pays for having looked at both.
    Range    asked from 100 pooled values on. Where most values pass (or miss) their targets the
             two sides are not even by nature: the share expected past the target is read from
             the slope of the density further out.
    Source   Gerber & Malhotra 2008; density test of McCrary 2008.
    """
    distance = distance[~np.isnan(distance)]
    past = int(np.sum((distance >= 0) & (distance < band)))
    looks = [_caliper(distance, past, band, bands) for bands in (1, 2)]
    best = min(looks, key=lambda look: look.p)
    if distance.size < 100 or best.n == 0:
        return best._replace(p=float("nan"))
    return best._replace(p=min(1.0, len(looks) * best.p))


def _caliper(distance: Floats, past: int, band: float, bands: int) -> Finding:
    n = past + int(np.sum((distance < 0) & (distance >= -bands * band)))
    # The density about the target: a normal one's curve, tilted as the values further out are.
    at = band * (0.5 - np.arange(bands + 1))
    weight = np.exp(_tilt(distance, band) * at - at**2 / 2)
    share = float(weight[0] / weight.sum())
    return Finding(past, n, binomial_upper(past, n, share), n * share)


def _tilt(distance: Floats, band: float) -> float:
    """Slope of the log density at the target, from values one to five bands out on either side.

    Nobody is tempted that far out. One standard error goes to the honest reading: the slope is
    only measured.
    """
    beyond = np.sum((distance >= band) & (distance < _OUTER * band)) + 0.5
    before = np.sum((distance < -band) & (distance >= -_OUTER * band)) + 0.5
    ratio = np.log(beyond / before) + np.sqrt(1 / beyond + 1 / before)
    return float(ratio / (band * (1 + _OUTER)))


def exactly_on_target(
    actual: Floats, target: Floats, sigma: Floats, unit: Floats | float
) -> Finding:
    """More values equal to their target than rounding to ``unit`` explains; asked from 30 on.

    Source   Bevan & Hood 2006 (the ambulance spike at 8 minutes).
    """
    known = ~np.isnan(actual) & ~np.isnan(target) & (sigma > 0)
    near = np.abs(actual - target) <= 0.5 * unit * (1 - 1e-9)
    share = np.broadcast_to(unit, actual.shape)[known] / (sigma[known] * np.sqrt(2 * np.pi))
    n, hits = int(known.sum()), int(np.sum(near & known))
    if n < 30:
        return Finding(hits, n, float("nan"))
    return Finding(hits, n, binomial_upper(hits, n, min(1.0, float(np.mean(share)))))


def targets_eased(easing: Floats) -> Finding:
    """Targets revised after the result was known: more made easier than harder (sign test).

    Shape    easing: one a revision, positive where easier, in any unit; 0 does not count.
    Range    asked from 5 revisions on.
    Source   Hood 2006, « Gaming in Targetworld ».
    """
    moved = easing[~np.isnan(easing) & (easing != 0)]
    easier = int(np.sum(moved > 0))
    p = binomial_upper(easier, moved.size) if moved.size >= 5 else float("nan")
    return Finding(easier, moved.size, p)


def favourite_digits(values: Floats, unit: float = 1.0) -> Finding:
    """Last digits that are not evenly spread; seen: values ending in 0 or 5.

    Range    values of three significant digits or more, in multiples of ``unit``; asked from 60 on.
    Source   Mosimann & al. 2002.
    """
    steps = np.round(np.abs(values[~np.isnan(values)]) / unit)
    digits = (steps[steps >= 100] % 10).astype(np.int64)
    seen = np.bincount(digits, minlength=10)
    heaped = int(seen[0] + seen[5])
    if digits.size < 60:
        return Finding(heaped, digits.size, float("nan"))
    return Finding(heaped, digits.size, _uneven(seen, np.full(10, 0.1)))


def first_digits(values: Floats) -> Finding:
    """First digits against Benford's law; seen: those that begin with 1.

    Range    asked from 300 values on that span two decades; never of shares or bounded rates.
    Source   Nigrini 2012; over-rejects at large n (Cerqueti & Lupi 2022).
    """
    size = np.abs(values[~np.isnan(values) & (values != 0)])
    decade = np.floor(np.log10(size)) if size.size else size
    digits = np.clip(size / 10.0**decade, 1, 9.999).astype(np.int64)
    seen = np.bincount(digits, minlength=10)[1:]
    if size.size < 300 or np.ptp(np.log10(size)) < 2:
        return Finding(int(seen[0]), size.size, float("nan"))
    law = np.log10(1 + 1 / np.arange(1, 10))
    return Finding(int(seen[0]), size.size, _uneven(seen, law))


def _uneven(seen: Indices, law: Floats) -> float:
    expected = seen.sum() * law
    return 1 - chi2_cdf(float(np.sum((seen - expected) ** 2 / expected)), seen.size - 1)


def late_when_bad(delay_days: Floats, shortfall: Floats) -> Finding:
    """Results published later the worse they are; seen: Kendall's tau, −1 to 1.

    Shape    one pair a period; shortfall: how far short of the target, any unit.
    Range    asked from 12 periods on, of the last 120; p by permutation, the same at every run.
    Source   Chambers & Penman 1984; Gratton & al. 2018.
    """
    known = np.flatnonzero(~np.isnan(delay_days) & ~np.isnan(shortfall))[-_LATEST:]
    x, y = delay_days[known], shortfall[known]
    n = x.size
    if n < 12 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return Finding(float("nan"), n, float("nan"))
    first, second = np.triu_indices(n, 1)
    order = np.sign(x[second] - x[first])
    agreed = _agreement(y, first, second, order)
    pairs = np.sqrt(np.sum(order != 0) * np.sum(y[second] != y[first]))
    generator = np.random.default_rng(_SEED)

    def drawn(count: int) -> Floats:
        turned = (generator.permutation(y) for _ in range(count))
        return np.array([_agreement(one, first, second, order) for one in turned])

    return Finding(agreed / float(pairs), n, _by_chance(drawn, agreed))


def _by_chance(drawn: Callable[[int], Floats], seen: float) -> float:
    """How often a draw reaches what was seen; long draws only where a short one leaves a doubt.

    Source   sequential Monte Carlo tests, Besag & Clifford 1991, Biometrika 78:301.
    """
    beyond = int(np.sum(drawn(_FIRST_DRAWS) >= seen))
    count = _FIRST_DRAWS
    if beyond < _SETTLED:
        count = _DRAWS
        beyond += int(np.sum(drawn(_DRAWS - _FIRST_DRAWS) >= seen))
    return (1 + beyond) / (count + 1)


def _agreement(y: Floats, first: Indices, second: Indices, order: Floats) -> float:
    return float(np.dot(np.sign(y[second] - y[first]), order))


def missing_when_bad(shortfall: Floats, is_missing: Floats) -> Finding:
    """Periods without a value where a worse one was expected (rank sum, by permutation).

    Shape    shortfall: expected one of each period (by projection or neighbours); is_missing: 1
             where no value came. Seen: missing periods; asked from 5 missing on, of the last 120.
    """
    known = np.flatnonzero(~np.isnan(shortfall))[-_LATEST:]
    gap, missing = shortfall[known], is_missing[known] > 0
    absent = int(missing.sum())
    if absent < 5 or absent == gap.size:
        return Finding(absent, gap.size, float("nan"))
    rank = np.searchsorted(np.sort(gap), gap, "left") + np.searchsorted(np.sort(gap), gap, "right")
    generator = np.random.default_rng(_SEED)

    def drawn(count: int) -> Floats:
        turned = generator.permuted(np.tile(rank, (count, 1)), axis=1)
        return np.asarray(turned[:, :absent].sum(axis=1))

    return Finding(absent, gap.size, _by_chance(drawn, float(rank[missing].sum())))


def too_smooth(counts: Floats, sizes: Floats | None = None) -> Finding:
    """Counts, or shares of known denominators, that vary less than chance alone.

    Shape    one figure a period. Seen: observed variance over the expected one; n: periods.
    Range    asked from 12 periods on. p: lower tail of chi-squared with n−1 degrees of freedom.
    """
    n = np.ones(counts.shape) if sizes is None else sizes
    known = ~np.isnan(counts) & (n > 0)
    x, n = counts[known], n[known]
    centre = x.sum() / n.sum() if n.size else 0.0
    variance = centre * n * (1 - centre if sizes is not None else 1.0)
    if x.size < 12 or centre <= 0 or not np.all(variance > 0):
        return Finding(float("nan"), x.size, float("nan"))
    statistic = float(np.sum((x - n * centre) ** 2 / variance))
    degrees = x.size - 1
    return Finding(statistic / degrees, x.size, chi2_cdf(statistic, degrees))


def year_end_surge(years: Floats) -> Finding:
    """The last period of the year above the mean of the others, year after year (sign test).

    Shape    years × periods. Seen: years with a surge; asked from 4 complete years on.
    Source   Liebman & Mahoney 2017, AER 107:3510.
    """
    whole = years[~np.isnan(years).any(axis=1)]
    if whole.shape[0] < 4 or whole.shape[1] < 2:
        return Finding(float("nan"), whole.shape[0], float("nan"))
    surges = int(np.sum(whole[:, -1] > whole[:, :-1].mean(axis=1)))
    # Any of the periods could have been the highest: under chance the last one beats the mean of
    # the others half of the time.
    return Finding(surges, whole.shape[0], binomial_upper(surges, whole.shape[0]))


def substitution(better: Days, worse: Days, window_days: int, observed: Days) -> Finding:
    """Improvements of a targeted indicator that come with concerns in its counter-indicator.

    Shape    better, worse: dates of special causes; observed: the first and
             last dates on which both were.
             Seen: improvements with a concern within ``window_days``; n: improvements.
    Range    asked from 5 improvements and one concern on; p against dates drawn at random.
    """
    first = observed[0]
    span = int((observed[1] - first).astype(np.int64)) + 1
    gain = (better - first).astype(np.int64)
    loss = np.sort((worse - first).astype(np.int64))
    if gain.size < 5 or loss.size == 0 or span < 2:
        return Finding(float("nan"), int(gain.size), float("nan"))
    seen = _met(gain, loss, window_days)
    # The concerns keep their rhythm; the whole calendar is turned by a random number of days.
    generator = np.random.default_rng(_SEED)

    def drawn(count: int) -> Floats:
        turns = generator.integers(0, span, count)
        return np.array([_met(gain, np.sort((loss + turn) % span), window_days) for turn in turns])

    return Finding(seen, int(gain.size), _by_chance(drawn, seen))


def _met(gain: Indices, loss: Indices, window: int) -> int:
    low = np.searchsorted(loss, gain - window, "left")
    return int(np.sum(np.searchsorted(loss, gain + window, "right") > low))
