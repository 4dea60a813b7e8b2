"""Twelve last periods by indicator: what the script makes a real table of, one word per sign.

Two hundred rows are 2 400 cells: drawn as components they would take longer than the wall itself.
"""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts import card as words
from layouts import measure
from layouts.parts import row, standing_word, table
from pilotage.domain.period import Period, PeriodKind
from pilotage.domain.status import Standing
from pilotage.formats import period_label, period_short, quantity
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.card import Card, Recent

COLUMNS = 12
TABLE = "periodes"
"""The name under which these tables are taken away."""
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
    return [_table(group, address) for group in _groups(cards)]


def bowling_tables(cards: Sequence[Card], address: Address) -> list[html.Div]:
    """The same tables to take away: of each period its state in words, then its figure."""
    return [_whole(group, address) for group in _groups(cards)]


def _groups(cards: Sequence[Card]) -> list[list[Card]]:
    """Cards by kind of period, the most frequent first."""
    groups: dict[PeriodKind, list[Card]] = {}
    for card in cards:
        if card.recents:
            groups.setdefault(card.recents[-1].period.kind, []).append(card)
    ranked = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [group for _kind, group in ranked]


def _whole(cards: Sequence[Card], address: Address) -> html.Div:
    _ = translator(address.lang)
    periods = last_periods(cards)
    names = [period_label(one, address.lang) for one in periods]
    state = _("{period} : état")
    heads = [_("Indicateur"), _("Unité")]
    for name in names:
        heads += [state.format(period=name), name]
    rows = [_whole_row(card, periods, address) for card in cards]
    return table(heads, rows, _span(periods, address), name=TABLE)


def _whole_row(card: Card, periods: Sequence[Period], address: Address) -> html.Tr:
    lang = address.lang
    cells = {one.period: one for one in card.recents}
    said = signs(lang)
    found: list[Any] = [measure.unit_name(card.unit, lang)]
    for period in periods:
        one = cells.get(period)
        sign = _sign(card, one, period)
        value = measure.number(one.value if one else None, card.decimals, lang)
        found += [said[sign][1] if sign in said else "", value]
    return row(label(card.title_fr, card.title_en, lang), found)


def _span(periods: Sequence[Period], address: Address) -> str:
    """« De novembre 2025 à octobre 2026 »."""
    ends = [period_label(one, address.lang) for one in (periods[0], periods[-1])]
    return translator(address.lang)("De {first} à {last}").format(first=ends[0], last=ends[1])


def _table(cards: Sequence[Card], address: Address) -> dict[str, Any]:
    _ = translator(address.lang)
    periods = last_periods(cards)
    heads = [(period_short(one, address.lang), period_label(one, address.lang)) for one in periods]
    caption = _span(periods, address)
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
