"""What a past day cannot say: the blockers that were there and that nobody had told of yet."""

from typing import Any

from dash import html

from pilotage.i18n import Lang, translator


def told_since(count: int, lang: Lang) -> list[Any]:
    """One sentence, or nothing where all that was raised by that day was known then."""
    if not count:
        return []
    words = translator(lang).plural(
        "{n} bloquant signalé avant la fin de ce jour n'a été versé que depuis : son état ce "
        "jour-là n'est pas connu.",
        "{n} bloquants signalés avant la fin de ce jour n'ont été versés que depuis : leur état ce "
        "jour-là n'est pas connu.",
        count,
    )
    return [html.P(words.format(n=count), className="quiet")]
