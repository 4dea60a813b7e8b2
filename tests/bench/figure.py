"""What is measured, and what it must reach."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure beside its bar; ``detail`` says what was divided by what."""

    what: str
    measured: str
    bar: str
    is_reached: bool
    detail: str


@dataclass(frozen=True)
class Section:
    """The figures of one subject, taken in one run, with what a reader must know of the run."""

    name: str
    title: str
    figures: tuple[Figure, ...]
    note: str


class Skipped(Exception):  # noqa: N818 — it is no error
    """A section that cannot be measured on this machine; its sentence says why."""


def seconds(action: Callable[[], object]) -> float:
    """How long one call takes, in seconds."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def median_seconds(action: Callable[[], object], times: int) -> float:
    """The median of several calls, in seconds."""
    return statistics.median(seconds(action) for _ in range(times))


def percentile(values: list[float], percent: int) -> float:
    """The value below which ``percent`` of them lie (1–99), interpolated."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
