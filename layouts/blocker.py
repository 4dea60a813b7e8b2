"""One blocker as a page shows it: title, whose, age against its allowance, what one may do."""

from typing import Any

from dash import html

from layouts import vocabulary
from layouts.parts import age_bar, item, named
from pilotage import formats
from pilotage.domain.blocker import BlockerState, LadderLevel, Seriousness
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import BlockerCard
from pilotage.rooms.waiting import is_put_off


def blocker_item(card: BlockerCard, address: Address, more: Any = None) -> html.Article:
    """The blocker as an entry of a column; its title opens it, its indicators open theirs."""
    blocker = card.blocker
    href = address.link("bloquants", b=blocker.blocker_id)
    name = named(blocker.title, blocker.title_en, address.lang)
    rows: list[Any] = [age_line(card, address.lang), *_indicators(card, address)]
    return item(
        html.A(name, href=href), " · ".join(facts_of(card, address.lang)), [*rows, *(more or [])]
    )


def facts_of(card: BlockerCard, lang: Lang) -> list[str]:
    """Whose it is, who is on it, how serious, in what state."""
    _ = translator(lang)
    blocker = card.blocker
    said = [label(card.place.label_fr, card.place.label_en, lang)]
    said.append(blocker.owner or _("personne ne l'a pris"))
    if blocker.seriousness is Seriousness.CRITICAL:
        said.append(vocabulary.word(vocabulary.SERIOUSNESS, blocker.seriousness, lang))
    if blocker.state is not BlockerState.OPEN:
        said.append(vocabulary.word(vocabulary.BLOCKER_STATES, blocker.state, lang))
    return said


def age_line(card: BlockerCard, lang: Lang) -> html.Div:
    """Age at the level against what is allowed there, in words and as a bar."""
    age = card.age
    if is_put_off(card) and card.blocker.state.is_live:
        # Its clock is stopped: a bar would measure against an allowance that does not run.
        return html.Div(html.Span(age_words(card, lang)), className="age")
    return age_bar(age.days, age.allowed, age_words(card, lang), is_over=age.is_over)


def age_words(card: BlockerCard, lang: Lang) -> str:
    """« 13 j ouvrables, permis : 10 », « 9 j ouvrables sur 10 · va monter »."""
    _ = translator(lang)
    blocker = card.blocker
    if blocker.resolved_on and not blocker.state.is_live:
        return _("réglé le {day}").format(day=formats.day(blocker.resolved_on, lang))
    if blocker.state is BlockerState.DEFERRED:
        return _deferred_words(card, lang)
    return _running_words(card, lang)


def _deferred_words(card: BlockerCard, lang: Lang) -> str:
    """Until when; once that day is past, since when its clock runs again; else that no day was set.

    A deferral without a day stops no clock: its age is said too.
    """
    _, due_on = translator(lang), card.blocker.due_on
    if due_on is None:
        age_said = _running_words(card, lang)
        return _("reporté sans date · {age}").format(age=age_said)
    day = formats.day(due_on, lang)
    if not card.age.is_over:
        return _("reporté au {day}").format(day=day)
    words = _.plural(
        "report échu le {day} : {days} j ouvrable, permis : {allowed}",
        "report échu le {day} : {days} j ouvrables, permis : {allowed}",
        card.age.days,
    )
    return words.format(day=day, days=card.age.days, allowed=card.age.allowed)


def _running_words(card: BlockerCard, lang: Lang) -> str:
    _, age = translator(lang), card.age
    if age.is_over:
        over = _.plural(
            "dépassé : {days} j ouvrable, permis : {allowed}",
            "dépassé : {days} j ouvrables, permis : {allowed}",
            age.days,
        )
        return over.format(days=age.days, allowed=age.allowed)
    said = _.plural(
        "{days} j ouvrable sur {allowed}", "{days} j ouvrables sur {allowed}", age.days
    ).format(days=age.days, allowed=age.allowed)
    return f"{said} · {_('va monter')}" if age.climbs_soon else said


def _indicators(card: BlockerCard, address: Address) -> list[Any]:
    if not card.indicators:
        return []
    links = [
        html.Li(
            html.A(
                label(one.label_fr, one.label_en, address.lang),
                href=address.link("indicateurs", one.identifier, org=card.place.identifier),
            )
        )
        for one in card.indicators
    ]
    return [html.Ul(links, className="tied quiet")]


def rung_word(level: LadderLevel, lang: Lang) -> str:
    """The name of a level of the ladder."""
    return vocabulary.word(vocabulary.RUNGS, level, lang)
