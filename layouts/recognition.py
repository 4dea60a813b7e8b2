"""The zone « Amélioration » of a room: whose work, for what; the form to say bravo."""

from typing import Any

from dash import dcc, html

from layouts import ids
from layouts.parts import data, empty, item, more, section
from layouts.post import area, choose, form, prose
from pilotage import formats
from pilotage.domain.post import LONGEST_NAME, Words
from pilotage.i18n import Lang, label, tongue, translator
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import Named
from pilotage.rooms.level import LevelRoom
from pilotage.rooms.post_action import Posted
from pilotage.rooms.recognition import Improvement, Recognition

MOST_SHOWN = 4
"""Recognitions in the open, the newest; the others wait under a line."""
_LONG = 400
"""Characters of a recognition in the open; some dozen lines of the narrow column."""
ANCHOR = "#bravo"


def improvement(room: LevelRoom, address: Address) -> list[Any]:
    """The recognitions; a past day without any, and the public, are shown no zone."""
    _ = translator(address.lang)
    held = room.improvement
    if not held.is_open or (room.is_past and not held.recognitions):
        return []
    drawn = [_recognition(one, address) for one in held.recognitions]
    inside: list[Any] = drawn[:MOST_SHOWN]
    if rest := drawn[MOST_SHOWN:]:
        inside.append(more(_("Les autres bravos ({n})").format(n=len(rest)), rest))
    if not drawn:
        inside = [empty(_("Aucun bravo pour l'instant."))]
    return [section(_("Amélioration"), inside, zone="learning")]


def _recognition(one: Recognition, address: Address) -> html.Article:
    _, lang = translator(address.lang), address.lang
    post, place = one.written.post, _name(one.place, address)
    honoured = post.words.honoured
    # The name of an organisation has no article to follow « à ».
    words = _("Bravo à {name}") if honoured else _("Bravo : {name}")
    title = words.format(name=honoured or place)
    said = [post.author, formats.day(formats.local(one.first_at).date(), lang)]
    said += [place] if honoured else []
    said += [_("modifié")] if post.version > 1 else []
    return item(
        html.Span(title, dir="auto"),
        " · ".join(said),
        [*recognition_body(post.words.body, lang), *_tie(one, address), *_doors(one, address)],
    )


def recognition_body(text: str, lang: Lang) -> list[Any]:
    """The words; past a dozen lines of the narrow column, the rest waits under a line."""
    if len(text) <= _LONG:
        return [prose(text)]
    cut = text.rfind(" ", _LONG // 2, _LONG)
    cut = cut if cut > 0 else _LONG
    return [
        prose(f"{text[:cut]}…"),
        more(translator(lang)("Lire la suite"), prose(f"…{text[cut:]}")),
    ]


def _tie(one: Recognition, address: Address) -> list[Any]:
    """The indicator, the blocker or the practice it is tied to, as a door where there is one."""
    _ = translator(address.lang)
    doors: list[Any] = []
    if one.indicator:
        href = address.link("indicateurs", one.indicator.identifier)
        doors.append(html.Li(html.A(_name(one.indicator, address), href=href)))
    if one.blocker:
        href = address.link("bloquants", b=one.blocker.identifier)
        doors.append(html.Li(html.A(_name(one.blocker, address), href=href)))
    if practice := one.written.post.words.practice:
        words = _("pratique : {name}").format(name=practice)
        doors.append(html.Li(html.Span(words, dir="auto", lang=tongue(practice))))
    return [html.Ul(doors, className="tied quiet")] if doors else []


def _doors(one: Recognition, address: Address) -> list[Any]:
    _ = translator(address.lang)
    name, doors = one.written.post.post_id, []
    if one.written.may_revise:
        href = address.here(modifier=name, retirer=None) + ANCHOR
        doors.append(html.A(_("Modifier"), href=href, className="link"))
    if one.written.may_withdraw:
        href = address.here(retirer=name, modifier=None) + ANCHOR
        doors.append(html.A(_("Retirer"), href=href, className="link"))
    return [html.P(doors, className="doors")] if doors else []


def _name(one: Named, address: Address) -> str:
    return label(one.label_fr, one.label_en, address.lang)


def recognise_zone(room: LevelRoom, address: Address) -> html.Div:
    """The form under the zone, which another's news never redraws while one types in it."""
    parts = [
        dcc.Store(id=ids.ROOM_RECOGNISE),
        html.Div(id=ids.ROOM_RECOGNISE_ANSWER, role="status"),
        html.Div(recognise_form(room, address), id=ids.ROOM_RECOGNISE_FORM),
    ]
    return html.Div(parts, className="recognise", id=ANCHOR[1:], tabIndex=-1)


def recognise_form(room: LevelRoom, address: Address, posted: Posted | None = None) -> list[Any]:
    """To say bravo, or to correct or withdraw the one the address names.

    After a clash, what was typed over what now stands.
    """
    _, held = translator(address.lang), room.improvement
    back = (_("Annuler"), address.here(modifier=None, retirer=None) + ANCHOR)
    if posted is not None and posted.asked.get("move") == "revise":
        return [_over(posted, address, back)]
    if held.withdrawing:
        last = held.withdrawing.written.last
        known = {"move": "withdraw", "post_id": last.post.post_id, "seq": str(last.seq)}
        asked = _("Pourquoi retirer ce bravo ({author})").format(author=last.post.author)
        fields = [area(asked, "reason", "", rows=2, most=LONGEST_NAME)]
        return [form(fields, known, ids.ROOM_RECOGNISE, _("Retirer le bravo"), back)]
    if held.revising:
        last = held.revising.written.last
        known = {"move": "revise", "post_id": last.post.post_id, "seq": str(last.seq)}
        fields = _words(last.post.words, address)
        return [form(fields, known, ids.ROOM_RECOGNISE, _("Envoyer la correction"), back)]
    if not held.may_write:
        return []
    seqs = [one.written.last.seq for one in held.recognitions]
    known = {"move": "recognise", "seq": str(max(seqs, default=0))}
    person, *rest = _words(Words(""), address)
    fields = [_place(held, address), person, _ties(held, address), *rest]
    return [more(_("Dire bravo"), form(fields, known, ids.ROOM_RECOGNISE, _("Dire bravo"), None))]


def _over(posted: Posted, address: Address, back: tuple[str, str]) -> html.Form | html.Div:
    """What was typed, over what stands now; over a withdrawn one, nothing more can be sent."""
    _ = translator(address.lang)
    asked, standing = posted.asked, posted.standing
    typed = Words(
        asked.get("body", ""), honoured=asked.get("honoured"), practice=asked.get("practice")
    )
    if standing is None or standing.post.is_withdrawn:
        return html.Div(_words(typed, address), className="form")
    known = {"move": "revise", "post_id": standing.post.post_id, "seq": str(standing.seq)}
    fields = _words(typed, address)
    return form(fields, known, ids.ROOM_RECOGNISE, _("Envoyer quand même"), back)


def _place(held: Improvement, address: Address) -> html.Label:
    _ = translator(address.lang)
    options = [(one.identifier, _name(one, address)) for one in held.places]
    chosen = held.places[0].identifier if held.places else None
    return choose(_("À quelle équipe"), "organisation_id", options, chosen)


def _ties(held: Improvement, address: Address) -> html.Label:
    """An indicator or a blocker, in groups; none where it is a practice."""
    _ = translator(address.lang)
    groups = (
        (_("Indicateurs"), "indicator", held.indicators),
        (_("Bloquants"), "blocker", held.blockers),
    )
    inside: list[Any] = [html.Option(_("une pratique, dite plus bas"), value="")]
    for words, kind, ones in groups:
        options = [
            html.Option(_name(one, address), value=f"{kind}:{one.identifier}") for one in ones
        ]
        if options:
            inside.append(html.Optgroup(options, label=words))
    # Where it is neither, form.js asks for the practice before anything is sent.
    field = html.Select(inside, name="tie", **data(otherwise="practice"))
    return html.Label([html.Span(_("À propos de")), field])


def _words(said: Words, address: Address) -> list[Any]:
    _ = translator(address.lang)
    return [
        _line(_("À quelle personne, au besoin"), "honoured", said.honoured),
        _line(_("Quelle pratique, si c'en est une"), "practice", said.practice),
        area(_("Pourquoi bravo"), "body", said.body, rows=3),
    ]


def _line(asked: str, name: str, said: str | None) -> html.Label:
    return area(asked, name, said, rows=1, most=LONGEST_NAME, is_required=False)
