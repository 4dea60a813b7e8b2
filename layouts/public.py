"""The public page: a publication in plain words; what will be published, while nothing is."""

from typing import Any

from dash import html

from layouts import ids
from layouts import opening as lede
from layouts.cap import share, strip
from layouts.parts import data, facts, section, status
from layouts.post import prose
from layouts.published import published, words
from layouts.published_table import FIGURES, HISTORY
from layouts.sheet import FORMATS, href
from pilotage import formats
from pilotage.domain.publication import Publication, PublicationState
from pilotage.domain.status import Standing
from pilotage.formats import local
from pilotage.i18n import N_, Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.publication import ASKED, Part, PublicRoom

_MEANINGS = {
    Standing.ON_TRACK: N_("la cible est atteinte, ou le chemin pour y arriver est suivi"),
    Standing.AT_RISK: N_("un peu en retard sur le chemin de la cible"),
    Standing.OFF_TARGET: N_("loin de la cible ou du chemin pour y arriver"),
    Standing.NO_STATUS: N_("suivi, sans cible ou avant le premier jalon"),
    Standing.MISSING: N_("aucune valeur n'est venue"),
    Standing.STALE: N_("la valeur attendue depuis n'est pas venue"),
    Standing.DISPUTED: N_("publiée, et mise en doute : elle n'est pas jugée"),
    Standing.IN_ERROR: N_("reconnue fausse : elle n'est pas montrée"),
}
_FEW = 3
"""Ministries up to which every part stands open."""


def title(room: PublicRoom, address: Address) -> str:
    """The day of the figures, or the promise while there is none."""
    _ = translator(address.lang)
    if room.shown is None:
        return _("Les résultats du gouvernement, bientôt ici")
    day = formats.day(room.shown.as_of, address.lang)
    return _("Résultats du gouvernement au {day}").format(day=day)


def layout(room: PublicRoom, address: Address) -> list[Any]:
    """All of it changes when something is published, the title too."""
    return [html.Div(body(room, address), id=ids.PUBLIC_BODY)]


def body(room: PublicRoom, address: Address) -> list[Any]:
    """What is said first, then the ministries."""
    heading = html.H1(title(room, address), tabIndex=-1)
    if room.shown is None:
        return [heading, *promise(address), *_also(room, address)]
    main = html.Div(parts(room, address), className="ministries")
    side = html.Aside([*_reading(room, address), *_also(room, address)])
    return [heading, *opening(room, address), html.Div([main, side], className="cols")]


def whole(room: PublicRoom, address: Address) -> list[Any]:
    """The same without a script: for whoever opens the page from anywhere, without a session."""
    heading = html.H1(title(room, address))
    if room.shown is None:
        return [heading, *promise(address), *_others(room, address)]
    main = html.Div(parts(room, address), className="ministries")
    side = html.Aside([*_reading(room, address), *_others(room, address)])
    columns = html.Div([main, side], className="cols")
    return [heading, *opening(room, address), columns]


def opening(room: PublicRoom, address: Address, *, can_take: bool = True) -> list[Any]:
    """Where the figures stand, the note, when it was published and how to take it away."""
    _, lang = translator(address.lang), address.lang
    shown = room.shown
    assert shown is not None, "an opening is a publication's"
    return [
        *_standing(room, address),
        lede.opening(_sentences(room, lang), room.tally),
        html.Div(prose(words(shown.note, lang)), className="public-note"),
        html.P(_frozen(shown, lang), className="since"),
        *([_downloads(room, address)] if can_take else []),
    ]


def _standing(room: PublicRoom, address: Address) -> list[Any]:
    """Whether it is the one in force; where the latest is, where it is not."""
    _, lang = translator(address.lang), address.lang
    shown, current = room.shown, room.current
    if shown is None or shown == current:
        return []
    said: list[Any] = []
    if shown.state is PublicationState.ARCHIVED and shown.archived_at is not None:
        day = formats.day(local(shown.archived_at).date(), lang)
        said.append(_("Publication archivée le {day}.").format(day=day))
    elif current is not None:
        said.append(_("Une publication plus récente a paru."))
    if current is not None:
        day = formats.day(current.as_of, lang)
        words_latest = _("Voir les résultats au {day}").format(day=day)
        said += [" ", html.A(words_latest, href=_here(address, None))]
    return [html.P(said, className="archived")]


def _sentences(room: PublicRoom, lang: Lang) -> list[str]:
    _ = translator(lang)
    n = len(room.parts)
    many = _.plural(
        "Un ministère ou organisme publie ici.", "{n} ministères et organismes publient ici.", n
    )
    said = [lede.standing_sentence(room.tally, lang), many.format(n=formats.number(n, 0, lang))]
    unknown = room.tally.unknown
    if unknown:
        missing = _.plural(
            "{n} chiffre attendu n'est pas venu.",
            "{n} chiffres attendus ne sont pas venus.",
            unknown,
        )
        said.append(missing.format(n=formats.number(unknown, 0, lang)))
    hidden = sum(part.hidden for part in room.parts)
    if hidden:
        left_out = _.plural("{n} est masqué.", "{n} sont masqués.", hidden)
        said.append(left_out.format(n=formats.number(hidden, 0, lang)))
    return said


def _frozen(shown: Publication, lang: Lang) -> str:
    _ = translator(lang)
    said = _(
        "D'après ce qui était connu le {as_of}, publié le {day}. Ces chiffres ne changent plus : "
        "une correction paraît dans une publication suivante."
    )
    if shown.published_at is None:
        said = _("D'après ce qui était connu le {as_of}. Brouillon : rien n'en est publié.")
        return said.format(as_of=formats.day(shown.as_of, lang))
    day = formats.day(local(shown.published_at).date(), lang)
    return said.format(as_of=formats.day(shown.as_of, lang), day=day)


def _downloads(room: PublicRoom, address: Address) -> html.P:
    """The links name the publication: what is taken away is what was on screen."""
    _ = translator(address.lang)
    shown = room.shown
    name = shown.publication_id if shown else ""
    pinned = Address(("public",), {**address.parameters, ASKED: name})
    told = ((FIGURES, _("Tous les chiffres")), (HISTORY, _("Valeurs précédentes")))
    said: list[Any] = [_("À télécharger : ")]
    for place_in, (kind, heading) in enumerate(told):
        said += [" ; " if place_in else "", heading, " "]
        for end in FORMATS:
            link = html.A(end.upper(), href=href(pinned, kind, end), **data(reload="yes"))
            said += [link, " · " if end != FORMATS[-1] else ""]
    return html.P(said, className="since to-take")


def parts(room: PublicRoom, address: Address) -> list[html.Details]:
    """A fold for each ministry, with how many of its figures stand where."""
    is_open = len(room.parts) <= _FEW
    return [part_of(one, address, is_open=is_open) for one in room.parts]


def part_of(one: Part, address: Address, *, is_open: bool) -> html.Details:
    """One ministry: its name and its count as a line one opens, then its figures."""
    _, lang = translator(address.lang), address.lang
    name = label(one.ministry.label_fr, one.ministry.label_en, lang)
    held: list[Any] = [strip(one.tally, lang), html.Span(share(one.tally, lang))]
    if one.hidden:
        held.append(
            html.Span(_.plural("{n} masqué", "{n} masqués", one.hidden).format(n=one.hidden))
        )
    head = html.Summary([html.H2(name, className="what"), html.Span(held, className="share")])
    lines = html.Div([published(line, lang) for line in one.lines], className="published-lines")
    return html.Details([head, lines], open=is_open, className="ministry")


def _reading(room: PublicRoom, address: Address) -> list[html.Section]:
    """How to read the page, and what is left out."""
    _, lang = translator(address.lang), address.lang
    met = [one for one in _MEANINGS if room.tally[one]]
    states = [html.Div([html.Dt(status(one, lang)), html.Dd(_(_MEANINGS[one]))]) for one in met]
    legend: list[Any] = [html.Dl(states, className="meanings")]
    left_out = _(
        "Une valeur qui porte sur moins de cinq personnes ou cas est masquée, pour que personne ne "
        "soit reconnu ; d'autres le sont avec elle quand une soustraction la ferait retrouver."
    )
    method = _(
        "Seuls paraissent les indicateurs que leur ministère déclare publics. Une valeur que son "
        "ministère doit encore approuver n'y est pas."
    )
    what = [html.P(left_out, className="quiet said"), html.P(method, className="quiet said")]
    return [section(_("Comment lire les états"), legend), section(_("Ce qui n'y est pas"), what)]


def _also(room: PublicRoom, address: Address) -> list[Any]:
    """The other publications, and whether the chances keep their word."""
    _ = translator(address.lang)
    words_chances = _("Nos chances tiennent-elles parole ?")
    links = [html.A(words_chances, href=address.link("calibration"))]
    if room.may_prepare:
        links.append(html.A(_("Préparer une publication"), href=address.link("publications")))
    return [*_others(room, address), *(html.P(one, className="since") for one in links)]


def _others(room: PublicRoom, address: Address) -> list[html.Section]:
    _, lang = translator(address.lang), address.lang
    if not room.others:
        return []
    items = [html.Li(_other(one, room, address, lang)) for one in room.others]
    return [section(_("Autres publications"), html.Ul(items, className="others"))]


def _other(one: Publication, room: PublicRoom, address: Address, lang: Lang) -> list[Any]:
    _ = translator(lang)
    name = _("Résultats au {day}").format(day=formats.day(one.as_of, lang))
    told = _("publiée le {day}").format(
        day=formats.day(local(one.published_at or one.drafted_at).date(), lang)
    )
    if one == room.current:
        told = _("{told}, la plus récente").format(told=told)
    if one.state is PublicationState.ARCHIVED:
        told = _("{told}, archivée").format(told=told)
    return [
        html.A(name, href=_here(address, one.publication_id)),
        html.P(told, className="quiet"),
    ]


def _here(address: Address, name: str | None) -> str:
    return address.link("public", **{ASKED: name})


def promise(address: Address) -> list[Any]:
    """A promise one can hold the house to: what, when, in which form."""
    _ = translator(address.lang)
    lede = _("Rien n'est encore publié. Voici ce qui le sera.")
    what = [
        (_("Indicateurs"), _("Ceux que leur ministère déclare publics, avec leur définition.")),
        (_("Cibles"), _("La cible et son échéance.")),
        (_("Résultats"), _("La valeur, la période, l'état, et ce qui manque, dit comme tel.")),
        (_("Provenance"), _("Le système officiel et la date de publication de chaque chiffre.")),
        (_("Masqué"), _("Ce qui porte sur moins de cinq personnes ou cas.")),
    ]
    how = [
        (_("Forme"), _("Des pages en langage clair et les mêmes données en CSV.")),
        (_("Moment"), _("Une publication datée, qui ne change plus; la suivante s'ajoute.")),
        (_("Langues"), _("En français et en anglais.")),
    ]
    return [
        html.P(lede, className="lede"),
        html.Div(
            [section(_("Ce qui sera publié"), facts(what)), section(_("Comment"), facts(how))],
            className="cols",
        ),
    ]
