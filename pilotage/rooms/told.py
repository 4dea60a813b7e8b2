"""What a browser tells, believed only as far as its form: anything else is left out."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

_MOST_LINES = 200


def part(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The object under a name; empty where there is none."""
    found = said.get(name)
    return found if isinstance(found, dict) else {}


def lines(said: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The objects listed under a name, the first ones."""
    told = said.get(name)
    found: list[Mapping[str, Any]] = told if isinstance(told, list) else []
    kept: list[Mapping[str, Any]] = [one for one in found if isinstance(one, dict)]
    return kept[:_MOST_LINES]


def text(said: Mapping[str, Any], name: str) -> str | None:
    """The text under a name; None where it is none."""
    value = said.get(name)
    return value if isinstance(value, str) else None


def count(said: Mapping[str, Any], name: str) -> int:
    """The whole number under a name; 0 where it is none, or below."""
    value = said.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def figure(said: Mapping[str, Any], name: str) -> float | None:
    """The finite number under a name; None where it is none."""
    value = said.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if isfinite(value) else None


def fraction(said: Mapping[str, Any], name: str) -> float:
    """The number in 0–1 under a name; 0 where it is none."""
    return min(1.0, max(0.0, figure(said, name) or 0.0))
