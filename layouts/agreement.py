"""Approvals and closed periods: what waits for a signature first, then the rules and the locks."""

import json
from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.parts import crumb, data, empty, item, more, section
from layouts.pending import pending_table
from pilotage import formats
from pilotage.errors import PilotageError
from pilotage.i18n import N_, Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.agreement import AgreementRoom, HeldFile, Rule
from pilotage.rooms.blocker import Named
from pilotage.rooms.closing import Closed

_DONE = {
    "approve": N_("Approuvé : ses valeurs paraissent maintenant."),
    "sign": N_("Signé : ses valeurs paraîtront quand les autres personnes auront signé."),
    "send_back": N_("Renvoyé : rien n'a changé, et la personne qui a envoyé le fichier le voit."),
    "rule": N_("Règle enregistrée : elle vaut pour les fichiers à venir."),
    "delegate": N_("Délégation enregistrée."),
    "close": N_("Périodes closes : une valeur n'y change plus sans raison."),
    "reopen": N_("Périodes rouvertes."),
}


def title(_room: AgreementRoom, address: Address) -> str:
    """The page's name."""
    return translator(address.lang)("Approbations et clôtures")


def layout(room: AgreementRoom, address: Address) -> list[Component]:
    """Where one is, the answer to what was just asked, then the parts that change."""
    _ = translator(address.lang)
    steps = [(_("Données"), address.link("donnees")), (_("Approbations et clôtures"), None)]
    return [
        crumb(steps, address.lang),
        html.H1(_("Approbations et clôtures")),
        dcc.Store(id=ids.AGREEMENT_ASKED),
        html.Div(id=ids.AGREEMENT_ANSWER, role="status"),
        html.Div(body(room, address), id=ids.AGREEMENT_BODY),
    ]


def body(room: AgreementRoom, address: Address) -> list[Any]:
    """The sentence, what waits beside the rules, and what is closed."""
    _ = translator(address.lang)
    main = [section(_("En attente d'approbation"), _held(room, address))]
    main.append(section(_("Périodes closes"), _closings(room, address)))
    side = [section(_("Qui approuve"), _rules(room, address))]
    if room.may_delegate:
        side.append(section(_("En votre absence"), _delegations(room, address)))
    return [
        html.P(_lede(room, address.lang), className="lede"),
        html.Div([html.Div(main), html.Aside(side)], className="cols"),
    ]


def _lede(room: AgreementRoom, lang: Lang) -> str:
    plural = translator(lang).plural
    mine = sum(one.is_mine for one in room.held)
    if mine:
        words = plural(
            "{n} fichier attend votre approbation.",
            "{n} fichiers attendent votre approbation.",
            mine,
        )
        return words.format(n=formats.number(mine, 0, lang))
    if room.held:
        n = len(room.held)
        words = plural(
            "Rien n'attend votre approbation ; {n} fichier attend celle d'une autre personne.",
            "Rien n'attend votre approbation ; {n} fichiers attendent celle d'autres personnes.",
            n,
        )
        return words.format(n=formats.number(n, 0, lang))
    return translator(lang)("Rien n'attend d'approbation.")


def answer(deed: str, fault: PilotageError | None, address: Address) -> list[Any]:
    """What became of what was asked, in one sentence."""
    if fault is not None:
        return [html.P(fault.sentence(address.lang), className="told refused")]
    words = translator(address.lang)(_DONE.get(deed, _DONE["rule"]))
    return [html.P(words, className="told")]


def _held(room: AgreementRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    if not room.held:
        step = _(
            "Un fichier attend ici quand une règle (« Qui approuve ») demande qu'on l'approuve."
        )
        return [empty(_("Aucun fichier n'attend."), step)]
    return [_file(one, address) for one in room.held]


def _file(one: HeldFile, address: Address) -> html.Article:
    _ = translator(address.lang)
    lang = address.lang
    href = address.link("donnees", "versements", str(one.load_seq))
    told = _("Envoyé par {author}, le {at}. Attend l'approbation de {names}.").format(
        author=one.author,
        at=formats.moment(one.received_at, lang),
        names=", ".join(one.awaited),
    )
    if one.problems:
        n = formats.number(one.problems, 0, lang)
        words = _.plural("{n} problème à voir", "{n} problèmes à voir", one.problems)
        told = f"{told} {words.format(n=n)}."
    rows: list[Any] = pending_table(one.values, address, is_cut=one.left_off)
    if one.is_mine:
        rows.append(_decision(one, lang))
    return item(html.A(one.file_name, href=href), told, more=rows)


def _decision(one: HeldFile, lang: Lang) -> html.Div:
    """Approve in one click; sending back asks why."""
    _ = translator(lang)
    seq = str(one.load_seq)
    approve = html.Form(
        html.Button(_("Approuver"), type="submit", className="button first"),
        **_asks({"act": "approve", "load_seq": seq}),
    )
    reason = _area(_("Pourquoi"), "note", required=True)
    send = html.Button(_("Renvoyer"), type="submit", className="button")
    form = html.Form(
        [reason, send], className="form", **_asks({"act": "send_back", "load_seq": seq})
    )
    opener = html.Summary(_("Renvoyer…"), className="button")
    return html.Div([approve, html.Details([opener, form], className="move")], className="moves")


def _rules(room: AgreementRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    shown: list[Any] = [_rule(one, address.lang) for one in room.rules]
    if not shown:
        words = _("Aucune approbation n'est demandée : ce qui est versé paraît aussitôt.")
        shown = [empty(words)]
    if room.ruled and room.people:
        shown.append(more(_("Demander une approbation…"), _rule_form(room, address.lang)))
    return shown


def _rule(one: Rule, lang: Lang) -> html.Article:
    _ = translator(lang)
    name = label(one.organisation.label_fr, one.organisation.label_en, lang)
    who = one.approver or _("sans approbation")
    about = one.indicator
    what = label(about.label_fr, about.label_en, lang) if about else _("toutes les valeurs")
    return item(who, f"{name} · {what}")


def _rule_form(room: AgreementRoom, lang: Lang) -> html.Form:
    _ = translator(lang)
    people = [*room.people, ("", _("personne : plus d'approbation"))]
    fields = [
        _select(_("Pour"), "organisation_id", _named(room.ruled, lang)),
        _select(_("Approbation de"), "approver", people),
        html.Label(
            [
                html.Span(_("Un seul indicateur (identifiant, au besoin)")),
                html.Span(**data(field="text", name="indicator_id")),
            ]
        ),
        html.Button(_("Enregistrer"), type="submit", className="button first"),
    ]
    return html.Form(fields, className="form", **_asks({"act": "rule"}))


def _delegations(room: AgreementRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    lang = address.lang
    shown: list[Any] = []
    for approver, to, start, end in room.delegations:
        words = _("{to} signe pour {approver}").format(to=to, approver=approver)
        days = _("du {start} au {end}").format(
            start=formats.day(start, lang), end=formats.day(end, lang)
        )
        shown.append(item(words, days))
    fields = [
        _select(_("Signe à votre place"), "delegate", room.people),
        _day(_("Du"), "starts_on"),
        _day(_("Au"), "ends_on"),
        html.Button(_("Déléguer"), type="submit", className="button first"),
    ]
    form = html.Form(fields, className="form", **_asks({"act": "delegate"}))
    return [*shown, more(_("Déléguer votre signature…"), form)]


def _closings(room: AgreementRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    shown: list[Any] = [_closed(one, room, address.lang) for one in room.closings]
    if not shown:
        shown = [empty(_("Aucune période n'est close."))]
    if room.closable:
        fields = [
            _select(
                _("Organisation, et ce qui en dépend"),
                "organisation_id",
                _named(room.closable, address.lang),
            ),
            _day(_("Dernier jour clos"), "through"),
            _area(_("Un mot pour l'historique, au besoin"), "note"),
            html.Button(_("Clore"), type="submit", className="button first"),
        ]
        form = html.Form(fields, className="form", **_asks({"act": "close"}))
        words = _(
            "Une valeur d'une période close ne change plus sans une raison, écrite dans la colonne "
            "« commentaire » de sa ligne."
        )
        shown.append(more(_("Clore des périodes…"), [html.P(words, className="quiet"), form]))
    return shown


def _closed(one: Closed, room: AgreementRoom, lang: Lang) -> html.Article:
    _ = translator(lang)
    name = label(one.place.label_fr, one.place.label_en, lang)
    through = _("Jusqu'au {day} compris").format(day=formats.day(one.through, lang))
    by = _("par {author}, le {at}").format(author=one.author, at=formats.moment(one.at, lang))
    detail = f"{through} · {by}" + (f" · {one.note}" if one.note else "")
    rows: list[Any] = []
    if any(place.identifier == one.place.identifier for place in room.closable):
        send = html.Button(_("Rouvrir"), type="submit", className="button")
        known = {"act": "reopen", "organisation_id": one.place.identifier}
        form = html.Form(
            [_area(_("Pourquoi"), "note", required=True), send], className="form", **_asks(known)
        )
        rows.append(more(_("Rouvrir…"), form))
    return item(name, detail, more=rows)


def _asks(known: dict[str, str]) -> dict[str, Any]:
    return data(asks=ids.AGREEMENT_ASKED, known=json.dumps(known))


def _area(words: str, name: str, *, required: bool = False) -> html.Label:
    field = html.Textarea(name=name, rows=2, maxLength=500, required=required)
    return html.Label([html.Span(words), field], className="wide")


def _day(words: str, name: str) -> html.Label:
    return html.Label([html.Span(words), html.Span(**data(field="date", name=name, required=True))])


def _select(words: str, name: str, choices: Sequence[tuple[str, str]]) -> html.Label:
    options = [html.Option(said, value=value) for value, said in choices]
    return html.Label([html.Span(words), html.Select(options, name=name)])


def _named(ones: Sequence[Named], lang: Lang) -> list[tuple[str, str]]:
    return [(one.identifier, label(one.label_fr, one.label_en, lang)) for one in ones]
