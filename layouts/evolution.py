"""The curve of an indicator, what it says in one sentence, and the same figures as a table."""

from typing import Any

from dash import html

from layouts import ids, measure
from layouts.chart import aim_words, figure, quantity
from layouts.graph import painted_graph
from layouts.parts import empty, more, section, table
from layouts.revision import value_revisions
from layouts.sheet import take
from pilotage import formats
from pilotage.i18n import Lang, translator
from pilotage.rooms.address import Address
from pilotage.rooms.curve import Curve, Point, Stair
from pilotage.rooms.indicator import IndicatorRoom

TABLE = "valeurs"
"""The name under which the twin of the curve is taken away."""


def evolution(room: IndicatorRoom, address: Address) -> html.Section:
    """The zone, with a link between the recent span and the whole history where they differ."""
    _ = translator(address.lang)
    parts = evolution_parts(room, address)
    return section(_("Évolution"), parts, note=_extent(room, address), name=ids.INDICATOR_CURVE)


def evolution_parts(room: IndicatorRoom, address: Address) -> list[Any]:
    """The curve, what it says in one sentence, and the same figures as a table."""
    _ = translator(address.lang)
    if not room.curve.points:
        return [_nothing_yet(address.lang)]
    return [
        *painted_graph(figure(room, address.lang), summary(room, address.lang)),
        more(_("Les mêmes chiffres en tableau"), twin(room, address)),
        *value_revisions(room, address),
    ]


def _nothing_yet(lang: Lang) -> html.Div:
    _ = translator(lang)
    words = _("Aucune valeur chiffrée n'a encore été versée pour cet indicateur.")
    return empty(words, _("Un fichier « mesures » déposé à la page Données la fera paraître ici."))


def _extent(room: IndicatorRoom, address: Address) -> list[Any] | None:
    """Links to the whole history and to the series without its season, where there is either."""
    _ = translator(address.lang)
    whole = address.parameters.get("etendue") == "tout"
    links: list[Any] = []
    if room.has_season:
        words = _("avec la saison") if room.is_adjusted else _("sans la saison")
        href = address.here(saison=None if room.is_adjusted else "sans", etendue=None)
        links.append(html.A(words, href=href))
    if not room.is_adjusted and (whole or not room.curve.shows_everything):
        words = _("la période récente") if whole else _("tout l'historique")
        links.append(html.A(words, href=address.here(etendue=None if whole else "tout")))
    return [part for link in links for part in (" · ", link)][1:] or None


def summary(room: IndicatorRoom, lang: Lang) -> str:
    """The curve in one sentence, for those who do not see it and those in a hurry."""
    _ = translator(lang)
    points = [point for point in room.curve.points if point.value is not None]
    first, last = points[0], points[-1]
    lowest = min(points, key=lambda point: point.value or 0.0)
    highest = max(points, key=lambda point: point.value or 0.0)
    words = translator(lang).plural(
        "{n} valeur ({start}) : {first}.",
        "{n} valeurs ({start} – {end}) : de {first} à {last} ; "
        "au plus bas {low} ({low_at}), au plus haut {high} ({high_at}).",
        room.curve.known,
    )
    said = words.format(
        n=formats.number(room.curve.known, 0, lang),
        start=formats.period_label(first.period, lang),
        end=formats.period_label(last.period, lang),
        first=quantity(room, first.value, lang),
        last=quantity(room, last.value, lang),
        low=quantity(room, lowest.value, lang),
        low_at=formats.period_label(lowest.period, lang),
        high=quantity(room, highest.value, lang),
        high_at=formats.period_label(highest.period, lang),
    )
    if room.is_adjusted:
        said = f"{_('Corrigée de la saison.')} {said}"
    if room.curve.is_thinned:
        said += " " + _("La courbe garde le plus bas et le plus haut de chaque tranche.")
    return said


def twin(room: IndicatorRoom, address: Address) -> list[Any]:
    """The last values, newest first, each beside the target of its time."""
    _ = translator(address.lang)
    points = room.curve.latest
    drawn = [twin_table(room, address), take(address, TABLE)]
    if len(points) == room.curve.known:
        return drawn
    words = _("Les {n} plus récentes sont montrées.").format(n=len(points))
    return [*drawn, html.P(words, className="quiet")]


def twin_table(room: IndicatorRoom, address: Address, *, is_sheet: bool = False) -> html.Div:
    """The table alone; ``is_sheet`` adds the bounds of the target as figures."""
    _ = translator(address.lang)
    heads = [_("Période"), _("Valeur"), _("Cible d'alors"), _("Remarque")]
    heads += [_("Au moins"), _("Au plus")] if is_sheet else []
    points = room.curve.latest[::-1]
    rows = [_twin_row(room, point, address.lang, is_sheet=is_sheet) for point in points]
    caption = _("Valeurs de l'indicateur, de la plus récente à la plus ancienne")
    return table(heads, rows, caption, name=TABLE)


def _twin_row(room: IndicatorRoom, point: Point, lang: Lang, *, is_sheet: bool) -> html.Tr:
    stair = _in_force(room.curve, point)
    aim = aim_words(room, stair.low, stair.high, lang) if stair else "—"
    sides = (stair.low, stair.high) if stair else (None, None)
    bounds = [html.Td(_measured(room, one, lang)) for one in sides] if is_sheet else []
    return html.Tr(
        [
            html.Th(formats.period_label(point.period, lang), scope="row"),
            html.Td(_measured(room, point.value, lang), className="num"),
            html.Td(aim, className="num"),
            html.Td(_remark(point, lang)),
            *bounds,
        ]
    )


def _measured(room: IndicatorRoom, value: float | None, lang: Lang) -> Any:
    passport = room.passport
    return measure.quantity(value, passport["unit"], passport["decimals"], lang)


def _in_force(curve: Curve, point: Point) -> Stair | None:
    day = point.period.last_day
    return next((one for one in curve.stairs if one.start <= day <= one.end), None)


def _remark(point: Point, lang: Lang) -> str:
    _ = translator(lang)
    marks = [_("provisoire")] if point.is_provisional else []
    marks += [_("contestée")] if point.is_disputed else []
    marks += [point.comment] if point.comment else []
    return " · ".join(marks)
