"""Where publications are prepared: the list, a draft read again before it is out, and its forms."""

import json
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.parts import crumb, data, empty, item, more, row, section, table
from layouts.post import area, prose
from layouts.public import opening, parts
from layouts.published import words
from pilotage import formats
from pilotage.domain.publication import LONGEST_NOTE, Publication, PublicationState
from pilotage.domain.small_cell import Hidden
from pilotage.i18n import N_, Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.publication import ASKED, Line, PublicRoom
from pilotage.rooms.publications import EDITED, Done, PublicationsRoom

STATES = {
    PublicationState.DRAFT: N_("brouillon"),
    PublicationState.PUBLISHED: N_("publiée"),
    PublicationState.ARCHIVED: N_("archivée"),
}
_WHY = {
    Hidden.SMALL: N_("porte sur moins de cinq personnes ou cas"),
    Hidden.TIED: N_("ferait retrouver par soustraction un chiffre masqué"),
}
_DONE = {
    "draft": N_("Le brouillon est prêt : relisez-le avant de publier."),
    "annotate": N_("La note est écrite."),
    "publish": N_("C'est publié : tout le monde peut le lire."),
    "archive": N_("C'est à l'archive."),
}


def title(room: PublicationsRoom, address: Address) -> str:
    """The page's name, or that of the publication opened."""
    _ = translator(address.lang)
    return _name(room.shown, address.lang) if room.shown else _("Publications")


def layout(room: PublicationsRoom, address: Address) -> list[Any]:
    """Where one is, the answer to what was just asked, then the parts that change."""
    _ = translator(address.lang)
    steps: list[tuple[str, str | None]] = [(_("Publications"), None)]
    if room.shown:
        steps = [
            (_("Publications"), address.link("publications")),
            (_name(room.shown, address.lang), None),
        ]
    return [
        crumb(steps, address.lang),
        html.H1(title(room, address), tabIndex=-1),
        dcc.Store(id=ids.PUBLICATIONS_ASKED),
        html.Div(id=ids.PUBLICATIONS_ANSWER, role="status"),
        html.Div(body(room, address), id=ids.PUBLICATIONS_BODY),
    ]


def body(room: PublicationsRoom, address: Address) -> list[Any]:
    """The list and the form of a new one; or a publication and what one may do about it."""
    return _opened(room, address) if room.shown else _list(room, address)


def answer(done: Done, address: Address) -> list[Any]:
    """What became of what was asked, in one sentence, and where to go on."""
    _ = translator(address.lang)
    if done.fault is not None:
        return [html.P(done.fault.sentence(address.lang), className="told refused")]
    said: list[Any] = [_(_DONE[done.deed])]
    name = done.publication_id
    if done.deed == "draft":
        href = address.link("publications", **{ASKED: name})
        said += [" ", html.A(_("Ouvrir le brouillon"), href=href)]
    if done.deed == "publish":
        href = address.link("public", **{ASKED: name})
        said += [" ", html.A(_("Voir la page publique"), href=href)]
    return [html.P(said, className="told")]


def _name(one: Publication, lang: Lang) -> str:
    return translator(lang)("Résultats au {day}").format(day=formats.day(one.as_of, lang))


def _list(room: PublicationsRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    out = [one for one in room.publications if one.state is PublicationState.PUBLISHED]
    drafts = [one for one in room.publications if one.state is PublicationState.DRAFT]
    lede = _("Rien n'est publié.")
    if out:
        latest = max(out, key=lambda one: one.published_at or one.drafted_at)
        lede = _("La publication en vigueur donne les résultats au {day}.").format(
            day=formats.day(latest.as_of, address.lang)
        )
    if drafts:
        waiting = _.plural(
            "{n} brouillon attend d'être publié.",
            "{n} brouillons attendent d'être publiés.",
            len(drafts),
        )
        lede = f"{lede} {waiting.format(n=len(drafts))}"
    rows = [_line(one, address) for one in room.publications]
    heads = [_("Publication"), _("État"), _("Préparée"), _("Publiée"), _("Archivée")]
    shown: Any = empty(_("Aucune publication."), _("Préparez la première ci-contre."))
    if rows:
        shown = table(heads, rows, _("Publications"))
    side = [section(_("Préparer une publication"), _draft_form(room, address))]
    aside = html.Aside(side if room.may_publish else [])
    return [
        html.P(lede, className="lede"),
        html.Div([section(_("Toutes les publications"), shown), aside], className="cols"),
    ]


def _line(one: Publication, address: Address) -> html.Tr:
    _, lang = translator(address.lang), address.lang
    href = address.link("publications", **{ASKED: one.publication_id})
    name: list[str | Component] = [html.A(_name(one, lang), href=href), _number(one)]
    by = _("{moment}, par {author}").format(
        moment=formats.moment(one.drafted_at, lang), author=one.drafted_by or "—"
    )
    moments = [
        formats.moment(when, lang) if when else "—" for when in (one.published_at, one.archived_at)
    ]
    return row(name, [_(STATES[one.state]), by, *moments])


def _number(one: Publication) -> str:
    """« (2) » for the second of a day."""
    rest = one.publication_id.removeprefix(one.as_of.isoformat()).lstrip("-")
    return f" ({rest})" if rest else ""


def _draft_form(room: PublicationsRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    day = html.Span(**data(field="date", name="as_of", required=True, value=room.today.isoformat()))
    known = {"act": "draft"}
    told = _(
        "Les chiffres sont figés tels qu'ils étaient connus ce jour-là. Vous relisez le brouillon "
        "avant qu'il paraisse."
    )
    fields = [
        html.Label([html.Span(_("Situation au")), day]),
        *_note_fields("", "", address.lang, is_required=True),
        _send(_("Préparer le brouillon")),
    ]
    return [html.P(told, className="quiet"), html.Form(fields, className="form", **_asks(known))]


def _note_fields(fr: str, en: str, lang: Lang, *, is_required: bool) -> list[html.Label]:
    """A note in both languages; each field says which, in the language of the page."""
    _ = translator(lang)
    told = ((_("Note, en français"), "note_fr", fr), (_("Note, en anglais"), "note_en", en))
    return [
        area(asked, name, said, rows=4, most=LONGEST_NOTE, is_required=is_required)
        for asked, name, said in told
    ]


def _opened(room: PublicationsRoom, address: Address) -> list[Any]:
    _, lang = translator(address.lang), address.lang
    shown = room.shown
    assert shown is not None, "a publication is opened"
    seen = PublicRoom(shown, room.parts, shown, ())
    is_draft = shown.state is PublicationState.DRAFT
    side = [*_steps(room, shown, address), section(_("Ce qui est masqué"), _hidden(seen, lang))]
    notes = [section(_("Notes par indicateur"), _notes(room, seen, address))] if is_draft else []
    preview = parts(seen, address)
    main = [
        *notes,
        section(_("Ce que le public lira") if is_draft else _("Ce que le public lit"), preview),
    ]
    return [
        html.P(_where(shown, address), className="since"),
        *opening(seen, address, can_take=shown.was_public),
        html.Div([html.Div(main), html.Aside(side)], className="cols"),
    ]


def _where(shown: Publication, address: Address) -> list[Any]:
    _ = translator(address.lang)
    if shown.state is PublicationState.DRAFT:
        said = _("Brouillon préparé par {author} : le public ne le lit pas encore.")
        return [said.format(author=shown.drafted_by or "—")]
    if not shown.was_public:
        return [_("Brouillon écarté : il n'a jamais paru.")]
    href = address.link("public", **{ASKED: shown.publication_id})
    return [
        _(STATES[shown.state]).capitalize(),
        ". ",
        html.A(_("Voir la page publique"), href=href),
    ]


def _steps(room: PublicationsRoom, shown: Publication, address: Address) -> list[Any]:
    """What one may do now: publish, write the note again, archive."""
    _, lang = translator(address.lang), address.lang
    if not room.may_publish or shown.state is PublicationState.ARCHIVED:
        return []
    known = {ASKED: shown.publication_id}
    drawn: list[Any] = []
    if shown.state is PublicationState.DRAFT:
        warned = _("Une fois publiés, les chiffres et les notes ne changent plus.")
        form = html.Form(
            [html.P(warned, className="quiet wide"), _send(_("Publier maintenant"))],
            className="form",
            **_asks(known | {"act": "publish"}),
        )
        opener = html.Summary(_("Publier…"), className="button first")
        drawn.append(html.Details([opener, form], className="move"))
        note = html.Form(
            [
                *_note_fields(shown.note.fr, shown.note.en, lang, is_required=True),
                _send(_("Garder la note")),
            ],
            className="form",
            **_asks(known | {"act": "annotate"}),
        )
        drawn.append(more(_("Récrire la note…"), note))
    aside = _("Écarter ce brouillon…"), _("Écarter le brouillon")
    away = _("Mettre à l'archive…"), _("Archiver")
    asked, send = aside if shown.state is PublicationState.DRAFT else away
    told = _("Elle n'est plus mise en avant, mais reste lisible à son adresse.")
    if shown.state is PublicationState.DRAFT:
        told = _("Il reste au journal et ne paraîtra pas.")
    form = html.Form(
        [html.P(told, className="quiet wide"), _send(send)],
        className="form",
        **_asks(known | {"act": "archive"}),
    )
    return [section(_("Que faire"), [*drawn, more(asked, form)])]


def _hidden(seen: PublicRoom, lang: Lang) -> list[Any]:
    """Each figure left out, and why; the public is only told that it is."""
    _ = translator(lang)
    found = [one for one in seen.lines if one.hidden is not None]
    if not found:
        return [empty(_("Rien n'est masqué : aucune valeur ne porte sur moins de cinq."))]
    return [
        item(
            label(one.title_fr, one.title_en, lang),
            _why(one, lang),
        )
        for one in found
    ]


def _why(one: Line, lang: Lang) -> str:
    where = label(one.organisation.label_fr, one.organisation.label_en, lang)
    return f"{where} · {translator(lang)(_WHY[one.hidden])}" if one.hidden else where


def _notes(room: PublicationsRoom, seen: PublicRoom, address: Address) -> list[Any]:
    """The notes written, and a form for one more: choosing is going to its address."""
    _, lang = translator(address.lang), address.lang
    firsts = {one.indicator_id: one for one in reversed(seen.lines)}
    noted = [one for one in firsts.values() if one.note is not None]
    shown: list[Any] = [_noted(one, address) for one in sorted(noted, key=lambda one: one.title_fr)]
    if not shown:
        shown = [empty(_("Aucune note : un indicateur qui surprend en mérite une."))]
    if not room.may_publish or room.shown is None:
        return shown
    edited = firsts.get(room.edited or "")
    if edited is not None:
        return [*shown, _note_form(edited, room.shown, address)]
    links = [
        html.Li(html.A(label(one.title_fr, one.title_en, lang), href=_edit(one, address)))
        for one in sorted(firsts.values(), key=lambda one: one.title_fr)
    ]
    return [*shown, more(_("Annoter un indicateur…"), html.Ul(links, className="choices"))]


def _noted(one: Line, address: Address) -> html.Article:
    lang = address.lang
    name = html.A(label(one.title_fr, one.title_en, lang), href=_edit(one, address))
    return item(name, more=[prose(words(one.note, lang))] if one.note else [])


def _edit(one: Line, address: Address) -> str:
    return address.here(**{EDITED: one.indicator_id})


def _note_form(one: Line, shown: Publication, address: Address) -> html.Form:
    _, lang = translator(address.lang), address.lang
    note = one.note
    known = {"act": "annotate", ASKED: shown.publication_id, "indicator_id": one.indicator_id}
    fields = [
        html.P(html.B(label(one.title_fr, one.title_en, lang)), className="wide"),
        *_note_fields(note.fr if note else "", note.en if note else "", lang, is_required=False),
        html.P(_("Vide dans les deux langues, la note est retirée."), className="quiet wide"),
        html.Div(
            [
                html.Button(_("Garder la note"), type="submit", className="button first"),
                html.A(_("Annuler"), href=address.here(**{EDITED: None}), className="button"),
            ],
            className="actions wide",
        ),
    ]
    return html.Form(fields, className="form", key=one.indicator_id, **_asks(known))


def _send(words_of: str) -> html.Div:
    return html.Div(
        html.Button(words_of, type="submit", className="button first"), className="actions wide"
    )


def _asks(known: dict[str, str]) -> dict[str, Any]:
    return data(asks=ids.PUBLICATIONS_ASKED, known=json.dumps(known))
