"""The small curve of a card as whole numbers: heights 0 (bottom) to 100 (top), ready to draw.

The page receives no figure it does not show: only shapes, one small list per card.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilotage.domain.indicator import Direction
from pilotage.rooms.card import Card, Recent

DRAWN = 24
"""Periods drawn on a card; the store keeps 48."""


@dataclass(frozen=True)
class Scale:
    """From a figure to a height."""

    bottom: float
    top: float

    def height(self, value: float | None) -> int | None:
        """0 at the bottom, 100 at the top; None stays None: a hole is drawn as a hole."""
        if value is None:
            return None
        return round(100 * (value - self.bottom) / (self.top - self.bottom))


def spark(card: Card, drawn: int = DRAWN) -> dict[str, Any] | None:
    """What a card draws; None with nothing to draw.

    ``y`` values, ``p`` planned path, ``t`` the target's bounds, ``b`` the limits within which it
    usually varies, ``c`` places of the values that are more than chance.
    """
    recents = card.recents[-drawn:]
    if not any(one.value is not None for one in recents):
        return None
    aims = [aim for aim in _aims(card) if aim is not None]
    limits = _limits(card)
    scale = _scale([*_known(recents), *aims, *limits])
    shape: dict[str, Any] = {"y": [scale.height(one.value) for one in recents]}
    if any(one.path is not None for one in recents):
        shape["p"] = [scale.height(one.path) for one in recents]
    if aims:
        shape["t"] = [scale.height(aim) for aim in aims]
    if limits:
        shape["b"] = [scale.height(limit) for limit in limits]
    special = [at for at, one in enumerate(recents) if one.is_special and one.value is not None]
    if special:
        shape["c"] = special
    return shape


def heights(values: Sequence[float | None], aims: Sequence[float]) -> dict[str, Any]:
    """The same of plain values, one known at least: ``y`` values, ``t`` the target's bounds."""
    scale = _scale([*(one for one in values if one is not None), *aims])
    shape: dict[str, Any] = {"y": [scale.height(one) for one in values]}
    return shape | ({"t": [scale.height(aim) for aim in aims]} if aims else {})


def _limits(card: Card) -> tuple[float, ...]:
    """The natural limits, where there are enough values to believe them."""
    signal = card.signal
    if signal.variation is None or signal.lower is None or signal.upper is None:
        return ()
    return (signal.lower, signal.upper)


def _aims(card: Card) -> tuple[float | None, ...]:
    if card.direction is Direction.BETWEEN:
        return (card.low, card.high)
    return (card.high,) if card.direction is Direction.AT_MOST else (card.low,)


def _known(recents: Sequence[Recent]) -> list[float]:
    pairs = [(one.value, one.path) for one in recents]
    return [number for pair in pairs for number in pair if number is not None]


def _scale(numbers: Sequence[float]) -> Scale:
    bottom, top = min(numbers), max(numbers)
    # A flat series is drawn in the middle, not along an edge.
    return Scale(bottom - 1, top + 1) if bottom == top else Scale(bottom, top)
