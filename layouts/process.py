"""What the chart adds of the process: its limits, the values that stand out, where it is heading.

Plain dicts for Plotly, in the colours' names of ``assets/tokens.css``, as in ``chart.py``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from layouts.window import midnight
from pilotage.rooms.curve import Curve, Point, moment
from pilotage.rooms.process import Phase, ProcessView

_STEPS = 12
"""Corners of the fan's edges: the spread grows as the square root of time."""


@dataclass(frozen=True)
class Fan:
    """Where the value is heading: moments, the middle and the edges that hold 95 % of chances."""

    when: tuple[datetime, ...]
    middle: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]


def fan(process: ProcessView | None, curve: Curve, end: datetime) -> Fan | None:
    """From the last value to the due date, or to the ``end`` of what is shown."""
    signal = process.signal if process else None
    points = curve.points
    if not points or signal is None or signal.due_day is None:
        return None
    middle, low, high = signal.due_middle, signal.due_lower, signal.due_upper
    last = points[-1].value
    start, due = moment(points[-1].period), midnight(signal.due_day)
    if last is None or middle is None or low is None or high is None or due <= start:
        return None
    shown = min(1.0, (end - start) / (due - start))
    shares = [shown * step / _STEPS for step in range(_STEPS + 1)] if shown > 0 else []
    centre = [last + (middle - last) * share for share in shares]
    return Fan(
        when=tuple(start + (due - start) * share for share in shares),
        middle=tuple(centre),
        lower=tuple(c - (middle - low) * s**0.5 for c, s in zip(centre, shares, strict=True)),
        upper=tuple(c + (high - middle) * s**0.5 for c, s in zip(centre, shares, strict=True)),
    )


def fan_traces(drawn: Fan | None) -> list[dict[str, Any]]:
    """The shaded fan and its middle line."""
    if drawn is None:
        return []
    x = [one.isoformat() for one in drawn.when]
    around = {
        **_bare([*x, *reversed(x)], [*drawn.upper, *reversed(drawn.lower)]),
        "fill": "toself",
        "fillcolor": "var(--blue-soft)",
        "line": {"width": 0, "color": "var(--blue-soft)"},
        "mode": "lines",
    }
    line = {"color": "var(--blue)", "width": 1.6, "dash": "dot"}
    return [around, {**_bare(x, list(drawn.middle)), "mode": "lines", "line": line}]


def limits_shapes(process: ProcessView | None, curve: Curve) -> list[dict[str, Any]]:
    """The band within which each phase of the process usually varies."""
    return [
        {
            "type": "rect",
            "layer": "below",
            "x0": first.isoformat(),
            "x1": last.isoformat(),
            "y0": phase.lower,
            "y1": phase.upper,
            "fillcolor": "var(--band)",
            "line": {"width": 0},
        }
        for phase, first, last in _shown(process, curve)
    ]


def mean_traces(process: ProcessView | None, curve: Curve) -> list[dict[str, Any]]:
    """The mean of each phase, as a hair line."""
    line = {"color": "var(--path)", "width": 1}
    return [
        {
            **_bare([first.isoformat(), last.isoformat()], [phase.mean] * 2),
            "mode": "lines",
            "line": line,
        }
        for phase, first, last in _shown(process, curve)
    ]


def special_points(process: ProcessView | None, curve: Curve) -> list[Point]:
    """The values shown that are more than chance."""
    if process is None:
        return []
    return [one for one in curve.points if one.period.start in process.special]


def process_heights(process: ProcessView | None, drawn: Fan | None) -> Sequence[float]:
    """What the axis must hold besides values and targets."""
    phases = process.phases if process else ()
    edges = [*drawn.lower, *drawn.upper] if drawn else []
    return [*(line for one in phases for line in (one.lower, one.upper)), *edges]


def _shown(process: ProcessView | None, curve: Curve) -> list[tuple[Phase, datetime, datetime]]:
    """Each phase with the moments of its first and last values that are on the chart."""
    found = []
    for phase in process.phases if process else ():
        held = [one for one in curve.points if phase.first <= one.period.start <= phase.last]
        if len(held) > 1:
            found.append((phase, moment(held[0].period), moment(held[-1].period)))
    return found


def _bare(x: list[Any], y: list[Any]) -> dict[str, Any]:
    return {"type": "scatter", "x": x, "y": y, "hoverinfo": "skip", "showlegend": False}
