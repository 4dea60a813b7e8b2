"""A series without its season: what each period owes to the calendar is taken out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np

from pilotage.assessment.code import FREQUENCIES
from pilotage.assessment.seasonality import without_season
from pilotage.assessment.signals import SEASON, VARIATIONS
from pilotage.assessment.variation import Process, vary
from pilotage.domain.indicator import Direction, Frequency
from pilotage.rooms.curve import Curve
from pilotage.rooms.process import SIGNS


def adjusted_row(
    row: Mapping[str, Any], passport: Mapping[str, Any], begins: frozenset[datetime]
) -> dict[str, Any] | None:
    """A verdict's row judged again without its season; None where its last periods show none.

    Chances are left as they are: the projection knows the season already.
    """
    starts = row["recent_starts"] or []
    held = [np.nan if value is None else value for value in row["recent_values"] or []]
    values = np.array([held], dtype=float)
    period = SEASON.get(FREQUENCIES.index(Frequency(passport["frequency"])), 1)
    if not starts or period < 2:
        return None
    adjusted, found = without_season(values, period)
    if not found[0]:
        return None
    sign = np.array([SIGNS.get(Direction(passport["direction"]), 0.0)])
    marks = np.array([[start in begins for start in starts]])
    judged = vary(adjusted, Process(sign, np.array([np.nan]), marks))
    variation = int(judged.variation[0])
    return {
        **row,
        "recent_values": [None if np.isnan(value) else float(value) for value in adjusted[0]],
        "recent_causes": judged.points[0].tolist(),
        "process_mean": float(judged.mean[0]),
        "process_lower": float(judged.lower[0]),
        "process_upper": float(judged.upper[0]),
        "variation": str(VARIATIONS[variation]) if variation >= 0 and row["variation"] else None,
        "cause": int(judged.cause[0]) if row["variation"] else 0,
        "assurance": None,
    }


def adjusted_curve(curve: Curve, row: Mapping[str, Any]) -> Curve:
    """The curve of the periods that the row knows, at its values."""
    known = dict(zip(row["recent_starts"], row["recent_values"], strict=True))
    points = tuple(
        replace(point, value=known[point.period.start])
        for point in curve.points
        if known.get(point.period.start) is not None
    )
    return replace(curve, points=points, latest=points, known=len(points), is_thinned=False)
