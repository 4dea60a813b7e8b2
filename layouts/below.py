"""Organisations × standings: a table of counts one can go down into."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from unicodedata import normalize

from dash import html
from dash.development.base_component import Component

from layouts import measure
from layouts.parts import framed, shape, standing_word, unseen
from layouts.sheet import take
from pilotage.domain.status import Standing
from pilotage.i18n import N_, Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.branch import Branch
from pilotage.rooms.tally import Tally, together

COLUMNS = (
    Standing.OFF_TARGET,
    Standing.AT_RISK,
    Standing.ON_TRACK,
    Standing.STALE,
    Standing.MISSING,
    Standing.IN_ERROR,
    Standing.DISPUTED,
    Standing.NO_STATUS,
)
"""Every standing there is: a row adds up to its total."""
_SHADES = 4
TABLE = "organisations"
"""The name under which the table is taken away."""
STATE_FUNCTIONS = (
    N_("Gouverne et justice"),
    N_("Santé et services sociaux"),
    N_("Soutien aux personnes et aux familles"),
    N_("Économie et environnement"),
    N_("Éducation et culture"),
)
"""Québec's functions of the State, so that they are translated; others are shown as published."""


def below(branches: Sequence[Branch], address: Address) -> list[Component]:
    """One table; grouped by state function where the organisations name theirs."""
    return [*heat(branches, address, is_grouped=False)] if branches else []


def heat(
    branches: Sequence[Branch], address: Address, *, is_grouped: bool, is_by_gap: bool = False
) -> list[Component]:
    """Organisations in rows, standings in columns, counts with their shapes; links to take it away.

    The ground of « off target » darkens with its share of the row: the number says it too. The
    last column is that share among figures with a status; ``is_by_gap`` orders rows by it.
    """
    _ = translator(address.lang)
    lang = address.lang
    shown = [one for one in COLUMNS if any(row.below[one] for row in branches)]
    heads = [html.Th(_("Organisation"), scope="col")]
    heads += [html.Th(standing_word(one, lang), scope="col") for one in shown]
    heads.append(html.Th(_("indicateurs"), scope="col"))
    heads.append(
        html.Th(
            _("part hors cible, parmi les jugés"),
            scope="col",
            title=_("hors cible, sur ceux qui ont un statut"),
        )
    )
    caption = _("Organisations et états de leurs indicateurs")
    rows = sorted(branches, key=_gap) if is_by_gap else branches
    bodies = _bodies(rows, shown, address, is_grouped=is_grouped and not is_by_gap)
    bodies.append(_foot(branches, shown, address.lang))
    inside = [html.Caption(caption), html.Thead(html.Tr(heads)), *bodies]
    drawn = html.Table(inside, className="heat")
    return [framed(drawn, caption, TABLE), take(address, TABLE)]


def _bodies(
    branches: Sequence[Branch], shown: Sequence[Standing], address: Address, *, is_grouped: bool
) -> list[Any]:
    # One organisation seen alone has its function out of sight: a group of « — » says nothing.
    if not is_grouped or not any(one.organisation.state_function for one in branches):
        return [html.Tbody([_row(one, shown, address) for one in branches])]
    bodies: list[Any] = []
    _ = translator(address.lang)
    ordered = sorted(branches, key=lambda one: _spelt(one.organisation.state_function))
    for name, group in groupby(ordered, key=lambda one: one.organisation.state_function):
        head = html.Th(_(name) if name else "—", scope="rowgroup", colSpan=str(len(shown) + 3))
        rows = [_row(one, shown, address) for one in group]
        bodies.append(html.Tbody([html.Tr(head), *rows], className="group"))
    return bodies


def _spelt(name: str | None) -> str:
    """A key to sort by, accents aside; what has no name comes last."""
    return normalize("NFD", name) if name else "\uffff"


def _foot(branches: Sequence[Branch], shown: Sequence[Standing], lang: Lang) -> html.Tfoot:
    every = together(one.below for one in branches)
    cells = [
        html.Td([shape(one), measure.count(every[one], lang)], className=one.value) for one in shown
    ]
    head = html.Th(translator(lang)("Ensemble"), scope="row")
    return html.Tfoot(
        html.Tr([head, *cells, html.Td(measure.count(every.total, lang)), _rate(every, lang)])
    )


def _row(one: Branch, shown: Sequence[Standing], address: Address) -> html.Tr:
    lang = address.lang
    name = label(one.organisation.label_fr, one.organisation.label_en, lang)
    head = html.Th(html.A(name, href=address.link(*one.room)), scope="row")
    cells = [_cell(standing, one.below, lang) for standing in shown]
    return html.Tr(
        [head, *cells, html.Td(measure.count(one.below.total, lang)), _rate(one.below, lang)]
    )


def _gap(one: Branch) -> tuple[float, int, str]:
    """The largest share off target first; what has no status comes last."""
    tally = one.below
    share = tally[Standing.OFF_TARGET] / tally.judged if tally.judged else -1.0
    return -share, -tally[Standing.OFF_TARGET], one.organisation.label_fr


def _rate(tally: Tally, lang: Lang) -> html.Td:
    """The share off target among figures with a status; a dash where none has one."""
    share = 100 * tally[Standing.OFF_TARGET] / tally.judged if tally.judged else None
    return html.Td(measure.percent(share, lang), className="rate")


def _cell(standing: Standing, tally: Tally, lang: Lang) -> html.Td:
    count = tally[standing]
    if not count:
        words = ["·", unseen(f"0 {standing_word(standing, lang)}")]
        return html.Td(measure.amount(0, words, decimals=0), className="nil")
    classes = standing.value
    if standing is Standing.OFF_TARGET:
        classes += f" off{shade(count, tally.total)}"
    return html.Td([shape(standing), measure.count(count, lang)], className=classes)


def shade(count: int, total: int) -> int:
    """1 (few) to 4 (three quarters and more) of the row."""
    return min(_SHADES, 1 + _SHADES * count // max(total, 1))
