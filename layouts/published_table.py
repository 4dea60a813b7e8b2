"""A publication as tables to take away: a line per figure, and its last periods."""

from collections.abc import Callable
from typing import Any

from dash import html

from layouts import measure
from layouts.parts import row, standing_word, table
from layouts.published import remark, words
from pilotage import formats
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.publication import Line, Part, PublicRoom

FIGURES, HISTORY = "publication", "historique"


def figures(room: PublicRoom, address: Address) -> html.Div:
    """Every figure as it was published; a hidden one has no value and says so."""
    _, lang = translator(address.lang), address.lang
    heads = [
        _("Indicateur"),
        _("Identifiant"),
        _("Ministère"),
        _("Organisation"),
        _("État"),
        _("Valeur"),
        _("Période"),
        _("Précision"),
        _("Cible, au moins"),
        _("Cible, au plus"),
        _("Échéance"),
        _("Source"),
        _("Publiée le"),
        _("Note"),
    ]
    rows = [_figure(one, part, lang) for part in room.parts for one in part.lines]
    return table(heads, rows, _("Indicateurs publiés"), name=FIGURES)


def _figure(one: Line, part: Part, lang: Lang) -> html.Tr:
    state = standing_word(one.standing, lang) if one.standing else translator(lang)("masquée")
    ministry = label(part.ministry.label_fr, part.ministry.label_en, lang)
    cells = [
        one.indicator_id,
        ministry,
        label(one.organisation.label_fr, one.organisation.label_en, lang),
        state,
        measure.quantity(one.value, one.unit, one.decimals, lang),
        formats.period_label(one.period, lang) if one.period else formats.NO_VALUE,
        remark(one, lang),
        measure.quantity(one.low, one.unit, one.decimals, lang),
        measure.quantity(one.high, one.unit, one.decimals, lang),
        measure.day(one.due_date, lang),
        one.source or formats.NO_VALUE,
        measure.day(one.published_on, lang),
        words(one.note, lang) if one.note else "",
    ]
    return row(label(one.title_fr, one.title_en, lang), cells)


def history(room: PublicRoom, address: Address) -> html.Div:
    """The values of the small curves, a line each."""
    _, lang = translator(address.lang), address.lang
    heads = [_("Indicateur"), _("Identifiant"), _("Organisation"), _("Période"), _("Valeur")]
    rows = [
        row(
            label(one.title_fr, one.title_en, lang),
            [
                one.indicator_id,
                label(one.organisation.label_fr, one.organisation.label_en, lang),
                formats.period_label(period, lang),
                measure.quantity(value, one.unit, one.decimals, lang),
            ],
        )
        for one in room.lines
        for period, value in one.recents
    ]
    return table(heads, rows, _("Dernières valeurs publiées"), name=HISTORY)


TABLES: dict[str, Callable[[Any, Address], html.Div]] = {FIGURES: figures, HISTORY: history}
"""What can be taken away and is not drawn as a table."""
