"""The words of a drawn component, as a reader meets them."""

from typing import Any

from dash.development.base_component import Component


def text_of(drawn: Any) -> str:
    """Every text under a component or a list of them, in order; a store says nothing."""
    if drawn is None:
        return ""
    if isinstance(drawn, str | int | float):
        return str(drawn)
    if isinstance(drawn, Component):
        return text_of(getattr(drawn, "children", None))
    return "".join(text_of(one) for one in drawn)


def found(drawn: Any, kind: type[Component]) -> list[Any]:
    """Every component of that kind under ``drawn``."""
    if isinstance(drawn, Component):
        here = [drawn] if isinstance(drawn, kind) else []
        return here + found(getattr(drawn, "children", None), kind)
    if isinstance(drawn, list | tuple):
        return [one for part in drawn for one in found(part, kind)]
    return []
