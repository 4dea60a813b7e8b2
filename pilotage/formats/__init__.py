"""Numbers, dates, periods and units as each language writes them; nothing here knows the domain.

French Canadian typography: decimal comma, no-break space before ``%`` and between thousands.
"""

from pilotage.formats.figure import figure, joined, number, percent, quantity, size, target_label
from pilotage.formats.moment import (
    clock,
    day,
    local,
    moment,
    period_label,
    period_named,
    period_short,
    short_day,
)
from pilotage.formats.unit import unit_word
from pilotage.formats.writing import NBSP, NO_VALUE

__all__ = [
    "NBSP",
    "NO_VALUE",
    "clock",
    "day",
    "figure",
    "joined",
    "local",
    "moment",
    "number",
    "percent",
    "period_label",
    "period_named",
    "period_short",
    "quantity",
    "short_day",
    "size",
    "target_label",
    "unit_word",
]
