"""Hostile bytes through the reader: nothing raised, bounded time and memory."""

import os
import resource
import time
from random import Random

from pilotage.intake.reader.read import read_bytes
from pilotage.intake.reader.report import report_of
from tests.bench.figure import Figure, Section
from tests.bench.fuzz_case import MEGABYTE, broken, shapes

FUZZ_S = float(os.environ.get("FUZZ_S", "60"))
_SEED = 2026
_SLOWEST_S, _GROWTH_BYTES = 2.0, 200e6


def measure() -> Section:
    """The costly shapes once, then files broken at random for ``FUZZ_S`` seconds."""
    slow, crashes = _shapes()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    chance, count, end = Random(_SEED), 0, time.monotonic() + FUZZ_S
    slowest = 0.0
    while time.monotonic() < end:
        data = broken(chance)
        took = _took("random", data, crashes)
        slowest = max(slowest, took * MEGABYTE / max(len(data), MEGABYTE / 4))
        count += 1
    grown = 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown)
    name, worst = max(slow.items(), key=lambda one: one[1])
    return Section(
        "fuzz",
        "Hostile bytes through the reader",
        (
            Figure(
                "crashes",
                str(len(crashes)),
                "0",
                not crashes,
                f"{count:,} files broken at random in {FUZZ_S:,.0f} s, {len(slow)} costly shapes"
                + "".join(f"; {one}" for one in crashes[:3]),
            ),
            Figure(
                "the slowest megabyte",
                f"{worst:.2f} s of processor",
                f"< {_SLOWEST_S:.0f} s",
                worst < _SLOWEST_S,
                f"{name}; of the broken files, {slowest:.2f} s a megabyte",
            ),
            Figure(
                "memory, growth over the broken files",
                f"{grown / 1e6:.0f} MB",
                f"< {_GROWTH_BYTES / 1e6:.0f} MB",
                grown < _GROWTH_BYTES,
                "largest resident set, after the costly shapes",
            ),
        ),
        "`FUZZ_S=3600 make bench ONLY=fuzz` for the hour. Each file is read and its report made: a "
        "refusal that says its problem is an answer, an exception is a crash.",
    )


def _shapes() -> tuple[dict[str, float], list[str]]:
    crashes: list[str] = []
    return {name: _took(name, data, crashes) for name, data in shapes()}, crashes


def _took(name: str, data: bytes, crashes: list[str]) -> float:
    begun = time.process_time()
    try:
        report_of(read_bytes(data), "f.csv")
    except Exception as fault:
        crashes.append(f"{name}: {type(fault).__name__}: {str(fault)[:80]}")
    return time.process_time() - begun
