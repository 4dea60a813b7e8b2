"""What several ministries follow: where it stands in each, on one line."""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts import measure
from layouts.below import COLUMNS
from layouts.parts import row, section, shape, standing_word, table, unseen
from layouts.sheet import take
from pilotage.domain.organisation import Organisation
from pilotage.i18n import label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.shared import Shared

TABLE = "partages"
"""The name under which the table is taken away."""
_NAMED = 2
"""Organisations off target named on a line; the others are counted."""


def shared_section(shared: Sequence[Shared], address: Address) -> list[html.Section]:
    """The zone; nothing where no indicator is shared."""
    if not shared:
        return []
    _ = translator(address.lang)
    states = [one for one in COLUMNS if any(each.tally[one] for each in shared)]
    heads: list[Any] = [_("Indicateur")]
    heads += [standing_word(one, address.lang) for one in states]
    heads += [_("organisations"), _("Où il est hors cible")]
    rows = [_row(one, states, address) for one in shared]
    title = _("Indicateurs partagés")
    note = _("suivis par plusieurs ministères, comptés une fois dans chacun")
    inside = [table(heads, rows, title, "shared", TABLE), take(address, TABLE)]
    return [section(title, inside, note=note)]


def _row(one: Shared, states: Sequence[Any], address: Address) -> html.Tr:
    lang = address.lang
    at = one.off[0] if one.off else one.places[0]
    href = address.link("indicateurs", one.indicator.identifier, org=at.organisation_id)
    name = label(one.indicator.label_fr, one.indicator.label_en, lang)
    title: list[Any] = [html.A(name, href=href)]
    if one.lead:
        led = translator(lang)("porteur : {place}").format(place=_name(one.lead, address))
        title.append(html.Small(led, className="quiet"))
    cells: list[Any] = [_count(one, state, lang) for state in states]
    cells += [measure.count(one.tally.total, lang), _where(one, address)]
    return row(title, cells)


def _count(one: Shared, state: Any, lang: Any) -> Any:
    count = one.tally[state]
    if not count:
        words = ["·", unseen(f"0 {standing_word(state, lang)}")]
        return measure.amount(0, words, decimals=0)
    return html.Span([shape(state), " ", measure.count(count, lang)], className=state.value)


def _where(one: Shared, address: Address) -> str:
    """« Justice, Santé et 3 autres »."""
    names = [_name(place, address) for place in one.off[:_NAMED]]
    if others := len(one.off) - len(names):
        words = translator(address.lang).plural("et {n} autre", "et {n} autres", others)
        names[-1] += " " + words.format(n=others)
    return ", ".join(names)


def _name(one: Organisation, address: Address) -> str:
    return label(one.label_fr, one.label_en, address.lang)
