"""The strategic, tactical and operational rooms drawn: one template, five zones."""

from typing import Any

from dash import html

from layouts import bowling as bowling_table
from layouts import cap as cap_zone
from layouts import ids, vocabulary
from layouts import opening as words
from layouts.below import below
from layouts.blocker import blocker_item
from layouts.parts import aria, crumb, empty, section
from layouts.task import tasks
from layouts.wall import wall, wall_table
from pilotage.domain.indicator import Level
from pilotage.formats import day
from pilotage.i18n import N_, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.level import LevelRoom
from pilotage.rooms.tree import ROOM_OF_LEVEL, room_of

TABLE_VIEW = "tableau"
ROOM_NAMES = {
    Level.STRATEGIC: N_("Salle stratégique"),
    Level.TACTICAL: N_("Salle tactique"),
    Level.OPERATIONAL: N_("Salle opérationnelle"),
}


def title(room: LevelRoom, address: Address) -> str:
    """The name of the organisation."""
    return label(room.organisation.label_fr, room.organisation.label_en, address.lang)


def layout(room: LevelRoom, address: Address) -> list[Any]:
    """Where one is, the sentence, then the zones."""
    steps = [
        (label(one.label_fr, one.label_en, address.lang), address.link(*room_of(one)))
        for one in room.above
    ]
    return [
        crumb([*steps, (translator(address.lang)(ROOM_NAMES[room.level]), None)], address.lang),
        html.H1(title(room, address), tabIndex=-1),
        html.Div(opening(room, address), id=ids.ROOM_LEDE),
        _levels(room, address),
        html.Div([html.Div(_main(room, address)), _side(room, address)], className="cols"),
    ]


def opening(room: LevelRoom, address: Address) -> list[Any]:
    """The state of the room in a few sentences, and the day it speaks of."""
    _ = translator(address.lang)
    lang = address.lang
    said = [
        words.standing_sentence(room.tally, lang),
        words.unknown_sentence(room.tally, lang),
        words.waiting_sentence(room.blockers, lang),
    ]
    when = _("Situation au {day}.").format(day=day(room.judged_on, lang))
    return [words.opening(said, room.tally), html.P(when, className="since")]


def _levels(room: LevelRoom, address: Address) -> html.Nav | None:
    """The other levels at which the same organisation holds figures."""
    _ = translator(address.lang)
    held = [one for one in Level if one in room.levels]
    if held in ([], [room.level]):
        return None
    name = room.organisation.organisation_id
    links = [
        html.A(
            f"{_(ROOM_NAMES[one])} ({room.levels[one].total})",
            href=address.link(ROOM_OF_LEVEL[one], name),
            **(aria(current="page") if one is room.level else {}),
        )
        for one in held
    ]
    return html.Nav(links, className="tabs", **aria(label=_("Niveaux")))


def _main(room: LevelRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    return [
        section(
            _("Résultats"),
            results(room, address),
            note=_results_note(room, address),
            name=ids.ROOM_RESULTS,
        ),
        section(
            _("Douze dernières périodes"),
            bowling(room, address),
            note=_("chaque signe dit l'état de la période"),
            name=ids.ROOM_BOWLING,
        ),
        section(_("Organisations"), branches(room, address), name=ids.ROOM_BELOW)
        if room.branches
        else html.Div(id=ids.ROOM_BELOW, hidden=True),
    ]


def results(room: LevelRoom, address: Address) -> list[Any]:
    """The wall, or its table, and the way to every indicator."""
    _ = translator(address.lang)
    if not room.cards:
        level = vocabulary.word(vocabulary.LEVELS, room.level, address.lang)
        return [
            empty(
                _("Aucun indicateur {level} n'est suivi ici.").format(level=level),
                html.A(_("Voir ce qui a été versé"), href=address.link("donnees")),
            )
        ]
    is_table = address.parameters.get("vue") == TABLE_VIEW
    cards = room.wall
    drawn = wall_table(cards, address) if is_table else wall(cards, room.level, address)
    return [drawn, _everything(room, address)]


def _results_note(room: LevelRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    is_table = address.parameters.get("vue") == TABLE_VIEW
    other = _("cartes") if is_table else _("tableau")
    href = address.here(vue=None if is_table else TABLE_VIEW)
    told = _("triés par ce qui mérite l'attention · chaque courbe a son échelle")
    return [told, " · ", html.A(other, href=href)] if room.cards else []


def _everything(room: LevelRoom, address: Address) -> html.P | None:
    _ = translator(address.lang)
    if len(room.cards) <= room.shown and not address.parameters.get("tout"):
        return None
    if address.parameters.get("tout"):
        words, href = _("Seulement ceux qui méritent l'attention"), address.here(tout=None)
    else:
        words = _("Tous les indicateurs ({n})").format(n=len(room.cards))
        href = address.here(tout="1")
    return html.P(html.A(words, href=href, className="link"), className="all")


def bowling(room: LevelRoom, address: Address) -> list[Any]:
    """Twelve periods by indicator."""
    drawn = bowling_table.bowling(room.wall, address)
    return drawn or [empty(translator(address.lang)("Aucune période n'a encore de valeur."))]


def branches(room: LevelRoom, address: Address) -> list[Any]:
    """The rooms below and where their figures stand."""
    return below(room.branches, address)


def _side(room: LevelRoom, address: Address) -> html.Aside:
    _ = translator(address.lang)
    learning = empty(
        _("Aucune expérimentation, aucun bon coup partagé pour l'instant."),
        _("Cette zone accueillera ce que la salle apprend et ce qu'elle veut faire connaître."),
    )
    return html.Aside(
        [
            section(
                _("Bloquants de cette salle"),
                blockers(room, address),
                note=str(len(room.blockers)),
                name=ids.ROOM_BLOCKERS,
            ),
            section(_("Actions et décisions"), todo(room, address), name=ids.ROOM_TASKS),
            section(_("Cap"), cap(room, address), name=ids.ROOM_CAP),
            section(_("Amélioration"), learning),
        ]
    )


def blockers(room: LevelRoom, address: Address) -> list[Any]:
    """Those waiting here, those about to climb here, and the door to all the others."""
    _ = translator(address.lang)
    drawn: list[Any] = [blocker_item(one, address) for one in room.blockers]
    if not drawn:
        drawn.append(empty(_("Aucun bloquant n'attend de réponse ici.")))
    if room.climbing:
        drawn.append(html.H3(_("Monteront bientôt"), className="subhead"))
        drawn += [blocker_item(one, address) for one in room.climbing]
    name = room.organisation.organisation_id
    links: list[Any] = [
        html.A(_("Signaler un bloquant"), href=address.link("bloquants", org=name) + "#signaler")
    ]
    if room.elsewhere:
        words = _.plural(
            "{n} autre bloquant plus bas", "{n} autres bloquants plus bas", room.elsewhere
        ).format(n=room.elsewhere)
        links += [" · ", html.A(words, href=address.link("bloquants", org=name))]
    return [*drawn, html.P(links, className="since ways")]


def todo(room: LevelRoom, address: Address) -> Any:
    """Plans, actions and decisions that are not done."""
    return tasks(room.tasks, address)


def cap(room: LevelRoom, address: Address) -> list[Any]:
    """The mission and the objectives."""
    return cap_zone.cap(room.cap, address)
