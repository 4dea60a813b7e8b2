"""Past targets asked again: what would have been said is what was said, had one been there."""

import numpy as np
import pytest

from pilotage.assessment.hindcast import HORIZONS, Hindcast, hindcast
from pilotage.assessment.signals import signals
from pilotage.domain.indicator import Direction
from tests.series import NAN, Aim, Series, batch_of

ON = np.datetime64("2026-03-31")
MONTHS = [f"{2022 + n // 12}-{n % 12 + 1:02d}" for n in range(48)]
LEVEL = 50 + np.cumsum(np.random.default_rng(11).normal(0.2, 2, 48)).round(2)
DUE = Aim("2025-06-30", 55.0, NAN)


def series(
    values: list[float], aim: Aim = DUE, direction: Direction = Direction.AT_LEAST
) -> Series:
    return Series(list(zip(MONTHS, values, strict=False)), [aim], direction)


def asked(one: Series) -> Hindcast:
    return hindcast(batch_of(one), ON)


@pytest.mark.parametrize("steps", HORIZONS)
def test_the_chance_is_the_one_the_rooms_would_have_given(steps: int) -> None:
    found = asked(series(LEVEL.tolist()))
    at = MONTHS.index("2025-06") - steps
    before = signals(
        batch_of(series(LEVEL[: at + 1].tolist())), np.datetime64(MONTHS[at + 1] + "-01")
    )
    assert found.chance[found.steps == steps] == pytest.approx(before.due_meets)


def test_what_happened_and_what_a_light_said_are_read_off_the_values() -> None:
    found = asked(series(LEVEL.tolist()))
    due = MONTHS.index("2025-06")
    assert (found.happened == (LEVEL[due] >= 55)).all()
    lights = [LEVEL[due - steps] >= 55 for steps in found.steps]
    assert found.light.tolist() == [float(one) for one in lights]


def test_the_other_direction_asked_of_the_mirrored_series_gives_the_same() -> None:
    one = asked(series(LEVEL.tolist()))
    mirrored = Aim("2025-06-30", NAN, -55.0)
    other = asked(series((-LEVEL).tolist(), mirrored, Direction.AT_MOST))
    assert other.chance == pytest.approx(one.chance)
    assert (other.happened == one.happened).all()


@pytest.mark.parametrize(
    ("values", "aim", "direction"),
    [
        (LEVEL[:8].tolist(), DUE, Direction.AT_LEAST),  # no value at the due date
        (LEVEL.tolist(), Aim("2026-12-31", 55.0, NAN), Direction.AT_LEAST),  # not due yet
        (LEVEL.tolist(), Aim("2025-06-30", 40.0, 60.0), Direction.BETWEEN),
        (LEVEL.tolist(), Aim(None, 55.0, NAN), Direction.AT_LEAST),  # undated
        (np.full(48, 50.0).tolist(), DUE, Direction.AT_LEAST),  # nothing to project
    ],
)
def test_what_cannot_be_asked_is_not(values: list[float], aim: Aim, direction: Direction) -> None:
    assert asked(series(values, aim, direction)).chance.size == 0


def test_a_series_silent_just_before_is_not_asked_at_that_horizon() -> None:
    values = LEVEL.tolist()
    values[MONTHS.index("2025-05")] = NAN
    steps = asked(series(values)).steps
    assert 1 not in steps
    assert 2 in steps
