"""Sums of the cascade drawn: what adds up, what does not and by how much, what is missing."""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts.alignment import place_name
from layouts.parts import empty, item, more, row, standing_word, status, table
from layouts.phrase import rich
from pilotage import formats
from pilotage.domain.period import starting
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.figure import Figure
from pilotage.rooms.sum_check import Check, Part, Total
from pilotage.rooms.tree import Tree


def sums(checks: Sequence[Check], seen: Tree, address: Address) -> list[Any]:
    """What does not add up and what is incomplete; the others are one line to open."""
    _ = translator(address.lang)
    if not checks:
        words = _("Aucun indicateur n'est la somme d'autres, parmi ceux que vous pouvez voir.")
        return [empty(words)]
    told = [one for one in checks if one.parts]
    odd = [one for one in told if one.differs or not one.is_complete]
    even = [one for one in told if not one.differs and one.is_complete]
    drawn: list[Any] = [_check(one, seen, address) for one in odd]
    if even:
        words = _.plural("{n} somme tombe juste", "{n} sommes tombent juste", len(even))
        lines = [_check(one, seen, address) for one in even]
        drawn.append(more(words.format(n=len(even)), lines, is_open=not odd))
    if unseen := len(checks) - len(told):
        words = _.plural(
            "{n} somme se vérifie plus bas que ce que vous pouvez voir.",
            "{n} sommes se vérifient plus bas que ce que vous pouvez voir.",
            unseen,
        )
        drawn.append(html.P(words.format(n=unseen), className="quiet"))
    return drawn


def sums_note(checks: Sequence[Check], lang: Lang) -> str | None:
    """How many of them add up."""
    told = [one for one in checks if one.parts]
    if not told:
        return None
    even = sum(not one.differs and one.is_complete for one in told)
    return translator(lang)("{n} sur {all} tombent juste").format(n=even, all=len(told))


def _check(check: Check, seen: Tree, address: Address) -> html.Article:
    _, lang, parent = translator(address.lang), address.lang, check.parent
    href = address.link("indicateurs", parent.indicator_id, org=parent.organisation_id)
    title = html.A(label(parent.title_fr, parent.title_en, lang), href=href)
    said = [place_name(parent.organisation_id, seen, lang)]
    if check.kind is not None and check.start is not None:
        said.append(formats.period_label(starting(check.kind, check.start), lang))
    if check.hidden:
        return item(title, " · ".join(said), [html.P(veiled_sentence(lang))])
    body = [
        html.P(rich(value_sentence(check, seen, lang))),
        html.P(rich(target_sentence(check, seen, lang))),
        more(_("Les chiffres des enfants"), _parts(check, seen, address)),
    ]
    return item(title, " · ".join(said), body)


def veiled_sentence(lang: Lang) -> str:
    """What is said of a sum whose every child cannot be seen: no part, no count, no total."""
    return translator(lang)(
        "Somme non vérifiée ici : une partie de ce qu'elle additionne est hors de votre vue."
    )


def value_sentence(check: Check, seen: Tree, lang: Lang) -> str:
    """Whether the values add up; by how much they do not; who has none in that period."""
    _, total = translator(lang), check.value
    if total.known is None:
        return _("Valeurs : aucun enfant n'en a pour cette période.")
    known = _quantity(check.parent, total.known, lang)
    if not total.is_complete:
        lacking = [_named(one, check, seen, lang) for one in check.missing]
        words = _("**Valeurs : total incomplet**, {known} pour {n} sur {all} ; il manque {names}.")
        said = words.format(
            known=known,
            n=total.counted,
            all=total.expected,
            names=", ".join(lacking),
        )
        return f"{said} {_parent_says(check, total, lang)}".strip()
    if check.is_rolled:
        return _("Valeurs : {known}, calculé à partir des enfants.").format(known=known)
    if total.said is None:
        words = _("Valeurs : les enfants font {known} ; le parent n'en a pas.")
        return words.format(known=known)
    if not total.difference:
        return _("Valeurs : les enfants font {known}, comme le parent.").format(known=known)
    return _("**Valeurs : {gap}** ; les enfants font {known}, le parent dit {said}.").format(
        gap=_gap(check.parent, total, lang),
        known=known,
        said=_quantity(check.parent, total.said, lang),
    )


def target_sentence(check: Check, seen: Tree, lang: Lang) -> str:
    """Whether the targets add up; by how much they do not; who has none at the same date."""
    _, total = translator(lang), check.target
    if total.said is None:
        return _("Cibles : le parent n'a pas de cible qui s'additionne.")
    said = _quantity(check.parent, total.said, lang)
    if total.known is None:
        words = _("Cibles : le parent vise {said} ; aucun enfant n'a de cible à cette échéance.")
        return words.format(said=said)
    known = _quantity(check.parent, total.known, lang)
    if not total.is_complete:
        names = [
            _("{name} (sans cible à cette échéance)").format(
                name=place_name(one.figure.organisation_id, seen, lang)
            )
            for one in check.unaimed
        ]
        words = _(
            "**Cibles : total incomplet**, {known} pour {n} sur {all}, le parent vise {said} ; "
            "il manque {names}."
        )
        return words.format(
            known=known,
            n=total.counted,
            all=total.expected,
            said=said,
            names=", ".join(names),
        )
    if not total.difference:
        return _("Cibles : les enfants visent ensemble {known}, comme le parent.").format(
            known=known
        )
    words = _("**Cibles : {gap}** ; les enfants visent ensemble {known}, le parent {said}.")
    return words.format(gap=_gap(check.parent, total, lang), known=known, said=said)


def _parent_says(check: Check, total: Total, lang: Lang) -> str:
    if total.said is None:
        return ""
    said = _quantity(check.parent, total.said, lang)
    return translator(lang)("Le parent dit {said}.").format(said=said)


def _gap(parent: Figure, total: Total, lang: Lang) -> str:
    """« 10 de trop » from the parent's side: children above it, or short of it."""
    _, gap = translator(lang), total.difference or 0.0
    amount = _quantity(parent, abs(gap), lang)
    words = _("{amount} de plus que le parent") if gap > 0 else _("{amount} de moins que le parent")
    return words.format(amount=amount)


def _quantity(parent: Figure, value: float, lang: Lang) -> str:
    return formats.quantity(value, parent.unit, parent.decimals, lang)


def _named(part: Part, check: Check, seen: Tree, lang: Lang) -> str:
    """Who has no value there, and since when, or why its value is not added."""
    _, figure = translator(lang), part.figure
    place = place_name(figure.organisation_id, seen, lang)
    if figure.unit != check.parent.unit:
        return _("{name} (autre unité)").format(name=place)
    if figure.value is None or figure.kind is None or figure.start is None:
        return f"{place} ({standing_word(figure.standing, lang)})"
    last = formats.period_label(starting(figure.kind, figure.start), lang)
    return _("{name} (dernière valeur : {period})").format(name=place, period=last)


def _parts(check: Check, seen: Tree, address: Address) -> html.Div:
    _, lang = translator(address.lang), address.lang
    rows = []
    for one in check.parts:
        figure = one.figure
        href = address.link("indicateurs", figure.indicator_id, org=figure.organisation_id)
        place = place_name(figure.organisation_id, seen, lang)
        cells = [
            formats.quantity(number, figure.unit, figure.decimals, lang)
            for number in (one.value, one.target)
        ]
        rows.append(row(html.A(place, href=href), [*cells, status(figure.standing, lang)]))
    heads = [_("Enfant"), _("Valeur"), _("Cible"), _("État")]
    return table(heads, rows, _("Les enfants de cette somme"), "sums")
