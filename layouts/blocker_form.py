"""The forms about blockers: plain HTML controls, sent to the server by ``assets/form.js``.

``data-asks`` names the store that receives the fields; the server checks everything again.
"""

import json
from dataclasses import replace
from typing import Any

from dash import html

from layouts import ids, vocabulary
from layouts.parts import data, section
from pilotage.domain.blocker import Seriousness
from pilotage.i18n import N_, Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import BlockerCard, Named
from pilotage.rooms.blockers import RaiseForm

_ONE_CLICK = frozenset({"take"})
"""The one move that commits nobody else; the others open a form and are confirmed."""
_WORDS_OPTIONAL = frozenset({"close", "reopen"})
_ASKED = {
    "escalate": N_("Pourquoi le faire monter"),
    "return": N_("Votre réponse"),
    "defer": N_("Pourquoi plus tard"),
    "resolve": N_("Ce qui a été fait"),
    "close": N_("Un mot pour l'historique, au besoin"),
    "reopen": N_("Un mot pour l'historique, au besoin"),
}


def raise_form(form: RaiseForm, address: Address) -> html.Section:
    """Title, seriousness, organisation, indicator: filled with what is known, sent in one click."""
    _ = translator(address.lang)
    fields = [
        _titled(address.lang, is_first=True),
        _select(_("Gravité"), "seriousness", _seriousness(address.lang), Seriousness.MAJOR.value),
        _place(form, address),
        _indicator(form, address, ids.BLOCKERS_INDICATOR),
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


def raise_here(form: RaiseForm, address: Address, store: str) -> html.Section:
    """The same without a choice of organisation: where one is, sent to the store of that page."""
    _ = translator(address.lang)
    fields = [
        _titled(address.lang),
        _select(_("Gravité"), "seriousness", _seriousness(address.lang), Seriousness.MAJOR.value),
        _indicator(form, address, ids.HUDDLE_INDICATOR),
        html.Div(html.Button(_("Signaler"), type="submit"), className="actions wide"),
    ]
    known = {"move": "raise", "organisation_id": form.organisation_id or ""}
    body = html.Form(fields, className="form", **asks(known, store))
    return section(_("Signaler un bloquant"), body)


def _titled(lang: Lang, *, is_first: bool = False) -> html.Label:
    _ = translator(lang)
    field = html.Textarea(name="title", rows=2, maxLength=200, required=True, autoFocus=is_first)
    return html.Label([html.Span(_("Ce qui bloque, en une phrase")), field], className="wide")


def _place(form: RaiseForm, address: Address) -> html.Label:
    """Whose blocker it is; choosing another one tells ``BLOCKERS_PLACE``."""
    _ = translator(address.lang)
    choices = _named(form.places, address)
    if form.organisation_id is None:
        choices = [("", _("choisir l'organisation")), *choices]
    options = _options(choices, form.organisation_id)
    field = html.Select(
        options, name="organisation_id", required=True, **data(tells=ids.BLOCKERS_PLACE)
    )
    return html.Label([html.Span(_("Organisation")), field])


def _indicator(form: RaiseForm, address: Address, name: str) -> html.Label:
    _ = translator(address.lang)
    options = indicator_options(form.indicators, form.indicator_id, address)
    field = html.Select(options, name="indicator_id", id=name)
    return html.Label([html.Span(_("Indicateur touché")), field])


def indicator_options(
    indicators: tuple[Named, ...], chosen: str | None, address: Address
) -> list[html.Option]:
    """The indicators of the organisation chosen, after « none »."""
    _ = translator(address.lang)
    return _options([("", _("aucun en particulier")), *_named(indicators, address)], chosen)


def _seriousness(lang: Lang) -> list[tuple[str, str]]:
    return [(one.value, vocabulary.word(vocabulary.SERIOUSNESS, one, lang)) for one in Seriousness]


def _named(ones: tuple[Named, ...], address: Address) -> list[tuple[str, str]]:
    return [(one.identifier, label(one.label_fr, one.label_en, address.lang)) for one in ones]


def _select(
    words: str, name: str, choices: list[tuple[str, str]], chosen: str | None
) -> html.Label:
    return html.Label([html.Span(words), html.Select(_options(choices, chosen), name=name)])


def _options(choices: list[tuple[str, str]], chosen: str | None) -> list[html.Option]:
    return [html.Option(said, value=value, selected=value == chosen) for value, said in choices]


def asks(known: dict[str, str], store: str = ids.BLOCKERS_ASKED) -> dict[str, Any]:
    """Where the form goes, and what it says besides what the person writes."""
    return data(asks=store, known=json.dumps(known))


def move_forms(card: BlockerCard, address: Address, store: str = ids.BLOCKERS_ASKED) -> html.Div:
    """One form per move this viewer may make: a button, or one that opens where words are due."""
    forms = [_move_form(card, move, address, store) for move in card.moves]
    # What is typed about one blocker never ends under another when the list moves.
    return html.Div(forms, className="moves", key=card.blocker.blocker_id)


def answers(card: BlockerCard, address: Address, store: str) -> list[Any]:
    """In a room: the answer expected first at hand, the others behind one word."""
    first = [move for move in card.moves if move in _ONE_CLICK]
    others = replace(card, moves=tuple(move for move in card.moves if move not in _ONE_CLICK))
    drawn: list[Any] = [_move_form(card, move, address, store) for move in first]
    if others.moves:
        words = translator(address.lang)("Répondre ou agir")
        opener = html.Summary(words, className="button")
        forms = move_forms(others, address, store)
        drawn.append(html.Details([opener, forms], className="move"))
    return [html.Div(drawn, className="moves", key=card.blocker.blocker_id)] if drawn else []


def _move_form(
    card: BlockerCard, move: str, address: Address, store: str
) -> html.Form | html.Details:
    _ = translator(address.lang)
    words = vocabulary.word(vocabulary.MOVES, move, address.lang)
    known = {
        "move": move,
        "blocker_id": card.blocker.blocker_id,
        "seq": str(card.changed_seq),
    }
    if move in _ONE_CLICK:
        button = html.Button(words, type="submit", className="button first")
        return html.Form(button, **asks(known, store))
    told = _("Confirmer : {move}").format(move=words.lower())
    send = html.Button(told, type="submit", className="button first")
    form = html.Form([*_words(move, address.lang), send], className="form", **asks(known, store))
    opener = html.Summary(words, className="button")
    return html.Details([opener, form], className="move")


def _words(move: str, lang: Lang) -> list[Any]:
    """What the move asks for; the server asks for the same."""
    _ = translator(lang)
    field = html.Textarea(name="note", rows=3, maxLength=2000, required=move not in _WORDS_OPTIONAL)
    note = html.Label([html.Span(_(_ASKED[move])), field], className="wide")
    if move != "defer":
        return [note]
    # A date field is not among Dash's elements: form.js puts it in the place made for it.
    day = html.Label(
        [html.Span(_("Jusqu'au")), html.Span(**data(field="date", name="until", required=True))]
    )
    return [day, note]
