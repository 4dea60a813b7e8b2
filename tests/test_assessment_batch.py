"""A batch is judged in the columns it fills, and answered in all of them."""

import numpy as np

from pilotage.assessment.batch import RECENT, empty_columns, narrowed, with_a_target
from pilotage.assessment.judgement import judge
from tests.series import HOLIDAYS, Aim, Series, batch_of, judged

YEARS = [("2024-2025", 50.0), ("2025-2026", 60.0)]


def test_columns_that_no_key_fills_are_left_out() -> None:
    batch = batch_of(Series(YEARS), Series(YEARS[1:]))
    assert empty_columns(batch) == RECENT - 2
    assert narrowed(batch, RECENT - 2).recent_values.shape == (2, 2)


def test_one_column_is_kept_where_nothing_was_ever_received() -> None:
    assert empty_columns(batch_of(Series())) == RECENT - 1


def test_the_answer_has_all_the_columns() -> None:
    found = judged(Series(YEARS, [Aim("2026-03-31", low=60)]), "2026-03-31")
    assert found.recent_paths.shape == found.recent_statuses.shape == (1, RECENT)
    assert (found.value_index[0], found.previous_index[0], found.result_index[0]) == (47, 46, 47)


def test_arrays_of_the_caller_are_never_written_to() -> None:
    batch = batch_of(Series(YEARS, [Aim("2026-03-31", low=60)]))
    for array in vars(batch).values():
        array.setflags(write=False)
    judge(batch, np.datetime64("2030-01-01", "D"), HOLIDAYS)


def test_a_batch_without_targets_gets_one_empty_target_per_key() -> None:
    batch = with_a_target(batch_of(Series(YEARS)))
    assert batch.target_dues.shape == (1, 1)
    assert np.isnat(batch.target_dues).all()
    assert with_a_target(batch) is batch
