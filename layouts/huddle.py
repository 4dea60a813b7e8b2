"""The huddle of a room: its agenda, one point on screen at a time, and the record that closes it.

The parts of the room keep their identifiers, so that the room's own callback redraws them here.
``assets/huddle.js`` holds the clock and shows the point of the moment.
"""

import json
from typing import Any

from dash import dcc, html

from layouts import ids, level
from layouts.blocker_form import raise_here
from layouts.blockers import answer as raised
from layouts.huddle_record import facts, lines, record_form, records
from layouts.parts import aria, crumb, data, section
from layouts.post import answer
from layouts.wall import wall
from pilotage.domain.indicator import Level
from pilotage.i18n import N_, Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.huddle import MINUTES, HuddleRoom, Point

__all__ = ["answer", "facts", "layout", "lines", "raised", "record_form", "records", "title"]
NAMES = {
    Level.STRATEGIC: N_("Séance"),
    Level.TACTICAL: N_("Séance"),
    Level.OPERATIONAL: N_("Caucus"),
}
POINTS = {
    Point.PRESENCE: N_("Présences"),
    Point.RESULTS: N_("Résultats"),
    Point.BLOCKERS: N_("Bloquants"),
    Point.ACTIONS: N_("Actions"),
    Point.CLOSING: N_("Compte rendu"),
}


def title(huddle: HuddleRoom, address: Address) -> str:
    """« Caucus · Équipe de jour »."""
    room = huddle.room
    place = label(room.organisation.label_fr, room.organisation.label_en, address.lang)
    return f"{translator(address.lang)(NAMES[room.level])} · {place}"


def layout(huddle: HuddleRoom, address: Address) -> list[Any]:
    """The agenda beside the point of the moment; the earlier records under them."""
    _ = translator(address.lang)
    words = {
        "left": _("reste {time}"),
        "over": _("dépassé de {time}"),
        "total": _("{time} sur {all}"),
    }
    frame = html.Div(
        [
            _agenda(huddle.room.level, address.lang),
            html.Div(_zones(huddle, address), className="points"),
        ],
        className="huddle",
        **data(huddle="/".join(address.parts), point=Point.PRESENCE.value, words=json.dumps(words)),
    )
    earlier = html.Div(records(huddle, address), id=ids.HUDDLE_RECORDS)
    return [
        _way_back(huddle, address),
        html.H1(title(huddle, address), tabIndex=-1),
        frame,
        earlier,
    ]


def _way_back(huddle: HuddleRoom, address: Address) -> html.Nav:
    room, _ = huddle.room, translator(address.lang)
    place = label(room.organisation.label_fr, room.organisation.label_en, address.lang)
    back = address.link(*address.parts[:2])
    return crumb([(place, back), (_(NAMES[room.level]), None)], address.lang)


def _agenda(of: Level, lang: Lang) -> html.Nav:
    """The points in their order, each a button; the clock and its buttons under them."""
    _ = translator(lang)
    points = [
        html.Li(
            html.Button(
                [
                    html.Span(_(POINTS[one])),
                    html.Small(_("{n} min").format(n=minutes)),
                    html.Small(className="left"),
                ],
                type="button",
                **data(go=one.value, minutes=str(minutes)),
            )
        )
        for one, minutes in MINUTES[of].items()
    ]
    buttons = [
        html.Button(
            _("Commencer"), type="button", className="button first", **data(huddle="start")
        ),
        html.Button(_("Point suivant"), type="button", className="button", **data(huddle="next")),
        html.Button(_("Plein écran"), type="button", className="button", **data(huddle="full")),
    ]
    clock = html.P(className="clock", role="timer", **aria(label=_("Temps écoulé"), live="off"))
    inside = [html.Ol(points), clock, html.Div(buttons, className="actions")]
    return html.Nav(inside, className="agenda", **aria(label=_("Ordre du jour")))


def _zones(huddle: HuddleRoom, address: Address) -> list[Any]:
    room = huddle.room
    return [
        _point([Point.PRESENCE], [_presence(huddle, address)]),
        _point([Point.RESULTS], _results(huddle, address)),
        _point([Point.BLOCKERS], _raise(huddle, address)),
        # Blockers, then actions: the script shows the one the agenda is at.
        _point(
            [Point.BLOCKERS, Point.ACTIONS],
            [
                *level.answering(),
                html.Div(level.side(room, address), id=ids.ROOM_SIDE, className="aside"),
            ],
        ),
        _point([Point.CLOSING], [_closing(huddle, address)]),
        # Where the room stands in its plan is not gone through; its callback still draws it.
        html.Div(level.rest(room, address), id=ids.ROOM_REST, hidden=True),
    ]


def _point(points: list[Point], inside: list[Any]) -> html.Div:
    return html.Div(inside, **data(points=" ".join(points)))


def _presence(huddle: HuddleRoom, address: Address) -> html.Section:
    """A box for each person known here; the others are typed. They belong to the record's form."""
    _ = translator(address.lang)
    boxes = [html.Li(html.Label([_box(name), html.Span(name)])) for name in huddle.roster]
    others = html.Label(
        [
            html.Span(_("D'autres personnes, séparées par des virgules")),
            html.Textarea(name="others", rows=1, maxLength=1000, form=ids.HUDDLE_FORM),
        ],
        className="wide",
    )
    return section(_("Qui est là"), [html.Ul(boxes, className="roster"), others])


def _box(name: str) -> html.Span:
    told = {"field": "checkbox", "name": f"present:{name}", "form": ids.HUDDLE_FORM}
    return html.Span(**data(**told))


def _results(huddle: HuddleRoom, address: Address) -> list[Any]:
    room = huddle.room
    return [
        html.Div(level.opening(room, address), id=ids.ROOM_LEDE),
        wall(level.cards(room, address), address),
        html.Div(level.twin(room, address), id=ids.ROOM_TABLE),
        html.Div(level.since(room, address), id=ids.ROOM_SINCE),
    ]


def _raise(huddle: HuddleRoom, address: Address) -> list[Any]:
    """A blocker is raised on the spot, in a sentence."""
    if huddle.raise_form is None:
        return []
    return [
        dcc.Store(id=ids.HUDDLE_RAISE),
        html.Div(id=ids.HUDDLE_RAISED, role="status"),
        raise_here(huddle.raise_form, address, ids.HUDDLE_RAISE),
    ]


def _closing(huddle: HuddleRoom, address: Address) -> html.Section:
    _ = translator(address.lang)
    inside = [
        dcc.Store(id=ids.HUDDLE_ASKED),
        html.Div(id=ids.HUDDLE_ANSWER, role="status"),
        html.Div(facts(huddle.room, address), id=ids.HUDDLE_FACTS),
        html.Div(record_form(huddle, address), id=ids.HUDDLE_RECORD),
    ]
    return section(_("Le compte rendu, en cinq lignes"), inside)
