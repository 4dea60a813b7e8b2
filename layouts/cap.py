"""« Cap »: the mission, the objectives, and how much of each is on its way."""

from dash import html
from dash.development.base_component import Component

from layouts.parts import empty, more, shape, standing_word, unseen
from pilotage.domain.status import Standing
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.cap import Aim, Cap
from pilotage.rooms.tally import ATTENTION, Tally

_DEEPEST = 3
_NAMED = 12
"""Objectives shown before « les autres »."""


def cap(room: Cap, address: Address) -> list[Component]:
    """The mission, then each orientation with its share met; objectives open below."""
    _ = translator(address.lang)
    lang = address.lang
    if room.plan_fr is None and not room.received:
        return [
            empty(
                _("Aucun plan n'est connu pour cette organisation."),
                _("Versez les fichiers « plans » et « objectifs » à la page Données."),
            )
        ]
    drawn: list[Component] = []
    if room.mission_fr:
        words = label(room.mission_fr, room.mission_en, lang)
        drawn.append(html.P(words, className="mission"))
    if room.aims:
        drawn.append(_aims(room.aims[:_NAMED], lang))
    if hidden := room.aims[_NAMED:]:
        others = _.plural("{n} autre", "{n} autres", len(hidden)).format(n=len(hidden))
        drawn.append(more(others, _aims(hidden, lang)))
    if room.received:
        drawn.append(html.H3(_("Objectifs reçus"), className="subhead"))
        drawn.append(_aims(room.received, lang))
    return drawn


def share(tally: Tally, lang: Lang) -> str:
    """« 5 sur 8 en voie »; says when nothing measures it."""
    _ = translator(lang)
    if not tally.total:
        return _("sans indicateur")
    return _("{on} sur {all} en voie").format(on=tally[Standing.ON_TRACK], all=tally.total)


def strip(tally: Tally, lang: Lang) -> html.Span:
    """Each standing with its count, worst first: shapes for the eye, words for the ear."""
    said: list[Component] = []
    for one in ATTENTION:
        if tally[one]:
            count = html.Span([shape(one), str(tally[one])], className=one.value)
            said += [count, unseen(f" {standing_word(one, lang)}. ")]
    return html.Span(said, className="strip")


def _aims(aims: tuple[Aim, ...], lang: Lang, depth: int = 1) -> html.Ul:
    return html.Ul([html.Li(_aim(aim, lang, depth)) for aim in aims], className="aims")


def _aim(aim: Aim, lang: Lang, depth: int) -> list[Component]:
    every = aim.everything
    head = html.Div(
        [
            html.Span(label(aim.label_fr, aim.label_en, lang), className="aim"),
            html.Span([strip(every, lang), html.Span(share(every, lang))], className="share"),
        ],
        className=f"aim-line {aim.kind}",
    )
    if not aim.below or depth >= _DEEPEST:
        return [head]
    return [head, _aims(aim.below, lang, depth + 1)]
