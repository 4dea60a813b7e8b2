"""One load: where it came from, what was wrong in it, what it changed."""

import json
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids, measure, vocabulary
from layouts.parts import crumb, data, empty, facts, item, more, row, section, table
from layouts.pending import pending_table
from layouts.provenance import published
from layouts.quarantine import quarantine
from layouts.report import problem_row
from layouts.sheet import take
from pilotage import formats
from pilotage.i18n import N_, Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.data import LoadLine, LoadRoom, Revision, Said
from pilotage.rooms.pending import SHOWN_VALUES
from pilotage.rooms.withdrawal import Withdrawal

WITHDRAWAL_WORDS = {
    Withdrawal.DONE: N_("Versement retiré : les valeurs d'avant sont revenues."),
    Withdrawal.NOT_ALLOWED: N_(
        "Ce versement porte aussi sur d'autres organisations que les vôtres. "
        "Demandez aux responsables des données."
    ),
    Withdrawal.NOT_STANDING: N_("Ce versement n'est plus en vigueur : il n'y a rien à retirer."),
    Withdrawal.WORDS_MISSING: N_("Dites pourquoi le versement est retiré."),
}
_WAITS = {
    "held": N_("Reçu le {at} : ses valeurs attendent une approbation et ne paraissent pas encore."),
    "approved": N_("Reçu le {at}, puis approuvé : ses valeurs ont paru par un versement suivant."),
    "returned": N_("Reçu le {at}, puis renvoyé sans être approuvé : rien n'a changé."),
}
PROVENANCE = "provenance"
_LINES_NAMED = 12
_DELIMITERS = {"\t": "tab", ";": ";", ",": ",", "|": "|"}


def title(room: LoadRoom, _address: Address) -> str:
    """The file's name."""
    return room.line.file_name


def layout(room: LoadRoom, address: Address) -> list[Component]:
    """The sentence, then problems and revisions beside the provenance."""
    _ = translator(address.lang)
    steps = [(_("Données"), address.link("donnees")), (_("Versement"), None)]
    main = [
        *quarantine(room.quarantine, address),
        section(_("Problèmes"), problems(room, address), note=_problem_note(room, address.lang)),
        _changes(room, address),
    ]
    side = [section(_("Provenance"), [facts(_facts(room, address)), take(address, PROVENANCE)])]
    if room.said:
        side.append(section(_("Ce qui en a été dit"), [_said(one, address) for one in room.said]))
    if room.can_withdraw:
        side.append(section(_("Retirer ce versement"), _withdrawal(room, address)))
    return [
        crumb(steps, address.lang),
        html.H1(room.line.file_name),
        html.P(lede(room, address), className="lede", id=ids.LOAD_LEDE),
        dcc.Store(id=ids.LOAD_ASKED),
        html.Div(id=ids.LOAD_ANSWER, role="status"),
        html.Div([html.Div(main), html.Aside(side)], className="cols"),
    ]


def _changes(room: LoadRoom, address: Address) -> html.Section:
    """What the load changed; of one that waits, what it would."""
    _ = translator(address.lang)
    if not room.pending:
        return section(_("Ce qui a été révisé"), revisions(room, address))
    shown, is_cut = room.pending[:SHOWN_VALUES], len(room.pending) > SHOWN_VALUES
    drawn = pending_table(shown, address, is_cut=is_cut)
    return section(_("Valeurs en attente d'approbation"), [*drawn, _decide(address)])


def _decide(address: Address) -> html.P:
    words = translator(address.lang)("Approuver ou renvoyer")
    return html.P(html.A(words, href=address.link("donnees", "accords"), className="link"))


def _withdrawal(room: LoadRoom, address: Address) -> list[Any]:
    """The form that takes a load back; it opens first, so that nobody does it by mistake."""
    _ = translator(address.lang)
    reason = html.Label(
        [html.Span(_("Pourquoi")), html.Textarea(name="reason", rows=2, required=True)],
        className="wide",
    )
    known = json.dumps({"load_seq": str(room.line.load_seq)})
    send = html.Button(_("Retirer"), type="submit", className="button")
    form = html.Form([reason, send], className="form", **data(asks=ids.LOAD_ASKED, known=known))
    words = _("Les valeurs d'avant reviendront ; le fichier et sa trace restent.")
    return [html.P(words, className="quiet"), more(_("Retirer…"), form)]


def _said(one: Said, address: Address) -> html.Article:
    """A reason in the words of whoever gave it."""
    _, lang = translator(address.lang), address.lang
    told = _("Versement retiré")
    if one.kind == "left":
        numbers = ", ".join(formats.number(line, 0, lang) for line in one.lines[:_LINES_NAMED])
        named = numbers if len(one.lines) <= _LINES_NAMED else f"{numbers}…"
        words = _.plural(
            "Ligne {lines} laissée de côté", "Lignes {lines} laissées de côté", len(one.lines)
        )
        told = words.format(lines=named)
    by = _("{author}, {at}").format(
        author=vocabulary.author_words(one.author, lang), at=formats.moment(one.at, lang)
    )
    return item(told, by, [html.P(one.reason)])


def answer(said: Withdrawal, address: Address) -> list[Any]:
    """What became of the withdrawal, in one sentence."""
    words = translator(address.lang)(WITHDRAWAL_WORDS[said])
    kind = "told" if said is Withdrawal.DONE else "told refused"
    return [html.P(words, className=kind)]


def lede(room: LoadRoom, address: Address) -> str:
    """What became of the file, in one sentence."""
    lang = address.lang
    _ = translator(lang)
    line = room.line
    at = formats.moment(line.received_at, lang)
    if line.state == "withdrawn":
        return _("Reçu le {at}, puis retiré : les valeurs d'avant sont revenues.").format(at=at)
    if line.state in _WAITS:
        return _(_WAITS[line.state]).format(at=at)
    if line.state == "refused":
        words = _("Reçu le {at} et refusé : rien n'a changé. Le fichier reste, avec son rapport.")
        return words.format(at=at)
    if not line.rows_new and not line.rows_changed and not line.rows_refused:
        return _("Versé le {at} ; aucune valeur n'a changé.").format(at=at)
    return _("Versé le {at} : {counts}.").format(at=at, counts=counts_words(line, lang))


def counts_words(one: LoadLine, lang: Lang) -> str:
    """What a load did, without its zeros: ``1 200 nouvelles · 3 révisées``."""
    plural = translator(lang).plural
    said = [
        (one.rows_new, plural("{n} nouvelle", "{n} nouvelles", one.rows_new)),
        (one.rows_changed, plural("{n} révisée", "{n} révisées", one.rows_changed)),
        (one.rows_unchanged, plural("{n} inchangée", "{n} inchangées", one.rows_unchanged)),
        (one.rows_refused, plural("{n} refusée", "{n} refusées", one.rows_refused)),
    ]
    shown = [words.format(n=formats.number(n, 0, lang)) for n, words in said if n]
    return " · ".join(shown) or "—"


def _facts(room: LoadRoom, address: Address) -> list[tuple[str, Any]]:
    _ = translator(address.lang)
    lang, line = address.lang, room.line
    place = line.organisation
    pairs = [
        (_("Sujet"), vocabulary.subject_words(line.subject, lang)),
        (_("Organisation"), label(place.label_fr, place.label_en, lang) if place else None),
        (_("Reçu"), formats.moment(line.received_at, lang)),
        (_("Publié"), published(room.published_at, lang)),
        (_("Par"), vocabulary.author_words(line.author, lang)),
        (_("Voie"), vocabulary.word(vocabulary.WAYS_IN, line.way_in, lang)),
        (_("Politique"), vocabulary.word(vocabulary.POLICIES, line.policy, lang)),
        (_("Profil"), room.profile),
        (_("Encodage"), room.encoding),
        (_("Séparateur"), _DELIMITERS.get(room.delimiter or "", room.delimiter)),
        (_("Taille"), formats.size(room.size_bytes, lang)),
        (_("Lignes lues"), formats.number(line.rows_read, 0, lang)),
        (_("Empreinte SHA-256"), html.Code(room.sha256, className="hash")),
        (_("Numéro"), str(line.load_seq)),
        (_("Corrige"), _corrected(room.corrects, address)),
    ]
    return [(name, value) for name, value in pairs if value]


def provenance_table(room: LoadRoom, address: Address) -> html.Div:
    """The same facts, one a line, to take away."""
    _ = translator(address.lang)
    rows = [row(name, [value]) for name, value in _facts(room, address)]
    return table([_("Fait"), _("Valeur")], rows, _("Provenance"), name=PROVENANCE)


def _corrected(load_seq: int | None, address: Address) -> html.A | None:
    """The door to the load whose rows this one corrects."""
    if load_seq is None:
        return None
    words = translator(address.lang)("le versement {n}").format(n=load_seq)
    return html.A(words, href=address.link("donnees", "versements", str(load_seq)))


def _problem_note(room: LoadRoom, lang: Lang) -> str | None:
    total = sum(count for _, _, count in room.counts)
    if not total:
        return None
    words = translator(lang).plural("{n} problème", "{n} problèmes", total)
    return words.format(n=formats.number(total, 0, lang))


def problems(room: LoadRoom, address: Address) -> list[Any]:
    """How many of each code, then the first lines, errors first."""
    _ = translator(address.lang)
    if not room.counts:
        return [empty(_("Aucun problème n'a été trouvé dans ce fichier."))]
    lang = address.lang
    counts = [
        html.Li([html.Code(code), f" × {formats.number(count, 0, lang)}"])
        for _severity, code, count in room.counts
    ]
    heads = [_("Ligne"), _("Colonne"), _("Code"), _("Trouvé"), _("Quoi faire")]
    rows = [problem_row(one, lang) for one in room.problems]
    return [
        html.Ul(counts, className="codes"),
        table(heads, rows, _("Premiers problèmes du fichier"), "problems", "problemes"),
        take(address, "problemes"),
    ]


def revisions(room: LoadRoom, address: Address) -> list[Any]:
    """Each figure this load changed: before → after."""
    _ = translator(address.lang)
    if not room.revisions:
        words = _("Ce fichier n'a révisé aucune valeur ni aucune cible déjà publiée.")
        if room.line.rows_changed:
            words = _("Ce que ce fichier a révisé ne fait pas partie de ce que vous voyez.")
        return [empty(words)]
    heads = [_("Indicateur"), _("Organisation"), _("Période"), _("Avant"), _("Après"), _("Ligne")]
    rows = [_revision_row(one, address) for one in room.revisions]
    caption = _("Valeurs et cibles révisées par ce fichier")
    return [table(heads, rows, caption, name="revisions"), take(address, "revisions")]


def _revision_row(one: Revision, address: Address) -> html.Tr:
    _ = translator(address.lang)
    lang = address.lang
    place = one.organisation
    href = address.link("indicateurs", one.indicator.identifier, org=place.identifier)
    name = label(one.indicator.label_fr, one.indicator.label_en, lang)
    kind = html.Span(_("cible"), className="quiet") if one.kind == "target" else ""
    mark = {"eased": _("cible assouplie"), "tightened": _("cible resserrée")}.get(one.easing or "")
    if mark:
        kind = html.Span(mark, className="mark at_risk" if one.easing == "eased" else "mark")
    cells = [
        html.Td(label(place.label_fr, place.label_en, lang)),
        html.Td(formats.period_label(one.period, lang) if one.period else "—"),
        html.Td(_figure(one, one.before, lang)),
        html.Td(_after(one, lang)),
        html.Td(measure.count(one.line, lang)),
    ]
    return html.Tr([html.Th([html.A(name, href=href), " ", kind], scope="row"), *cells])


def _after(one: Revision, lang: Lang) -> Any:
    """What stands now; of a figure that is the same, what else the file changed."""
    if one.before != one.after:
        return _figure(one, one.after, lang)
    return translator(lang)("inchangé : seul ce qui l'accompagne est revu")


def _figure(one: Revision, bounds: tuple[float | None, float | None], lang: Lang) -> Any:
    low, high = bounds
    if one.kind == "target":
        words = formats.target_label(one.direction, low, high, one.unit, one.decimals, lang)
        return words or "—"
    return measure.quantity(low, one.unit, one.decimals, lang)
