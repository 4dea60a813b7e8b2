"""The few distributions the judgements need, on arrays, without a scientific library.

Accuracy    1e-10 relative in the tails, where limits lie; 1e-8 about the centre of Student's t.
Why here    scipy weighs more than everything else the house runs on; see decision 0008.
"""

import math
from functools import lru_cache

import numpy as np

from pilotage.assessment.code import Floats

_TINY = 1e-300
_MANY = 100_000  # terms; the series end long before

_erf = np.frompyfunc(math.erfc, 1, 1)
_log_gamma = np.frompyfunc(math.lgamma, 1, 1)


def log_gamma(x: Floats) -> Floats:
    """Logarithm of the gamma function, for x > 0."""
    return np.asarray(_log_gamma(x), dtype=np.float64)


def normal_cdf(z: Floats) -> Floats:
    """P(Z <= z) for a standard normal Z; NaN stays NaN."""
    return np.asarray(0.5 * np.asarray(_erf(-np.asarray(z) / math.sqrt(2)), dtype=np.float64))


def t_cdf(t: Floats, degrees: Floats) -> Floats:
    """P(T <= t) for Student's T with ``degrees`` > 0 degrees of freedom; NaN stays NaN."""
    t, degrees = np.broadcast_arrays(np.asarray(t, float), np.asarray(degrees, float))
    square = np.minimum(np.abs(t), 1e150) ** 2
    tail = 0.5 * beta_fraction(degrees / (degrees + square), degrees / 2, np.full(t.shape, 0.5))
    return np.asarray(np.where(t > 0, 1 - tail, tail))


def t_density(t: Floats, degrees: Floats) -> Floats:
    """Density of Student's T."""
    half = (degrees + 1) / 2
    constant = log_gamma(half) - log_gamma(degrees / 2) - 0.5 * np.log(degrees * np.pi)
    return np.asarray(np.exp(constant - half * np.log1p(t * t / degrees)))


@lru_cache(maxsize=4096)
def t_quantile(probability: float, degrees: float) -> float:
    """The t below which T falls with that probability (0 < probability < 1)."""
    low, high = -1e4, 1e4
    for _ in range(200):
        middle = (low + high) / 2
        if float(t_cdf(np.array(middle), np.array(degrees))) < probability:
            low = middle
        else:
            high = middle
        if high - low < 1e-13 * max(1.0, abs(middle)):
            break
    return (low + high) / 2


def beta_fraction(x: Floats, a: Floats, b: Floats) -> Floats:
    """Regularised incomplete beta function I_x(a, b), 0 <= x <= 1, by its continued fraction."""
    swap = x > (a + 1) / (a + b + 2)
    at = np.where(swap, 1 - x, x)
    first, second = np.where(swap, b, a), np.where(swap, a, b)
    with np.errstate(divide="ignore"):
        log_front = first * np.log(at) + second * np.log1p(-at)
    log_front -= log_gamma(first) + log_gamma(second) - log_gamma(first + second)
    part = np.exp(log_front) / first * _beta_series(at, first, second)
    return np.asarray(np.where(swap, 1 - part, part))


def _beta_series(x: Floats, a: Floats, b: Floats) -> Floats:
    """Lentz's evaluation of the continued fraction of the incomplete beta function."""
    c = np.ones_like(x)
    d = _inverse(1 - (a + b) * x / (a + 1))
    total, is_settled = d.copy(), np.zeros(x.shape, dtype=bool)
    for m in range(1, 500):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = _inverse(1 + even * d), 1 + even / c
        half = d * c
        d, c = _inverse(1 + odd * d), 1 + odd / c
        step = d * c
        # Each stops by itself: what is said of one must not hang on the company it is in.
        total = np.where(is_settled, total, total * half * step)
        is_settled |= ~(np.abs(step - 1) > 1e-15)
        if is_settled.all():
            break
    return total


def _inverse(x: Floats) -> Floats:
    return 1 / np.where(np.abs(x) < _TINY, _TINY, x)


def gamma_fraction(a: float, x: float) -> float:
    """Regularised lower incomplete gamma function P(a, x), a > 0, x >= 0."""
    if x <= 0:
        return 0.0
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        for n in range(1, _MANY):
            term *= x / (a + n)
            total += term
            if term < total * 1e-17:
                break
        return min(1.0, front * total)
    b, c = x + 1 - a, 1 / _TINY
    d = 1 / b
    total = d
    for n in range(1, _MANY):
        step = -n * (n - a)
        b += 2
        d = 1 / ((step * d + b) or _TINY)
        c = (b + step / c) or _TINY
        total *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return 1 - front * total


def chi2_quantile(probability: float, degrees: float) -> float:
    """The chi-squared value below which lies that probability; 0 for no degrees of freedom."""
    if degrees <= 0 or probability <= 0:
        return 0.0
    a = degrees / 2
    low, high = 0.0, a + 20 * math.sqrt(a) + 60
    x = a
    for _ in range(200):
        gap = gamma_fraction(a, x) - probability
        low, high = (low, x) if gap > 0 else (x, high)
        slope = math.exp((a - 1) * math.log(x) - x - math.lgamma(a))
        newton = x - gap / slope if slope > 0 else low
        following = newton if low < newton < high else (low + high) / 2
        if abs(following - x) <= 1e-14 * x:
            break
        x = following
    return 2 * x


def chi2_cdf(value: float, degrees: float) -> float:
    """P(X <= value) for a chi-squared X."""
    return gamma_fraction(degrees / 2, value / 2)


@lru_cache(maxsize=4096)
def binomial_masses(n: int, share: float) -> Floats:
    """P(X = k), k = 0…n, for n draws of probability ``share`` (0 to 1). Do not write into it."""
    if share <= 0 or share >= 1:
        masses = np.zeros(n + 1)
        masses[n if share >= 1 else 0] = 1.0
        return masses
    k = np.arange(n + 1)
    logs = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, n + 1)))))
    chosen = logs[n] - logs - logs[::-1] + k * math.log(share) + (n - k) * math.log1p(-share)
    return np.asarray(np.exp(chosen))


def binomial_quantile(probability: float, n: int, share: float) -> int:
    """Smallest k with P(X <= k) >= probability."""
    return _quantile(np.cumsum(binomial_masses(n, share)), probability)


def binomial_upper(successes: int, n: int, share: float = 0.5) -> float:
    """P(X >= successes): the one-sided p value of too many successes."""
    return float(min(1.0, binomial_masses(n, share)[successes:].sum()))


def poisson_masses(expected: float) -> Floats:
    """P(X = k) for k from 0 to far beyond ``expected`` > 0."""
    k = np.arange(int(expected + 15 * math.sqrt(expected) + 60))
    logs = np.concatenate(([0.0], np.cumsum(np.log(k[1:]))))
    return np.asarray(np.exp(k * math.log(expected) - expected - logs))


def _quantile(cumulated: Floats, probability: float) -> int:
    # A step that equals the probability up to rounding counts as reaching it, as R's qbinom does.
    reached = int(np.searchsorted(cumulated, probability * (1 - 64 * np.finfo(float).eps)))
    return min(reached, cumulated.size - 1)


def interpolated_quantile(masses: Floats, probability: float) -> float:
    """Spiegelhalter's interpolated quantile of a distribution on 0, 1, 2…; never below 0.

    Source  Spiegelhalter 2005, Stat Med 24:1185, appendix.
    """
    cumulated = np.cumsum(masses)
    r = _quantile(cumulated, probability)
    below = cumulated[r - 1] if r else 0.0
    return float(max(0.0, r - (cumulated[r] - probability) / (cumulated[r] - below)))
