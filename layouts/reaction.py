"""« Faut-il réagir ? »: variation, assurance and chances of one indicator, in whole sentences."""

from typing import Any

from dash import html

from layouts import ids
from layouts.chart import aim_words, quantity
from layouts.parts import facts, more, section
from layouts.signal import bounded_percent, reading, sentences
from layouts.step import step_parts, steps
from pilotage import formats
from pilotage.i18n import Lang, translator
from pilotage.rooms.address import Address
from pilotage.rooms.indicator import IndicatorRoom
from pilotage.rooms.process import ProcessView
from pilotage.rooms.signal import Signal


def reaction(room: IndicatorRoom, address: Address) -> html.Section:
    """The zone; it says what is missing where nothing can be judged."""
    _ = translator(address.lang)
    body = html.Div(reaction_parts(room, address), id=ids.INDICATOR_REACTION)
    return section(_("Faut-il réagir ?"), [*step_parts(), body])


def reaction_parts(room: IndicatorRoom, address: Address) -> list[Any]:
    """Signs and sentences, chances, then the changes of level to decide."""
    _, lang = translator(address.lang), address.lang
    process = room.process
    if process is None or not process.signal.known:
        return [html.P(_("Aucune valeur : rien à juger."), className="quiet")]
    signs = reading(process.signal, lang)
    said = [*sentences(process.signal, lang), *_cautions(process, lang)]
    return [
        *([html.P(signs, className="signs")] if signs else []),
        *(html.P(sentence) for sentence in said),
        facts(_facts(room, process, lang)),
        *_trust(process, address),
        *steps(room, address),
        more(_("Comment lire ce graphique"), _help(process.signal, lang)),
    ]


def _cautions(process: ProcessView, lang: Lang) -> list[str]:
    return list(process.caution_sentences(lang))


def _facts(room: IndicatorRoom, process: ProcessView, lang: Lang) -> list[tuple[str, Any]]:
    _ = translator(lang)
    signal = process.signal
    pairs: list[tuple[str, Any]] = []
    if signal.lower is not None and signal.upper is not None:
        words = _("de {low} à {high}, autour de {mean}").format(
            low=quantity(room, signal.lower, lang),
            high=quantity(room, signal.upper, lang),
            mean=quantity(room, signal.mean, lang),
        )
        # A series on a slope does not stay where it was: the band is only what is drawn.
        name = _("Bande du graphique") if signal.drifts else _("Varie d'habitude")
        pairs.append((name, words))
    if signal.next_meets is not None:
        pairs.append((_("Chances à la prochaine valeur"), _next(room, signal, lang)))
    if signal.due_day is not None:
        pairs.append((_("Chances à l'échéance"), _due(room, process, lang)))
    return pairs


def _next(room: IndicatorRoom, signal: Signal, lang: Lang) -> str:
    """« 12 % d'atteindre ≤ 14,0 h »."""
    is_low = room.passport["direction"] == "at_least"
    low, high = (signal.next_aim, None) if is_low else (None, signal.next_aim)
    return translator(lang)("{chance} d'atteindre {aim}").format(
        chance=bounded_percent(signal.next_meets, lang), aim=aim_words(room, low, high, lang)
    )


def _due(room: IndicatorRoom, process: ProcessView, lang: Lang) -> str:
    """« 4 % d'atteindre ≤ 14,0 h le 31 mars 2027 ; attendue vers 17,7 h (de 15,1 à 20,3) »."""
    _ = translator(lang)
    signal = process.signal
    is_low = room.passport["direction"] == "at_least"
    low, high = (signal.due_aim, None) if is_low else (None, signal.due_aim)
    return _(
        "{chance} d'atteindre {aim} le {day} ; attendue vers {middle} (de {low} à {high}, "
        "95 fois sur 100)"
    ).format(
        chance=bounded_percent(signal.due_meets, lang),
        aim=aim_words(room, low, high, lang),
        day=formats.day(signal.due_day, lang) if signal.due_day else "",
        middle=quantity(room, signal.due_middle, lang),
        low=quantity(room, signal.due_lower, lang),
        high=quantity(room, signal.due_upper, lang),
    )


def _trust(process: ProcessView, address: Address) -> list[Any]:
    """The door to how such chances have fared; nothing where none is given."""
    if process.signal.due_meets is None:
        return []
    words = translator(address.lang)("Nos chances tiennent-elles parole ?")
    return [html.P(html.A(words, href=address.link("calibration")), className="since")]


def _help(signal: Signal, lang: Lang) -> list[html.P]:
    _ = translator(lang)
    return [
        html.P(
            _(
                "La bande est l'intervalle où la valeur se tient d'habitude (moyenne ± {reach} "
                "fois l'écart moyen entre deux valeurs, sur 48 périodes au plus). Tant que les "
                "points y restent sans former de suite, ils varient par hasard."
            ).format(reach=formats.number(signal.reach, 2, lang))
        ),
        html.P(
            _(
                "Un point orange est plus qu'un hasard : hors de la bande, {shift} de suite d'un "
                "côté, {trend} de suite dans le même sens, ou deux sur trois près du bord. Parmi "
                "cent séries stables, un ou deux derniers points le seraient quand même."
            ).format(shift=signal.shift, trend=signal.trend)
        ),
        html.P(
            _(
                "L'éventail dit où la valeur se trouvera à l'échéance si rien ne change, 95 fois "
                "sur 100. Ce n'est pas une promesse : c'est ce que les valeurs passées permettent "
                "de dire."
            )
        ),
    ]
