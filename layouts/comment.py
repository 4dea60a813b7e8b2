"""The comments on one indicator: the thread, and the form to add, correct or withdraw one."""

from typing import Any

from dash import dcc, html

from layouts import ids
from layouts.parts import empty, more, section
from layouts.post import area, choose, form, prose, signed, texts
from pilotage import formats
from pilotage.domain.period import Period, period_code
from pilotage.domain.post import LONGEST_NAME
from pilotage.i18n import translator
from pilotage.rooms.address import Address
from pilotage.rooms.indicator import IndicatorRoom
from pilotage.rooms.post import Written
from pilotage.rooms.post_action import Posted

MOST_SHOWN = 8
"""Comments in the open, the latest; the earlier ones wait under a line."""
ANCHOR = "#commentaires"


def comment_zone(room: IndicatorRoom, address: Address) -> html.Div:
    """The thread, then the form, which another's news never redraws while one types in it."""
    if not room.discussion.is_open:
        return _places([], [], [])
    _ = translator(address.lang)
    return _places(thread(room, address), [], composer(room, address))


def _places(found: list[Any], said: list[Any], written: list[Any]) -> html.Div:
    parts = [
        html.Div(found, id=ids.INDICATOR_THREAD),
        dcc.Store(id=ids.INDICATOR_COMMENT),
        html.Div(said, id=ids.INDICATOR_COMMENT_ANSWER, role="status"),
        html.Div(written, id=ids.INDICATOR_COMMENT_FORM),
    ]
    return html.Div(parts, className="thread", id=ANCHOR[1:], tabIndex=-1)


def thread(room: IndicatorRoom, address: Address) -> list[Any]:
    """Every comment as they were written, the last ones in the open."""
    _, held = translator(address.lang), room.discussion
    if not held.is_open:
        return []
    drawn = [_comment(one, address) for one in held.comments]
    if not drawn:
        nothing = _("Aucun commentaire n'était écrit ce jour-là.") if room.is_past else ""
        inside: list[Any] = [empty(nothing or _("Aucun commentaire pour l'instant."))]
    else:
        inside = drawn[-MOST_SHOWN:]
    if earlier := drawn[:-MOST_SHOWN]:
        words = _("Commentaires plus anciens ({n})").format(n=len(earlier))
        inside = [more(words, earlier), *inside]
    return [section(_("Commentaires"), inside)]


def _comment(written: Written, address: Address) -> html.Article:
    _ = translator(address.lang)
    post = written.post
    if post.is_withdrawn:
        when = formats.moment(written.last.at, address.lang)
        words = _("{author} : commentaire retiré par {by} le {moment}. Raison : {reason}")
        said = words.format(author=post.author, by=post.by, moment=when, reason=post.withdrawn_for)
        return html.Article(html.P(said, className="quiet", dir="auto"), className="post")
    return html.Article(
        [
            html.P(_heading(written, address), className="byline"),
            prose(post.words.body),
            *_doors(written, address),
            *_earlier(written, address),
        ],
        className="post",
    )


def _heading(written: Written, address: Address) -> list[Any]:
    """Who, when, about which period, and when it was last corrected."""
    _, lang = translator(address.lang), address.lang
    said = [html.B(written.post.author), " · ", formats.moment(written.first_at, lang)]
    if period := written.post.words.period:
        about = _("période : {period}").format(period=formats.period_label(period, lang))
        said += [" · ", html.Span(about, className="about")]
    if written.post.version > 1:
        told = _("modifié le {moment}").format(moment=formats.moment(written.last.at, lang))
        said += [" · ", html.Span(told, className="revised")]
    return said


def _doors(written: Written, address: Address) -> list[Any]:
    _ = translator(address.lang)
    name = written.post.post_id
    doors = []
    if written.may_revise:
        href = address.here(modifier=name, retirer=None) + ANCHOR
        doors.append(html.A(_("Modifier"), href=href, className="link"))
    if written.may_withdraw:
        href = address.here(retirer=name, modifier=None) + ANCHOR
        doors.append(html.A(_("Retirer"), href=href, className="link"))
    return [html.P(doors, className="doors")] if doors else []


def _earlier(written: Written, address: Address) -> list[Any]:
    _ = translator(address.lang)
    if len(written.versions) < 2:
        return []
    lines = [
        html.Li([html.P(signed(one, address), className="quiet"), *texts(one.post, address)])
        for one in reversed(written.versions[:-1])
    ]
    return [more(_("Versions d'avant ({n})").format(n=len(lines)), html.Ul(lines))]


def composer(room: IndicatorRoom, address: Address, posted: Posted | None = None) -> list[Any]:
    """The one form: to add a comment, or to correct or withdraw the one the address names.

    After a clash, what was typed over what now stands.
    """
    _, held = translator(address.lang), room.discussion
    if posted is not None and posted.asked.get("move") != "withdraw":
        return _clashed(posted, room, address)
    back = (_("Annuler"), address.here(modifier=None, retirer=None) + ANCHOR)
    if held.withdrawing:
        last = held.withdrawing.last
        known = {"move": "withdraw", "post_id": last.post.post_id, "seq": str(last.seq)}
        words = _("Pourquoi retirer ce commentaire ({author})")
        asked = words.format(author=last.post.author)
        fields = [area(asked, "reason", "", rows=2, most=LONGEST_NAME)]
        return [form(fields, known, ids.INDICATOR_COMMENT, _("Retirer le commentaire"), back)]
    if held.revising:
        last = held.revising.last
        known = {"move": "revise", "post_id": last.post.post_id, "seq": str(last.seq)}
        period = period_code(last.post.words.period) if last.post.words.period else None
        fields = _fields(last.post.words.body, period, held.periods, address)
        return [form(fields, known, ids.INDICATOR_COMMENT, _("Envoyer la correction"), back)]
    if not held.may_write:
        return []
    fields = _fields("", None, held.periods, address)
    return [form(fields, _new(room), ids.INDICATOR_COMMENT, _("Commenter"), None)]


def _clashed(posted: Posted, room: IndicatorRoom, address: Address) -> list[Any]:
    """The same text over what stands now; where that was withdrawn, as a comment of its own."""
    _ = translator(address.lang)
    standing = posted.standing
    fields = _fields(
        posted.asked.get("body"), posted.asked.get("period"), room.discussion.periods, address
    )
    back = (_("Annuler"), address.here(modifier=None, retirer=None) + ANCHOR)
    if standing is None or standing.post.is_withdrawn:
        known, send = _new(room), _("Écrire un nouveau commentaire")
    else:
        known = {"move": "revise", "post_id": standing.post.post_id, "seq": str(standing.seq)}
        send = _("Envoyer quand même")
    return [form(fields, known, ids.INDICATOR_COMMENT, send, back)]


def _new(room: IndicatorRoom) -> dict[str, str]:
    """What a new comment is about."""
    return {
        "move": "comment",
        "indicator_id": room.indicator_id,
        "organisation_id": room.place.organisation_id,
        # Another form once one more comment stands: what was sent is cleared, not kept.
        "seq": str(max((one.last.seq for one in room.discussion.comments), default=0)),
    }


def _fields(
    body: str | None, period: str | None, periods: tuple[Period, ...], address: Address
) -> list[Any]:
    _ = translator(address.lang)
    options = [("", _("aucune période en particulier"))]
    options += [(period_code(one), formats.period_label(one, address.lang)) for one in periods]
    if period and period not in dict(options):
        options.append((period, period))
    return [
        area(_("Votre commentaire"), "body", body, rows=3),
        choose(_("À propos de"), "period", options, period),
    ]
