"""Twelve last periods by indicator: a real table of shapes, each with its word and its figure."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts import card as words
from layouts.parts import empty, shape, standing_word, table, unseen
from pilotage.domain.period import Period, PeriodKind
from pilotage.domain.status import Standing
from pilotage.formats import period_label, period_short, quantity
from pilotage.i18n import label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.card import Card, Recent

COLUMNS = 12


def bowling(cards: Sequence[Card], address: Address) -> list[html.Div]:
    """One table per kind of period, the most frequent first; a sentence where there is none."""
    groups: dict[PeriodKind, list[Card]] = {}
    for card in cards:
        if card.recents:
            groups.setdefault(card.recents[-1].period.kind, []).append(card)
    ranked = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    if not ranked:
        return [empty(translator(address.lang)("Aucune période n'a encore de valeur."))]
    return [_table(group, address) for _kind, group in ranked]


def _table(cards: Sequence[Card], address: Address) -> html.Div:
    _ = translator(address.lang)
    periods = last_periods(cards)
    heads: list[Component] = [unseen(_("Indicateur"))]
    heads += [
        html.Abbr(period_short(one, address.lang), title=period_label(one, address.lang))
        for one in periods
    ]
    caption = _("De {first} à {last}").format(
        first=period_label(periods[0], address.lang), last=period_label(periods[-1], address.lang)
    )
    return table(heads, [_row(card, periods, address) for card in cards], caption, "bowl")


def last_periods(cards: Sequence[Card]) -> tuple[Period, ...]:
    """The last twelve periods in which one of them has a cell, oldest first."""
    starts = {one.period for card in cards for one in card.recents}
    return tuple(sorted(starts, key=lambda period: period.start)[-COLUMNS:])


def _row(card: Card, periods: Sequence[Period], address: Address) -> html.Tr:
    cells = {one.period: one for one in card.recents}
    name = label(card.title_fr, card.title_en, address.lang)
    head = html.Th(html.A(name, href=words.link(card, address)), scope="row", title=name)
    return html.Tr([head, *(_cell(card, cells.get(one), one, address) for one in periods)])


def _cell(card: Card, recent: Recent | None, period: Period, address: Address) -> html.Td:
    if recent is None:
        return _absent(card, period, address)
    word = standing_word(recent.standing, address.lang)
    value = quantity(recent.value, card.unit, card.decimals, address.lang)
    title = f"{period_label(recent.period, address.lang)} : {value}, {word}"
    drawn = [shape(recent.standing), unseen(f"{word}, {value}")]
    return html.Td(drawn, title=title, className=recent.standing.value)


def _absent(card: Card, period: Period, address: Address) -> html.Td:
    """Nothing came: drawn as owed once the figure is stale, else left empty."""
    is_owed = card.standing is Standing.STALE and card.recents[-1].period.start < period.start
    if not is_owed:
        return html.Td()
    word = standing_word(Standing.MISSING, address.lang)
    title = f"{period_label(period, address.lang)} : {word}"
    return html.Td([shape(Standing.MISSING), unseen(word)], title=title, className="missing")
