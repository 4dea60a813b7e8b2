"""The explanation of a gap on the indicator page: what is said, what is asked for, the form."""

from typing import Any

from dash import dcc, html

from layouts import ids
from layouts.parts import data, facts, more, over, section
from layouts.phrase import rich
from layouts.post import area, form, prose, texts
from pilotage import formats
from pilotage.domain.period import period_code
from pilotage.i18n import Lang, translator
from pilotage.rooms.address import Address
from pilotage.rooms.card import OffTarget
from pilotage.rooms.discussion import Discussion
from pilotage.rooms.indicator import IndicatorRoom
from pilotage.rooms.post import Version
from pilotage.rooms.post_action import Posted


def explanation_zone(room: IndicatorRoom, address: Address) -> html.Div:
    """What is said, then the form, which another's news never redraws while one types in it."""
    parts = [
        html.Div(explanation(room, address), id=ids.INDICATOR_EXPLANATION),
        dcc.Store(id=ids.INDICATOR_EXPLAIN),
        html.Div(id=ids.INDICATOR_EXPLAIN_ANSWER, role="status"),
        html.Div(explain_form(room, address), id=ids.INDICATOR_EXPLAIN_FORM),
    ]
    # Cards lead here.
    return html.Div(parts, className="explained", id="explication", tabIndex=-1)


def explanation(room: IndicatorRoom, address: Address) -> list[Any]:
    """Nothing where it is on target and nobody ever explained anything, nor in public."""
    _ = translator(address.lang)
    held = room.discussion
    if not held.is_open or (held.off is None and not held.explanations):
        return []
    note = off_words(held.off, address.lang) if held.off else _("n'est plus hors cible")
    inside = [*_asked(room, address), *_history(held, address)]
    return [section(_("Explication de l'écart"), inside, note=note)]


def off_words(off: OffTarget, lang: Lang) -> str:
    """« hors cible depuis octobre 2026 », « depuis au moins » where what came before is unknown."""
    _ = translator(lang)
    words = (
        _("hors cible depuis au moins {period}")
        if off.is_longer
        else _("hors cible depuis {period}")
    )
    return words.format(period=formats.period_named(off.since, lang))


def _asked(room: IndicatorRoom, address: Address) -> list[Any]:
    """The explanation that stands, and whether another one is waited for, from whom."""
    _, held = translator(address.lang), room.discussion
    if held.period is None:
        return []
    owner = held.owner or _("la ou le responsable de l'indicateur")
    period = formats.period_named(held.period, address.lang)
    found = held.explanation
    if found is None:
        words = _("**Aucune explication donnée.** Demandée à {owner}, pour {period}.")
        return [html.P(rich(words.format(owner=owner, period=period)))]
    shown = _account(found, held, address)
    if found is held.own:
        return shown
    words = _("Elle date d'avant {period} : une nouvelle explication est demandée à {owner}.")
    return [*shown, html.P(words.format(owner=owner, period=period), className="awaited")]


def _account(version: Version, held: Discussion, address: Address) -> list[Any]:
    _, lang = translator(address.lang), address.lang
    words = version.post.words
    pairs: list[tuple[str, Any]] = [
        (_("Cause"), prose(words.body)),
        (_("Ce qui se fait"), prose(words.under_way or "")),
        (_("Retour à la cible"), _back(version, held, lang)),
    ]
    return [html.P(said_on(version, address), className="quiet"), facts(pairs)]


def _back(version: Version, held: Discussion, lang: Lang) -> html.Span:
    """The day expected back on target; a day past, while still off target, is said to be."""
    _ = translator(lang)
    day = version.post.words.back_on
    if day is None:
        return html.Span(_("date non donnée"), className="quiet")
    is_past = held.off is not None and held.judged_on is not None and day < held.judged_on
    words = _("{day} : date passée, toujours hors cible") if is_past else "{day}"
    return html.Span(words.format(day=formats.day(day, lang)), className=over("back", is_past))


def said_on(version: Version, address: Address) -> str:
    """« Explication du 3 mars 2026, pour février 2026, par … »; a correction says it is one."""
    _, lang = translator(address.lang), address.lang
    period = version.post.words.period
    words = (
        _("Explication du {day}, pour {period}, par {author}.")
        if version.post.version == 1
        else _("Explication corrigée le {day}, pour {period}, par {author}.")
    )
    named = formats.period_named(period, lang) if period else ""
    return words.format(day=formats.day(version.on, lang), period=named, author=version.post.by)


def _history(held: Discussion, address: Address) -> list[Any]:
    """Every other explanation and every version replaced, the latest period first."""
    _ = translator(address.lang)
    shown = held.explanation
    others = [
        one
        for written in held.explanations
        for one in reversed(written.versions)
        if shown is None or one.seq != shown.seq
    ]
    if not others:
        return []
    lines = [
        html.Li([html.P(said_on(one, address), className="quiet"), *texts(one.post, address)])
        for one in others
    ]
    return [more(_("Explications et versions d'avant ({n})").format(n=len(lines)), html.Ul(lines))]


def explain_form(room: IndicatorRoom, address: Address, posted: Posted | None = None) -> list[Any]:
    """The form of who may explain; after a clash, what she typed over what now stands."""
    _, held = translator(address.lang), room.discussion
    if posted is None and (held.period is None or not held.may_explain):
        return []
    typed = posted.asked if posted else {}
    standing = posted.standing if posted else held.own
    own = standing.post.words if standing and not posted else None
    known = {
        "move": "explain",
        "indicator_id": room.indicator_id,
        "organisation_id": room.place.organisation_id,
        "period": typed.get("period") or (period_code(held.period) if held.period else ""),
        "seq": str(standing.seq) if standing else "0",
    }
    day = typed.get("back_on") or (own.back_on.isoformat() if own and own.back_on else "")
    fields = [
        area(_("Cause de l'écart"), "body", own.body if own else typed.get("body")),
        area(_("Ce qui se fait"), "under_way", own.under_way if own else typed.get("under_way")),
        html.Label(
            [
                html.Span(_("Retour à la cible prévu le")),
                html.Span(**data(field="date", name="back_on", value=day)),
            ]
        ),
    ]
    send = _("Envoyer la correction") if standing else _("Envoyer l'explication")
    title = _("Corriger l'explication") if standing else _("Écrire l'explication")
    drawn = form(fields, known, ids.INDICATOR_EXPLAIN, send, None)
    return [more(title, drawn, is_open=posted is not None)]
