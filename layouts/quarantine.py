"""The rows a load refused, each open to correction in place (``correction.js``)."""

from typing import Any

from dash import html

from layouts import ids
from layouts.parts import data, section
from layouts.upload import upload_field, upload_stores, upload_told
from pilotage import formats
from pilotage.i18n import Lang, translator
from pilotage.rooms.address import Address
from pilotage.rooms.quarantine import Quarantine, RefusedCell, RefusedRow


def quarantine(held: Quarantine | None, address: Address) -> list[Any]:
    """The zone of the rows that wait; nothing where none does."""
    if held is None or not held.total:
        return []
    _ = translator(address.lang)
    told = [*upload_stores(), upload_field(address.lang, is_hidden=True)]
    body = html.Div(waiting(held, address), id=ids.LOAD_QUARANTINE)
    return [section(_("Lignes à corriger"), [*told, body, *upload_told(address.lang)])]


def waiting(held: Quarantine, address: Address) -> list[Any]:
    """The rows and their form; what to do once none waits, or for who may only look."""
    _ = translator(address.lang)
    if not held.total:
        return [html.P(_("Plus aucune ligne n'attend."), className="told")]
    many = _.plural("{n} ligne attend.", "{n} lignes attendent.", held.total)
    count = html.P(html.Strong(many.format(n=formats.number(held.total, 0, address.lang))))
    if not held.may_correct:
        words = _("Seules les personnes qui versent pour cette organisation les corrigent.")
        shown = [_row(one, address.lang) for one in held.rows]
        return [count, html.P(words, className="quiet"), *shown]
    words = _(
        "Corrigez les cellules ici : seules les lignes modifiées partent, dans un petit fichier à "
        "part, vérifié comme les autres. Sans changement, toutes sont vérifiées de nouveau."
    )
    left = _.plural(
        "La suivante paraîtra ensuite.",
        "Les {n} suivantes paraîtront ensuite.",
        held.total - len(held.rows),
    ).format(n=formats.number(held.total - len(held.rows), 0, address.lang))
    reason = html.Label(
        [
            html.Span(_("Pourquoi des lignes sont laissées de côté")),
            html.Textarea(name="reason", rows=2, maxLength=500),
        ],
        className="reason wide",
    )
    parts = [
        html.P(words, className="quiet"),
        *(_row(one, address.lang, is_open=True) for one in held.rows),
        *([html.P(left, className="quiet")] if held.total > len(held.rows) else []),
        reason,
        html.P(role="status", **data(said="correction")),
        html.Div(html.Button(_("Vérifier les corrections"), type="submit"), className="actions"),
    ]
    return [count, html.Form(parts, className="correction", **data(corrects=str(held.load_seq)))]


def _row(one: RefusedRow, lang: Lang, *, is_open: bool = False) -> html.Fieldset:
    """One row: where it stands, what is wrong in it, its cells."""
    _ = translator(lang)
    line = _("Ligne {line}").format(line=formats.number(one.line, 0, lang))
    named = f"{line} · {one.file}" if one.file else line
    wrong = html.Ul([html.Li(text) for text in one.sentences], className="wrongs")
    if not is_open:
        said = " · ".join(cell.text for cell in one.cells if cell.text)
        return html.Fieldset([html.Legend(named), wrong, html.P(html.Code(said))])
    cells = html.Div([_cell(cell, one.row_no) for cell in one.cells], className="form")
    box = html.Span(**data(field="checkbox", name=f"left:{one.row_no}"))
    leave = html.Label([box, html.Span(_("Laisser cette ligne de côté"))], className="leave")
    return html.Fieldset([html.Legend(named), wrong, cells, leave])


def _cell(cell: RefusedCell, row_no: int) -> html.Label:
    field = html.Span(**data(field="text", name=f"{row_no}:{cell.field}", value=cell.text))
    kind = "wrong" if cell.is_wrong else None
    return html.Label([html.Span(cell.field), field], className=kind)
