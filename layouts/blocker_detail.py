"""One blocker opened: what it is, what one may do about it, and all that happened to it."""

from typing import Any

from dash import html

from layouts import vocabulary
from layouts.blocker import age_line, facts_of, rung_word
from layouts.blocker_form import move_forms
from layouts.parts import facts, named, section, written
from pilotage import formats
from pilotage.domain.blocker import LadderLevel
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import BlockerCard
from pilotage.rooms.blockers import Detail, Happening


def detail_section(detail: Detail | None, address: Address) -> list[Any]:
    """The opened blocker; nothing when none is."""
    if detail is None:
        return []
    _ = translator(address.lang)
    card = detail.card
    name = named(card.blocker.title, card.blocker.title_en, address.lang)
    close = html.A(_("refermer"), href=address.here(b=None))
    about = card.blocker.description
    rows = [
        html.P(" · ".join(facts_of(card, address.lang)), className="quiet"),
        age_line(card, address.lang),
        *([html.P(written(about, address.lang))] if about else []),
        facts(_facts(detail, address)),
        move_forms(card, address) if card.moves else _no_move(detail, address),
        html.H3(_("Ce qui s'est passé")),
        html.Ol([html.Li(_happening(one, address)) for one in detail.history], className="history"),
    ]
    return [section(name, rows, note=[close], zone="opened")]


def _no_move(detail: Detail, address: Address) -> html.P:
    _ = translator(address.lang)
    if detail.is_past:
        return html.P(_("Rien ne se décide sur un jour passé."), className="quiet")
    words = _("Aucun geste ne vous est ouvert à ce niveau : il appartient à la salle qui le porte.")
    return html.P(words, className="quiet")


def _facts(detail: Detail, address: Address) -> list[tuple[str, Any]]:
    _ = translator(address.lang)
    card, lang, blocker = detail.card, address.lang, detail.card.blocker
    links = [
        html.Li(
            html.A(
                label(one.label_fr, one.label_en, lang),
                href=address.link("indicateurs", one.identifier, org=card.place.identifier),
                className="link",
            )
        )
        for one in card.indicators
    ]
    pairs = [
        (_("Niveau"), rung_word(blocker.level, lang)),
        (_("Gravité"), vocabulary.word(vocabulary.SERIOUSNESS, blocker.seriousness, lang)),
        (_("Signalé le"), formats.day(blocker.raised_on, lang)),
        (_("Signalé par"), blocker.originator),
        (_("Pris en charge"), _owner(detail, lang)),
        (_("À ce niveau depuis"), formats.day(blocker.level_since, lang)),
        (_("Devait monter le") if card.age.is_over else _("Monte le"), _climb(card, lang)),
        (_("Indicateurs"), html.Ul(links) if links else None),
    ]
    return [(name, value) for name, value in pairs if value]


def _owner(detail: Detail, lang: Lang) -> str | None:
    """Who has it, and since when."""
    owner, since = detail.card.blocker.owner, detail.owned_since
    if not owner or since is None:
        return owner
    words = translator(lang)("{owner}, depuis le {day}")
    return words.format(owner=owner, day=formats.day(since, lang))


def _climb(card: BlockerCard, lang: Lang) -> str | None:
    """The day the allowance runs out; nothing at the top, where nothing climbs."""
    if card.age.climbs_on is None or card.blocker.level is LadderLevel.GOVERNMENT:
        return None
    return formats.day(card.age.climbs_on, lang)


def _happening(one: Happening, address: Address) -> list[Any]:
    _ = translator(address.lang)
    lang = address.lang
    rung = rung_word(one.level, lang).lower()
    if one.move is None:
        href = address.link("donnees", "versements", str(one.load_seq))
        words = _("versé par un fichier, au niveau {level}").format(level=rung)
        said: list[Any] = [html.A(words, href=href, className="link")]
    else:
        move = vocabulary.word(vocabulary.MOVES_MADE, one.move, lang)
        words = _("{move} par {author}, au niveau {level}")
        said = [words.format(move=move, author=one.author, level=rung)]
    if one.until:
        said.append(" · " + _("jusqu'au {day}").format(day=formats.day(one.until, lang)))
    day = html.Span(formats.day(one.on, lang), className="quiet")
    note = [html.P(written(f"« {one.note} »", lang))] if one.note else []
    return [day, " ", *said, *note]
