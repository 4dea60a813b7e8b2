"""The 19 200 questions of the M3 competition: was the target met, and how sure were we?"""

from typing import NamedTuple

import numpy as np

from pilotage.assessment.calibration import Calibration, calibrate
from pilotage.assessment.code import Flags, Floats
from pilotage.assessment.distribution import t_quantile
from pilotage.assessment.outlook import meeting_probability
from pilotage.assessment.projection import light_projection
from pilotage.assessment.score import brier
from tests.reference import m3

SHARES = (0.9, 0.95, 1.0, 1.05, 1.1, 1.2)
SEED = 5
Pair = tuple[Floats, Floats]


class Period(NamedTuple):
    """A frequency of the competition: its cycle and the horizons asked about."""

    name: str
    cycle: int
    horizons: tuple[int, ...]


PERIODS = (
    Period("YEARLY", 1, (1, 3)),
    Period("QUARTERLY", 4, (1, 2, 4)),
    Period("MONTHLY", 12, (3, 6, 12)),
)


class Asked(NamedTuple):
    """The chances given, what happened, and how many truths the 95 % ranges held."""

    chance: Floats
    happened: Floats
    coverage: float
    calibration: Calibration

    @property
    def brier(self) -> float:
        """Mean squared distance between chance and truth; 0 is perfect."""
        return brier(self.chance, self.happened)


def sample(period: Period, size: int, generator: np.random.Generator) -> list[Pair]:
    """Series drawn without replacement, in file order of the draw."""
    series = m3(period.name)
    return [series[i] for i in generator.choice(len(series), size, replace=False)]


def asked(period: Period, series: list[Pair]) -> Asked:
    """Every question of one frequency; the spread is calibrated on training parts only."""
    known = stacked([past for past, _ in series])
    truth = np.stack([future for _, future in series])
    horizon = truth.shape[1]
    calibration = calibrate(known, period.cycle, horizon, Calibration(1.0, 30.0))
    seen = light_projection(known, period.cycle, horizon)
    base = np.array([past[-period.cycle :].mean() for past, _ in series])
    target = base[:, None, None] * np.array(SHARES)
    at = [step - 1 for step in period.horizons]
    chances = [
        meeting_probability(seen, target[:, :, share], np.ones(1), calibration)[:, at]
        for share in range(len(SHARES))
    ]
    happened: list[Flags] = [truth[:, at] >= target[:, :, share] for share in range(len(SHARES))]
    reach = calibration.factor * t_quantile(0.975, calibration.degrees)
    held = np.abs(truth - seen.mean) <= reach * seen.scale
    return Asked(
        np.concatenate(chances).ravel(),
        np.concatenate(happened).ravel().astype(float),
        float(held.mean()),
        calibration,
    )


def stacked(series: list[Floats]) -> Floats:
    """Series side by side, each ending in the last column."""
    width = max(one.size for one in series)
    answer = np.full((len(series), width), np.nan)
    for row, one in enumerate(series):
        answer[row, width - one.size :] = one
    return answer
