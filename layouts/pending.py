"""Values that wait for an approval: the table of a file, and the notice on an indicator's page."""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts import measure
from layouts.parts import table
from layouts.sheet import take
from pilotage import formats
from pilotage.i18n import label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.pending import PendingValue

TABLE = "attente"
"""The name under which values that wait are taken away."""


def pending_table(
    pending: Sequence[PendingValue], address: Address, *, is_cut: bool = False
) -> list[Any]:
    """Each value that waits, beside what it would replace; ``is_cut`` where there are others."""
    _ = translator(address.lang)
    heads = [_("Indicateur"), _("Organisation"), _("Période"), _("En vigueur"), _("En attente")]
    rows = [_value_row(one, address) for one in pending]
    drawn: list[Any] = [
        table(heads, rows, _("Valeurs en attente d'approbation"), name=TABLE),
        take(address, TABLE),
    ]
    if is_cut:
        words = _("Les premières valeurs seulement ; le fichier en a d'autres.")
        drawn.append(html.P(words, className="quiet"))
    return drawn


def _value_row(one: PendingValue, address: Address) -> html.Tr:
    lang = address.lang
    place = one.organisation
    href = address.link("indicateurs", one.indicator.identifier, org=place.identifier)
    cells: list[Any] = [
        label(place.label_fr, place.label_en, lang),
        formats.period_label(one.period, lang),
        measure.quantity(one.before, one.unit, one.decimals, lang),
        html.Strong(measure.quantity(one.value, one.unit, one.decimals, lang)),
    ]
    name = html.A(label(one.indicator.label_fr, one.indicator.label_en, lang), href=href)
    return html.Tr([html.Th(name, scope="row"), *(html.Td(cell) for cell in cells)])


def pending_notice(pending: Sequence[PendingValue], address: Address) -> list[Any]:
    """What waits of one indicator, and where it is decided; nothing when nothing waits."""
    if not pending:
        return []
    _ = translator(address.lang)
    lang, n = address.lang, len(pending)
    last = max(pending, key=lambda one: one.period.end)
    words = _.plural(
        "{n} valeur attend une approbation et ne compte pas encore : {period}, {value}.",
        "{n} valeurs attendent une approbation et ne comptent pas encore ; la dernière : {period},"
        " {value}.",
        n,
    ).format(
        n=formats.number(n, 0, lang),
        period=formats.period_label(last.period, lang),
        value=formats.quantity(last.value, last.unit, last.decimals, lang),
    )
    door = html.A(_("Voir"), href=address.link("donnees", "accords"), className="link")
    return [html.P([words, " ", door], className="told waits")]
