"""Every target and every version of the value as tables to take away, down to file and line."""

from typing import Any

from dash import html

from layouts import measure, vocabulary
from layouts.chart import aim_words
from layouts.evolution import TABLE as VALUES
from layouts.evolution import twin_table
from layouts.parts import row, table
from layouts.provenance import day_of, figure_words
from pilotage import formats
from pilotage.i18n import Lang, translator
from pilotage.rooms.address import Address
from pilotage.rooms.indicator import IndicatorRoom
from pilotage.rooms.provenance import AimVintage, Source, Vintage

TARGETS = "cibles"
ORIGIN = "provenance"


def targets_table(room: IndicatorRoom, address: Address) -> html.Div:
    """Every target ever published, in the order of publication."""
    _ = translator(address.lang)
    heads = [_("Échéance"), _("Cible"), _("Au moins"), _("Au plus"), _("Publiée le")]
    heads += [_("Remplacée le"), _("Remarque"), _("Justification"), *_source_heads(address.lang)]
    rows = [_target_row(room, one, address.lang) for one in room.targets]
    return table(heads, rows, _("Cibles"), name=TARGETS)


def _target_row(room: IndicatorRoom, one: AimVintage, lang: Lang) -> html.Tr:
    _ = translator(lang)
    aim, passport = one.aim, room.passport
    bounds = [
        measure.quantity(side, passport["unit"], passport["decimals"], lang)
        for side in (aim.low, aim.high)
    ]
    cells: list[Any] = [
        aim_words(room, aim.low, aim.high, lang) or aim.text or "",
        *bounds,
        measure.day(aim.published_on, lang),
        measure.day(aim.replaced_on, lang),
        _("cible assouplie") if one.is_eased else "",
        aim.justification or "",
    ]
    due = measure.day(aim.due, lang) if aim.due else _("sans échéance")
    return row(due, [*cells, *_source_cells(one.source, lang)])


def origin_table(room: IndicatorRoom, address: Address) -> html.Div:
    """The current value and those it replaced, as the page tells them."""
    _ = translator(address.lang)
    heads = [_("Période"), _("Valeur"), _("Remarque"), _("Commentaire"), _("Publiée le")]
    rows = [_origin_row(room, one, address.lang) for one in room.vintages]
    heads += _source_heads(address.lang)
    return table(heads, rows, _("D'où vient ce chiffre ?"), name=ORIGIN)


def _origin_row(room: IndicatorRoom, one: Vintage, lang: Lang) -> html.Tr:
    _ = translator(lang)
    passport = room.passport
    said = figure_words(room, one, lang)
    figure: Any = said
    if one.value is not None:
        figure = measure.quantity(one.value, passport["unit"], passport["decimals"], lang)
    state = _("en vigueur") if one.is_current else _("remplacée")
    period = room.verdict.period if room.verdict else None
    cells = [
        figure,
        f"{state} · {said}",
        one.comment or "",
        measure.day(day_of(one.source.published_at), lang),
    ]
    when = formats.period_label(period, lang) if period else ""
    return row(when, [*cells, *_source_cells(one.source, lang)])


def _source_heads(lang: Lang) -> list[str]:
    _ = translator(lang)
    return [_("Fichier"), _("Ligne"), _("Versement"), _("Par"), _("Voie")]


def _source_cells(source: Source, lang: Lang) -> list[Any]:
    """Where it is written, who sent it; says when that load was taken back."""
    way = vocabulary.word(vocabulary.WAYS_IN, source.way_in, lang) if source.way_in else ""
    withdrawn = translator(lang)("versement retiré") if source.is_withdrawn else ""
    return [
        " · ".join(part for part in (source.file_name or "", withdrawn) if part),
        measure.count(source.line, lang),
        measure.count(source.load_seq, lang),
        vocabulary.author_words(source.author, lang),
        way,
    ]


def _values_table(room: IndicatorRoom, address: Address) -> html.Div:
    return twin_table(room, address, is_sheet=True)


TABLES = {VALUES: _values_table, TARGETS: targets_table, ORIGIN: origin_table}
"""Tables to take away that the page draws otherwise."""
