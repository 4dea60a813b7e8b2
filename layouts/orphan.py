"""What hangs on nothing, each with its door; and how much of the plan is covered."""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts import measure
from layouts.alignment import place_name
from layouts.parts import more, row, table
from pilotage.domain.organisation import Organisation
from pilotage.formats import number
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.alignment import Aim
from pilotage.rooms.cascade import CascadeRoom
from pilotage.rooms.orphan import Coverage
from pilotage.rooms.tree import room_of

_NAMED = 6
"""Entries shown before « les autres »."""


def orphans(room: CascadeRoom, address: Address) -> list[Any]:
    """Four lists, each under what it is; an empty one says so."""
    _, lang, found = translator(address.lang), address.lang, room.orphans
    unmeasured = [_aim_line(one, room, address) for one in found.unmeasured]
    aimless = [
        [
            html.A(
                label(one.title_fr, one.title_en, lang),
                href=address.link("indicateurs", one.indicator_id, org=one.organisation_id),
            ),
            html.Span(place_name(one.organisation_id, room.seen, lang)),
        ]
        for one in found.aimless
    ]
    unpassed = [
        [_aim_door(one.aim, one.organisation, address), html.Span(_name(one.organisation, lang))]
        for one in found.unpassed
    ]
    silent = [[html.A(_name(one, lang), href=address.link(*room_of(one)))] for one in found.silent]
    drawn: list[Any] = [
        *_list(_("Objectifs sans indicateur"), unmeasured, lang),
        *_list(_("Indicateurs sans objectif"), aimless, lang),
        *_list(_("Objectifs sans relais plus bas"), unpassed, lang),
        *_list(_("Organisations sans indicateur"), silent, lang),
    ]
    if room.is_partial:
        words = _("Parmi ce que vous pouvez voir : d'autres indicateurs peuvent exister.")
        drawn.append(html.P(words, className="quiet"))
    return drawn


def _list(title: str, lines: Sequence[list[Any]], lang: Lang) -> list[Any]:
    _ = translator(lang)
    head = html.H3([title, " ", html.Small(number(len(lines), 0, lang))], className="subhead")
    if not lines:
        return [head]
    items = [html.Li(one) for one in lines]
    drawn: list[Any] = [head, html.Ul(items[:_NAMED], className="owed loose")]
    if items[_NAMED:]:
        words = _("Les {n} autres").format(n=number(len(items) - _NAMED, 0, lang))
        drawn.append(more(words, html.Ul(items[_NAMED:], className="owed loose")))
    return drawn


def _aim_line(one: Aim, room: CascadeRoom, address: Address) -> list[Any]:
    owner = room.seen.organisations.get(one.owner_id)
    name = place_name(one.owner_id, room.seen, address.lang)
    return [_aim_door(one, owner, address), html.Span(name)]


def _aim_door(one: Aim, place: Organisation | None, address: Address) -> Any:
    """The text of an objective, to the branch where it is missing something."""
    words = label(one.label_fr, one.label_en, address.lang)
    if place is None:
        return html.Span(words)
    return html.A(words, href=address.link("cascade", place.organisation_id))


def _name(one: Organisation, lang: Lang) -> str:
    return label(one.label_fr, one.label_en, lang)


COVERAGE = "couverture"
"""The name under which the table of coverage is taken away."""


def coverage_sheet(room: CascadeRoom, address: Address) -> html.Div:
    """The same counts, each beside what it is out of, as figures."""
    _, lang = translator(address.lang), address.lang
    sees_teams = room.coverage.to_team is not None
    heads = [
        _("Organisation"),
        _("Objectifs"),
        _("Objectifs mesurés"),
        _("Repris plus bas"),
        *([_("Jusqu'à une équipe")] if sees_teams else []),
        _("Indicateurs"),
        _("Indicateurs avec cible"),
    ]
    rows = [
        row(
            _name(one, lang),
            [
                measure.count(count, lang)
                for count in (
                    counts.objectives,
                    counts.measured,
                    counts.passed,
                    *([counts.to_team or 0] if sees_teams else []),
                    counts.figures,
                    counts.aimed,
                )
            ],
        )
        for one, counts in room.parts
        if counts.objectives or counts.figures
    ]
    return table(heads, rows, _("Ce qui est mesuré, repris et chiffré"), name=COVERAGE)


def coverage_table(room: CascadeRoom, address: Address) -> html.Div:
    """One row an organisation; the whole at the foot where there are several."""
    _, lang = translator(address.lang), address.lang
    sees_teams = room.coverage.to_team is not None
    heads = [
        _("Organisation"),
        _("Objectifs mesurés"),
        _("Repris plus bas"),
        *([_("Jusqu'à une équipe")] if sees_teams else []),
        _("Indicateurs avec cible"),
    ]
    parts = [one for one in room.parts if one[1].objectives or one[1].figures]
    rows = [
        row(
            html.A(_name(one, lang), href=address.link("cascade", one.organisation_id)),
            _cells(counts, lang),
        )
        for one, counts in parts
    ]
    if len(parts) > 1:
        rows.append(row(html.B(_("Ensemble")), _cells(room.coverage, lang)))
    return table(heads, rows, _("Ce qui est mesuré, repris et chiffré"), "covered", COVERAGE)


def _cells(one: Coverage, lang: Lang) -> list[str]:
    pairs = [(one.measured, one.objectives), (one.passed, one.objectives)]
    if one.to_team is not None:
        pairs.append((one.to_team, one.objectives))
    return [_of(*pair, lang) for pair in [*pairs, (one.aimed, one.figures)]]


def _of(part: int, whole: int, lang: Lang) -> str:
    """« 5 sur 8 »; a dash where there is nothing to count."""
    if not whole:
        return "—"
    words = translator(lang)("{n} sur {all}")
    return words.format(n=number(part, 0, lang), all=number(whole, 0, lang))
