"""Can the process be relied upon to meet its target? And what is the chance next time?"""

from typing import Final

import numpy as np

from pilotage.assessment.code import Codes, Floats
from pilotage.assessment.distribution import normal_cdf
from pilotage.assessment.xmr import SIGMA_OF_RANGE, XmrLines

NO_ASSURANCE: Final = -1
CONSISTENT_PASS, INCONSISTENT, CONSISTENT_FAIL = range(3)


def assurance(lines: XmrLines, target: Floats, sign: Floats) -> Codes:
    """Whether the limits of each row lie on the good side of the target, the bad one or both.

    Shape    one target and one sign a row: sign 1 where more is better, −1 where less is.
    Range    a limit on the target is inconsistent, and so is a row without limits.
    Missing  NO_ASSURANCE without a target, or where no direction is good.
    """
    good_end = lines.mean + sign * lines.width
    bad_end = lines.mean - sign * lines.width
    with np.errstate(invalid="ignore"):
        fails = sign * (target - good_end) > lines.tolerance
        passes = sign * (bad_end - target) > lines.tolerance
    answer = np.where(fails, CONSISTENT_FAIL, np.where(passes, CONSISTENT_PASS, INCONSISTENT))
    return np.where(np.isnan(target) | (sign == 0), NO_ASSURANCE, answer).astype(np.int8)


def next_value_meets(lines: XmrLines, target: Floats, sign: Floats) -> Floats:
    """P(the next value meets the target) if nothing changes, one a row, 0 to 1.

    Missing  NaN without a target or a direction, and where nothing varies.
    Source   a normal spread of the mean moving range over 1.128; statistics.md § 2.
    """
    sigma = lines.moving_range / SIGMA_OF_RANGE
    usable = (sigma > 0) & ~np.isnan(target) & (sign != 0)
    distance = sign * (lines.mean - target) / np.where(usable, sigma, 1.0)
    return np.where(usable, normal_cdf(distance), np.nan)
