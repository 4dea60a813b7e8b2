"""One published figure, in plain words: what it is worth, against what, where it comes from."""

import json
from typing import Any

from dash import html

from layouts.card import NOTE_WORDS
from layouts.parts import aria, data, more, shape, status
from layouts.post import prose
from layouts.spark import heights
from pilotage import formats
from pilotage.domain.indicator import Direction
from pilotage.domain.publication import Note
from pilotage.domain.status import Standing
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.publication import Line

_OLD = frozenset({Standing.STALE, Standing.MISSING})


def published(one: Line, lang: Lang, tools: list[Any] | None = None) -> html.Article:
    """Name, figure and state, target, source, note, curve; what opens says how it is measured.

    ``tools``: what one may do about it, for who prepares the publication.
    """
    said: list[Any] = [html.H3(label(one.title_fr, one.title_en, lang))]
    if not one.is_own:
        place = label(one.organisation.label_fr, one.organisation.label_en, lang)
        said.append(html.P(place, className="quiet"))
    figure = html.Div(_figure(one, lang))
    said.append(html.Div([figure, *_curve(one, lang)], className="told-figure"))
    said += [*_aim(one, lang), *_foot(one, lang)]
    said += [prose(words(one.note, lang))] if one.note else []
    said += _more(one, lang)
    return html.Article([*said, *(tools or [])], className="published")


def words(note: Note, lang: Lang) -> str:
    """The note in the reader's language."""
    return note.en if lang == "en" else note.fr


def state(one: Line, lang: Lang) -> html.Span:
    """Shape, word and colour; a hidden figure is said to be."""
    if one.standing is None:
        word = html.Span(translator(lang)("masquée"))
        return html.Span([shape(Standing.NO_STATUS), word], className="status no_status")
    return status(one.standing, lang)


def remark(one: Line, lang: Lang) -> str:
    """« provisoire », « non vérifiée »; empty where there is nothing to say."""
    return translator(lang)(NOTE_WORDS[one.remark]) if one.remark in NOTE_WORDS else ""


def aimed(one: Line, lang: Lang) -> str:
    """The target in words, « au plus 14,0 h »; empty without one."""
    _ = translator(lang)

    def quantity(value: float | None) -> str:
        return formats.quantity(value, one.unit, one.decimals, lang)

    if one.low is not None and one.high is not None and one.low != one.high:
        return _("entre {low} et {high}").format(
            low=formats.number(one.low, one.decimals, lang), high=quantity(one.high)
        )
    if one.direction is Direction.AT_MOST and one.high is not None:
        return _("au plus {aim}").format(aim=quantity(one.high))
    if one.low is None and one.high is None:
        return ""
    aim = quantity(one.high if one.low is None else one.low)
    said = _("au moins {aim}") if one.direction is Direction.AT_LEAST else _("exactement {aim}")
    return said.format(aim=aim)


def _figure(one: Line, lang: Lang) -> list[Any]:
    _ = translator(lang)
    if one.is_hidden:
        why = _("Sur moins de cinq personnes ou cas, ou trop près d'un tel chiffre.")
        return [html.P(state(one, lang), className="figure"), html.P(why, className="quiet")]
    if one.standing in _OLD or one.value is None:
        return [html.P(state(one, lang), className="figure"), *_awaited(one, lang)]
    quantity = formats.quantity(one.value, one.unit, one.decimals, lang)
    when = formats.period_label(one.period, lang) if one.period else ""
    noted = ", ".join(part for part in (when, remark(one, lang)) if part)
    told = [html.B(quantity), html.Span(noted, className="when"), state(one, lang)]
    return [html.P(told, className="figure")]


def _awaited(one: Line, lang: Lang) -> list[Any]:
    """The last value known, and when the next one was due; said small."""
    _ = translator(lang)
    told = []
    if one.value is not None and one.period is not None:
        last = _("Dernière valeur connue : {value}, {period}.").format(
            value=formats.quantity(one.value, one.unit, one.decimals, lang),
            period=formats.period_named(one.period, lang),
        )
        told.append(last)
    if one.standing in _OLD and one.next_due is not None:
        told.append(
            _("La suivante était attendue le {day}.").format(day=formats.day(one.next_due, lang))
            if told
            else _("Elle était attendue le {day}.").format(day=formats.day(one.next_due, lang))
        )
    return [html.P(" ".join(told), className="quiet")] if told else []


def _aim(one: Line, lang: Lang) -> list[Any]:
    _ = translator(lang)
    aim = aimed(one, lang)
    if not aim:
        return [html.P(_("Sans cible chiffrée."), className="aimed")]
    if one.due_date is None:
        return [html.P(_("Cible : {aim}").format(aim=aim), className="aimed")]
    said = _("Cible : {aim} au {day}")
    day = formats.day(one.due_date, lang)
    return [html.P(said.format(aim=aim, day=day), className="aimed")]


def _foot(one: Line, lang: Lang) -> list[Any]:
    _ = translator(lang)
    told = [
        _("Source : {name}").format(name=one.source) if one.source else _("Source non déclarée"),
        _("publiée par le ministère le {day}").format(day=formats.day(one.published_on, lang))
        if one.published_on and one.period
        else "",
    ]
    return [html.P(" · ".join(part for part in told if part), className="quiet")]


def _curve(one: Line, lang: Lang) -> list[Any]:
    """The last periods as a small curve, which ``assets/public.js`` draws from its heights."""
    if not one.recents:
        return []
    aims = [aim for aim in (one.low, one.high) if aim is not None]
    shape_of = heights([value for _, value in one.recents], aims)
    told = {"role": "img"} | aria(label=summary(one, lang)) | data(curve=json.dumps(shape_of))
    return [html.Div(className="small-curve", **told)]


def summary(one: Line, lang: Lang) -> str:
    """The curve in one sentence, for who does not see it."""
    _ = translator(lang)
    known = [(period, value) for period, value in one.recents if value is not None]
    (first, start), (last, end) = known[0], known[-1]
    return _("De {first} ({start}) à {last} ({end}).").format(
        first=formats.quantity(start, one.unit, one.decimals, lang),
        start=formats.period_label(first, lang),
        last=formats.quantity(end, one.unit, one.decimals, lang),
        end=formats.period_label(last, lang),
    )


def _more(one: Line, lang: Lang) -> list[Any]:
    """How it is measured, and the figures of the curve."""
    _ = translator(lang)
    inside: list[Any] = []
    if definition := label(one.definition_fr or "", one.definition_en, lang):
        inside.append(html.P(definition))
    if one.recents:
        heads = [html.Th(_("Période"), scope="col"), html.Th(_("Valeur"), scope="col")]
        rows = [
            html.Tr(
                [
                    html.Th(formats.period_label(period, lang), scope="row"),
                    html.Td(formats.quantity(value, one.unit, one.decimals, lang)),
                ]
            )
            for period, value in reversed(one.recents)
        ]
        caption = html.Caption(label(one.title_fr, one.title_en, lang))
        inside.append(html.Table([caption, html.Thead(html.Tr(heads)), html.Tbody(rows)]))
    return [more(_("Définition et valeurs précédentes"), inside)] if inside else []
