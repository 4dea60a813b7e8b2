"""A figure or a day in a cell: what is read, and beside it (``<data>``, ``<time>``) what it is.

A table that can be taken away reads the second (``layouts/sheet.py``): it can then never give
another figure than the one on screen.
"""

from datetime import date
from typing import Any

from dash import html

from layouts.parts import data
from pilotage import formats
from pilotage.i18n import Lang

_MANY = 2
_RATE_DECIMALS = 4


def amount(value: float, words: Any, unit: str = "", decimals: int | None = None) -> html.Data:
    """A figure already in words; ``unit`` as the reader writes it."""
    kept = {"unit": unit} if unit else {}
    kept |= {} if decimals is None else {"decimals": str(decimals)}
    return html.Data(words, value=repr(float(value)), **data(**kept))


def quantity(value: float | None, unit: str, decimals: int | None, lang: Lang) -> html.Data | str:
    """``17,4 h`` and what it is; a dash for no value."""
    words = formats.quantity(value, unit, decimals, lang)
    if value is None:
        return words
    return amount(value, words, unit_name(unit, lang), decimals)


def unit_name(unit: str, lang: Lang) -> str:
    """One name for the whole column: « heures », whatever the figure beside it."""
    return formats.unit_word(unit, _MANY, lang)


def number(value: float | None, decimals: int | None, lang: Lang) -> html.Data | str:
    """A figure without a unit."""
    return quantity(value, "", decimals, lang)


def count(value: int, lang: Lang) -> html.Data | str:
    """A whole number of things."""
    return quantity(value, "", 0, lang)


def percent(value: float | None, lang: Lang, decimals: int = 0) -> html.Data | str:
    """A rate already in percent."""
    kept = None if value is None else round(value, _RATE_DECIMALS)
    return quantity(kept, "%", decimals, lang)


def day(when: date | None, lang: Lang) -> html.Time | str:
    """``31 mars 2026``; a dash for no day."""
    if when is None:
        return formats.NO_VALUE
    return html.Time(formats.day(when, lang), dateTime=when.isoformat())
