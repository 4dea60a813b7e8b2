"""Who carries the gap: each child's share, as a bar and as a figure."""

from typing import Any

from dash import html

from layouts import ids, measure
from layouts.chart import quantity
from layouts.parts import aria, empty, section, status, table
from layouts.sheet import take
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.gap import Child, Gap, own_gap
from pilotage.rooms.indicator import IndicatorRoom


def gap_section(room: IndicatorRoom, address: Address) -> html.Section:
    """The zone, with the total in its note."""
    _ = translator(address.lang)
    return section(
        _("Qui porte l'écart"),
        gap(room, address),
        note=_note(room, address),
        name=ids.INDICATOR_GAP,
    )


def _note(room: IndicatorRoom, address: Address) -> str | None:
    """The gap the parts make up; where they make up another, both."""
    _ = translator(address.lang)
    if room.gap is None or not room.gap.total:
        return None
    total, verdict = quantity(room, room.gap.total, address.lang), room.verdict
    own = None
    if verdict is not None:
        own = own_gap(room.passport["direction"], verdict.value, verdict.low, verdict.high)
    told = quantity(room, own, address.lang) if own is not None else total
    if told == total:
        return _("contribution à un écart de {total}").format(total=total)
    words = _("ensemble {total} ; l'écart à la cible est de {own}")
    return words.format(total=total, own=told)


def gap(room: IndicatorRoom, address: Address) -> list[Any]:
    """Each child's share of the gap, the heaviest first; those without a figure are named."""
    _ = translator(address.lang)
    if room.gap is None:
        words = _("Cet indicateur n'est pas décomposé : personne ne le porte en dessous.")
        return [empty(words)]
    found = room.gap
    most = max((child.contribution or 0.0 for child in found.children), default=0.0)
    heads = [_("Qui"), _("Part de l'écart"), _("Valeur"), _("État")]
    rows = [_child_row(room, child, most, address) for child in found.children]
    caption = _("Contribution de chacun à l'écart")
    said: list[Any] = [table(heads, rows, caption, "gap", "ecart"), take(address, "ecart")]
    if found.others:
        said.append(html.P(_others(room, found, address.lang), className="quiet"))
    if found.is_partial:
        words = _("Une partie de ce que cet indicateur additionne est hors de votre vue.")
        said.append(html.P(words, className="quiet"))
    elif found.missing:
        words = translator(address.lang).plural(
            "Total incomplet : {n} n'a pas de valeur.",
            "Total incomplet : {n} n'ont pas de valeur.",
            found.missing,
        )
        said.append(html.P(words.format(n=found.missing), className="quiet"))
    return said


def _others(room: IndicatorRoom, found: Gap, lang: Lang) -> str:
    plural = translator(lang).plural
    if found.others_contribution is None:
        words = plural("{n} autre, sans part connue", "{n} autres, sans part connue", found.others)
        return words.format(n=found.others)
    words = plural("{n} autre : {total}", "Les {n} autres ensemble : {total}", found.others)
    return words.format(n=found.others, total=quantity(room, found.others_contribution, lang))


def _child_row(room: IndicatorRoom, child: Child, most: float, address: Address) -> html.Tr:
    lang = address.lang
    is_same = child.indicator_id == room.indicator_id
    place = label(child.organisation_fr, child.organisation_en, lang)
    name = place if is_same else label(child.title_fr, child.title_en, lang)
    href = address.link("indicateurs", child.indicator_id, org=child.organisation_id)
    share: Any = "—"
    if child.contribution is not None:
        bar = html.Progress(value=str(child.contribution), max=str(most or 1), **aria(hidden=True))
        unit, decimals = room.passport["unit"], room.passport["decimals"]
        words = html.Span(measure.quantity(child.contribution, unit, decimals, lang))
        share = html.Div([html.Span(bar, className="share"), words], className="carry")
    value = measure.quantity(child.value, child.unit, child.decimals, lang)
    title: list[Any] = [html.A(name, href=href)]
    title += [] if is_same else [html.Span(place, className="quiet")]
    cells = [share, value, status(child.standing, lang)]
    return html.Tr([html.Th(title, scope="row"), *(html.Td(cell) for cell in cells)])
