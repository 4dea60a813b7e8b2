"""The page of one indicator: what is said of it, its curve, who carries the gap, how to help."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts import ids
from layouts.blocker import blocker_item
from layouts.comment import comment_zone, composer, thread
from layouts.evolution import evolution, evolution_parts
from layouts.explanation import explain_form, explanation, explanation_zone
from layouts.gap import gap, gap_section
from layouts.lede import opening
from layouts.parts import crumb, empty, item, more, section, status
from layouts.passport import passport_section
from layouts.pending import pending_notice
from layouts.post import answer
from layouts.provenance import origin, target_note, targets
from layouts.reaction import reaction, reaction_parts
from layouts.since import told_since
from layouts.step import step_answer
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.indicator import IndicatorRoom, Link
from pilotage.rooms.tree import room_of

__all__ = [
    "answer",
    "blockers",
    "composer",
    "evolution_parts",
    "explain_form",
    "explanation",
    "gap",
    "layout",
    "opening",
    "origin",
    "pending",
    "reaction_parts",
    "step_answer",
    "targets",
    "thread",
    "title",
]


def title(room: IndicatorRoom, address: Address) -> str:
    """The indicator and where it is measured."""
    return f"{_name(room, address.lang)} — {_place(room, address.lang)}"


def layout(room: IndicatorRoom, address: Address) -> list[Component]:
    """The sentence, then the curve and the gap beside where the figure comes from."""
    _ = translator(address.lang)
    note = target_note(room, address)
    main = [
        evolution(room, address),
        explanation_zone(room, address),
        reaction(room, address),
        gap_section(room, address),
        section(_("Cibles"), targets(room, address), note, ids.INDICATOR_TARGETS),
        _links_section(room, address),
        comment_zone(room, address),
    ]
    side = [
        section(_("D'où vient ce chiffre ?"), origin(room, address), name=ids.INDICATOR_ORIGIN),
        _help_section(room, address),
        passport_section(room, address),
    ]
    return [
        crumb(_trail(room, address), address.lang),
        html.H1(_name(room, address.lang)),
        _places(room, address),
        html.P(opening(room, address), className="lede", id=ids.INDICATOR_LEDE),
        html.Div(pending(room, address), id=ids.INDICATOR_PENDING),
        html.Div([html.Div(main), html.Aside(side)], className="cols reading"),
    ]


def pending(room: IndicatorRoom, address: Address) -> list[Any]:
    """The values that wait for an approval, inside their organisation."""
    return pending_notice(room.pending, address)


def _name(room: IndicatorRoom, lang: Lang) -> str:
    return label(room.passport["title_fr"], room.passport["title_en"], lang)


def _place(room: IndicatorRoom, lang: Lang) -> str:
    return label(room.place.label_fr, room.place.label_en, lang)


def _trail(room: IndicatorRoom, address: Address) -> list[tuple[str, str | None]]:
    steps = [
        (label(one.label_fr, one.label_en, address.lang), address.link(*room_of(one)))
        for one in room.trail
    ]
    return [*steps, (_name(room, address.lang), None)]


def _places(room: IndicatorRoom, address: Address) -> Component:
    """Where it is measured, and the other places where it is too."""
    _ = translator(address.lang)
    here = _place(room, address.lang)
    others = [one for one in room.places if one != room.place]
    if not others:
        return html.P(here, className="since")
    doors = [
        html.Li(
            html.A(
                label(one.label_fr, one.label_en, address.lang),
                href=address.link("indicateurs", room.indicator_id, org=one.organisation_id),
                className="link",
            )
        )
        for one in others
    ]
    words = translator(address.lang).plural(
        "mesuré aussi dans {n} autre organisation",
        "mesuré aussi dans {n} autres organisations",
        len(others),
    )
    listed = html.Ul(doors, className="places")
    return html.Div([html.Span(here), more(words.format(n=len(others)), listed)], className="since")


def _help_section(room: IndicatorRoom, address: Address) -> html.Div:
    _ = translator(address.lang)
    # Cards lead here: « comment aider ».
    zone = section(_("Bloquants liés"), blockers(room, address), name=ids.INDICATOR_BLOCKERS)
    return html.Div(zone, id="aider", tabIndex=-1)


def blockers(room: IndicatorRoom, address: Address) -> list[Any]:
    """What stands in the way, who is on it, and the door to raise one."""
    _ = translator(address.lang)
    found: list[Any] = [blocker_item(card, address) for card in room.blockers]
    if not found:
        found = [empty(_("Aucun bloquant ouvert ne cite cet indicateur."))]
    found += told_since(room.told_since, address.lang)
    if room.can_raise:
        href = address.link(
            "bloquants",
            signaler="1",
            org=room.place.organisation_id,
            indicateur=room.indicator_id,
        )
        found.append(html.P(html.A(_("Signaler un bloquant"), href=href, className="button")))
    return found


def _links_section(room: IndicatorRoom, address: Address) -> html.Section | html.Div:
    _ = translator(address.lang)
    if not room.links:
        return html.Div()
    kinds = (
        ("parent", _("Contribue à")),
        ("child", _("Reçoit de")),
        ("counter", _("Contre-indicateur")),
    )
    found = [
        item(words, more=[html.Ul([_link(one, address) for one in links])])
        for side, words in kinds
        if (links := [one for one in room.links if one.side == side])
    ]
    return section(_("Indicateurs liés"), html.Div(found, className="tiles"))


def _link(one: Link, address: Address) -> html.Li:
    href = address.link("indicateurs", one.indicator_id, org=one.organisation_id)
    name = label(one.title_fr, one.title_en, address.lang)
    return html.Li([html.A(name, href=href), " ", status(one.standing, address.lang)])
