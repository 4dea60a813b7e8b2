"""The wall of cards: one compact record drawn by ``assets/wall.js``; and its twin, a table.

Every word is written here, so that cards and table cannot differ; the script only places them
(``textContent``, never markup).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from dash import html

from layouts import card as words
from layouts import ids, measure
from layouts.bowling import bowling, signs
from layouts.parts import aria, data, row, standing_word, status, table
from layouts.sheet import ASIDE
from layouts.signal import card_signs, chance
from layouts.signal import reading as signal_reading
from layouts.spark import spark
from pilotage.domain.indicator import Level
from pilotage.domain.status import Standing
from pilotage.formats import joined
from pilotage.i18n import Lang, label, tongue, translator
from pilotage.rooms.address import Address
from pilotage.rooms.card import Card

_LONGEST_UNIT = 3
"""A unit of up to three characters stands with its figure; a word stands after it, smaller."""
TABLE = "indicateurs"
"""The name under which the table of cards is taken away."""
FIRM = 0.01
"""Nearer than this to 0 or to 1, a chance is said in words: nothing is certain."""
Marks = Mapping[tuple[str, str], str]
"""What is said of some cards, by indicator and organisation."""
NO_MARKS: Marks = {}
_POINTS = {Level.STRATEGIC: 24, Level.TACTICAL: 24, Level.OPERATIONAL: 48}


def wall(drawn_from: str, address: Address) -> html.Div:
    """An empty frame with what it is drawn from (``wall_text``)."""
    said = {**aria(label=translator(address.lang)("Indicateurs")), **data(cards=drawn_from)}
    # React leaves the inside of WALL alone: it never gives it children.
    return html.Div(id=ids.WALL, role="list", **said)


def wall_text(drawn_from: dict[str, Any]) -> str:
    """A ``wall_store`` as the attribute it travels in: drawn in the same breath as its room."""
    return orjson.dumps(drawn_from).decode()


def wall_store(
    cards: Sequence[Card],
    level: Level,
    address: Address,
    shown: Sequence[Card] | None = None,
    marks: Marks = NO_MARKS,
) -> dict[str, Any]:
    """What the script draws: common words once, one short record per card, the bowling tables.

    ``shown`` are the cards drawn, all of them for None; ``marks`` what is said of some of them.

    Keys of a record: k key, n name, h address, v figure, u unit, g target, s standing, w its word,
    q what qualifies it, m movement, d its direction, r rate, e what was declared otherwise, f foot,
    o origin, a the curve in words, x its shape; i variation and j assurance (drawing, words), l the
    chance to reach the target; p who carries the gap; b the first line of the explanation, z of
    when, or that there is none, t that line's language where it is not
    the page's; nl that of the name; y the mark of a change. What is empty is left out.
    """
    _ = translator(address.lang)
    shared = {
        "help": _("comment aider"),
        "odds": _("Chances d'atteindre la cible"),
        "changed": _("modifié"),
        "unmeasured": _("Aucune période n'a encore de valeur."),
    }
    drawn = cards if shown is None else shown
    records = [_record(card, _POINTS[level], address, marks) for card in drawn]
    return {
        "room": "/".join(address.parts),
        "words": shared,
        "signs": signs(address.lang),
        "cards": records,
        "bowling": bowling(cards, address),
    }


def _record(card: Card, points: int, address: Address, marks: Marks) -> dict[str, Any]:
    number, unit = words.headline(card, address)
    is_short = len(unit) <= _LONGEST_UNIT
    line, told = words.account(card, address)
    said = {
        "k": f"{card.indicator_id}|{card.organisation_id}",
        "n": label(card.title_fr, card.title_en, address.lang),
        "nl": "fr" if address.lang == "en" and not card.title_en else "",
        "h": words.link(card, address),
        "v": joined(number, unit, address.lang) if is_short else number,
        "u": "" if is_short else unit,
        "g": words.target(card, address),
        "s": card.standing.value,
        "w": standing_word(card.standing, address.lang),
        "q": words.note(card, address),
        "m": words.movement(card, address),
        "d": card.change.value if card.change else "",
        "r": words.rate(card, address),
        "e": words.disagreement(card, address),
        "p": words.carrier(card, address),
        "b": line,
        "t": tongue(line) if line and tongue(line) != address.lang else "",
        "z": told,
        "f": words.foot(card, address),
        "o": words.origin(card, address),
        "a": words.summary(card, address),
        "x": spark(card, points),
        "y": marks.get((card.indicator_id, card.organisation_id), ""),
        **_signs(card, address.lang),
    }
    return {name: value for name, value in said.items() if value}


def _signs(card: Card, lang: Lang) -> dict[str, Any]:
    """Whether to react; nothing where the figure itself is not to be read."""
    if card.standing in words.HIDES_VALUE:
        return {}
    return {**card_signs(card.signal, lang), "l": chance(card.signal, lang)}


def wall_table(
    cards: Sequence[Card],
    address: Address,
    marks: Marks = NO_MARKS,
    *,
    is_sheet: bool = False,
) -> html.Div:
    """The same figures as a table; ``is_sheet`` adds the bounds of the target as figures."""
    _ = translator(address.lang)
    heads = [_("Indicateur"), _("État"), _("Valeur"), _("Cible"), _("Avancement")]
    heads += [_("Variation"), _("Chances")]
    heads += [_("Degré de confiance"), _("Explication de l'écart"), _("Période et source")]
    heads += [_("Au moins"), _("Au plus"), _("Échéance")] if is_sheet else []
    rows = [_table_row(card, address, marks, is_sheet=is_sheet) for card in cards]
    return table(heads, rows, _("Indicateurs de la salle"), "figures", TABLE)


def _table_row(card: Card, address: Address, marks: Marks, *, is_sheet: bool) -> html.Tr:
    qualified = words.note(card, address)
    state = [status(card.standing, address.lang), f" {qualified}" if qualified else ""]
    cells = [
        state,
        _figure(card, address),
        words.aimed(card, address) or words.target(card, address),
        _rate(card, address),
        words.movement(card, address) or _drawn_signs(card, address.lang),
        _chance(card, address.lang),
        words.confidence(card, address),
        _account(card, address),
        html.Span(words.foot(card, address), title=words.origin(card, address)),
    ]
    cells += _bounds(card, address.lang) if is_sheet else []
    name = label(card.title_fr, card.title_en, address.lang)
    title: list[Any] = [html.A(name, href=words.link(card, address)), _help(card, address)]
    if said := marks.get((card.indicator_id, card.organisation_id)):
        title.append(html.Small(said, className="turned"))
    return row(title, cells)


def _figure(card: Card, address: Address) -> Any:
    """The headline; where it is a number, with the number itself."""
    said = joined(*words.headline(card, address), address.lang)
    if card.value is None or card.standing in words.HIDES_VALUE:
        return said
    unit = measure.unit_name(card.unit, address.lang)
    return measure.amount(card.value, said, unit, card.decimals)


def _chance(card: Card, lang: Lang) -> Any:
    share = card.signal.due_meets
    if share is None or card.standing in words.HIDES_VALUE:
        return ""
    said = chance(card.signal, lang)
    return measure.percent(100 * share, lang) if FIRM <= share <= 1 - FIRM else said


def _bounds(card: Card, lang: Lang) -> list[Any]:
    """The target as figures, and its day."""
    sides = (card.low, card.high)
    found: list[Any] = [measure.quantity(one, card.unit, card.decimals, lang) for one in sides]
    return [*found, measure.day(card.due_date, lang)]


def _account(card: Card, address: Address) -> list[Any]:
    line, told = words.account(card, address)
    said: list[Any] = (
        [html.P(line, className="line", dir="auto", lang=tongue(line))] if line else []
    )
    said += [html.Span(told, className="quiet")] if told else []
    carried = words.carrier(card, address)
    return [html.P(carried, className="quiet"), *said] if carried else said


def _drawn_signs(card: Card, lang: Lang) -> html.Span | str:
    if card.standing in words.HIDES_VALUE:
        return ""
    return html.Span(signal_reading(card.signal, lang), className="signs")


def _rate(card: Card, address: Address) -> Any:
    """The rate alone under its heading; « atteinte » is said where it is not the progress rate."""
    if card.progress_rate is not None and card.standing not in words.HIDES_VALUE:
        return measure.percent(card.progress_rate, address.lang)
    return words.rate(card, address)


def _help(card: Card, address: Address) -> html.Span | str:
    _ = translator(address.lang)
    if card.standing is not Standing.OFF_TARGET:
        return ""
    href = f"{words.link(card, address)}#aider"
    return html.Span([" · ", html.A(_("comment aider"), href=href, className="link")], **ASIDE)
