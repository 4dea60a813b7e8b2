"""Do the questions light up where figures were pushed, and only there?"""

from tests.bench.figure import Figure, Section
from tests.test_spc_gaming import lit_share

_RUNS = 1_000


def measure() -> Section:
    """One pushed source among nine honest ones, after false-discovery control."""
    pushed, honest = lit_share(0.3, 500, _RUNS), lit_share(0.0, 500, _RUNS)
    return Section(
        "gaming",
        "Questions on how figures were made",
        (
            Figure(
                "30 % of near misses pushed over, 500 values: lit",
                f"{100 * pushed:.1f} %",
                "≥ 90 %",
                pushed >= 0.9,
                f"{_RUNS} runs of ten questions, Benjamini–Hochberg at 5 %",
            ),
            Figure(
                "honest figures: lit",
                f"{100 * honest:.1f} %",
                "≤ 5 %",
                honest <= 0.05,
                "the same, nothing pushed",
            ),
        ),
        "A near miss lies within half a sigma of its target; pushed, it lands within a quarter "
        "past it. Positive control on simulated figures.",
    )
