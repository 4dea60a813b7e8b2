"""What one follows: the button on a page, and the page that gathers what changed in all of them."""

import json
from typing import Any

from dash import html

from layouts import ids
from layouts.changes import inside
from layouts.level import ROOM_NAMES
from layouts.parts import aria, data, empty, more, section
from pilotage.formats import day
from pilotage.i18n import N_, Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.follow import MOST_FOLLOWED, Followed, FollowOutcome, FollowRoom, FollowState
from pilotage.rooms.since import FOLLOWED
from pilotage.rooms.tree import GOVERNMENT_ROOM, LEVEL_OF_ROOM

_NAMED = 4
"""Changes of one page shown before « les autres »."""
_REFUSALS = {
    FollowOutcome.NOT_ALLOWED: N_("Cette page ne peut pas être suivie."),
    FollowOutcome.TOO_MANY: N_(
        "Vous suivez déjà {n} pages : cessez d'en suivre une pour suivre celle-ci."
    ),
}


def follow_button(state: FollowState, address: Address, said: str = "") -> list[Any]:
    """« Suivre », pressed or not, where the page can be; the door to all one follows."""
    _ = translator(address.lang)
    drawn: list[Any] = [html.Span(said, className="refused")] if said else []
    if state.page is not None:
        wanted = "0" if state.is_followed else "1"
        known = json.dumps({"page": state.page, "wanted": wanted})
        words = _("Suivi") if state.is_followed else _("Suivre")
        button = html.Button(words, type="submit", **aria(pressed=state.is_followed))
        drawn.append(html.Form(button, key=wanted, **data(asks=ids.FOLLOW_ASKED, known=known)))
    if state.count and address.room != FOLLOWED:
        door = _("mes suivis ({n})").format(n=state.count)
        drawn.append(html.A(door, href=address.link(FOLLOWED)))
    return drawn


def refusal(outcome: FollowOutcome, lang: Lang) -> str:
    """Why the page is not followed; empty where it is done."""
    words = _REFUSALS.get(outcome)
    return translator(lang)(words).format(n=MOST_FOLLOWED) if words else ""


def title(room: FollowRoom, address: Address) -> str:
    """The name of the page."""
    del room
    return translator(address.lang)("Mes suivis")


def layout(room: FollowRoom, address: Address) -> list[Any]:
    """What changed first, then what did not, then what can no longer be seen."""
    heading = html.H1(title(room, address), tabIndex=-1)
    return [heading, html.Div(body(room, address), id=ids.FOLLOW_BODY)]


def body(room: FollowRoom, address: Address) -> list[Any]:
    """The sentence and the zones."""
    _ = translator(address.lang)
    if not room.is_open:
        return [empty(_("Il faut être quelqu'un pour suivre une page : le public lit, sans plus."))]
    if not room.followed:
        sentence = _("Vous ne suivez rien encore.")
        step = _("Ouvrez une salle ou un indicateur et choisissez « Suivre », sous l'en-tête.")
        return [empty(sentence, step)]
    if room.first_day is None:
        words = _("« {day} » n'est pas un jour passé : il n'y a rien à comparer.")
        return [empty(words.format(day=room.asked)), *_list(room, address)]
    return [_lede(room, address), *_list(room, address)]


def _lede(room: FollowRoom, address: Address) -> html.P:
    _ = translator(address.lang)
    moved = sum(_moved(one) for one in room.followed)
    first = day(room.first_day, address.lang) if room.first_day else ""
    words = _.plural(
        "{n} page suivie sur {all} a changé depuis le {day}.",
        "{n} pages suivies sur {all} ont changé depuis le {day}.",
        moved,
    )
    return html.P(words.format(n=moved, all=len(room.followed), day=first), className="lede")


def _list(room: FollowRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    seen = [one for one in room.followed if one.name is not None]
    gone = [one for one in room.followed if one.name is None]
    moved = [one for one in seen if _moved(one)]
    still = [one for one in seen if not _moved(one)]
    drawn: list[Any] = [_zone(one, room, address) for one in moved]
    if still:
        words = _("Rien n'a changé") if room.first_day else _("Ce que vous suivez")
        lines = html.Ul([html.Li(_line(one, room, address)) for one in still], className="followed")
        drawn.append(section(words, lines, note=str(len(still))))
    if gone:
        lines = html.Ul(
            [html.Li([html.Span(one.page), _leave(one, address)]) for one in gone],
            className="followed",
        )
        drawn.append(more(_("Ce que vous ne pouvez plus voir ({n})").format(n=len(gone)), lines))
    return drawn


def _moved(one: Followed) -> bool:
    return one.since is not None and bool(one.since.changes)


def _zone(one: Followed, room: FollowRoom, address: Address) -> html.Section:
    first = day(room.first_day, address.lang) if room.first_day else ""
    changed = inside(one.since, first, address, _NAMED) if one.since else []
    return section(_name(one, address), changed, note=_note(one, room, address), zone="changes")


def _line(one: Followed, room: FollowRoom, address: Address) -> list[Any]:
    return [html.Span(_name(one, address)), html.Small(_note(one, room, address))]


def _name(one: Followed, address: Address) -> str:
    if one.room == GOVERNMENT_ROOM or one.name is None:
        return translator(address.lang)("Gouvernement")
    return label(one.name.label_fr, one.name.label_en, address.lang)


def _note(one: Followed, room: FollowRoom, address: Address) -> list[Any]:
    """Where it is, the door to it on the same comparison, and the way out."""
    _ = translator(address.lang)
    kind = _(ROOM_NAMES[LEVEL_OF_ROOM[one.room]]) if one.room in LEVEL_OF_ROOM else ""
    place = label(one.place.label_fr, one.place.label_en, address.lang) if one.place else kind
    known = html.A(_("ouvrir"), href=_href(one, room, address))
    return [*([place, " · "] if place else []), known, " · ", _leave(one, address)]


def _href(one: Followed, room: FollowRoom, address: Address) -> str:
    path, _, search = one.page.partition("?")
    there = Address(
        tuple(path.strip("/").split("/")), dict([search.split("=", 1)] if search else [])
    )
    compared = room.first_day.isoformat() if room.first_day and one.room != "indicateurs" else None
    lang = address.parameters.get("lang")
    return there.here(depuis=compared, lang=lang)


def _leave(one: Followed, address: Address) -> html.Form:
    words = translator(address.lang)("ne plus suivre")
    known = json.dumps({"page": one.page, "wanted": "0"})
    button = html.Button(words, type="submit", className="plain")
    return html.Form(button, className="inline", **data(asks=ids.FOLLOW_ASKED, known=known))
