"""The zone « Ce qui a changé depuis… » : each figure and each blocker that moved, on one line."""

from typing import Any

from dash import html

from layouts import vocabulary
from layouts.card import CONFIDENCE_WORDS
from layouts.parts import empty, more, section, status
from pilotage import formats
from pilotage.domain.blocker import BlockerState
from pilotage.domain.status import Confidence
from pilotage.formats import NO_VALUE, day, period_label, target_label
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.change import Difference, Figure, Turn
from pilotage.rooms.since import Since
from pilotage.rooms.turn_words import counts

_NAMED = 8
"""Changes shown before « les autres »."""


def changes(since: Since | None, address: Address) -> list[Any]:
    """The zone; nothing where the address compares with no day."""
    if since is None:
        return []
    _ = translator(address.lang)
    leave = html.A(_("Ne plus comparer"), href=address.here(depuis=None))
    if since.first_day is None:
        words = _(
            "« {day} » n'est pas un jour d'avant celui que montre cette salle : "
            "il n'y a rien à comparer."
        ).format(day=since.asked)
        return [section(_("Ce qui a changé"), empty(words), note=leave, zone="changes")]
    first = day(since.first_day, address.lang)
    title = _("Ce qui a changé depuis le {day}").format(day=first)
    return [section(title, inside(since, first, address), note=leave, zone="changes")]


def inside(since: Since, first: str, address: Address, most: int = _NAMED) -> list[Any]:
    """How many changes of each kind, then each of them; or that there is none."""
    _ = translator(address.lang)
    if not since.changes:
        words = _(
            "Rien n'a changé depuis le {day} : mêmes états, mêmes valeurs, mêmes cibles, "
            "mêmes bloquants."
        )
        return [empty(words.format(day=first))]
    lines = [html.Li(_line(one, address)) for one in since.changes]
    drawn: list[Any] = [html.P(counts(since, address.lang), className="counts")]
    drawn.append(html.Ul(lines[:most], className="turns"))
    if hidden := lines[most:]:
        others = _.plural("{n} autre changement", "{n} autres changements", len(hidden))
        drawn.append(more(others.format(n=len(hidden)), html.Ul(hidden, className="turns")))
    return drawn


def mark(since: Since, lang: Lang) -> str:
    """What is said of a card that changed."""
    if since.first_day is None:
        return ""
    words = translator(lang)("a changé depuis le {day}")
    return words.format(day=day(since.first_day, lang))


def _line(one: Difference, address: Address) -> list[Any]:
    lang, known = address.lang, one.subject
    if isinstance(known, Figure):
        href = address.link("indicateurs", known.indicator_id, org=known.organisation_id)
        name = label(known.title_fr, known.title_en, lang)
        place = label(one.place.label_fr, one.place.label_en, lang) if one.place else ""
    else:
        href = address.link("bloquants", b=known.blocker_id)
        name, place = label(known.title, known.title_en, lang), translator(lang)("bloquant")
    title = [html.A(name, href=href), *([html.Small(place)] if place else [])]
    said: list[Any] = []
    for turn in one.turns:
        said += [*([" · "] if said else []), *_turn(turn, one, lang)]
    return [html.Span(title, className="what"), html.Span(said, className="how")]


def _turn(turn: Turn, one: Difference, lang: Lang) -> list[Any]:
    if isinstance(one.subject, Figure):
        before = one.before if isinstance(one.before, Figure) else None
        return _figure_turn(turn, before, one.subject, lang)
    return [_blocker_turn(turn, one, lang)]


def _figure_turn(turn: Turn, before: Figure | None, now: Figure, lang: Lang) -> list[Any]:
    _ = translator(lang)
    if turn is Turn.GONE:
        return [_("n'est plus suivi ici")]
    if before is None:
        return [_("nouveau ici : "), status(now.standing, lang)]
    if turn in {Turn.EASED, Turn.TIGHTENED, Turn.NEW_DUE}:
        words = {
            Turn.EASED: _("cible assouplie : {before} → {now}"),
            Turn.TIGHTENED: _("cible resserrée : {before} → {now}"),
        }.get(turn, _("autre cible : {before} → {now}"))
        return [words.format(before=_aim(before, lang), now=_aim(now, lang))]
    if turn is Turn.DECLARED:
        words = _("confiance : {before} → {now}")
        pair = [_confidence(each.confidence, lang) for each in (before, now)]
        return [words.format(before=pair[0], now=pair[1])]
    if turn in {Turn.MEASURED, Turn.REVISED}:
        return [_value_turn(turn, before, now, lang)]
    return [status(before.standing, lang), " → ", status(now.standing, lang)]


def _value_turn(turn: Turn, before: Figure, now: Figure, lang: Lang) -> str:
    _ = translator(lang)
    period = period_label(now.period, lang) if now.period else NO_VALUE
    said = {"before": _value(before, lang), "now": _value(now, lang), "period": period}
    if turn is Turn.REVISED:
        return _("valeur révisée ({period}) : {before} → {now}").format(**said)
    return _("{before} → {now} ({period})").format(**said)


def _blocker_turn(turn: Turn, one: Difference, lang: Lang) -> str:
    _ = translator(lang)
    known: Any = one.subject
    climbed = one.before is None or known.level > getattr(one.before, "level", known.level)
    said = {
        "day": day(known.raised_on, lang),
        "until": day(known.due_on, lang) if known.due_on else NO_VALUE,
        "owner": known.owner or NO_VALUE,
        "rung": vocabulary.word(vocabulary.RUNGS, known.level, lang).lower(),
    }
    is_deferred = known.state is BlockerState.DEFERRED and known.due_on
    words = {
        Turn.RAISED: _("signalé le {day}, niveau {rung}"),
        Turn.ESCALATED: _("monté au niveau {rung}") if climbed else _("escaladé"),
        Turn.REOPENED: _("rouvert"),
        Turn.LEARNED: _("signalé le {day}, connu depuis"),
        Turn.RESOLVED: _("réglé"),
        Turn.DEFERRED: _("reporté au {until}") if is_deferred else _("reporté"),
        Turn.RETURNED: _("retourné avec une réponse"),
        Turn.TAKEN: _("pris en charge par {owner}") if known.owner else _("pris en charge"),
    }.get(turn, _("n'apparaît plus"))
    return words.format(**said)


def _value(one: Figure, lang: Lang) -> str:
    if one.value is None:
        return one.value_text or NO_VALUE
    return formats.quantity(one.value, one.unit, one.decimals, lang)


def _aim(one: Figure, lang: Lang) -> str:
    said = target_label(one.direction.value, one.low, one.high, one.unit, one.decimals, lang)
    aimed = said or one.target_text or translator(lang)("aucune")
    if one.due_date is None:
        return aimed
    words = translator(lang)("{aim} au {day}")
    return words.format(aim=aimed, day=day(one.due_date, lang))


def _confidence(stated: Confidence | None, lang: Lang) -> str:
    _ = translator(lang)
    return _(CONFIDENCE_WORDS[stated]) if stated else _("rien de déclaré")
