"""Many questions at once: how many of those that look lit are lit by chance."""

import numpy as np

from pilotage.assessment.code import Flags, Floats


def discoveries(p_values: Floats, share: float = 0.05) -> Flags:
    """Which of many tests stay lit when at most ``share`` of the lit ones may be false.

    Missing  NaN (a test that could not be made) is never lit and does not count among the tests.
    Source   Benjamini & Hochberg 1995, JRSS-B 57:289.
    """
    answer = np.zeros(p_values.shape, dtype=bool)
    asked = np.flatnonzero(~np.isnan(p_values))
    order = asked[np.argsort(p_values[asked], kind="stable")]
    bar = share * np.arange(1, order.size + 1) / max(order.size, 1)
    below = np.flatnonzero(p_values[order] <= bar)
    if below.size:
        answer[order[: below[-1] + 1]] = True
    return answer
