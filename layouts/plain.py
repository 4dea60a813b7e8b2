"""Parts without callbacks, as plain lists that ``assets/plain.js`` turns into elements.

Thousands of lines cost React seconds and the browser itself milliseconds. A part stays a tree of
components, drawn and tested as any other; only its way to the screen differs. Words travel as text,
never as markup.
"""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids

_WRITTEN = {"className": "class", "htmlFor": "for"}
_NOT_ATTRIBUTES = frozenset({"children", "id", "style", "n_clicks", "key"})


def drawn_apart(parts: Mapping[str, Any]) -> dcc.Store:
    """The store from which the browser draws each part into the ``place`` of that name."""
    return dcc.Store(id=ids.PLAIN_STORE, data={name: plain(part) for name, part in parts.items()})


def place(name: str) -> html.Div:
    """Where a part of ``drawn_apart`` comes to stand; what is under it waits (``arrival.css``)."""
    return html.Div(id=name, className="apart")


def plain(drawn: Any) -> list[Any]:
    """Text as it is, an element as ``[tag, attributes, …what is inside]``; nothing is left out."""
    if drawn is None:
        return []
    if isinstance(drawn, str | int | float):
        return [str(drawn)]
    if isinstance(drawn, Component):
        return [_element(drawn)]
    return [one for part in drawn for one in plain(part)]


def _element(drawn: Component) -> list[Any]:
    found = drawn.to_plotly_json()
    if found["namespace"] != "dash_html_components":
        raise ValueError(f"plain: {found['type']} is no plain element")
    attributes = {
        _WRITTEN.get(name, name.lower()): value
        for name, value in found["props"].items()
        if name not in _NOT_ATTRIBUTES and value is not None and value is not False
    }
    return [found["type"].lower(), attributes, *plain(found["props"].get("children"))]


def read_back(drawn: Any) -> str:
    """The words of what ``plain`` made, in order."""
    if isinstance(drawn, str):
        return drawn
    if drawn and isinstance(drawn[0], str) and len(drawn) > 1 and isinstance(drawn[1], dict):
        return "".join(read_back(one) for one in drawn[2:])
    return "".join(read_back(one) for one in drawn)
