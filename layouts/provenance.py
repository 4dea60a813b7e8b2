"""Where a figure comes from: file, line, load, author; and what it replaced."""

from datetime import date, datetime
from typing import Any

from dash import html

from layouts import vocabulary
from layouts.chart import aim_words, quantity
from layouts.parts import empty, item, more
from layouts.sheet import take
from pilotage import formats
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.indicator import IndicatorRoom
from pilotage.rooms.provenance import (
    DISPUTED,
    IN_ERROR,
    PROVISIONAL,
    UNVERIFIED,
    WITHDRAWN,
    AimVintage,
    Source,
    Vintage,
)

_MOST_SHOWN = 6


def origin(room: IndicatorRoom, address: Address) -> list[Any]:
    """The current value's line in its file, then the values it replaced, newest first."""
    _ = translator(address.lang)
    if room.verdict and room.verdict.is_rolled_up:
        return [empty(_rolled_words(room, address.lang))]
    if not room.vintages:
        return [empty(_("Aucun fichier n'a encore apporté de valeur."))]
    current = next((one for one in room.vintages if one.is_current), room.vintages[0])
    found: list[Any] = [_current(room, current, address)]
    older = [one for one in room.vintages if one is not current]
    if older:
        words = translator(address.lang).plural(
            "{n} valeur remplacée", "{n} valeurs remplacées", len(older)
        )
        lines = [html.Li(_replaced(room, one, address)) for one in older]
        found.append(more(words.format(n=len(older)), html.Ul(lines), is_open=len(older) <= 3))
    is_partial = room.gap is not None and room.gap.is_partial
    if room.verdict and room.verdict.rolled_value is not None and not is_partial:
        found.append(html.P(_rolled_beside(room, address.lang), className="quiet"))
    return [*found, take(address, "provenance")]


def _rolled_words(room: IndicatorRoom, lang: Lang) -> str:
    _ = translator(lang)
    missing = len(room.verdict.rolled_missing) if room.verdict else 0
    if not missing:
        return _("Calculé à partir des indicateurs enfants, listés sous « Qui porte l'écart ».")
    names = [label(one.label_fr, one.label_en, lang) for one in room.silent]
    if len(names) < missing:
        words = _.plural("{n} autre enfant", "{n} autres enfants", missing - len(names))
        names.append(words.format(n=missing - len(names)))
    said = _("Calculé à partir des indicateurs enfants ; il manque : {names}.")
    return said.format(names=", ".join(names))


def _rolled_beside(room: IndicatorRoom, lang: Lang) -> str:
    _ = translator(lang)
    rolled = room.verdict.rolled_value if room.verdict else None
    value = room.verdict.value if room.verdict else None
    words = _("Recalculé à partir des enfants : {rolled} ; écart avec la valeur publiée : {gap}.")
    gap = None if rolled is None or value is None else value - rolled
    return words.format(rolled=quantity(room, rolled, lang), gap=quantity(room, gap, lang))


def _current(room: IndicatorRoom, one: Vintage, address: Address) -> html.Article:
    period = room.verdict.period if room.verdict else None
    said = figure_words(room, one, address.lang)
    if period:
        said = f"{said} · {formats.period_label(period, address.lang)}"
    rows = [html.P(words, className="quiet") for words in source_lines(one.source, address)]
    if one.comment:
        rows.append(html.P(f"« {one.comment} »"))
    return item(said, more=rows)


def source_lines(source: Source, address: Address) -> list[Any]:
    """File and line, then when it was received and published, by whom and which way."""
    _ = translator(address.lang)
    lang = address.lang
    lines: list[Any] = [source_link(source, address)]
    if source.received_at:
        words = _("reçu le {at} {way} ({author})")
        lines.append(
            words.format(
                at=formats.moment(source.received_at, lang),
                way=vocabulary.word(vocabulary.WAYS_IN, source.way_in, lang),
                author=vocabulary.author_words(source.author, lang),
            )
        )
    lines.append(_("publié le {at}").format(at=published(source.published_at, lang)))
    if source.profile:
        lines.append(_("lu par le profil « {profile} »").format(profile=source.profile))
    return lines


def source_link(source: Source, address: Address, kind: str = "link") -> html.A:
    """The file and the line, as the door to their load; says when that load was taken back."""
    _ = translator(address.lang)
    href = address.link("donnees", "versements", str(source.load_seq))
    words = _("{file}, ligne {line}").format(file=source.file_name or "—", line=source.line)
    if source.is_withdrawn:
        words = _("{place} · versement retiré").format(place=words)
    return html.A(words, href=href, className=kind)


def published(when: datetime, lang: Lang) -> str:
    """A publication time; a declared day, kept as its midnight, is shown as that day."""
    return formats.day(when.date(), lang) if _is_day(when) else formats.moment(when, lang)


def day_of(when: datetime) -> date:
    """The local day of a moment; a declared day, kept as its midnight, is that day."""
    return when.date() if _is_day(when) else formats.local(when).date()


def _is_day(when: datetime) -> bool:
    return when.hour == when.minute == when.second == 0


def figure_words(room: IndicatorRoom, one: Vintage, lang: Lang) -> str:
    """A published value with its unit, and what its file says of it."""
    _ = translator(lang)
    if one.state == WITHDRAWN:
        return _("valeur retirée")
    said = one.text if one.value is None and one.text else quantity(room, one.value, lang)
    marks = {
        PROVISIONAL: _("provisoire"),
        DISPUTED: _("contestée"),
        IN_ERROR: _("en erreur"),
        UNVERIFIED: _("non vérifiée"),
    }
    return f"{said} ({marks[one.state]})" if one.state in marks else said


def _replaced(room: IndicatorRoom, one: Vintage, address: Address) -> list[Any]:
    _ = translator(address.lang)
    words = _("{value}, publié le {at}").format(
        value=figure_words(room, one, address.lang),
        at=published(one.source.published_at, address.lang),
    )
    return [words, html.Br(), source_link(one.source, address, "quiet")]


def target_note(room: IndicatorRoom, address: Address) -> str | None:
    """How many times a target was revised."""
    _ = translator(address.lang)
    if not room.targets:
        return None
    revised = sum(one.before is not None and not one.source.is_withdrawn for one in room.targets)
    words = translator(address.lang).plural("{n} révision", "{n} révisions", revised)
    return words.format(n=revised) if revised else _("jamais révisées")


def targets(room: IndicatorRoom, address: Address) -> list[Any]:
    """Every target ever published; a replaced one says by what, an eased one is marked."""
    _ = translator(address.lang)
    if not room.targets:
        return [empty(_("Aucune cible n'a été publiée : rien ne dit ce qui est visé."))]
    newest = sorted(
        room.targets,
        key=lambda one: (one.aim.due or date.max, one.source.published_at, one.source.load_seq),
        reverse=True,
    )
    shown = [html.Li(_target(room, one, address)) for one in newest]
    found: list[Any] = [html.Ul(shown[:_MOST_SHOWN], className="targets tiles")]
    if len(shown) > _MOST_SHOWN:
        rest = html.Ul(shown[_MOST_SHOWN:], className="targets tiles")
        found.append(more(_("Toutes les cibles"), rest))
    return [*found, take(address, "cibles")]


def _target(room: IndicatorRoom, one: AimVintage, address: Address) -> list[Any]:
    _ = translator(address.lang)
    lang, aim = address.lang, one.aim
    words = aim_words(room, aim.low, aim.high, lang) or aim.text or "—"
    due = formats.day(aim.due, lang) if aim.due else _("sans échéance")
    head: Any = html.B(f"{words} · {due}")
    told: list[Any] = [html.S(head) if aim.replaced_on else head]
    if one.is_eased:
        told.append(html.Span(_("cible assouplie"), className="mark at_risk"))
    told += [html.Br(), html.Span(_target_words(room, one, lang), className="quiet")]
    told += [html.Br(), source_link(one.source, address, "quiet")]
    if aim.justification:
        told.append(html.P(f"« {aim.justification} »", className="quiet"))
    return told


def _target_words(room: IndicatorRoom, one: AimVintage, lang: Lang) -> str:
    """When and by whom it was published; what it revised, and when it was replaced."""
    _ = translator(lang)
    aim = one.aim
    at, author = (
        formats.day(aim.published_on, lang),
        vocabulary.author_words(one.source.author, lang),
    )
    words = _("publiée le {at} par {author}").format(at=at, author=author)
    if one.before is not None:
        revised = (
            _("assouplie le {at} par {author} : {before} → {after}")
            if one.is_eased
            else _("révisée le {at} par {author} : {before} → {after}")
        )
        before, after = (
            aim_words(room, bounds.low, bounds.high, lang) or bounds.text or "—"
            for bounds in (one.before, aim)
        )
        words = revised.format(at=at, author=author, before=before, after=after)
    if aim.replaced_on and not one.source.is_withdrawn:
        then = formats.day(aim.replaced_on, lang)
        words = _("{words} ; remplacée le {then}").format(words=words, then=then)
    return words
