"""The calendar of what is expected: what is late first, what comes within the month, by whom."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts import ids, measure, vocabulary
from layouts.parts import crumb, empty, section, shape, table
from layouts.sheet import take
from pilotage import formats
from pilotage.domain.status import Standing
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import Named
from pilotage.rooms.calendar import MOST_OWED, CalendarRoom, Expected, Line, Skipped


def title(_room: CalendarRoom, address: Address) -> str:
    """The page's name."""
    return translator(address.lang)("Calendrier des données")


def layout(room: CalendarRoom, address: Address) -> list[Component]:
    """Where one is, then the part that changes."""
    _ = translator(address.lang)
    steps = [(_("Données"), address.link("donnees")), (_("Calendrier"), None)]
    return [
        crumb(steps, address.lang),
        html.H1(_("Calendrier des données")),
        html.Div(body(room, address), id=ids.CALENDAR_BODY),
    ]


def body(room: CalendarRoom, address: Address) -> list[Any]:
    """The sentence, what is late and what comes, beside the organisations."""
    _ = translator(address.lang)
    main = [
        section(
            _("En retard"), _late(room, address), note=_cut(room.late_total, room.late, address)
        ),
        section(
            _("D'ici trente jours"),
            _soon(room, address),
            note=_cut(room.soon_total, room.soon, address),
        ),
    ]
    if room.skipped:
        main.insert(
            1,
            section(
                _("Périodes sautées"),
                _skipped(room, address),
                note=formats.number(room.skipped_total, 0, address.lang),
            ),
        )
    side = section(_("Par organisation et par fréquence"), _lines(room, address))
    return [
        html.P(_lede(room, address.lang), className="lede"),
        *_doors(room, address),
        html.Div([html.Div(main), html.Aside(side)], className="cols"),
    ]


def _lede(room: CalendarRoom, lang: Lang) -> str:
    plural = translator(lang).plural
    if not room.expected:
        return translator(lang)("Aucune valeur n'est attendue parmi ce que vous voyez.")
    late = plural("{n} série en retard", "{n} séries en retard", room.late_total)
    soon = plural(
        "{n} attendue d'ici trente jours", "{n} attendues d'ici trente jours", room.soon_total
    )
    all_ = plural("sur {n} suivie", "sur {n} suivies", room.expected)
    said = (
        (late, room.late_total),
        (soon, room.soon_total),
        (all_, room.expected),
    )
    return ", ".join(words.format(n=formats.number(n, 0, lang)) for words, n in said) + "."


def _doors(room: CalendarRoom, address: Address) -> list[Any]:
    """Back to all organisations; one's own file to fill in."""
    _ = translator(address.lang)
    doors: list[Any] = []
    if room.chosen:
        name = label(room.chosen.label_fr, room.chosen.label_en, address.lang)
        doors.append(html.Span(name))
        doors.append(html.A(_("toutes les organisations"), href=address.here(org=None)))
    if room.can_load:
        name = "mesures-a-remplir.csv"
        words = _("Vos mesures à remplir")
        doors.append(html.A(words, href=f"/api/contrats/{name}", download=name))
    return [html.P(doors, className="tabs")] if doors else []


def _cut(total: int, shown: Sequence[Expected], address: Address) -> str | None:
    if total <= len(shown):
        return None
    words = translator(address.lang)("les {shown} premières sur {n}")
    lang = address.lang
    return words.format(shown=formats.number(len(shown), 0, lang), n=formats.number(total, 0, lang))


def _late(room: CalendarRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    if not room.late:
        return [empty(_("Rien n'est en retard."))]
    heads = [_("Indicateur"), _("Période"), _("Attendue le"), _("Retard")]
    rows = [_late_row(one, address) for one in room.late]
    caption = _("Valeurs en retard, la plus ancienne d'abord")
    return [table(heads, rows, caption, "expected", "retards"), take(address, "retards")]


def _late_row(one: Expected, address: Address) -> html.Tr:
    lang = address.lang
    words = (
        translator(lang)
        .plural("{n} jour ouvrable", "{n} jours ouvrables", one.days_late)
        .format(n=formats.number(one.days_late, 0, lang))
    )
    standing = Standing.STALE if one.has_come_before else Standing.MISSING
    said = html.Span([shape(standing), words], className=f"status {standing.value}")
    return html.Tr([*_cells(one, address), html.Td([said, *_owed(one, lang)])])


def _owed(one: Expected, lang: Lang) -> list[Any]:
    """How many periods are over without a value, where there are several."""
    if one.owed < 2:
        return []
    words = translator(lang)("{n} périodes sans valeur")
    n = formats.number(min(one.owed, MOST_OWED), 0, lang)
    more = f"≥ {n}" if one.owed >= MOST_OWED else n
    return [html.Div(words.format(n=more), className="quiet")]


def _skipped(room: CalendarRoom, address: Address) -> list[Any]:
    """Series whose later periods came while earlier ones never did."""
    _ = translator(address.lang)
    words = _("Des périodes plus récentes sont arrivées, pas celles-ci.")
    heads = [_("Indicateur"), _("De"), _("À"), _("Combien")]
    rows = [_skipped_row(one, address) for one in room.skipped]
    caption = _("Périodes sans valeur entre deux qui en ont")
    drawn = table(heads, rows, caption, "expected", "sautees")
    return [html.P(words, className="quiet"), drawn, take(address, "sautees")]


def _skipped_row(one: Skipped, address: Address) -> html.Tr:
    lang = address.lang
    ends = [formats.period_label(period, lang) for period in (one.first, one.last)]
    cells = [html.Td(words) for words in (*ends, measure.count(one.count, lang))]
    return html.Tr([_named(one.indicator, one.organisation, address), *cells])


def _named(indicator: Named, place: Named, address: Address) -> html.Th:
    """The indicator as a link, and where under it."""
    lang = address.lang
    href = address.link("indicateurs", indicator.identifier, org=place.identifier)
    name = html.A(label(indicator.label_fr, indicator.label_en, lang), href=href)
    where = html.Span(label(place.label_fr, place.label_en, lang), className="quiet")
    return html.Th([name, where], scope="row")


def _soon(room: CalendarRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    if not room.soon:
        return [empty(_("Aucune valeur n'est attendue d'ici trente jours."))]
    heads = [_("Indicateur"), _("Période"), _("Attendue le")]
    rows = [html.Tr(_cells(one, address)) for one in room.soon]
    caption = _("Valeurs attendues d'ici trente jours, la première d'abord")
    return [table(heads, rows, caption, "expected", "attendues"), take(address, "attendues")]


def _cells(one: Expected, address: Address) -> list[Any]:
    lang = address.lang
    period = formats.period_label(one.period, lang)
    return [
        _named(one.indicator, one.organisation, address),
        html.Td(period if one.has_come_before else translator(lang)("jamais reçue")),
        html.Td(measure.day(one.due, lang)),
    ]


def _lines(room: CalendarRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    if not room.lines:
        return [empty(_("Aucune organisation n'a de valeur à envoyer."))]
    heads = [_("Organisation"), _("Attendues"), _("En retard"), _("Prochaine")]
    rows = [_line_row(one, address) for one in room.lines]
    caption = _("Ce que chaque organisation doit, par fréquence")
    return [table(heads, rows, caption, "expected", "frequences"), take(address, "frequences")]


def _line_row(one: Line, address: Address) -> html.Tr:
    lang, place = address.lang, one.organisation
    name = label(place.label_fr, place.label_en, lang)
    often = vocabulary.word(vocabulary.FREQUENCIES, one.frequency, lang)
    head = [
        html.A(name, href=address.here(org=place.identifier)),
        html.Span(often, className="quiet"),
    ]
    late = html.Strong(measure.count(one.late, lang)) if one.late else measure.amount(0, "—")
    cells: list[Any] = [
        measure.count(one.expected, lang),
        late,
        measure.day(one.next_due, lang),
    ]
    return html.Tr([html.Th(head, scope="row"), *(html.Td(cell) for cell in cells)])
