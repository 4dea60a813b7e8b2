"""The strategic, tactical and operational rooms drawn: one template, five zones."""

from collections.abc import Callable
from typing import Any

from dash import dcc, html

from layouts import bowling, ids, vocabulary
from layouts import opening as words
from layouts.below import below
from layouts.blockers import answer as answered
from layouts.brief_link import brief_link
from layouts.cap import cap
from layouts.changes import changes, mark
from layouts.huddle_door import huddle_door, last_huddle
from layouts.parts import aria, crumb, empty, section
from layouts.post import answer
from layouts.recognition import improvement, recognise_form, recognise_zone
from layouts.sheet import take
from layouts.task import TASKS, task_table, tasks
from layouts.waiting import waiting
from layouts.wall import TABLE, wall, wall_store, wall_table, wall_text
from pilotage import formats
from pilotage.domain.indicator import Level
from pilotage.formats import day
from pilotage.i18n import N_, Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.level import LevelRoom
from pilotage.rooms.signal import FALSE_RATE
from pilotage.rooms.tally import Tally
from pilotage.rooms.tree import ROOM_OF_LEVEL, room_of

__all__ = [
    "answer",
    "answered",
    "layout",
    "opening",
    "recognise_form",
    "rest",
    "side",
    "store",
    "title",
    "twin",
]
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
        html.Div(since(room, address), id=ids.ROOM_SINCE),
        _levels(room, address),
        html.Div(
            [
                html.Div(_main(room, address)),
                html.Aside(
                    [
                        *answering(),
                        html.Div(side(room, address), id=ids.ROOM_SIDE),
                        recognise_zone(room, address),
                    ]
                ),
            ],
            className="cols",
        ),
    ]


def answering() -> list[Any]:
    """Where an answer to a blocker is sent, and what became of it."""
    return [dcc.Store(id=ids.ROOM_ANSWER), html.Div(id=ids.ROOM_ANSWERED, role="status")]


def opening(room: LevelRoom, address: Address) -> list[Any]:
    """The state of the room in a few sentences, and the day it speaks of."""
    when = translator(address.lang)("Situation au {day}.")
    told = when.format(day=day(room.judged_on, address.lang))
    line = words.line_sentence(room.tally, room.line, address.lang)
    told = f"{told} {line}".strip()
    doors = [told, " ", *huddle_door(room, address), brief_link(address)]
    shown = html.P(doors, className="since")
    return [words.opening(sentences(room, address.lang), _counted(room)), shown]


def sentences(room: LevelRoom, lang: Lang) -> list[str]:
    """What the opening says: where figures stand, what is unknown, what waits for an answer."""
    tally, is_through = _counted(room), not room.cards and bool(room.branches)
    first = words.below_sentence if is_through else words.standing_sentence
    return [
        first(tally, lang),
        words.unknown_sentence(tally, lang),
        words.waiting_sentence(room.blockers, lang),
    ]


def _counted(room: LevelRoom) -> Tally:
    """The room's own figures; where it has none, those of the organisations below."""
    return room.below if not room.cards and room.branches else room.tally


def since(room: LevelRoom, address: Address) -> list[Any]:
    """What changed since the day the address compares with."""
    return changes(room.since, address)


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
    """Results first; where nothing is followed here, what is below comes before."""
    figures = _results(room, address)
    others = html.Div(rest(room, address), id=ids.ROOM_REST)
    if not room.cards:
        return [others, figures] if room.branches else [figures, others]
    return [figures, _periods(address), others]


def _periods(address: Address) -> html.Section:
    """The frame of the bowling tables; the wall's store holds them, its script draws them."""
    _ = translator(address.lang)
    # React leaves the inside of WALL_BOWLING alone: the links stand beside it.
    return section(
        _("Douze dernières périodes"),
        [html.Div(id=ids.WALL_BOWLING), take(address, bowling.TABLE)],
        note=_("chaque signe dit l'état de la période"),
    )


def _results(room: LevelRoom, address: Address) -> html.Section:
    """The wall, its twin, and the way to every indicator."""
    title = translator(address.lang)("Résultats")
    frame = wall(cards(room, address), address)
    inside: list[Any] = [frame, html.Div(twin(room, address), id=ids.ROOM_TABLE)]
    # Cards and table say the same: one pair of links for both.
    inside += [take(address, TABLE), _everything(room, address)] if room.cards else []
    return section(title, inside, note=_results_note(room, address))


def cards(room: LevelRoom, address: Address) -> str:
    """The wall as it travels."""
    return wall_text(store(room, address))


def store(room: LevelRoom, address: Address) -> dict[str, Any]:
    """What the wall is drawn from; no card where the table is asked for."""
    shown = [] if _is_table(address) else room.wall
    return wall_store(room.wall, room.level, address, shown, _marks(room, address))


def _marks(room: LevelRoom, address: Address) -> dict[tuple[str, str], str]:
    """What is said of each card that changed since the day one compares with."""
    if room.since is None:
        return {}
    return dict.fromkeys(room.since.changed_cards, mark(room.since, address.lang))


def twin(room: LevelRoom, address: Address) -> Any:
    """The table of the same figures where it is asked for, or why there is nothing to show."""
    if not room.cards:
        return nothing(room, address)
    return wall_table(room.wall, address, _marks(room, address)) if _is_table(address) else None


TABLES: dict[str, Callable[[LevelRoom, Address], Any]] = {
    TABLE: lambda room, address: wall_table(room.wall, address, is_sheet=True),
    bowling.TABLE: lambda room, address: bowling.bowling_tables(room.wall, address),
    TASKS: lambda room, address: task_table(room.tasks, address.lang),
}
"""Tables to take away that the page draws otherwise."""


def _is_table(address: Address) -> bool:
    return address.parameters.get("vue") == TABLE_VIEW


def rest(room: LevelRoom, address: Address) -> list[Any]:
    """Cap, organisations below; these first where nothing is followed here."""
    _ = translator(address.lang)
    towards = section(_("Cap"), cap(room.cap, address), note=_towards(room, address))
    counted = _("tous niveaux, chaque ligne avec ce qui en relève") if room.branches else None
    organisations = section(_("Organisations"), below(room.branches, address), note=counted)
    if not room.cards:
        return [organisations, towards] if room.branches else [towards]
    return [towards, *([organisations] if room.branches else [])]


def nothing(room: LevelRoom, address: Address) -> html.Div:
    """No indicator at this level: said, with where to go."""
    _ = translator(address.lang)
    level = vocabulary.word(vocabulary.LEVELS, room.level, address.lang)
    sentence = _("Aucun indicateur {level} n'est suivi ici.").format(level=level)
    return empty(sentence, html.A(_("Voir ce qui a été versé"), href=address.link("donnees")))


def _results_note(room: LevelRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    other = _("cartes") if _is_table(address) else _("tableau")
    href = address.here(vue=None if _is_table(address) else TABLE_VIEW)
    told = _(
        "triés par état, puis par ce qui se dégrade, puis par ce qui dure · "
        "chaque courbe a son échelle"
    )
    return (
        [told, *_false_signals(room, address.lang), " · ", html.A(other, href=href)]
        if room.cards
        else []
    )


def _false_signals(room: LevelRoom, lang: Lang) -> list[str]:
    """How many cards would stand out by chance alone, beside the number that does."""
    _ = translator(lang)
    judged = [one.signal for one in room.cards if one.signal.variation]
    if not judged:
        return []
    # On a slope each value answers the one before: chance cannot be counted there.
    sloped, level = [one for one in judged if one.drifts], [one for one in judged if not one.drifts]
    said: list[str] = []
    if level:
        special = sum(one.is_special for one in level)
        words = _.plural(
            "{n} signal, {x} attendu par hasard", "{n} signaux, {x} attendu par hasard", special
        )
        expected = formats.number(FALSE_RATE * len(level), 1, lang)
        said += [" · ", words.format(n=special, x=expected)]
    if sloped:
        many = _.plural("{n} série en pente", "{n} séries en pente", len(sloped))
        said += [" · ", many.format(n=len(sloped))]
    return said


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


def side(room: LevelRoom, address: Address) -> list[Any]:
    """Blockers, actions and decisions, improvement."""
    _ = translator(address.lang)
    return [
        section(
            _("Bloquants de cette salle"),
            waiting(room, address),
            note=str(len(room.blockers.here)),
            zone="blocking",
        ),
        section(_("Actions et décisions"), _actions(room, address), zone="doing"),
        *last_huddle(room, address),
        *improvement(room, address),
    ]


def _actions(room: LevelRoom, address: Address) -> Any:
    _ = translator(address.lang)
    if room.is_past and not room.tasks:
        return empty(_("Aucune action, aucune décision n'était connue ici ce jour-là."))
    return tasks(room.tasks, address)


def _towards(room: LevelRoom, address: Address) -> list[Any]:
    """The plan, and the door to how its objectives go down."""
    words = translator(address.lang)("la cascade")
    door = html.A(words, href=address.link("cascade", room.organisation.organisation_id))
    plan = _plan(room, address)
    return [plan, " · ", door] if plan else [door]


def _plan(room: LevelRoom, address: Address) -> str | None:
    """Which plan, until when."""
    _ = translator(address.lang)
    if room.cap.plan_fr is None:
        return None
    name = label(room.cap.plan_fr, room.cap.plan_en, address.lang)
    if room.cap.ends_on is None:
        return name
    return _("{plan}, jusqu'au {day}").format(plan=name, day=day(room.cap.ends_on, address.lang))
