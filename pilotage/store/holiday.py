"""Québec's public holidays, for daily data and working days."""

from functools import cache
from typing import Any

import holidays
import numpy as np
from numpy.typing import NDArray

_YEARS = range(2010, 2041)


@cache
def quebec_holidays() -> NDArray[Any]:
    """Every public holiday of Québec from 2010 to 2040, as datetime64[D]."""
    return np.array(
        sorted(holidays.country_holidays("CA", subdiv="QC", years=_YEARS)), "datetime64[D]"
    )
