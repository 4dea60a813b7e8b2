"""Whether a projection keeps its word: the 19 200 questions of M3, and what 20 000 of them cost."""

import numpy as np

from pilotage.assessment.projection import light_projection
from pilotage.assessment.score import score
from tests.bench.competition import (
    PERIODS,
    SEED,
    Asked,
    Pair,
    Period,
    asked,
    sample,
    stacked,
)
from tests.bench.figure import Figure, Section, median_seconds
from tests.reference import m3

_SAMPLE = 400
_MANY = 20_000
# Milliseconds of one core a series, statsforecast 2.1.1's AutoETS: the lesser of statistics.md § 8
# (2, 26, 73) and of sixty series of each kind timed beside ours (3.6, 26.6, 45.4); then the bar.
_AUTO_ETS_MS = {"YEARLY": (2.0, 0.3), "QUARTERLY": (26.0, 0.05), "MONTHLY": (45.0, 0.05)}


def measure() -> Section:
    """Chances against what happened; ranges against every truth; time on one core."""
    generator = np.random.default_rng(SEED)
    drawn = {period: sample(period, _SAMPLE, generator) for period in PERIODS}
    found = {period: asked(period, series) for period, series in drawn.items()}
    chance = np.concatenate([one.chance for one in found.values()])
    happened = np.concatenate([one.happened for one in found.values()])
    kept = score(chance, happened)
    return Section(
        "projection",
        "Projections",
        (
            Figure(
                f"Brier score of P(target), {chance.size} questions of M3",
                f"{kept.brier:.4f}",
                "≤ 0.133",
                kept.brier <= 0.133,
                "AutoETS 0.131, a light read off the last value 0.229",
            ),
            Figure(
                "calibration error (ten bins)",
                f"{kept.error:.4f}",
                "≤ 0.02",
                kept.error <= 0.02,
                "AutoETS 0.030, a light read off the last value 0.229",
            ),
            *(_coverage(period, one) for period, one in found.items()),
            *(_speed(period) for period in PERIODS),
        ),
        "Drawn and asked as `statistics.md` says. The spread is calibrated on the training parts "
        "only, by hiding their ends in turn; nothing of the test parts is used.",
    )


def _coverage(period: Period, one: Asked) -> Figure:
    return Figure(
        f"95 % ranges that held, {period.name.lower()}",
        f"{100 * one.coverage:.1f} %",
        "92–97 %",
        0.92 <= one.coverage <= 0.97,
        f"all horizons; scale × {one.calibration.factor:g}, t({one.calibration.degrees:g})",
    )


def _speed(period: Period) -> Figure:
    series: list[Pair] = m3(period.name)
    rows = np.arange(_MANY) % len(series)
    values = stacked([past for past, _ in series])[rows]
    horizon = series[0][1].size
    taken_s = median_seconds(lambda: light_projection(values, period.cycle, horizon), 3)
    theirs_ms, share = _AUTO_ETS_MS[period.name]
    ratio = taken_s * 1e3 / _MANY / theirs_ms
    return Figure(
        f"{_MANY} projections, {period.name.lower()}",
        f"{ratio:.4f} ×",
        f"≤ {share} × AutoETS",
        ratio <= share,
        f"{taken_s:.2f} s; AutoETS at its stated {theirs_ms:g} ms a series, not run here",
    )
