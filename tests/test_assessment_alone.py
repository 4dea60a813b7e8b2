"""A series judged alone says to the last digit what it says among all: a rebuild finds its rows."""

from dataclasses import fields, replace

import numpy as np
import pytest

from pilotage.assessment.code import Indices
from pilotage.assessment.judgement import SeriesBatch, judge
from pilotage.assessment.signals import signals
from pilotage.domain.indicator import Direction, Frequency
from tests.series import HOLIDAYS, NAN, Aim, Series, batch_of

ON = np.datetime64("2026-03-31")
MONTHS = [f"{2022 + n // 12}-{n % 12 + 1:02d}" for n in range(51)]
QUARTERS = [f"{2014 + n // 4}-T{n % 4 + 1}" for n in range(48)]
YEARS = [str(1990 + n) for n in range(36)]


def drawn(seed: int) -> Series:
    generator = np.random.default_rng(seed)
    frequency, names = [
        (Frequency.MONTHLY, MONTHS),
        (Frequency.QUARTERLY, QUARTERS),
        (Frequency.ANNUAL, YEARS),
    ][seed % 3]
    length = int(generator.integers(5, min(48, len(names)) + 1))
    season = 5 * np.sin(np.arange(length) * np.pi / 6) * (seed % 2)
    values = (
        50 + season + np.cumsum(generator.normal(0, 1, length)) + generator.normal(0, 2, length)
    )
    values[generator.random(length) < 0.1] = NAN
    pairs = list(zip(names[-length:], values.tolist(), strict=True))
    aim = Aim("2026-12-31", 55.0, NAN) if seed % 4 else Aim("2027-03-31", NAN, 48.0)
    direction = Direction.AT_LEAST if seed % 4 else Direction.AT_MOST
    return Series(pairs, [aim], direction, frequency)


BATCH = batch_of(*(drawn(seed) for seed in range(60)))


def taken(rows: Indices) -> SeriesBatch:
    return replace(BATCH, **{one.name: getattr(BATCH, one.name)[rows] for one in fields(BATCH)})


@pytest.mark.parametrize("size", [1, 2, 7])
def test_whatever_the_company_the_last_digit_is_the_same(size: int) -> None:
    generator = np.random.default_rng(size)
    among, judged = signals(BATCH, ON), judge(BATCH, ON, HOLIDAYS)
    for _ in range(40):
        rows = generator.choice(60, size, replace=False)
        alone = signals(taken(rows), ON)
        for name in among._fields:
            everyone, mine = getattr(among, name), getattr(alone, name)
            np.testing.assert_array_equal(everyone[rows], mine, err_msg=name)
        by_itself = judge(taken(rows), ON, HOLIDAYS)
        for one in fields(by_itself):
            expected = getattr(judged, one.name)[rows]
            np.testing.assert_array_equal(expected, getattr(by_itself, one.name), one.name)
