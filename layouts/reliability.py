"""What was said against what happened, by tenth: a diagram, its sentence and its table."""

from typing import Any

from dash import html

from layouts import measure
from layouts.graph import QUIET, frame
from layouts.parts import row, table
from layouts.sheet import take
from pilotage import formats
from pilotage.i18n import Lang, translator
from pilotage.rooms.address import Address
from pilotage.rooms.calibration import Bin, Kept

_SMALLEST, _LARGEST = 7.0, 22.0
"""Diameters in pixels of a tenth that holds few chances and of the one that holds most."""
_TICKS = (0, 20, 40, 60, 80, 100)
_FEW = 20
"""Chances below which a tenth is too thin to be named in the sentence."""


def diagram(kept: Kept, lang: Lang) -> dict[str, Any]:
    """One point a tenth, as large as it holds chances, its range, and the line of kept words."""
    _ = translator(lang)
    most = max(one.n for one in kept.bins)
    ends = {"xref": "x", "yref": "y", "showarrow": False}
    return {
        "data": [
            _bare([0, 100], [0, 100], {"color": "var(--ink-3)", "width": 1.2, "dash": "dash"}),
            *(_range(one) for one in kept.bins),
            {
                "type": "scatter",
                "mode": "markers",
                "x": [100 * one.said for one in kept.bins],
                "y": [100 * one.happened for one in kept.bins],
                "marker": {
                    "color": "var(--blue)",
                    "opacity": 1,
                    "line": {"color": "var(--ground)", "width": 1},
                    "size": [
                        _SMALLEST + (_LARGEST - _SMALLEST) * (one.n / most) ** 0.5
                        for one in kept.bins
                    ],
                },
                "text": [_said(one, lang) for one in kept.bins],
                "hoverinfo": "text",
            },
        ],
        "layout": {
            **frame(lang),
            "margin": {"l": 78, "r": 24, "t": 16, "b": 54},
            "annotations": [
                {
                    **ends,
                    "x": 88,
                    "y": 91,
                    "text": _("parole tenue"),
                    "xanchor": "right",
                    "yanchor": "bottom",
                    "font": dict(QUIET),
                }
            ],
            "xaxis": {**_axis(lang), "title": _title(_("chances données"))},
            "yaxis": {**_axis(lang), "title": _title(_("cible atteinte"))},
        },
    }


def _bare(x: list[float], y: list[float], line: dict[str, Any]) -> dict[str, Any]:
    return {"type": "scatter", "x": x, "y": y, "mode": "lines", "line": line, "hoverinfo": "skip"}


def _range(one: Bin) -> dict[str, Any]:
    place = 100 * one.said
    return _bare(
        [place, place],
        [100 * one.lower, 100 * one.upper],
        {"color": "var(--blue)", "width": 1.6},
    )


def _axis(lang: Lang) -> dict[str, Any]:
    return {
        "range": [-4, 104],
        "tickvals": list(_TICKS),
        "ticktext": [formats.percent(tick, lang) for tick in _TICKS],
        "gridcolor": "var(--line)",
        "zeroline": False,
        "fixedrange": True,
        "tickfont": dict(QUIET),
    }


def _title(words: str) -> dict[str, Any]:
    return {"text": words, "font": dict(QUIET), "standoff": 8}


def _said(one: Bin, lang: Lang) -> str:
    _ = translator(lang)
    return _("dit {said} (sur {n} fois), arrivé {happened}").format(
        said=formats.percent(100 * one.said, lang),
        happened=formats.percent(100 * one.happened, lang),
        n=formats.number(one.n, 0, lang),
    )


def summary(kept: Kept, lang: Lang) -> str:
    """The diagram in one sentence: what low and high chances became."""
    _ = translator(lang)
    firm = [one for one in kept.bins if one.n >= _FEW] or list(kept.bins)
    first, last = firm[0], firm[-1]
    words = _("Ce qui était dit à {said} (sur {n} fois) est arrivé {happened} du temps")
    told = [
        words.format(
            said=formats.percent(100 * one.said, lang),
            happened=formats.percent(100 * one.happened, lang),
            n=formats.number(one.n, 0, lang),
        )
        for one in ([first, last] if last is not first else [first])
    ]
    sentence = " ; ".join(told) if lang == "fr" else "; ".join(told)
    # The second half of a sentence begins in lower case.
    head, *rest = sentence.split("; ")
    return "; ".join([head, *(part[:1].lower() + part[1:] for part in rest)]) + "."


def twin(kept: Kept, address: Address, name: str) -> list[Any]:
    """The same figures as a table, taken away under that name."""
    _, lang = translator(address.lang), address.lang
    heads = [
        _("Chances données"),
        _("Combien"),
        _("Dit, en moyenne"),
        _("Cible atteinte"),
        _("De … à, 95 fois sur 100"),
    ]
    rows = [_row(one, lang) for one in kept.bins]
    return [table(heads, rows, _("Dit et arrivé"), "figures", name), take(address, name)]


def _row(one: Bin, lang: Lang) -> html.Tr:
    _ = translator(lang)

    def share(value: float) -> Any:
        return measure.percent(100 * value, lang)

    tenth = _("{first} à {last}").format(
        first=formats.number(100 * one.first, 0, lang), last=formats.percent(100 * one.last, lang)
    )
    ends = _("{first} à {last}").format(
        first=formats.number(100 * one.lower, 0, lang), last=formats.percent(100 * one.upper, lang)
    )
    n = measure.count(one.n, lang)
    return row(tenth, [n, share(one.said), share(one.happened), ends])
