"""Parts without callbacks, as plain lists that ``assets/plain.js`` turns into elements.

Thousands of lines cost React seconds and the browser itself milliseconds. A part stays a tree of
components, drawn and tested as any other; only its way to the screen differs. Words travel as text,
never as markup.

``drawn_apart`` is for the great parts of a page; ``lean`` does the same, in place, for all that
nothing names.
"""

from typing import Any

import orjson
from dash import html
from dash.development.base_component import Component

_HTML = "dash_html_components"
_WRITTEN = {"className": "class", "htmlFor": "for"}
_FIELDS = (html.Form, html.Select, html.Textarea)
"""What a person fills in: it stays the same element from one drawing to the next."""
_NOT_ATTRIBUTES = frozenset({"children", "id", "style", "n_clicks", "key"})


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
    if found["namespace"] != _HTML:
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


def lean(drawn: Any) -> Any:
    """The same page for the browser: the inside of what nothing names travels as one attribute.

    Each component listens to every change of the page and, once put in, makes one: Dash's time
    grows with the square of their number (2 000 lines of changes took it a minute and a half).
    ``assets/plain.js`` puts the inside in place before anything is painted. What has an identifier
    or a field, and what holds one, stays a component; so does what is no component of ``html``.
    """
    if isinstance(drawn, list | tuple):
        return type(drawn)([lean(one) for one in drawn])
    if not isinstance(drawn, Component):
        return drawn
    told: dict[str, Any] = drawn.to_plotly_json()
    inside = told["props"].get("children")
    if inside is None or isinstance(inside, str):
        return told
    kept = {name: value for name, value in told["props"].items() if name != "children"}
    if _is_plain(drawn) and not _is_bare(inside):
        kept["data-plain"] = orjson.dumps(plain(inside)).decode()
    else:
        kept["children"] = lean(inside)
    return {**told, "props": kept}


def _is_plain(drawn: Any) -> bool:
    """True where nothing names it nor anything in it, and nobody types there."""
    if isinstance(drawn, list | tuple):
        return all(_is_plain(one) for one in drawn)
    if not isinstance(drawn, Component):
        return drawn is None or isinstance(drawn, str | int | float)
    if drawn._namespace != _HTML or isinstance(drawn, _FIELDS) or hasattr(drawn, "id"):
        return False
    return _is_plain(getattr(drawn, "children", None))


def _is_bare(inside: Any) -> bool:
    """True for words alone, which gain nothing."""
    parts = inside if isinstance(inside, list | tuple) else [inside]
    return not any(isinstance(one, Component | list | tuple) for one in parts)
