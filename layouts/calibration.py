"""« Nos chances tiennent-elles parole ? »: the chances scored, in front of everyone."""

from typing import Any

from dash import html

from layouts import ids, measure
from layouts.graph import painted_graph
from layouts.parts import empty, more, row, section, table
from layouts.phrase import rich
from layouts.reliability import diagram, summary, twin
from layouts.sheet import take
from layouts.signal import bounded_percent
from pilotage import formats
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.calibration import FEWEST, CalibrationRoom, Given, Kept, Scored

_COIN = 0.25
"""Brier error of saying one chance in two every time."""
_EVEN = 0.05
"""Mean distance between said and happened under which the word is kept."""


def title(room: CalibrationRoom, address: Address) -> str:
    """The question the page answers."""
    del room
    return translator(address.lang)("Nos chances tiennent-elles parole ?")


def layout(room: CalibrationRoom, address: Address) -> list[Any]:
    """The question, then the part that changes."""
    heading = html.H1(title(room, address), tabIndex=-1)
    return [heading, html.Div(body(room, address), id=ids.CALIBRATION_BODY)]


def body(room: CalibrationRoom, address: Address) -> list[Any]:
    """What was given and came due; what would have been said; how to read either."""
    _, lang = translator(address.lang), address.lang
    main = [_due(room, address), _soon(room, address), _replayed(room, address)]
    side = [section(_("Comment lire cette page"), _help(lang)), *_latest(room, address)]
    return [
        html.P(rich(_lede(room, lang)), className="lede"),
        html.P(_method(room, lang), className="since"),
        html.Div([html.Div(main), html.Aside(side)], className="cols"),
    ]


def _lede(room: CalibrationRoom, lang: Lang) -> str:
    _ = translator(lang)
    kept = _drawn(room)
    if kept is None:
        return _("Trop peu de cibles échues pour dire si nos chances tiennent parole.")
    said = _verdict(kept, lang)
    if kept.light <= 0 or kept.score.brier >= kept.light:
        return _("{verdict} Un voyant lu sur la dernière valeur ne fait pas moins bien.").format(
            verdict=said
        )
    less = formats.percent(100 * (1 - kept.score.brier / kept.light), lang)
    words = _(
        "{verdict} Elles se trompent de **{less} de moins** qu'un voyant lu sur la dernière valeur"
    ).format(verdict=said, less=less)
    return f"{words}, {_against_the_base(kept, lang)}"


def _against_the_base(kept: Kept, lang: Lang) -> str:
    """What they add to saying always the share of targets met: the harder comparison."""
    _ = translator(lang)
    if not kept.score.skill > 0:
        return _("mais pas moins que de dire toujours la part de cibles atteintes.")
    less = formats.percent(100 * kept.score.skill, lang)
    words = _("et de {less} de moins que de dire toujours la part de cibles atteintes.")
    return words.format(less=less)


def _far(kept: Kept, lang: Lang) -> list[html.P]:
    """From how far ahead the chances are worth no more than a coin; nothing where they are."""
    _ = translator(lang)
    lost = [one.steps for one in kept.horizons if one.score.brier >= _COIN]
    if not lost:
        return []
    words = _("À {steps} périodes d'avance, elles ne valent pas mieux que pile ou face.")
    steps = ", ".join(formats.number(one, 0, lang) for one in lost)
    return [html.P(words.format(steps=steps), className="quiet")]


def _verdict(kept: Kept, lang: Lang) -> str:
    _ = translator(lang)
    if kept.score.error <= _EVEN:
        return _("Nos chances **tiennent parole**.")
    if kept.lean > 0:
        return _("Nos chances sont **trop tranchées** : la vérité est moins extrême.")
    return _("Nos chances sont **trop prudentes** : la vérité est plus nette.")


def _drawn(room: CalibrationRoom) -> Kept | None:
    """The set that the page speaks of and draws: one chart a page, what was really given first."""
    return room.due.kept or room.soon.kept or room.replayed


def _method(room: CalibrationRoom, lang: Lang) -> str:
    _ = translator(lang)
    if room.due.kept:
        count, words = (
            room.due.count,
            _(
                "D'après {n} chances données dans les salles et échues depuis, dans tout le "
                "gouvernement."
            ),
        )
    elif room.soon.kept:
        count, words = (
            room.soon.count,
            _(
                "D'après {n} chances données dans les salles à la prochaine valeur, venue depuis, "
                "dans tout le gouvernement."
            ),
        )
    else:
        count, words = (
            room.replayed_count,
            _(
                "D'après {n} échéances passées, rejouées : les chances données ici n'ont pas "
                "encore assez d'échéances."
            ),
        )
    return words.format(n=formats.number(count, 0, lang))


def _due(room: CalibrationRoom, address: Address) -> html.Section:
    heading = translator(address.lang)("Chances données à l'échéance d'une cible")
    note = _waiting(room, address.lang)
    return _given(room.due, "echeance", (heading, note), room, address)


def _soon(room: CalibrationRoom, address: Address) -> html.Section:
    heading = translator(address.lang)("Chances données à la prochaine valeur")
    return _given(room.soon, "prochaine", (heading, None), room, address)


def _given(
    given: Given, name: str, head: tuple[str, str | None], room: CalibrationRoom, address: Address
) -> html.Section:
    """``name``: under which its tables are taken away; ``head``: its heading and its note."""
    _, lang = translator(address.lang), address.lang
    kept, (heading, note) = given.kept, head
    if kept is None:
        return section(heading, [empty(_too_few(given, lang), note)])
    is_drawn = kept is _drawn(room)
    said = painted_graph(diagram(kept, lang), summary(kept, lang)) if is_drawn else []
    drawn = twin(kept, address, f"chances-{name}")
    figures = more(_("Les mêmes chiffres en tableau"), drawn, is_open=not is_drawn)
    scores = _scores(kept, address, f"erreurs-{name}")
    return section(heading, [*scores, *said, figures], note=note)


def _too_few(given: Given, lang: Lang) -> str:
    _ = translator(lang)
    if not given.count:
        return _("Aucune des chances données n'a encore reçu sa valeur.")
    return _(
        "{n} chances données ont reçu leur valeur ; il en faut {fewest} pour en dire quelque chose."
    ).format(n=given.count, fewest=FEWEST)


def _waiting(room: CalibrationRoom, lang: Lang) -> str | None:
    _ = translator(lang)
    count, due = room.waiting
    if not count:
        return None
    said = _.plural("{n} chance attend sa valeur", "{n} chances attendent leur valeur", count)
    words = said.format(n=formats.number(count, 0, lang))
    if due is None:
        return words
    return _("{waiting} ; prochaine échéance le {day}").format(
        waiting=words, day=formats.day(due, lang)
    )


def _replayed(room: CalibrationRoom, address: Address) -> html.Section:
    _, lang = translator(address.lang), address.lang
    heading = _("Échéances passées, rejouées")
    if room.replayed is None:
        words = _("Aucune cible passée n'a assez de valeurs avant et après pour être rejouée.")
        return section(heading, [empty(words)])
    kept = room.replayed
    drawn: list[Any] = [
        html.P(_replay_words(room, lang), className="quiet"),
        *_scores(kept, address, "erreurs-rejouees"),
        *_far(kept, lang),
    ]
    is_chart = kept is _drawn(room)
    if is_chart:
        drawn += painted_graph(diagram(kept, lang), summary(kept, lang))
    drawn += [
        more(
            _("Les mêmes chiffres en tableau"),
            twin(kept, address, "chances-rejouees"),
            is_open=not is_chart,
        ),
        more(_("Selon l'avance"), _horizons(kept, address)),
    ]
    n = _("{n} questions").format(n=formats.number(kept.score.n, 0, lang))
    return section(heading, drawn, note=n)


def _replay_words(room: CalibrationRoom, lang: Lang) -> str:
    _ = translator(lang)
    words = _(
        "Pour chaque cible passée, les dernières valeurs avant l'échéance sont cachées, la chance "
        "est donnée d'après celles d'avant, puis comparée à la valeur venue."
    )
    if not room.is_drawn:
        return words
    return f"{words} {_('Les cibles sont trop nombreuses : une partie est tirée au hasard.')}"


def _scores(kept: Kept, address: Address, name: str) -> list[Any]:
    _, lang = translator(address.lang), address.lang

    def brier(value: float) -> Any:
        return measure.number(value, 3, lang)

    rows = [
        row(html.B(_("nos chances")), [html.B(brier(kept.score.brier))]),
        row(_("un voyant lu sur la dernière valeur"), [brier(kept.light)]),
        row(_("dire toujours la part de cibles atteintes"), [brier(kept.score.base)]),
    ]
    caption = _("Erreur de trois façons de prévoir")
    heads = [_("Façon de prévoir"), _("Erreur (Brier) : 0 parfait, 0,25 pile ou face")]
    return [table(heads, rows, caption, "scores", name), take(address, name)]


def _horizons(kept: Kept, address: Address) -> list[Any]:
    _, lang = translator(address.lang), address.lang
    heads = [
        _("Périodes d'avance"),
        _("Questions"),
        _("Erreur de nos chances"),
        _("Erreur du voyant"),
    ]
    rows = [
        row(
            measure.count(one.steps, lang),
            [
                measure.count(one.score.n, lang),
                measure.number(one.score.brier, 3, lang),
                measure.number(one.light, 3, lang),
            ],
        )
        for one in kept.horizons
    ]
    drawn = table(heads, rows, _("Erreur selon l'avance"), "scores", "avance")
    return [drawn, take(address, "avance")]


def _help(lang: Lang) -> list[html.P]:
    _ = translator(lang)
    said = [
        _(
            "Chaque point réunit les chances d'une même dizaine. Sur la diagonale, la parole est "
            "tenue : ce qui est dit à 70 % arrive 7 fois sur 10."
        ),
        _(
            "Le trait d'un point est l'intervalle où la vraie part se trouve, 95 fois sur 100 ; "
            "plus il y a de chances, plus il est court et plus le point est gros."
        ),
        _(
            "L'erreur de Brier est l'écart moyen au carré entre la chance et ce qui arrive. Un "
            "voyant vert vaut 100 %, un rouge 0 % : il paie cher chaque fois qu'il se trompe."
        ),
        _(
            "Chaque chance est écrite au journal avec ce qui l'a donnée (un versement, un jour "
            "nouveau) et ne change plus. Tout le monde voit les mêmes chiffres ici."
        ),
    ]
    return [html.P(words, className="quiet said") for words in said]


def _latest(room: CalibrationRoom, address: Address) -> list[html.Section]:
    _ = translator(address.lang)
    if not room.latest:
        return []
    items = [html.Li(_line(one, address)) for one in room.latest]
    return [section(_("Dernières échues, parmi ce que vous voyez"), html.Ul(items))]


def _line(one: Scored, address: Address) -> list[Any]:
    _, lang = translator(address.lang), address.lang
    href = address.link("indicateurs", one.indicator_id, org=one.organisation_id)
    if one.period is None:
        when = formats.day(one.due_day, lang)
        words = _("{chance} le {said} d'atteindre {aim} le {due} ; {value} : {outcome}")
    else:
        when = formats.period_label(one.period, lang)
        words = _("{chance} le {said} d'atteindre {aim} ({due}) ; {value} : {outcome}")
    said = words.format(
        chance=bounded_percent(one.chance, lang),
        said=formats.day(one.said_on, lang),
        aim=formats.quantity(one.aim, one.unit, one.decimals, lang),
        due=when,
        value=formats.quantity(one.value, one.unit, one.decimals, lang),
        outcome=_("atteinte") if one.is_met else _("manquée"),
    )
    return [
        html.A(label(one.title_fr, one.title_en, lang), href=href),
        html.P(said, className="quiet"),
    ]
