"""One of each part a callback may name, whatever page it stands on.

Dash checks its callbacks against this, so that a misspelt identifier is caught at the first page
and ``suppress_callback_exceptions`` is not needed.
"""

from dash import dcc, html

from layouts import ids
from layouts.shell import shell

_STORES = (ids.WALL_STORE, ids.WALL_DRAWN)
_PARTS = (
    ids.WALL,
    ids.ROOM_LEDE,
    ids.ROOM_RESULTS,
    ids.ROOM_BOWLING,
    ids.ROOM_BELOW,
    ids.ROOM_BLOCKERS,
    ids.ROOM_TASKS,
    ids.ROOM_CAP,
    ids.GOVERNMENT_BODY,
)


def everything() -> html.Div:
    """Never shown."""
    stores = [dcc.Store(id=name) for name in _STORES]
    return html.Div([shell(), *stores, *(html.Div(id=name) for name in _PARTS)])
