"""The blockers' page: what waits, at which level, for how long; the form for another."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids, vocabulary
from layouts.blocker import blocker_item, rung_word
from layouts.blocker_detail import detail_section
from layouts.blocker_form import raise_form
from layouts.blocker_table import TABLE
from layouts.opening import working_days
from layouts.parts import aria, crumb, empty, named, section
from layouts.phrase import rich
from layouts.sheet import take
from layouts.since import told_since
from pilotage import formats
from pilotage.domain.blocker import ALLOWED_WORKING_DAYS, LadderLevel
from pilotage.i18n import N_, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import BlockerCard
from pilotage.rooms.blocker_action import Answer, Outcome
from pilotage.rooms.blockers import BlockersRoom, Figures, Rung

STATE_WORDS = {
    "ouverts": N_("à traiter"),
    "depasses": N_("dépassés"),
    "regles": N_("réglés"),
    "tous": N_("tous"),
}
OUTCOME_WORDS = {
    Outcome.RAISED: N_("Bloquant signalé : « {title} ». Il attend une prise en charge."),
    Outcome.MOVED: N_("« {title} » : {move}."),
    Outcome.NOT_ALLOWED: N_(
        "Vous ne pouvez pas faire ce geste ici. Demandez-le au responsable de cette salle."
    ),
    Outcome.NOT_FROM_HERE: N_(
        "Ce geste n'est plus possible dans l'état du bloquant. La page montre l'état actuel."
    ),
    Outcome.ALREADY_AT_THE_TOP: N_("Le bloquant est déjà au niveau gouvernemental."),
    Outcome.WORDS_MISSING: N_(
        "Il manque des mots : écrivez le titre, la raison, la réponse ou la solution."
    ),
    Outcome.DATE_MISSING: N_("Choisissez une date à venir : celle où le bloquant reviendra."),
    Outcome.CHANGED_MEANWHILE: N_(
        "Quelqu'un a agi sur ce bloquant entre-temps. Relisez-le avant de décider."
    ),
    Outcome.NOT_UNDERSTOOD: N_("La demande n'a pas été comprise. Rechargez la page."),
}

_NAME = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Where the link stands in a sentence that is translated whole."""
Choices = list[tuple[str, str | None]]


def title(_room: BlockersRoom, address: Address) -> str:
    """The page's name."""
    return translator(address.lang)("Bloquants")


def layout(room: BlockersRoom, address: Address) -> list[Component]:
    """The sentence, the filters, then the ladder from the top."""
    _ = translator(address.lang)
    door: list[Any] = []
    if room.can_raise and room.form is None:
        href = address.link("bloquants", signaler="1", org=room.filters.organisation_id)
        door = [html.P(html.A(_("Signaler un bloquant"), href=href, className="button first"))]
    return [
        crumb([(_("Bloquants"), None)], address.lang),
        html.H1(_("Bloquants")),
        html.P(lede(room, address), className="lede", id=ids.BLOCKERS_LEDE),
        dcc.Store(id=ids.BLOCKERS_ASKED),
        dcc.Store(id=ids.BLOCKERS_PLACE),
        html.Div(id=ids.BLOCKERS_ANSWER, role="status"),
        *([raise_form(room.form, address)] if room.form else door),
        html.Div(detail(room, address), id=ids.BLOCKERS_DETAIL),
        filters(room, address),
        html.Div(board(room, address), id=ids.BLOCKERS_BOARD),
    ]


def lede(room: BlockersRoom, address: Address) -> list[Any]:
    """How many wait, who has waited longest, how long a resolution took lately."""
    _ = translator(address.lang)
    plural = translator(address.lang).plural
    known = room.figures
    if not known.live:
        return rich(_("**Aucun bloquant** n'attend de réponse parmi ce que vous voyez."))
    said = plural(
        "**{n} bloquant** attend une réponse", "**{n} bloquants** attendent une réponse", known.live
    ).format(n=known.live)
    if known.over:
        over = plural(
            "**{n} dépasse** le délai permis", "**{n} dépassent** le délai permis", known.over
        )
        said = _("{first} ; {second}").format(first=said, second=over.format(n=known.over))
    if known.climbing_soon:
        soon = plural("{n} va monter", "{n} vont monter", known.climbing_soon)
        said = _("{first} ; {second}").format(first=said, second=soon.format(n=known.climbing_soon))
    return [*rich(f"{said}. "), *_longest(known.longest, address), *rich(_lately(known, address))]


def _longest(card: BlockerCard | None, address: Address) -> list[Any]:
    """The one that has waited longest: its title, since when, whose it is; nothing without one."""
    if card is None:
        return []
    _, lang, blocker = translator(address.lang), address.lang, card.blocker
    name = named(blocker.title, blocker.title_en, lang)
    told = _(
        "Le plus ancien attend **depuis {days}**, soit depuis le {day} : {name} ({owner}, {place})."
    ).format(
        days=working_days(card.age.days, lang),
        day=formats.day(blocker.level_since, lang),
        name=_NAME,
        owner=blocker.owner or _("personne ne l'a pris"),
        place=label(card.place.label_fr, card.place.label_en, lang),
    )
    before, after = told.split(_NAME, 1)
    href = address.link("bloquants", b=blocker.blocker_id)
    return [*rich(before), html.A(name, href=href), f"{after} "]


def _lately(known: Figures, address: Address) -> str:
    """How many were resolved in the last month, and in how long."""
    plural = translator(address.lang).plural
    words = ""
    if known.median_days is not None:
        told = plural(
            "En 30 jours, {n} a été réglé ; délai médian en jours ouvrables : {days}.",
            "En 30 jours, {n} ont été réglés ; délai médian en jours ouvrables : {days}.",
            known.resolved_recently,
        )
        days = formats.number(known.median_days, None, address.lang)
        words = told.format(n=known.resolved_recently, days=days)
    return words


def detail(room: BlockersRoom, address: Address) -> list[Any]:
    """The blocker one has opened."""
    return detail_section(room.detail, address)


def filters(room: BlockersRoom, address: Address) -> html.Div:
    """Links for state, level and mine, a plain form for the organisation: all in the address."""
    _ = translator(address.lang)
    asked = room.filters
    levels: Choices = [(_("tous les niveaux"), None)]
    levels += [(rung_word(level, address.lang), str(int(level))) for level in reversed(LadderLevel)]
    states: Choices = [
        (_(words), None if name == "ouverts" else name) for name, words in STATE_WORDS.items()
    ]
    level = str(int(asked.level)) if asked.level else None
    state = None if asked.state == "ouverts" else asked.state
    mine: Choices = [(_("de tous"), None), (_("les miens"), "1")]
    return html.Div(
        [
            _choices(_("État"), "etat", states, state, address),
            _choices(_("Niveau"), "niveau", levels, level, address),
            _choices(_("À qui"), "miens", mine, "1" if asked.is_mine else None, address),
            _place_form(room, address),
        ],
        className="filters",
    )


def _choices(
    name: str,
    parameter: str,
    choices: Choices,
    chosen: str | None,
    address: Address,
) -> html.Nav:
    dropped: dict[str, str | None] = {"b": None, "signaler": None, "indicateur": None}
    if "signaler" in address.parameters:
        # There, the organisation is the one of the form and filters nothing.
        dropped["org"] = None
    links = [
        html.A(
            words,
            href=address.here(**{**dropped, parameter: value}),
            **(aria(current=True) if value == chosen else {}),
        )
        for words, value in choices
    ]
    return html.Nav(
        [html.Span(name, className="quiet"), *links], className="tabs", **aria(label=name)
    )


def _place_form(room: BlockersRoom, address: Address) -> html.Form | html.Div:
    _ = translator(address.lang)
    if len(room.places) < 2:
        return html.Div()
    chosen = room.filters.organisation_id
    options = [html.Option(_("toutes les organisations"), value="")]
    options += [
        html.Option(
            label(one.label_fr, one.label_en, address.lang),
            value=one.identifier,
            selected=one.identifier == chosen,
        )
        for one in room.places
    ]
    kept = {
        name: value
        for name, value in address.parameters.items()
        if name in {"lang", "au", "etat", "niveau", "miens"}
    }
    hidden = [dcc.Input(type="hidden", name=name, value=value) for name, value in kept.items()]
    field = html.Label([html.Span(_("Organisation")), html.Select(options, name="org")])
    button = html.Button(_("Filtrer"), type="submit", className="button")
    return html.Form([*hidden, field, button], action="/bloquants", method="GET", className="line")


def board(room: BlockersRoom, address: Address) -> list[Any]:
    """One rung per level, the highest first; an empty one says so."""
    _ = translator(address.lang)
    unknown = told_since(room.told_since, address.lang)
    if not room.shown and room.filters.level is None:
        return [*unknown, _nothing(room, address)]
    return [
        *unknown,
        *[_rung(rung, address) for rung in room.rungs if rung.cards or room.filters.level],
        take(address, TABLE),
    ]


def _nothing(room: BlockersRoom, address: Address) -> html.Div:
    _ = translator(address.lang)
    if room.filters.state == "ouverts" and not room.filters.is_mine:
        if room.is_past:
            return empty(_("Aucun bloquant n'était connu ici ce jour-là."))
        words = _("Rien ne bloque ici. Un bloquant se signale en dix secondes : un titre suffit.")
        return empty(words)
    everything = html.A(_("Voir tous les bloquants à traiter"), href=address.link("bloquants"))
    return empty(_("Aucun bloquant ne répond à ces filtres."), everything)


def _rung(rung: Rung, address: Address) -> html.Section:
    _ = translator(address.lang)
    count = len(rung.cards)
    words = translator(address.lang).plural("{n} bloquant", "{n} bloquants", count)
    allowed = _("{days} jours ouvrables permis").format(days=ALLOWED_WORKING_DAYS[rung.level])
    over = sum(card.age.is_over for card in rung.cards)
    note = f"{words.format(n=count)} · {allowed}"
    if over:
        told = translator(address.lang).plural("{n} dépassé", "{n} dépassés", over)
        note = f"{note} · {told.format(n=over)}"
    cards: list[Any] = [blocker_item(card, address) for card in rung.cards]
    shown = html.Div(cards, className="board") if cards else empty(_("Aucun bloquant à ce niveau."))
    return section(rung_word(rung.level, address.lang), shown, note=note, zone="rung")


def answer(said: Answer, address: Address) -> list[Any]:
    """What became of the request, in one sentence."""
    _ = translator(address.lang)
    blocker = said.blocker
    words = _(OUTCOME_WORDS[said.outcome]).format(
        title=label(blocker.title, blocker.title_en, address.lang) if blocker else "",
        move=vocabulary.word(vocabulary.MOVES_MADE, said.move, address.lang),
    )
    more: list[Any] = []
    if blocker and said.outcome is Outcome.RAISED:
        href = address.link("bloquants", b=blocker.blocker_id)
        more = [" ", html.A(_("L'ouvrir"), href=href, className="link")]
    kind = "told" if said.outcome.is_done else "told refused"
    return [html.P([words, *more], className=kind)]
