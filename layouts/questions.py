"""« Questions à poser »: what the figures ask about how they were made; never an accusation."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts import ids, measure
from layouts.parts import empty, item, more, row, section, table
from layouts.phrase import rich
from layouts.sheet import take
from pilotage import formats
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.questions import Asked, QuestionsRoom


def title(room: QuestionsRoom, address: Address) -> str:
    """The page's name."""
    del room
    return translator(address.lang)("Questions à poser")


def layout(room: QuestionsRoom, address: Address) -> list[Any]:
    """The name, then the part that changes."""
    heading = html.H1(title(room, address), tabIndex=-1)
    return [heading, html.Div(body(room, address), id=ids.QUESTIONS_BODY)]


def body(room: QuestionsRoom, address: Address) -> list[Any]:
    """What stayed lit beside everything that was asked."""
    _, lang = translator(address.lang), address.lang
    if not room.asked:
        words = _("Aucune série n'a encore assez de valeurs pour être interrogée.")
        return [empty(words, _("Il en faut une douzaine, avec leurs dates de publication."))]
    caution = _(
        "Aucune n'est une accusation : un chiffre inhabituel a souvent une bonne raison, que "
        "l'organisation connaît."
    )
    if room.lit:
        share = _("Parmi celles montrées, au plus une sur vingt est due au hasard.")
        caution = f"{caution} {share}"
    main = [section(_("À poser"), _lit(room, address), note=_count(len(room.lit), lang))]
    if room.unlit:
        words = _(
            "Parmi {n} vérifications, le hasard seul en donne d'aussi rares : il faudrait "
            "p < {bar} pour qu'une de plus soit posée."
        ).format(n=formats.number(room.asked, 0, lang), bar=formats.number(room.bar, 5, lang))
        shown = [_item(one, address) for one in room.unlit]
        parts = [html.P(words, className="quiet"), more(_("Voir"), shown)]
        main.append(section(_("Pas assez rares pour être posées"), parts))
    side = [section(_("Ce qui a été vérifié"), _checked(room, address))]
    side.append(section(_("Comment lire cette page"), _help(lang)))
    return [
        html.P(rich(_lede(room, lang)), className="lede"),
        html.P(caution, className="since"),
        html.Div([html.Div(main), html.Aside(side)], className="cols"),
    ]


def _lede(room: QuestionsRoom, lang: Lang) -> str:
    _ = translator(lang)
    n = formats.number(len(room.lit), 0, lang)
    every = formats.number(room.asked, 0, lang)
    if not room.lit:
        return _("**Aucune question** ne ressort de {all} vérifications.").format(all=every)
    words = _.plural(
        "**{n} question** ressort de {all} vérifications.",
        "**{n} questions** ressortent de {all} vérifications.",
        len(room.lit),
    )
    return words.format(n=n, all=every)


def _count(n: int, lang: Lang) -> str | None:
    return formats.number(n, 0, lang) if n else None


def _lit(room: QuestionsRoom, address: Address) -> list[Any]:
    if room.lit:
        return [*(_item(one, address) for one in room.lit), take(address, TABLE)]
    return [empty(translator(address.lang)("Rien d'assez rare pour être demandé."))]


def _item(one: Asked, address: Address) -> html.Article:
    """About what, the question, and how rare it would be by chance."""
    lang, place = address.lang, one.organisation
    where = label(place.label_fr, place.label_en, lang)
    name: Component = html.Span(where)
    detail = one.name(lang)
    if one.indicator:
        href = address.link("indicateurs", one.indicator.identifier, org=place.identifier)
        name = html.A(label(one.indicator.label_fr, one.indicator.label_en, lang), href=href)
        detail = f"{where} · {detail}"
    said = [one.sentence(lang), " "]
    rare = html.Span(one.rarity(lang), className="quiet")
    return item(name, detail, [html.P([*said, rare])])


def _checked(room: QuestionsRoom, address: Address) -> list[Any]:
    _, lang = translator(address.lang), address.lang
    rows = [
        row(
            one.name(lang),
            [measure.count(one.asked, lang), measure.count(one.lit, lang)],
        )
        for one in room.counts
    ]
    heads = [_("Question"), _("Vérifiées"), _("À poser")]
    caption = _("Combien de fois chaque question a été vérifiée")
    return [table(heads, rows, caption, "scores", "verifiees"), take(address, "verifiees")]


def questions_table(room: QuestionsRoom, address: Address) -> html.Div:
    """The questions to ask as a table to take away, in the order of the page."""
    _, lang = translator(address.lang), address.lang
    heads = [_("Organisation"), _("Indicateur"), _("Question"), _("Ce qui est demandé")]
    rows = []
    for one in room.lit:
        about = one.indicator
        name = label(about.label_fr, about.label_en, lang) if about else ""
        place = label(one.organisation.label_fr, one.organisation.label_en, lang)
        said = [name, one.name(lang), one.sentence(lang), one.rarity(lang)]
        rows.append(row(place, said))
    return table([*heads, _("Rareté")], rows, _("Questions à poser"), name=TABLE)


TABLE = "questions"
TABLES = {TABLE: questions_table}
"""Tables to take away that the page draws otherwise."""


def _help(lang: Lang) -> list[html.P]:
    _ = translator(lang)
    said = [
        _(
            "p est la part des séries honnêtes qui en montreraient autant par hasard. Comme "
            "beaucoup de questions sont vérifiées à la fois, seules restent celles qui sont trop "
            "rares pour autant de vérifications (Benjamini-Hochberg, 5 %)."
        ),
        _(
            "Les résultats près de leur cible, ceux qui tombent dessus et les cibles allégées se "
            "lisent par ministère et pour tout le gouvernement ; le reste, série par série."
        ),
        _(
            "Zéro vérification veut dire que personne n'a assez de valeurs pour cette question, "
            "et non qu'elle est réglée."
        ),
    ]
    return [html.P(words, className="quiet said") for words in said]
