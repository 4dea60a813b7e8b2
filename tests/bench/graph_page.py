"""The page a Dash user would write: 200 cards, each a ``dcc.Graph`` with a plain dict figure.

``python -m tests.bench.graph_page PORT HOME ORGANISATION DATE``: the same cards as ours, read from
the same home once at the start, then served from memory. Kinder to it than to us: no frame, no
session, no blockers, nothing asked of a store when the page opens.
"""

import sys
from datetime import date
from pathlib import Path
from typing import Any, cast

import uvicorn
from dash import Dash, Input, Output, dcc, html
from fastapi import FastAPI

from pilotage.access.operator import OPERATOR
from pilotage.formats.figure import number
from pilotage.rooms.address import parse_address
from pilotage.rooms.card import Card
from pilotage.rooms.level import level_room
from pilotage.store.warehouse import open_warehouse


def figure(card: Card) -> dict[str, Any]:
    """A sparkline: the values and the planned path, no axis, no legend."""
    days = [recent.period.start.isoformat() for recent in card.recents]
    hidden = {"visible": False}
    return {
        "data": [
            {"type": "scatter", "mode": "lines", "x": days, "y": [r.value for r in card.recents]},
            {"type": "scatter", "mode": "lines", "x": days, "y": [r.path for r in card.recents]},
        ],
        "layout": {
            "height": 90,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "xaxis": hidden,
            "yaxis": hidden,
            "showlegend": False,
        },
    }


def drawn(card: Card) -> html.Article:
    """One card: title, figure, sparkline."""
    return html.Article(
        [
            html.H3(card.title_fr),
            html.P(number(card.value, card.decimals, "fr")),
            dcc.Graph(figure=figure(card), config={"displayModeBar": False}),
        ]
    )


def application(cards: list[html.Article]) -> FastAPI:
    """The page, its cards sent by one callback as ours are."""
    server = FastAPI()
    app = Dash(__name__, server=cast(Any, server), compress=True)
    app.layout = html.Main([dcc.Location(id="url"), html.Section(id="cards")])

    async def show(_path: str) -> list[html.Article]:
        return cards

    app.callback(Output("cards", "children"), Input("url", "pathname"))(show)
    return server


def main(port: str, home: str, organisation_id: str, on: str) -> None:
    """Read the cards, let go of the home, serve."""
    warehouse = open_warehouse(Path(home))
    warehouse.as_of = date.fromisoformat(on)
    address = parse_address(f"/strategique/{organisation_id}", "?tout=1")
    cards = [drawn(one) for one in level_room(OPERATOR, warehouse, address).cards]
    warehouse.close()
    uvicorn.run(application(cards), port=int(port), log_level="warning", access_log=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
