"""The X-matrix drawn: objectives above, organisations below, orientations left, indicators right.

Each marked cell says in words what its mark means, so that nothing hangs on where it stands. The
twin holds the same in rows, with every indicator; a phone is shown the twin, as a list.
"""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from dash import html

from layouts import measure
from layouts.alignment import place_name, target_words, value_words
from layouts.parts import aria, data, shape, standing_word, status, table, unseen
from pilotage.i18n import N_, Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.alignment import Aim
from pilotage.rooms.figure import Figure
from pilotage.rooms.hoshin import Column, Matrix
from pilotage.rooms.tree import Tree

TABLE_VIEW = "tableau"


def hoshin(room: Matrix, seen: Tree, address: Address) -> html.Div:
    """The drawing and its twin; ``?vue=tableau`` shows the twin on a large screen too."""
    is_table = address.parameters.get("vue") == TABLE_VIEW
    drawn = [html.Div(_cross(room, address), className="drawn")]
    twin = html.Div(matrix_table(room, seen, address), className="twin")
    kind = "hoshin as-table" if is_table else "hoshin"
    return html.Div([*drawn, twin], className=kind)


def hoshin_note(address: Address) -> html.A:
    """The way from the drawing to the table and back."""
    _ = translator(address.lang)
    is_table = address.parameters.get("vue") == TABLE_VIEW
    words = _("matrice") if is_table else _("tableau")
    return html.A(words, href=address.here(vue=None if is_table else TABLE_VIEW))


def _cross(room: Matrix, address: Address) -> list[Any]:
    _, lang = translator(address.lang), address.lang
    caption = _("Matrice en X : orientations, objectifs, indicateurs et organisations")
    drawn = html.Table(
        [
            html.Caption(caption),
            html.Tbody([_objective(one, room, lang) for one in room.objectives]),
            html.Tbody(_names(room, address), className="names"),
            html.Tbody([_organisation(name, room, address) for name in _places(room)]),
        ]
    )
    frame = html.Div(drawn, className="scroll", tabIndex=0, role="region", **aria(label=caption))
    said: list[Any] = [_legend(lang)]
    if hidden := len(room.columns) - len(room.drawn):
        words = _.plural(
            "{n} autre indicateur est dans le tableau.",
            "{n} autres indicateurs sont dans le tableau.",
            hidden,
        )
        said.append(html.P(words.format(n=hidden), className="quiet"))
    return [frame, *said]


def _places(room: Matrix) -> list[str]:
    return [one.organisation_id for one in room.organisations]


def _words(one: Aim, lang: Lang) -> str:
    return label(one.label_fr, one.label_en, lang)


def _title(one: Column, lang: Lang) -> str:
    figure = one.twig.figure
    return label(figure.title_fr, figure.title_en, lang)


def _mark(kind: str, words: str) -> html.Td:
    """A mark and what it says."""
    return html.Td([html.Span(className=f"tick {kind}", **aria(hidden=True)), unseen(words)])


def _objective(one: Aim, room: Matrix, lang: Lang) -> html.Tr:
    left = [
        _mark("full", _words(above, lang))
        if room.under.get(one.objective_id) == above.objective_id
        else html.Td()
        for above in room.orientations
    ]
    right = []
    for column in room.drawn:
        if column.objective_id != one.objective_id:
            right.append(html.Td())
            continue
        standing = column.twig.figure.standing
        words = f"{_title(column, lang)}, {standing_word(standing, lang)}"
        right.append(html.Td([shape(standing), unseen(words)], className=standing.value))
    head = html.Th(_words(one, lang), scope="row")
    return html.Tr([*left, head, *right])


def _names(room: Matrix, address: Address) -> html.Tr:
    """The middle of the cross: names of columns on both sides of the four words."""
    _, lang = translator(address.lang), address.lang
    left = [
        html.Th(html.Span(_words(one, lang), title=_words(one, lang)), scope="col")
        for one in room.orientations
    ]
    right = []
    for one in room.drawn:
        figure = one.twig.figure
        href = address.link("indicateurs", figure.indicator_id, org=figure.organisation_id)
        name = html.A(_title(one, lang), href=href, title=_title(one, lang))
        right.append(html.Th(html.Span(name), scope="col"))
    sides = [
        html.Span(words, className=side)
        for words, side in (
            (_("Objectifs"), "north"),
            (_("Orientations"), "west"),
            (_("Indicateurs"), "east"),
            (_("Organisations"), "south"),
        )
    ]
    return html.Tr([*left, html.Td(html.Div(sides, className="sides")), *right])


def _organisation(place: str, room: Matrix, address: Address) -> html.Tr:
    _, lang = translator(address.lang), address.lang
    one = next(one for one in room.organisations if one.organisation_id == place)
    served = {
        room.orientation_of(column)
        for column in room.columns
        if place == column.answers or place in column.contributing
    }
    left = [
        _mark("full", _words(above, lang)) if above.objective_id in served else html.Td()
        for above in room.orientations
    ]
    right = [_role(place, column, lang) for column in room.drawn]
    name = label(one.label_fr, one.label_en, lang)
    head = html.Th(html.A(name, href=address.link("cascade", place)), scope="row")
    return html.Tr([*left, head, *right])


def _role(place: str, column: Column, lang: Lang) -> html.Td:
    _ = translator(lang)
    if place == column.answers:
        return _mark("full", _("{title} : en répond").format(title=_title(column, lang)))
    if place in column.contributing:
        return _mark("ring", _("{title} : y contribue").format(title=_title(column, lang)))
    return html.Td()


def _legend(lang: Lang) -> html.P:
    _ = translator(lang)
    return html.P(
        [
            html.Span(className="tick full", **aria(hidden=True)),
            _("s'y rattache, ou en répond"),
            " · ",
            html.Span(className="tick ring", **aria(hidden=True)),
            _("y contribue, par elle-même ou plus bas"),
            " · ",
            _("le signe d'un indicateur est son état"),
        ],
        className="quiet legend",
    )


MATRIX = "matrice"
"""The name under which the matrix is taken away."""
_HEADS = (
    N_("Indicateur"),
    N_("Orientation"),
    N_("Objectif"),
    N_("État"),
    N_("Valeur"),
    N_("Cible"),
    N_("En répond"),
    N_("Y contribuent"),
)


def matrix_table(room: Matrix, seen: Tree, address: Address) -> html.Div:
    """One row an indicator, under its objective and its orientation."""
    _, lang = translator(address.lang), address.lang
    known = {one.objective_id: one for one in (*room.orientations, *room.objectives)}
    rows = [_twin_row(one, known, room, seen, address) for one in room.columns]
    measured = {one.objective_id for one in room.columns}
    rows += [
        _line(
            _("sans indicateur"),
            [_above(one.objective_id, known, room, lang), _words(one, lang)],
            lang,
        )
        for one in room.objectives
        if one.objective_id not in measured
    ]
    return table([_(head) for head in _HEADS], rows, _("La matrice en tableau"), "matrix", MATRIX)


def _twin_row(
    one: Column, known: dict[str, Aim], room: Matrix, seen: Tree, address: Address
) -> html.Tr:
    lang, figure = address.lang, one.twig.figure
    href = address.link("indicateurs", figure.indicator_id, org=figure.organisation_id)
    others = [place_name(name, seen, lang) for name in _places(room) if name in one.contributing]
    cells = [
        _above(one.objective_id, known, room, lang),
        _words(known[one.objective_id], lang),
        status(figure.standing, lang),
        _value(figure, lang),
        target_words(figure, lang),
        place_name(figure.organisation_id, seen, lang),
        ", ".join(others) or "—",
    ]
    return _line(html.A(_title(one, lang), href=href), cells, lang)


def _value(figure: Figure, lang: Lang) -> Any:
    """The figure with what it is, for who takes the table away."""
    if figure.value is None:
        return value_words(figure, lang)
    return measure.quantity(figure.value, figure.unit, figure.decimals, lang)


def _line(title: Any, cells: Sequence[Any], lang: Lang) -> html.Tr:
    """A row whose cells know their heads: a phone, which shows a list, writes them beside."""
    _ = translator(lang)
    drawn = [
        html.Td(cell, className="nil" if cell == "—" else None, **data(head=_(head)))
        for head, cell in zip_longest(_HEADS[1:], cells, fillvalue="—")
    ]
    return html.Tr([html.Th(title, scope="row"), *drawn])


def _above(objective_id: str, known: dict[str, Aim], room: Matrix, lang: Lang) -> str:
    name = room.under.get(objective_id)
    return _words(known[name], lang) if name in known else "—"
