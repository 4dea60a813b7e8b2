"""The least a Dash page can do: one callback that answers one word. ``… bare_page PORT``."""

import sys
from typing import Any, cast

import uvicorn
from dash import Dash, Input, Output, dcc, html
from fastapi import FastAPI


def application() -> FastAPI:
    """A page with one callback."""
    server = FastAPI()
    app = Dash(__name__, server=cast(Any, server))
    app.layout = html.Main([dcc.Location(id="url"), html.P(id="said")])

    async def say(_path: str) -> str:
        return "bonjour"

    app.callback(Output("said", "children"), Input("url", "pathname"))(say)
    return server


if __name__ == "__main__":
    uvicorn.run(application(), port=int(sys.argv[1]), log_level="warning", access_log=False)
