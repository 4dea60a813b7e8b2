"""Twelve last periods by indicator: what the script makes a real table of, one word per sign.

Two hundred rows are 2 400 cells: drawn as components they would take longer than the wall itself.
"""

from collections.abc import Sequence
from typing import Any

from layouts import card as words
from layouts.parts import standing_word
from pilotage.domain.period import Period, PeriodKind
from pilotage.domain.status import Standing
from pilotage.formats import period_label, period_short, quantity
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.card import Card, Recent

COLUMNS = 12
_SIGNS = {
    Standing.ON_TRACK: "o",
    Standing.AT_RISK: "w",
    Standing.OFF_TARGET: "f",
    Standing.NO_STATUS: "n",
    Standing.MISSING: "m",
    Standing.STALE: "s",
    Standing.DISPUTED: "d",
    Standing.IN_ERROR: "e",
}
NOTHING = "."


def signs(lang: Lang) -> dict[str, list[str]]:
    """What each letter of a row stands for: the class of its shape and its word."""
    return {sign: [one.value, standing_word(one, lang)] for one, sign in _SIGNS.items()}


def bowling(cards: Sequence[Card], address: Address) -> list[dict[str, Any]]:
    """One table per kind of period, the most frequent first; empty where nothing was measured.

    ``heads`` are (short, full) names; of each row ``n`` the name, ``h`` its address, ``s`` one
    letter per period, ``v`` the figures.
    """
    groups: dict[PeriodKind, list[Card]] = {}
    for card in cards:
        if card.recents:
            groups.setdefault(card.recents[-1].period.kind, []).append(card)
    ranked = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [_table(group, address) for _kind, group in ranked]


def _table(cards: Sequence[Card], address: Address) -> dict[str, Any]:
    _ = translator(address.lang)
    periods = last_periods(cards)
    heads = [(period_short(one, address.lang), period_label(one, address.lang)) for one in periods]
    caption = _("De {first} à {last}").format(first=heads[0][1], last=heads[-1][1])
    rows = [_row(card, periods, address) for card in cards]
    return {"caption": caption, "title": _("Indicateur"), "heads": heads, "rows": rows}


def last_periods(cards: Sequence[Card]) -> tuple[Period, ...]:
    """The last twelve periods in which one of them has a cell, oldest first."""
    starts = {one.period for card in cards for one in card.recents}
    return tuple(sorted(starts, key=lambda period: period.start)[-COLUMNS:])


def _row(card: Card, periods: Sequence[Period], address: Address) -> dict[str, Any]:
    cells = {one.period: one for one in card.recents}
    found = [cells.get(one) for one in periods]
    return {
        "n": label(card.title_fr, card.title_en, address.lang),
        "h": words.link(card, address),
        "s": "".join(_sign(card, *pair) for pair in zip(found, periods, strict=True)),
        "v": [
            quantity(one.value, card.unit, card.decimals, address.lang) if one else ""
            for one in found
        ],
    }


def _sign(card: Card, recent: Recent | None, period: Period) -> str:
    """The period's state; what did not come is owed once the figure is stale, else left empty."""
    if recent is not None:
        return _SIGNS[recent.standing]
    is_owed = card.standing is Standing.STALE and card.recents[-1].period.start < period.start
    return _SIGNS[Standing.MISSING] if is_owed else NOTHING
