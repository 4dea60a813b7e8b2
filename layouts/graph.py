"""The chart of a page: a Plotly figure painted in the browser's own colours, with its sentence.

Colours are names of ``assets/tokens.css`` (``var(--ink)``), which ``assets/chart.js`` turns into
the theme's own; one such chart a page.
"""

from typing import Any, Final

from dash import dcc, html

from layouts import ids
from layouts.parts import aria
from pilotage.i18n import Lang

QUIET: Final = {"color": "var(--ink-3)", "size": 13}
"""The type of an axis."""


def frame(lang: Lang) -> dict[str, Any]:
    """What every chart has in common; each adds its margin and its axes."""
    return {
        "separators": ",\u202f" if lang == "fr" else ".,",
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Inter, system-ui, sans-serif", "size": 14, "color": "var(--ink)"},
        "hoverlabel": {"bgcolor": "var(--paper)", "bordercolor": "var(--line-2)"},
    }


def painted_graph(spec: dict[str, Any], said: str) -> list[Any]:
    """The figure and, for those who do not see it or are in a hurry, what it says."""
    graph = dcc.Graph(
        id=ids.CHART,
        responsive=True,
        config={"displayModeBar": False, "scrollZoom": False, "doubleClick": False},
    )
    drawn = html.Div(graph, role="img", className="chart", **aria(label=said))
    return [
        dcc.Store(id=ids.CHART_SPEC, data=spec),
        dcc.Store(id=ids.CHART_THEME),
        html.Figure([drawn, html.Figcaption(said)]),
    ]
