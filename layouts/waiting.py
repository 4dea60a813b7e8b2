"""Blockers and actions as a room shows them: what, where, who, since when."""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts import vocabulary
from layouts.opening import working_days
from layouts.parts import age_bar, empty, item
from pilotage.domain.blocker import Seriousness
from pilotage.formats import short_day
from pilotage.i18n import N_, Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import BlockerCard
from pilotage.rooms.level import Task

TASK_KINDS = {
    "recovery_plan": N_("Plan de redressement"),
    "action": N_("Action"),
    "decision": N_("Décision"),
}
TASK_STATES = {"to_do": N_("à faire"), "in_progress": N_("en cours"), "done": N_("fait")}


def blocker(card: BlockerCard, address: Address) -> html.Article:
    """One blocker: where it comes from, what it hurts, who is on it, its age against allowance."""
    lang = address.lang
    name = label(card.blocker.title, card.blocker.title_en, lang)
    title = html.A(name, href=blocker_link(card, address))
    bar = age_bar(card.age.days, card.age.allowed, age_words(card, lang), is_over=card.age.is_over)
    return item(title, _place(card, lang), [_hurt(card, address), bar, _state(card, lang)])


def blocker_link(card: BlockerCard, address: Address) -> str:
    """The blocker on the blockers' page."""
    return address.link("bloquants", bloquant=card.blocker.blocker_id)


def age_words(card: BlockerCard, lang: Lang) -> str:
    """« 13 jours ouvrables, permis : 10 », « 6 jours ouvrables sur 10 »."""
    _ = translator(lang)
    days = working_days(card.age.days, lang)
    if card.age.is_over:
        return _("{days}, permis : {allowed}").format(days=days, allowed=card.age.allowed)
    return _("{days} sur {allowed}").format(days=days, allowed=card.age.allowed)


def _place(card: BlockerCard, lang: Lang) -> str:
    _ = translator(lang)
    words = [label(card.place.label_fr, card.place.label_en, lang)]
    if card.blocker.owner:
        words.append(card.blocker.owner)
    if card.blocker.seriousness is Seriousness.CRITICAL:
        words.append(_(vocabulary.SERIOUSNESS[Seriousness.CRITICAL]))
    return " · ".join(words)


def _hurt(card: BlockerCard, address: Address) -> html.P | None:
    """The indicators it stands in the way of."""
    if not card.indicators:
        return None
    links: list[Any] = []
    for one in card.indicators[:3]:
        name = label(one.label_fr, one.label_en, address.lang)
        href = address.link("indicateurs", one.identifier, org=card.place.identifier)
        links += [html.A(name, href=href), ", "]
    others = len(card.indicators) - 3
    return html.P([*links[:-1], f" +{others}" if others > 0 else ""], className="quiet hurt")


def _state(card: BlockerCard, lang: Lang) -> html.P:
    _ = translator(lang)
    words = vocabulary.word(vocabulary.BLOCKER_STATES, card.blocker.state, lang)
    if card.age.climbs_soon and card.age.climbs_on is not None:
        when = short_day(card.age.climbs_on, lang)
        words = _("{state}; montera le {day}").format(state=words, day=when)
    return html.P(words, className="quiet")


def task(one: Task, lang: Lang) -> html.Article:
    """One plan, action or decision, its owner and its date."""
    _ = translator(lang)
    kind = vocabulary.word(TASK_KINDS, one.kind, lang) if one.kind else ""
    title = label(one.title, one.title_en, lang)
    due = short_day(one.due_on, lang) if one.due_on else ""
    late = _("échéance dépassée le {day}") if one.is_late else _("échéance {day}")
    state = vocabulary.word(TASK_STATES, one.state, lang) if one.state else ""
    said = [kind, one.owner or "", late.format(day=due) if due else "", state]
    return item(title, " · ".join(part for part in said if part), [_note(one)])


def _note(one: Task) -> html.P | None:
    return html.P(one.note, className="quiet") if one.note else None


def tasks(ones: Sequence[Task], address: Address) -> list[html.Article] | html.Div:
    """What is still to be done here; a sentence when nothing is."""
    _ = translator(address.lang)
    if ones:
        return [task(one, address.lang) for one in ones]
    return empty(
        _("Aucun plan, aucune action, aucune décision en cours."),
        _("Une carte hors cible offre « comment aider » pour en ouvrir."),
    )
