"""The curve of an indicator as a Plotly figure, in plain dicts: 70 times cheaper than a Figure.

Colours are names of ``assets/tokens.css`` (``var(--ink)``): ``assets/chart.js`` turns them into the
theme's own, again whenever it changes, and makes room on a narrow screen.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape
from typing import Any

from layouts.graph import QUIET, frame
from layouts.process import (
    Fan,
    fan,
    fan_traces,
    limits_shapes,
    mean_traces,
    process_heights,
    special_points,
)
from layouts.signal import chance
from layouts.window import span, windowed
from pilotage import formats
from pilotage.domain.period import PeriodKind, period_containing
from pilotage.i18n import Lang, translator
from pilotage.rooms.curve import Curve, Point, Stair, has_gap, moment
from pilotage.rooms.indicator import IndicatorRoom

_MOST_MARKED = 80
_MOST_TICKS = 6
_BLANK = 0.08
_EDGES = {
    "var(--ground)": "var(--ink)",
    "var(--watch)": "var(--watch)",
    "var(--blue)": "var(--blue)",
}
_A_YEAR = timedelta(days=400)


def figure(room: IndicatorRoom, lang: Lang) -> dict[str, Any]:
    """Values, targets as steps, planned path, the last value named where it stands; no legend."""
    curve = windowed(room.curve)
    ahead = fan(room.process, curve, span(room.curve)[1])
    return {
        "data": [
            *fan_traces(ahead),
            *mean_traces(room.process, curve),
            *(_stair_trace([stair], "var(--path)", "dot") for stair in curve.former),
            _path_trace(curve),
            _stair_trace(list(curve.stairs), "var(--ink)", "dash"),
            *_value_traces(room, lang),
        ],
        "layout": _layout(room, curve, ahead, lang),
    }


def _stair_trace(stairs: list[Stair], colour: str, dash: str) -> dict[str, Any]:
    x: list[str | None] = []
    y: list[float | None] = []
    for bound in ("low", "high"):
        for stair in stairs:
            value = getattr(stair, bound)
            if value is not None:
                x += [stair.start.isoformat(), stair.end.isoformat()]
                y += [value, value]
        x.append(None)
        y.append(None)
    line = {"color": colour, "width": 1.2, "dash": dash}
    return {**_bare(x, y), "mode": "lines", "line": line}


def _path_trace(curve: Curve) -> dict[str, Any]:
    x = [day.isoformat() for day, _ in curve.path]
    y = [value for _, value in curve.path]
    return {**_bare(x, y), "mode": "lines", "line": {"color": "var(--path)", "width": 1.6}}


def _bare(x: list[Any], y: list[Any]) -> dict[str, Any]:
    return {"type": "scatter", "x": x, "y": y, "hoverinfo": "skip", "showlegend": False}


def _value_traces(room: IndicatorRoom, lang: Lang) -> list[dict[str, Any]]:
    points = room.curve.points
    if not points:
        return []
    x: list[str | None] = []
    y: list[float | None] = []
    said: list[str] = []
    for index, point in enumerate(points):
        # A missing period breaks the line: what is not known is not drawn.
        if index and not room.curve.is_thinned and has_gap(points[index - 1].period, point.period):
            x.append(None)
            y.append(None)
            said.append("")
        x.append(moment(point.period).isoformat())
        y.append(point.value)
        said.append(_said(room, point, lang))
    dots = [point for point in points if point.is_provisional]
    last = points[-1]
    marked = len(points) <= _MOST_MARKED
    return [
        {
            **_bare(x, y),
            "mode": "lines+markers" if marked else "lines",
            "line": {"color": "var(--ink)", "width": 1.8},
            "marker": {"color": "var(--ink)", "size": 5},
            "text": said,
            "hoverinfo": "text",
            "connectgaps": False,
        },
        _dots(dots if marked else [], {"color": "var(--ground)", "size": 6}),
        _dots(special_points(room.process, room.curve), {"color": "var(--watch)", "size": 7}),
        _dots([last], {"color": "var(--blue)", "size": 10}),
    ]


def _dots(points: list[Point], marker: dict[str, Any]) -> dict[str, Any]:
    x = [moment(point.period).isoformat() for point in points]
    edge = {"color": _EDGES[marker["color"]], "width": 1.4}
    y = [point.value for point in points]
    return {**_bare(x, y), "mode": "markers", "marker": {**marker, "line": edge}}


def _said(room: IndicatorRoom, point: Point, lang: Lang) -> str:
    _ = translator(lang)
    value = quantity(room, point.value, lang)
    said = f"{formats.period_label(point.period, lang)} : <b>{escape(value)}</b>"
    if point.is_provisional:
        said += f"<br>{_('provisoire')}"
    return said + (f"<br>{escape(point.comment[:80])}" if point.comment else "")


def quantity(room: IndicatorRoom, value: float | None, lang: Lang) -> str:
    """A value in the indicator's own unit and decimals."""
    return formats.quantity(value, room.passport["unit"], room.passport["decimals"], lang)


def aim_words(room: IndicatorRoom, low: float | None, high: float | None, lang: Lang) -> str:
    """A target in the indicator's own words: ``≤ 14,0 h``."""
    passport = room.passport
    return formats.target_label(
        passport["direction"], low, high, passport["unit"], passport["decimals"], lang
    )


def _layout(room: IndicatorRoom, curve: Curve, ahead: Fan | None, lang: Lang) -> dict[str, Any]:
    start, end = span(room.curve)
    return {
        **frame(lang),
        "margin": {"l": 56, "r": 150, "t": 28, "b": 36},
        "shapes": [
            *limits_shapes(room.process, curve),
            *(_band(stair) for stair in curve.stairs if _is_band(stair)),
        ],
        "annotations": _labels(room, curve, ahead, lang),
        "xaxis": {
            "type": "date",
            "range": [start.isoformat(), end.isoformat()],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "tickfont": dict(QUIET),
            "linecolor": "var(--line)",
            **_ticks(curve, end, lang),
        },
        "yaxis": {
            "range": list(_heights(curve, process_heights(room.process, ahead))),
            "gridcolor": "var(--line)",
            "zeroline": False,
            "fixedrange": True,
            "nticks": 5,
            "automargin": True,
            "tickfont": dict(QUIET),
            "exponentformat": "none",
            "separatethousands": True,
        },
    }


def _is_band(stair: Stair) -> bool:
    return stair.low is not None and stair.high is not None and stair.low < stair.high


def _band(stair: Stair) -> dict[str, Any]:
    return {
        "type": "rect",
        "layer": "below",
        "x0": stair.start.isoformat(),
        "x1": stair.end.isoformat(),
        "y0": stair.low,
        "y1": stair.high,
        "fillcolor": "var(--band)",
        "line": {"width": 0},
    }


def _heights(curve: Curve, besides: Sequence[float] = ()) -> tuple[float, float]:
    seen = [point.value for point in curve.points if point.value is not None]
    seen += besides
    for stair in (*curve.stairs, *curve.former):
        seen += [value for value in (stair.low, stair.high) if value is not None]
    seen += [value for _day, value in curve.path]
    low, high = (min(seen), max(seen)) if seen else (0.0, 1.0)
    blank = (high - low) * _BLANK or abs(high) * _BLANK or 1.0
    return low - blank, high + blank


def _ticks(curve: Curve, end: datetime, lang: Lang) -> dict[str, Any]:
    points = curve.points
    if not points:
        return {}
    step = max(1, -(-(len(points) - 1) // (_MOST_TICKS - 1)))
    # Counted from the end, so that the last value is always named.
    chosen = [points[at] for at in range(len(points) - 1, -1, -step)]
    places = [moment(point.period) for point in chosen]
    is_long = moment(points[-1].period) - moment(points[0].period) > _A_YEAR
    words = [_tick(point, lang, is_long) for point in chosen]
    if len(places) > 1 and end - places[0] > (places[0] - places[1]) * 0.75:
        places.append(end)
        words.append(formats.day(end.date(), lang))
    return {
        "tickvals": [place.isoformat() for place in places],
        "ticktext": words,
        "tickangle": 0,
    }


def _tick(point: Point, lang: Lang, is_long: bool) -> str:
    when = moment(point.period)
    if point.period.kind <= PeriodKind.WEEK and not is_long:
        return formats.short_day(when.date(), lang)
    if point.period.kind <= PeriodKind.MONTH:
        month = period_containing(PeriodKind.MONTH, when)
        return f"{formats.period_short(month, lang)} {when.year}"
    return formats.period_label(point.period, lang)


def _labels(
    room: IndicatorRoom, curve: Curve, ahead: Fan | None, lang: Lang
) -> list[dict[str, Any]]:
    _ = translator(lang)
    found = []
    if curve.points:
        last = curve.points[-1]
        words = f"<b>{escape(quantity(room, last.value, lang))}</b>"
        place = {"x": moment(last.period).isoformat(), "y": last.value}
        beside = {"xanchor": "left", "xshift": 9, "bgcolor": "var(--ground)", "borderpad": 1}
        if ahead:
            # Beside the point the fan begins: the figure stands over its own point.
            beside = {"xanchor": "right", "yanchor": "bottom", "yshift": 9}
            beside |= {"bgcolor": "var(--ground)", "borderpad": 1}
        found.append({**_label(words, "var(--blue)"), **place, **beside})
    stair = curve.stairs[-1] if curve.stairs else None
    if stair:
        words = _("cible {aim}").format(aim=aim_words(room, stair.low, stair.high, lang))
        level = stair.low if stair.low is not None else stair.high
        found.append({**_side(words, "var(--ink)"), "y": level})
    heading = _heading(room, ahead, stair, curve, lang)
    if heading:
        found.append(heading)
    elif curve.path and not _touches(curve, stair):
        words = _("trajectoire prévue")
        found.append({**_side(words, "var(--ink-3)"), "y": curve.path[-1][1], "name": "path"})
    return found


def _heading(
    room: IndicatorRoom, ahead: Fan | None, stair: Stair | None, curve: Curve, lang: Lang
) -> dict[str, Any] | None:
    """Where the value is heading and its chance, beside the fan; None where it would not fit."""
    if ahead is None or room.process is None or not ahead.when:
        return None
    _ = translator(lang)
    signal, place = room.process.signal, ahead.middle[-1]
    low, high = _heights(curve, process_heights(room.process, ahead))
    bounds = [value for value in (stair.low, stair.high) if value is not None] if stair else []
    if any(abs(place - value) < (high - low) * 0.13 for value in bounds):
        return None
    value = quantity(room, signal.due_middle, lang)
    odds = _("chances : {chance}").format(chance=chance(signal, lang))
    words = f"{_('vers {value}').format(value=escape(value))}<br>{escape(odds)}"
    return {**_side(words, "var(--blue)"), "y": place, "name": "path"}


def _touches(curve: Curve, stair: Stair | None) -> bool:
    """True where two labels at the right edge would sit on one another."""
    if stair is None:
        return False
    low, high = _heights(curve)
    bounds = [value for value in (stair.low, stair.high) if value is not None]
    return any(abs(curve.path[-1][1] - value) < (high - low) * 0.07 for value in bounds)


def _label(words: str, colour: str) -> dict[str, Any]:
    return {"text": words, "showarrow": False, "font": {"color": colour, "size": 14}}


def _side(words: str, colour: str) -> dict[str, Any]:
    place = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 8, "align": "left"}
    return {**_label(words, colour), **place}
