"""The alignment tree drawn: organisations, what they promise, the figures, each opening below."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts.cap import share, strip
from layouts.parts import status
from pilotage import formats
from pilotage.i18n import N_, Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.alignment import Aim, Bough, Limb, Twig
from pilotage.rooms.figure import Figure, Tie
from pilotage.rooms.tally import Tally
from pilotage.rooms.tree import Tree, room_of

AIM_KINDS = {
    "issue": N_("Enjeu"),
    "orientation": N_("Orientation"),
    "axis": N_("Axe"),
    "objective": N_("Objectif"),
}
TIES = {
    Tie.ADDITIVE: N_("s'additionne"),
    Tie.SAME: N_("même indicateur, plus bas"),
    Tie.CONTRIBUTES: N_("contribue"),
    Tie.IDENTICAL: N_("indicateur partagé"),
}
_FEW = 24
"""Figures up to which a branch stands wide open."""
_MOST = 40
"""Figures listed under one line; the others are counted."""


@dataclass(frozen=True)
class _Pen:
    """What every line of one organisation is drawn with.

    ``is_open``: lines of plans stand open and go down to the teams; ``wide``: figures too.
    """

    limb: Limb
    seen: Tree
    address: Address
    is_open: bool
    wide: bool

    @property
    def lang(self) -> Lang:
        """The language of the page."""
        return self.address.lang


def whole_tree(limbs: Sequence[Limb], seen: Tree, address: Address) -> html.Ul:
    """Every organisation folded, down to the figures that measure its objectives themselves."""
    lines = [html.Li(_limb(one, seen, address)) for one in limbs]
    return html.Ul(lines, className="tree")


def branch_tree(limb: Limb, seen: Tree, address: Address) -> list[Any]:
    """One organisation down to its teams: lines of plans open, what hangs under a figure folded."""
    return _inside(limb, seen, address, is_whole=False)


def _limb(limb: Limb, seen: Tree, address: Address) -> html.Details:
    _ = translator(address.lang)
    one = limb.organisation
    name = label(one.label_fr, one.label_en, address.lang)
    links: list[Any] = [
        html.A(_("Toute la branche"), href=address.link("cascade", one.organisation_id)),
        " · ",
        html.A(_("la salle"), href=address.link(*room_of(one))),
    ]
    plan = label(limb.plan_fr, limb.plan_en, address.lang) if limb.plan_fr else None
    said: list[Any] = [plan, " · ", *links] if plan else links
    head = html.Summary([html.Span(name, className="what"), _held(limb.tally, address.lang)])
    inside = [html.P(said, className="quiet"), *_inside(limb, seen, address, is_whole=True)]
    return html.Details([head, html.Div(inside)], className="limb")


def _inside(limb: Limb, seen: Tree, address: Address, *, is_whole: bool) -> list[Any]:
    """Its own plan, what it receives, what serves nothing."""
    _ = translator(address.lang)
    pen = _Pen(limb, seen, address, not is_whole, not is_whole and limb.tally.total <= _FEW)
    drawn: list[Any] = []
    if limb.boughs:
        lines = [_bough(one, pen) for one in limb.boughs]
        drawn.append(html.Ul([html.Li(one) for one in lines], className="tree"))
    if limb.received:
        drawn.append(html.H3(_("Objectifs reçus ou partagés"), className="subhead"))
        lines = [_bough(one, pen) for one in limb.received]
        drawn.append(html.Ul([html.Li(one) for one in lines], className="tree"))
    if limb.loose:
        drawn.append(html.H3(_("Sans objectif connu"), className="subhead"))
        drawn.append(html.Div(_twigs(limb.loose, pen), className="tree"))
    return drawn


def _bough(bough: Bough, pen: _Pen) -> Component:
    below = [html.Li(_bough(one, pen)) for one in bough.below]
    head = [
        html.Span(_aim_words(bough.aim, pen), className="what"),
        _held(bough.tally, pen.lang),
    ]
    inside: list[Any] = [html.Ul(below)] if below else []
    if bough.twigs:
        inside.append(_twigs(bough.twigs, pen))
    if not inside:
        return html.Div(head, className=f"line {bough.aim.kind}")
    summary = html.Summary(head)
    return html.Details([summary, *inside], open=pen.is_open, className=f"aim {bough.aim.kind}")


def _aim_words(aim: Aim, pen: _Pen) -> list[Any]:
    """What kind of line, its text, and whose it is where it is not the organisation's own."""
    _, lang = translator(pen.lang), pen.lang
    kind = html.Span(_(AIM_KINDS.get(aim.kind, aim.kind)), className="kind")
    said: list[Any] = [kind, " ", html.Span(label(aim.label_fr, aim.label_en, lang))]
    if aim.owner is not None and aim.owner != pen.limb.organisation:
        owner = label(aim.owner.label_fr, aim.owner.label_en, lang)
        said += [" ", html.Span(owner, className="from")]
    return said


def _held(tally: Tally, lang: Lang) -> html.Span:
    return html.Span([strip(tally, lang), html.Span(share(tally, lang))], className="share")


def _twigs(twigs: Sequence[Twig], pen: _Pen) -> html.Ul:
    """Figures under one line; in the whole tree what hangs under each is counted only."""
    _ = translator(pen.lang)
    lines = [html.Li(_twig(one, pen)) for one in twigs[:_MOST]]
    others = len(twigs) - _MOST
    if others > 0:
        words = _.plural("{n} autre", "{n} autres", others).format(n=others)
        lines.append(html.Li(words, className="quiet"))
    return html.Ul(lines, className="twigs")


def _twig(twig: Twig, pen: _Pen) -> list[Component]:
    """The figure, then the fold of what hangs under it: no link stands in what one unfolds."""
    line = html.Div(_row(twig, pen), className="line figure")
    if not twig.below:
        return [line]
    count = len(twig.all) - 1
    words = translator(pen.lang).plural("{n} plus bas", "{n} plus bas", count).format(n=count)
    if not pen.is_open:
        href = pen.address.link("cascade", pen.limb.organisation.organisation_id)
        return [line, html.P(html.A(words, href=href), className="under")]
    below = _twigs(twig.below, pen)
    return [line, html.Details([html.Summary(words), below], open=pen.wide, className="under")]


def _row(twig: Twig, pen: _Pen) -> list[Any]:
    """Title and place, value, target, status."""
    figure, lang = twig.figure, pen.lang
    href = pen.address.link("indicateurs", figure.indicator_id, org=figure.organisation_id)
    title = html.A(label(figure.title_fr, figure.title_en, lang), href=href)
    said = _place_words(twig, pen)
    what: list[Any] = [title]
    if said:
        what += [" ", html.Span(said, className="from")]
    return [
        html.Span(what, className="what"),
        html.Span(value_words(figure, lang), className="num"),
        html.Span(target_words(figure, lang), className="num aimed"),
        status(figure.standing, lang),
    ]


def _place_words(twig: Twig, pen: _Pen) -> str:
    """Where the figure is held, where not in the branch's own organisation, and how it is tied."""
    _, lang = translator(pen.lang), pen.lang
    said = []
    if twig.figure.organisation_id != pen.limb.organisation.organisation_id:
        said.append(place_name(twig.figure.organisation_id, pen.seen, lang))
    if twig.tie is not None:
        said.append(_(TIES[twig.tie]))
    others = [label(one.title_fr, one.title_en, lang) for one in twig.beside]
    if others:
        said.append(_("aussi relié à {names}").format(names=", ".join(others)))
    return " · ".join(said)


def place_name(organisation_id: str, seen: Tree, lang: Lang) -> str:
    """The name of an organisation in sight; its identifier for another one."""
    one = seen.organisations.get(organisation_id)
    return label(one.label_fr, one.label_en, lang) if one else organisation_id


def value_words(figure: Figure, lang: Lang) -> str:
    """The last value in full; words where it is one, a dash for none."""
    if figure.value is None and figure.value_text:
        return figure.value_text
    return formats.quantity(figure.value, figure.unit, figure.decimals, lang)


def target_words(figure: Figure, lang: Lang) -> str:
    """What is aimed at; says that there is no target."""
    _ = translator(lang)
    said = formats.target_label(
        figure.direction, figure.low, figure.high, figure.unit, figure.decimals, lang
    )
    return said or figure.target_text or (_("sans cible") if figure.is_aimed else _("contexte"))
