"""The search one opens with « / », and what it finds: kind, name, place and state of each."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts import ids, vocabulary
from layouts.blocker import rung_word
from layouts.cap import share, strip
from layouts.parts import aria, data, status
from pilotage.i18n import N_, Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.search import Entry, Group, Kind, Results

KIND_WORDS = {
    Kind.ORGANISATION: N_("Organisations"),
    Kind.INDICATOR: N_("Indicateurs"),
    Kind.OBJECTIVE: N_("Objectifs"),
    Kind.BLOCKER: N_("Bloquants"),
}


def button(address: Address) -> html.Button:
    """What opens the search, for a hand as for a keyboard."""
    _ = translator(address.lang)
    glass = html.Span(className="glass", **aria(hidden=True))
    words = [glass, html.Span(_("Rechercher")), html.Kbd("/", **aria(hidden=True))]
    return html.Button(
        words,
        type="button",
        className="seek",
        **data(action="search"),
        **aria(label=_("Rechercher"), keyshortcuts="/", haspopup="dialog"),
    )


def dialog(address: Address) -> html.Dialog:
    """The field, what is said of the answer, the answer; closed until asked for."""
    _ = translator(address.lang)
    title = _("Rechercher une organisation, un indicateur, un bloquant, une personne…")
    # Dash has no bare field: search.js puts one here. React never gives that span children.
    field = html.Span(className="field", **data(search=title, hint=_("Mot ou identifiant")))
    close = html.Button(
        html.Span("×", **aria(hidden=True)),
        type="button",
        className="shut",
        **data(action="close"),
        **aria(label=_("Fermer")),
    )
    return html.Dialog(
        [
            html.Div([field, close], className="ask"),
            html.P(
                said(Results(""), address), id=ids.SEARCH_SAID, className="quiet", role="status"
            ),
            html.Div(id=ids.SEARCH_FOUND, className="found"),
        ],
        id=ids.SEARCH,
        className="sheet",
        **aria(label=title),
    )


def said(results: Results, address: Address) -> str:
    """How much was found, or what to do."""
    _ = translator(address.lang)
    if not results.asked:
        return _(
            "Des mots de l'une ou l'autre langue, avec ou sans accents, ou un identifiant. "
            "Seul ce que vous pouvez voir est cherché."
        )
    if not results.total:
        return _(
            "Rien de ce que vous pouvez voir ne contient tous ces mots. "
            "Essayez avec moins de mots, ou avec leur début seulement."
        )
    count = _.plural("{n} résultat", "{n} résultats", results.total)
    return count.format(n=results.total)


def found(results: Results, address: Address) -> list[Component]:
    """The groups, each with its best results."""
    return [_group(group, address) for group in results.groups]


def _group(group: Group, address: Address) -> html.Section:
    _ = translator(address.lang)
    lines = [html.Li(_result(one, address)) for one in group.entries]
    drawn: list[Any] = [html.H2(_(KIND_WORDS[group.kind])), html.Ul(lines)]
    if any(one.tally is not None for one in group.entries):
        counted = _("Comptés : les indicateurs de tous niveaux, avec ce qui en relève.")
        drawn.append(html.P(counted, className="quiet"))
    hidden = group.total - len(group.entries)
    if hidden:
        others = _.plural(
            "et {n} autre : ajoutez un mot pour préciser",
            "et {n} autres : ajoutez un mot pour préciser",
            hidden,
        )
        drawn.append(html.P(others.format(n=hidden), className="quiet"))
    return html.Section(drawn)


def _result(one: Entry, address: Address) -> html.A:
    lang = address.lang
    href = address.link(*one.parts, **one.parameters)
    place = label(one.place.label_fr, one.place.label_en, lang) if one.place else ""
    where = " · ".join(part for part in (place, one.owner, one.identifier) if part)
    parts = [
        html.B(label(one.label_fr, one.label_en, lang)),
        html.Span(where, className="where"),
        html.Span(_state(one, lang), className="stand"),
    ]
    return html.A(parts, href=f"{href}#{one.anchor}" if one.anchor else href)


def _state(one: Entry, lang: Lang) -> Any:
    if one.standing is not None:
        return status(one.standing, lang)
    if one.tally is not None:
        return [strip(one.tally, lang), html.Span(share(one.tally, lang))]
    if one.state is None or one.rung is None:
        return translator(lang)("sans donnée")
    state = vocabulary.word(vocabulary.BLOCKER_STATES, one.state, lang)
    return f"{rung_word(one.rung, lang)} · {state}"
