"""What of a batch is kept for judging."""

import numpy as np

from pilotage.assessment.code import ERROR_VALUE, FINAL_VALUE, WITHDRAWN_VALUE
from pilotage.assessment.reading import read_targets, read_values
from pilotage.domain.indicator import Direction
from tests.series import NAN, Aim, Series, batch_of

ON = np.datetime64("2026-10-07", "D")


def test_withdrawn_values_are_not_shown_and_those_in_error_not_judged() -> None:
    values = [
        ("2026-07", 1.0, FINAL_VALUE),
        ("2026-08", 2.0, WITHDRAWN_VALUE),
        ("2026-09", 3.0, ERROR_VALUE),
    ]
    found = read_values(batch_of(Series(values)), ON)
    np.testing.assert_array_equal(found.shown[0, -3:], [1, NAN, 3])
    np.testing.assert_array_equal(found.sound[0, -3:], [1, NAN, NAN])
    assert (found.last[0], found.previous[0], found.received[0]) == (47, 45, 47)


def test_a_text_is_received_without_being_a_value() -> None:
    found = read_values(batch_of(Series([("2026-09", NAN)])), ON)
    assert (found.last[0], found.received[0]) == (-1, 47)


def test_the_single_aim_of_a_target_follows_its_direction() -> None:
    aim = Aim("2027-03-31", low=5, high=10)
    directions = (Direction.AT_LEAST, Direction.AT_MOST, Direction.EXACTLY, Direction.BETWEEN)
    batch = batch_of(*(Series((), [aim], direction) for direction in directions))
    np.testing.assert_array_equal(read_targets(batch, ON).aim[:, 0], [5, 10, 5, NAN])
