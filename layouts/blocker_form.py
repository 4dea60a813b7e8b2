"""The forms about blockers: plain HTML controls, sent to the server by ``assets/form.js``.

``data-asks`` names the store that receives the fields; the server checks everything again.
"""

import json
from typing import Any

from dash import html

from layouts import ids, vocabulary
from layouts.parts import data, section
from pilotage.domain.blocker import Seriousness
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import BlockerCard, Named
from pilotage.rooms.blockers import RaiseForm

_NEEDS_WORDS = {"return", "defer", "resolve"}


def raise_form(form: RaiseForm, address: Address) -> html.Section:
    """Title, seriousness, organisation, indicator: filled with what is known, sent in one click."""
    _ = translator(address.lang)
    titled = html.Label(
        [
            html.Span(_("Ce qui bloque, en une phrase")),
            html.Textarea(
                name="title", rows=2, maxLength=200, required=True, autoFocus="autofocus"
            ),
        ],
        className="wide",
    )
    fields = [
        titled,
        _select(_("Gravité"), "seriousness", _seriousness(address.lang), Seriousness.MAJOR.value),
        _select(
            _("Organisation"), "organisation_id", _named(form.places, address), form.organisation_id
        ),
        _select(
            _("Indicateur touché"),
            "indicator_id",
            [("", _("aucun en particulier")), *_named(form.indicators, address)],
            form.indicator_id,
        ),
        html.Div(
            [
                html.Button(_("Signaler"), type="submit"),
                html.A(_("Annuler"), href=address.link("bloquants"), className="button"),
            ],
            className="actions wide",
        ),
    ]
    body = html.Form(fields, className="form", **asks({"move": "raise"}))
    return section(_("Signaler un bloquant"), body)


def _seriousness(lang: Lang) -> list[tuple[str, str]]:
    return [(one.value, vocabulary.word(vocabulary.SERIOUSNESS, one, lang)) for one in Seriousness]


def _named(ones: tuple[Named, ...], address: Address) -> list[tuple[str, str]]:
    return [(one.identifier, label(one.label_fr, one.label_en, address.lang)) for one in ones]


def _select(
    words: str, name: str, choices: list[tuple[str, str]], chosen: str | None
) -> html.Label:
    options = [html.Option(said, value=value, selected=value == chosen) for value, said in choices]
    return html.Label([html.Span(words), html.Select(options, name=name)])


def asks(known: dict[str, str]) -> dict[str, Any]:
    """Where the form goes, and what it says besides what the person writes."""
    return data(asks=ids.BLOCKERS_ASKED, known=json.dumps(known))


def move_forms(card: BlockerCard, address: Address) -> html.Div:
    """One form per move this viewer may make: a button, or one that opens where words are due."""
    forms = [_move_form(card, move, address) for move in card.moves]
    return html.Div(forms, className="moves")


def _move_form(card: BlockerCard, move: str, address: Address) -> html.Form | html.Details:
    _ = translator(address.lang)
    words = vocabulary.word(vocabulary.MOVES, move, address.lang)
    known = {
        "move": move,
        "blocker_id": card.blocker.blocker_id,
        "seq": str(card.changed_seq),
    }
    if move not in _NEEDS_WORDS:
        first = "button first" if move == "take" else "button"
        return html.Form(html.Button(words, type="submit", className=first), **asks(known))
    send = html.Button(_("Envoyer"), type="submit", className="button first")
    form = html.Form([*_words(move, address.lang), send], className="form", **asks(known))
    opener = html.Summary(words, className="button")
    return html.Details([opener, form], className="move")


def _words(move: str, lang: Lang) -> list[Any]:
    _ = translator(lang)
    asked = {
        "return": _("Votre réponse"),
        "defer": _("Pourquoi plus tard"),
        "resolve": _("Ce qui a été fait"),
    }[move]
    note = html.Label(
        [html.Span(asked), html.Textarea(name="note", rows=3, maxLength=2000, required=True)],
        className="wide",
    )
    if move != "defer":
        return [note]
    # A date field is not among Dash's elements: form.js puts it in the place made for it.
    day = html.Label(
        [html.Span(_("Jusqu'au")), html.Span(**data(field="date", name="until", required=True))]
    )
    return [day, note]
