"""What a check found in a file, what loading it would change, and the button that loads it."""

from typing import Any

from dash import html

from layouts import vocabulary
from layouts.parts import data, more, section, status, table
from layouts.reading import reading
from pilotage import formats
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.upload import Found, Preview, Revised, Turned, UploadRoom


def report(room: UploadRoom, address: Address) -> list[Any]:
    """The whole report of one upload; the one sentence alone where there is no report."""
    _ = translator(address.lang)
    if not room.upload_id and not room.sentence:
        return []
    if not room.has_report:
        return [html.P(room.sentence, className="told refused")]
    note = f"{room.file_name} · {formats.size(room.size_bytes, address.lang)}"
    rows: list[Any] = [_counts(room, address.lang)]
    if room.state == "checked":
        if not room.loads_nothing:
            kind = "told refused" if room.errors else "told"
            rows.append(html.P(room.sentence, className=kind))
        rows.append(_decision(room, address))
    rows += _problems(room, address)
    if room.reading and room.state == "checked":
        rows += reading(room.reading, room.upload_id, address, is_needed=not room.subject)
    if room.preview and room.state in {"checked", "loading", "loaded"}:
        rows += preview(room.preview, address, is_done=room.state == "loaded")
    return [section(_("Vérification"), rows, note=note)]


def _counts(room: UploadRoom, lang: Lang) -> html.Dl:
    _ = translator(lang)
    pairs = [
        (_.plural("Ligne lue", "Lignes lues", room.rows_read), room.rows_read),
        (_.plural("Ligne refusée", "Lignes refusées", room.rows_refused), room.rows_refused),
        (_.plural("Erreur", "Erreurs", room.errors), room.errors),
        (_.plural("Avertissement", "Avertissements", room.warnings), room.warnings),
        (_("Avis"), room.notices),
    ]
    counts = [_count(name, formats.number(n, 0, lang)) for name, n in pairs]
    subject = _count(_("Sujet"), vocabulary.subject_words(room.subject, lang))
    return html.Dl([subject, *counts], className="counts")


def _count(name: str, value: str) -> html.Div:
    return html.Div([html.Dt(name), html.Dd(value)])


def _decision(room: UploadRoom, address: Address) -> html.Div:
    """Load all of it, or only the sound rows: nothing is written before one of these is chosen."""
    _ = translator(address.lang)
    if room.loads_nothing:
        words = _("Aucune ligne ne peut être versée. Corrigez le fichier et déposez-le de nouveau.")
        if room.reading and not room.subject:
            words = _(
                "Aucune ligne ne peut être versée telle quelle. Dites ci-dessous ce que "
                "contiennent ses colonnes, ou corrigez le fichier."
            )
        return html.Div(html.P(words, className="told refused"))
    if not room.errors:
        return html.Div([_button(_("Verser"), room, "strict")], className="actions")
    n = room.rows_refused
    words = translator(address.lang).plural(
        "La politique stricte refuse un fichier qui a une erreur. En quarantaine, les lignes "
        "saines sont versées et {n} ligne attend, visible, d'être corrigée.",
        "La politique stricte refuse un fichier qui a une erreur. En quarantaine, les lignes "
        "saines sont versées et {n} lignes attendent, visibles, d'être corrigées.",
        n,
    )
    buttons = [
        _button(_("Verser les lignes saines"), room, "quarantine"),
        _button(_("Verser sous la politique stricte"), room, "strict"),
    ]
    told = html.P(words.format(n=formats.number(n, 0, address.lang)), className="quiet")
    return html.Div([told, html.Div(buttons, className="actions")])


def _button(words: str, room: UploadRoom, policy: str) -> html.Button:
    return html.Button(words, type="button", **data(load=room.upload_id, policy=policy))


def _problems(room: UploadRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    if not room.problems:
        return []
    total = room.errors + room.warnings + room.notices
    heads = [_("Ligne"), _("Colonne"), _("Code"), _("Trouvé"), _("Quoi faire")]
    rows = [problem_row(one, address.lang) for one in room.problems]
    caption = _("Premiers problèmes du fichier")
    href = f"/api/uploads/{room.upload_id}/problems.csv?lang={address.lang}"
    words = (
        translator(address.lang)
        .plural("Le problème en CSV", "Les {n} problèmes en CSV", total)
        .format(n=formats.number(total, 0, address.lang))
    )
    return [
        html.H3(_("Problèmes")),
        table(heads, rows, caption, "problems"),
        html.P(html.A(words, href=href, className="link", download="problemes.csv")),
    ]


def problem_row(one: Found, lang: Lang) -> html.Tr:
    """One problem: line, column, code, what was found, what to write instead."""
    column = " ".join(part for part in (one.column_letter, one.column_name) if part)
    severity = vocabulary.word(vocabulary.SEVERITIES, one.severity, lang)
    line = formats.number(one.line, 0, lang) if one.line else "—"
    cells = [
        column or "—",
        [html.Code(one.code), html.Span(severity, className=f"severity {one.severity}")],
        html.Code(one.found) if one.found else "—",
        one.sentence,
    ]
    head = html.Th(
        [line, html.Span(one.file, className="quiet")] if one.file else line, scope="row"
    )
    return html.Tr([head, *(html.Td(cell) for cell in cells)])


def preview(seen: Preview, address: Address, *, is_done: bool = False) -> list[Any]:
    """What would be new, revised, unchanged, refused; before → after; what would turn.

    ``is_done`` says it as what happened.
    """
    _ = translator(address.lang)
    lang = address.lang
    pairs = [
        (_.plural("Nouvelle", "Nouvelles", seen.new), seen.new),
        (_.plural("Révisée", "Révisées", seen.changed), seen.changed),
        (_.plural("Inchangée", "Inchangées", seen.unchanged), seen.unchanged),
        (_.plural("Refusée", "Refusées", seen.refused), seen.refused),
        (_turned_words(lang, is_done=is_done), seen.turned_total),
    ]
    counts = [_count(name, formats.number(value, 0, lang)) for name, value in pairs]
    title = _("Ce que le versement a changé") if is_done else _("Ce que le versement changerait")
    revised = _("Valeurs révisées") if is_done else _("Valeurs qui seraient révisées")
    return [
        html.H3(title),
        html.Dl(counts, className="counts"),
        *_turned(seen, address, _turned_words(lang, is_done=is_done)),
        *_revised(seen, address, revised),
    ]


def _turned_words(lang: Lang, *, is_done: bool) -> str:
    _ = translator(lang)
    return _("Verdicts qui ont tourné") if is_done else _("Verdicts qui tourneraient")


def _turned(seen: Preview, address: Address, title: str) -> list[Any]:
    _ = translator(address.lang)
    if not seen.turned:
        return []
    heads = [_("Indicateur"), _("Organisation"), _("Avant"), _("Après")]
    rows = [_turned_row(one, address) for one in seen.turned]
    return [more(title, table(heads, rows, title), is_open=len(rows) <= 10)]


def _turned_row(one: Turned, address: Address) -> html.Tr:
    lang = address.lang
    before = status(one.before, lang) if one.before else "—"
    name = label(one.indicator.label_fr, one.indicator.label_en, lang)
    place = label(one.organisation.label_fr, one.organisation.label_en, lang)
    cells = [place, before, status(one.after, lang)]
    return html.Tr([html.Th(name, scope="row"), *(html.Td(cell) for cell in cells)])


def _revised(seen: Preview, address: Address, title: str) -> list[Any]:
    _ = translator(address.lang)
    if not seen.revised:
        return []
    heads = [_("Indicateur"), _("Organisation"), _("Période du"), _("Avant"), _("Après")]
    rows = [_revised_row(one, address) for one in seen.revised]
    return [more(title, table(heads, rows, title), is_open=len(rows) <= 10)]


def _revised_row(one: Revised, address: Address) -> html.Tr:
    lang = address.lang
    name = label(one.indicator.label_fr, one.indicator.label_en, lang)
    place = label(one.organisation.label_fr, one.organisation.label_en, lang)
    when = formats.day(one.period_start.date(), lang) if one.period_start else "—"
    figures = [formats.number(value, None, lang) for value in (one.before, one.after)]
    if one.before == one.after:
        figures[1] = translator(lang)("inchangé : seul ce qui l'accompagne est revu")
    cells = [html.Td(place), html.Td(when)]
    cells += [html.Td(figure) for figure in figures]
    return html.Tr([html.Th(name, scope="row"), *cells])
