"""The record of a huddle: four lines said by the room itself, one by people; those of before."""

import json
from collections.abc import Sequence
from typing import Any

from dash import html

from layouts import card as words_of
from layouts import ids, opening
from layouts.parts import data, empty, item, more, section
from layouts.post import area, form, signed
from pilotage import formats
from pilotage.domain.post import LONGEST_LINE, LONGEST_NAME
from pilotage.domain.status import Standing
from pilotage.formats import joined
from pilotage.i18n import label, tongue, translator
from pilotage.rooms.address import Address
from pilotage.rooms.huddle import HuddleRoom
from pilotage.rooms.huddle_record import Record
from pilotage.rooms.level import LevelRoom
from pilotage.rooms.post_action import Posted

ANCHOR = "#compte-rendu"
_NAMED = 3
"""Figures, blockers and actions named in a line; the others are counted."""
_LONGEST_TITLE = 70
_LONGEST_FIGURE = 40
_LONGEST_REMARK = 400
"""Characters of what people add; its line must hold it with its name."""


def lines(room: LevelRoom, present: Sequence[str], remark: str, address: Address) -> list[str]:
    """The five lines as they will be kept: who, results, blockers, actions, what to remember."""
    _ = translator(address.lang)
    kept = " ".join(remark.split()) or _("rien de particulier")
    last = _("À retenir : {remark}").format(remark=kept)
    every = [_present(present, address), *_facts(room, address), last]
    return [_within(line, LONGEST_LINE) for line in every]


def facts(room: LevelRoom, address: Address) -> list[Any]:
    """What the record will say of the room, redrawn as it changes."""
    _ = translator(address.lang)
    told = [_("Présents : les personnes cochées au premier point"), *_facts(room, address)]
    return [html.Ol([html.Li(line) for line in told], className="minutes")]


def _facts(room: LevelRoom, address: Address) -> list[str]:
    return [_results(room, address), _blockers(room, address), _actions(room, address)]


def _present(present: Sequence[str], address: Address) -> str:
    _ = translator(address.lang)
    if not present:
        return _("Présents : personne n'a été coché")
    whole = _("Présents ({n}) : {names}")
    for kept in range(len(present), 0, -1):
        others = len(present) - kept
        names = [
            *present[:kept],
            *(
                [_.plural("et {n} autre", "et {n} autres", others).format(n=others)]
                if others
                else []
            ),
        ]
        line = whole.format(n=len(present), names=", ".join(names))
        if len(line) <= LONGEST_LINE:
            return line
    return _("Présents ({n})").format(n=len(present))


def _results(room: LevelRoom, address: Address) -> str:
    """How many are off target, and the first of them with their figures."""
    _ = translator(address.lang)
    counted = opening.standing_sentence(room.tally, address.lang).replace("**", "")
    off = [one for one in room.cards if one.standing is Standing.OFF_TARGET]
    named = [
        f"{_cut(label(one.title_fr, one.title_en, address.lang))} "
        f"({_within(joined(*words_of.headline(one, address), address.lang), _LONGEST_FIGURE)})"
        for one in off[:_NAMED]
    ]
    return _("Résultats : {told}").format(
        told=" ".join([counted, _listed(named, len(off), address)])
    )


def _blockers(room: LevelRoom, address: Address) -> str:
    _ = translator(address.lang)
    here = room.blockers.here
    new = sum(one.blocker.raised_on == room.judged_on for one in here)
    told = opening.waiting_sentence(room.blockers, address.lang).replace("**", "")
    if new:
        raised = _.plural("{n} signalé ce jour.", "{n} signalés ce jour.", new)
        told += " " + raised.format(n=new)
    names = [_cut(label(one.blocker.title, one.blocker.title_en, address.lang)) for one in here]
    return _("Bloquants : {told}").format(
        told=" ".join([told, _listed(names[:_NAMED], len(here), address)])
    )


def _actions(room: LevelRoom, address: Address) -> str:
    _ = translator(address.lang)
    late = [one for one in room.tasks if one.is_late]
    told = _.plural("{n} en cours", "{n} en cours", len(room.tasks)).format(n=len(room.tasks))
    if late:
        told += ", " + _.plural("{n} en retard", "{n} en retard", len(late)).format(n=len(late))
    shown = late or list(room.tasks)
    names = [
        _cut(label(one.title, one.title_en, address.lang))
        + (f" ({one.owner})" if one.owner else "")
        for one in shown[:_NAMED]
    ]
    return _("Actions : {told}").format(told=f"{told}. {_listed(names, len(shown), address)}")


def _listed(names: Sequence[str], every: int, address: Address) -> str:
    """« A; B; C et 2 autres. »; empty for none."""
    if not names:
        return ""
    others = every - len(names)
    _ = translator(address.lang)
    told = _.plural("et {n} autre", "et {n} autres", others).format(n=others) if others else ""
    return f"{'; '.join(names)} {told}".strip() + "."


def _cut(title: str) -> str:
    return _within(title, _LONGEST_TITLE)


def _within(text: str, most: int) -> str:
    """The text, or its beginning and « … » where it is longer than that."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def record_form(
    huddle: HuddleRoom, address: Address, posted: Posted | None = None
) -> list[Any] | html.Form:
    """What people add, and the button that closes; or the correction the address asks for."""
    _ = translator(address.lang)
    back = (_("Annuler"), address.here(modifier=None, retirer=None) + ANCHOR)
    if huddle.withdrawing:
        last = huddle.withdrawing.written.last
        known = {"move": "withdraw", "post_id": last.post.post_id, "seq": str(last.seq)}
        fields = [
            area(_("Pourquoi retirer ce compte rendu"), "reason", "", rows=2, most=LONGEST_NAME)
        ]
        return form(fields, known, ids.HUDDLE_ASKED, _("Retirer le compte rendu"), back)
    if huddle.revising:
        return _correction(huddle.revising, address, back, posted)
    if not huddle.may_write:
        return [empty(_("Vous pouvez suivre cette rencontre, pas en écrire le compte rendu."))]
    room = huddle.room
    known = {
        "move": "close_huddle",
        "organisation_id": room.organisation.organisation_id,
        "level": room.level.value,
        "seq": str(max((one.written.last.seq for one in huddle.records), default=0)),
    }
    remark = area(
        _("À retenir, au besoin"), "remark", "", rows=2, most=_LONGEST_REMARK, is_required=False
    )
    send = html.Button(
        _("Clore et garder le compte rendu"), type="submit", className="button first"
    )
    inside = [remark, html.Div([send], className="actions wide")]
    told = data(asks=ids.HUDDLE_ASKED, known=json.dumps(known))
    return html.Form(inside, id=ids.HUDDLE_FORM, className="form", **told)


def _correction(
    record: Record, address: Address, back: tuple[str, str], posted: Posted | None
) -> html.Form:
    """Five fields of one line each: as it stands, or as typed where somebody else wrote first."""
    _ = translator(address.lang)
    standing = posted.standing if posted and posted.standing else record.written.last
    typed = posted.asked if posted else {}
    fields = [
        area(
            _("Ligne {n}").format(n=n + 1),
            f"line{n}",
            typed.get(f"line{n}", line),
            rows=2,
            most=LONGEST_LINE,
        )
        for n, line in enumerate(record.lines)
    ]
    known = {"move": "revise", "post_id": standing.post.post_id, "seq": str(standing.seq)}
    return form(fields, known, ids.HUDDLE_ASKED, _("Envoyer la correction"), back)


def records(huddle: HuddleRoom, address: Address) -> list[Any]:
    """The last record in the open, the earlier ones under a line."""
    _ = translator(address.lang)
    title = _("Comptes rendus")
    if not huddle.records:
        told = empty(_("Aucun compte rendu encore : le premier s'écrit au dernier point."))
        return [section(title, told, zone="minutes-kept")]
    drawn = [record(one, address) for one in huddle.records]
    inside: list[Any] = drawn[:1]
    if rest := drawn[1:]:
        inside.append(more(_("Les précédents ({n})").format(n=len(rest)), rest))
    return [section(title, inside, zone="minutes-kept")]


def record(one: Record, address: Address, *, has_doors: bool = True) -> html.Article:
    """The five lines of one huddle, its day, who closed it and how long it lasted."""
    _, post = translator(address.lang), one.written.post
    lasted = post.words.minutes
    said = [signed(one.written.last, address)]
    said += [_("{n} min").format(n=lasted)] if lasted is not None else []
    said += [_("corrigé")] if post.version > 1 else []
    five = html.Ol(
        [html.Li(line, dir="auto", lang=tongue(line)) for line in one.lines], className="minutes"
    )
    doors = _doors(one, address) if has_doors else []
    return item(formats.day(one.held_on, address.lang), " · ".join(said), [five, *doors])


def _doors(one: Record, address: Address) -> list[Any]:
    _ = translator(address.lang)
    name, doors = one.written.post.post_id, []
    if one.written.may_revise:
        href = address.here(modifier=name, retirer=None) + ANCHOR
        doors.append(html.A(_("Corriger"), href=href, className="link"))
    if one.written.may_withdraw:
        href = address.here(retirer=name, modifier=None) + ANCHOR
        doors.append(html.A(_("Retirer"), href=href, className="link"))
    return [html.P(doors, className="doors")] if doors else []
