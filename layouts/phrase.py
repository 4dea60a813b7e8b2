"""Whole sentences with a part that stands out, so that a translation stays one message."""

from dash import html
from dash.development.base_component import Component


def rich(sentence: str) -> list[str | Component]:
    """``… **this** …`` as text with that part in bold; an odd mark is left as it is."""
    pieces = sentence.split("**")
    if len(pieces) % 2 == 0:
        return [sentence]
    return [html.B(piece) if index % 2 else piece for index, piece in enumerate(pieces) if piece]
