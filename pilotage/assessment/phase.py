"""Cutting series where they were rebased, and putting the pieces back."""

from typing import NamedTuple

import numpy as np

from pilotage.assessment.code import Flags, Floats, Indices


class Phases(NamedTuple):
    """One row a phase; every statistic and rule starts again in each."""

    values: Floats  # phases × time, each starting in the first column, NaN padded
    series: Indices  # the series each phase belongs to
    row: Indices  # of every date of the given array: its phase …
    column: Indices  # … and its place in it

    @property
    def last(self) -> Indices:
        """The latest phase of each series."""
        return np.asarray(self.row[:, -1])


def phases(values: Floats, begins: Flags) -> Phases:
    """Cut each series at its marked dates.

    Shape    values and begins: series × time, at least one date, in date order. A mark on the
             first date cuts nothing off.
    """
    number: Indices = np.cumsum(begins, axis=1) - begins[:, :1]
    count = np.asarray(number[:, -1] + 1)
    row = number + (np.cumsum(count) - count)[:, None]
    starts = np.ones(values.shape, dtype=bool)
    starts[:, 1:] = begins[:, 1:]
    dates = np.broadcast_to(np.arange(values.shape[1]), values.shape)
    column = dates - np.maximum.accumulate(np.where(starts, dates, 0), axis=1)
    pieces = np.full((int(count.sum()), int(column.max()) + 1), np.nan)
    pieces[row, column] = values
    return Phases(pieces, np.repeat(np.arange(values.shape[0]), count), row, column)
