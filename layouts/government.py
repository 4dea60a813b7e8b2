"""The government room drawn: the sentence, ministries × standings, the top, who is late."""

from typing import Any

from dash import html

from layouts import ids
from layouts import opening as words
from layouts.below import heat
from layouts.blocker import blocker_item
from layouts.brief_link import brief_link
from layouts.changes import changes
from layouts.parts import empty, more, section
from layouts.phrase import rich
from layouts.shared import shared_section
from layouts.since import told_since
from pilotage.domain.indicator import Level
from pilotage.domain.organisation import Organisation, OrganisationKind
from pilotage.formats import day, percent
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.government import GovernmentRoom
from pilotage.rooms.tree import ROOM_OF_LEVEL, room_of

BY_GAP = "ecart"
_NAMED = 6
"""Late organisations named before « les autres »."""


def title(room: GovernmentRoom, address: Address) -> str:
    """The name of the government, or of the room."""
    if room.government is None:
        return translator(address.lang)("Salle gouvernementale")
    return label(room.government.label_fr, room.government.label_en, address.lang)


def layout(room: GovernmentRoom, address: Address) -> list[Any]:
    """The name, then the part that changes."""
    heading = html.H1(title(room, address), tabIndex=-1)
    return [heading, html.Div(body(room, address), id=ids.GOVERNMENT_BODY)]


def body(room: GovernmentRoom, address: Address) -> list[Any]:
    """The sentences and the zones."""
    _ = translator(address.lang)
    if not room.branches and not room.own.total:
        step = html.A(_("Ouvrir la page Données"), href=address.link("donnees"))
        return [empty(_("Aucun indicateur que vous pouvez voir n'est encore suivi."), step)]
    is_by_gap = address.parameters.get("tri") == BY_GAP
    main = section(
        _("Ministères et organismes"),
        [*heat(room.branches, address, is_grouped=True, is_by_gap=is_by_gap), *_caution(address)],
        note=[counted(room, address.lang), " · ", _order(address)],
    )
    return [
        *_opening(room, address),
        *changes(room.since, address),
        html.Div(
            [html.Div([main, *shared_section(room.shared, address)]), _side(room, address)],
            className="cols",
        ),
    ]


def _opening(room: GovernmentRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    lang = address.lang
    said = sentences(room, lang)[:2]
    when: list[Any] = [_("Situation au {day}.").format(day=day(room.judged_on, lang)), " "]
    if room.own.total and room.government is not None:
        href = address.link(ROOM_OF_LEVEL[Level.STRATEGIC], room.government.organisation_id)
        words_own = _("Indicateurs du gouvernement ({n})").format(n=room.own.total)
        counted = _("seuls comptés dans la première phrase ; le tableau compte les ministères")
        when += [html.A(words_own, href=href), ", ", counted, ". "]
    when += [html.A(_("La cascade des objectifs"), href=address.link("cascade")), ". "]
    when += [html.A(_("Ce que le public lit"), href=address.link("public")), ". "]
    if room.is_partial:
        when += [_("Vue partielle : seulement ce que vous pouvez voir du gouvernement."), " "]
    told = [*when, *rich(_coverage(room, lang)), " ", brief_link(address)]
    return [words.opening(said, room.tally), html.P(told, className="since")]


def sentences(room: GovernmentRoom, lang: Lang) -> list[str]:
    """What the opening says: where figures stand, what reached the top, what is not known."""
    return [
        words.standing_sentence(room.tally, lang),
        _top_sentence(room, lang),
        _coverage(room, lang),
    ]


def _top_sentence(room: GovernmentRoom, lang: Lang) -> str:
    _ = translator(lang)
    if not room.blockers:
        return _("Aucun bloquant n'est monté jusqu'ici.")
    return _.plural(
        "**{n} bloquant est monté** jusqu'ici.",
        "**{n} bloquants sont montés** jusqu'ici.",
        len(room.blockers),
    ).format(n=len(room.blockers))


def _coverage(room: GovernmentRoom, lang: Lang) -> str:
    _ = translator(lang)
    share = percent(100 * room.tally.judged / room.tally.total, lang)
    known = _("{share} des indicateurs ont un statut.").format(share=share)
    if not room.late:
        return known
    late = _.plural(
        "**Totaux incomplets : {n} organisation en retard.**",
        "**Totaux incomplets : {n} organisations en retard.**",
        len(room.late),
    )
    return f"{known} {late.format(n=len(room.late))}"


def _order(address: Address) -> html.A:
    """The other order of the table."""
    _ = translator(address.lang)
    if address.parameters.get("tri") == BY_GAP:
        return html.A(_("grouper par fonction de l'État"), href=address.here(tri=None))
    return html.A(_("ordonner par part hors cible"), href=address.here(tri=BY_GAP))


def _caution(address: Address) -> list[Any]:
    """Said where rows are ordered by their share."""
    _ = translator(address.lang)
    if address.parameters.get("tri") != BY_GAP:
        return []
    words = _(
        "Un ordre de lecture, pas un classement : les ministères n'ont ni les mêmes indicateurs "
        "ni les mêmes cibles."
    )
    return [html.P(words, className="since")]


def counted(room: GovernmentRoom, lang: Lang) -> str:
    """Which figures the table counts."""
    _ = translator(lang)
    if room.level is None:
        return _("tous niveaux, chaque ligne avec ce qui en relève")
    return _("indicateurs stratégiques, chaque ligne avec ce qui en relève")


def _side(room: GovernmentRoom, address: Address) -> html.Aside:
    _ = translator(address.lang)
    top: list[Any] = [blocker_item(one, address) for one in room.blockers]
    zones = [
        section(
            _("Bloquants montés jusqu'ici"),
            [
                *(top or [empty(_("Aucun bloquant n'est monté jusqu'ici."))]),
                *told_since(room.told_since, address.lang),
            ],
            note=str(len(top)) if top else None,
        )
    ]
    if room.late:
        zones.append(
            section(_("Données attendues"), _late(room, address), note=str(len(room.late)))
        )
    return html.Aside(zones)


def _door(one: Organisation) -> tuple[str, ...]:
    """The room of an organisation; for the government, the one where its own figures stand."""
    if one.kind is OrganisationKind.GOVERNMENT:
        return (ROOM_OF_LEVEL[Level.STRATEGIC], one.organisation_id)
    return room_of(one)


def _late(room: GovernmentRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    lines = [
        html.Li(
            [
                html.A(
                    label(one.label_fr, one.label_en, address.lang),
                    href=address.link(*_door(one)),
                ),
                html.Span(_.plural("{n} chiffre", "{n} chiffres", owed).format(n=owed)),
            ]
        )
        for one, owed in room.late
    ]
    drawn: list[Any] = [html.Ul(lines[:_NAMED], className="owed")]
    if len(lines) > _NAMED:
        others = _("Les {n} autres").format(n=len(lines) - _NAMED)
        drawn.append(more(others, html.Ul(lines[_NAMED:], className="owed")))
    return drawn
